/** The built-in classes, gathered. */
export * from './classes-numbers';
export * from './classes-text';
export * from './classes-collections';
export * from './classes-callable';
