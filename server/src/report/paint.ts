/** Styles that a text report asks for; whoever prints it decides what they look like. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'green';

export type Paint = (style: Style, text: string) => string;

/** For pipes and files. */
export const plain: Paint = (_style, text) => text;
