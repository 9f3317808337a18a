/** What the text of a program tells of the values that its arguments have, and how such values are written. */
import type * as ast from '../syntax/ast';
import type { Value } from '../values';
import type { Customary } from './customary';

export const settingsNames = /^(config|configs|cfg|cfgs|conf|args|arg|opt|opts|options|hparams|hps|hp|params|hyper_?params|settings|model_args|model_cfg|model_config|model_params|c|configuration)$/;

/** Settings within settings: by their name, or since the program reads something off them. */
export function isHolder(of: string, name: string, text: string): boolean {
  return settingsNames.test(name) || /^(model|net|network|encoder|decoder|data|train|training|backbone|generator|discriminator)$/i.test(name)
    || new RegExp(`\\b${of}(?:['"]\\])?(?:\\.|\\[['"])${name}(?:['"]\\])?(?:\\.[A-Za-z_]\\w*\\b(?!\\()|\\[['"])`).test(text);
}

export function shownValue(value: Value): string {
  switch (value.kind) {
    case 'int': case 'float': return String(value.value);
    case 'bool': return value.value ? 'True' : 'False';
    case 'str': return `'${value.value}'`;
    default: return 'None';
  }
}

/** Texts that the program compares the name with. */
export function comparedTexts(name: string, text: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\\b${name}\\s*(?:==|in)\\s*[([{]?\\s*['"]([^'"]+)['"]`, 'g'))].map(match => match[1] ?? '');
}

/** What the program does with the name tells what it is: it goes through a list, and asks a flag. */
export function usedAs(name: string, text: string): string | undefined {
  if (new RegExp(`\\b${name}\\[|\\bin (?:self\\.)?${name}\\s*[:\\])]|\\bisinstance\\(${name}, ?(?:tuple|list)\\)|\\b(?:len|enumerate|zip|tuple|list|sum)\\([^)\\n]*\\b${name}\\b`).test(text)) return 'list';
  if (new RegExp(`\\b(?:if|elif|not|and|or) (?:\\w+\\.)*${name}(?:\\s*:|\\s+(?:else|and|or)\\b|\\s*$)`, 'm').test(text)) return 'flag';
  return undefined;
}

export function typeOf(annotated: Value | undefined): string | undefined {
  if (annotated?.kind === 'class') return /^(List|list|Sequence|Tuple|tuple|Iterable)$/.test(annotated.name) ? 'list' : annotated.name;
  const origin = annotated?.kind === 'instance' ? annotated.attributes.get('__origin__') : undefined;
  return origin?.kind === 'class' && /^(List|list|Sequence|Tuple|tuple|Iterable)$/.test(origin.name) ? 'list' : undefined;
}

export function byType(type: string | undefined): Customary | undefined {
  switch (type) {
    case 'int': return 8;
    case 'float': return 0.5;
    case 'bool': case 'flag': return false;
    case 'list': return [2, 2, 2, 2];
    default: return undefined;
  }
}

export function shown(value: Customary): string {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'boolean': return value ? 'True' : 'False';
    case 'number': return String(value);
    case 'string': return `'${value}'`;
    default: return 'library' in value ? value.library.slice(value.library.lastIndexOf('.') + 1) : `[${value.map(shown).join(', ')}]`;
  }
}

/** A default that stands for nothing: None, or a list, tuple or dict without items. */
export function isPlaceholder(fallback: ast.Expression | undefined): boolean {
  switch (fallback?.kind) {
    case 'Constant': return fallback.value === null;
    case 'Tuple': case 'List': return fallback.elements.length === 0;
    case 'Dict': return fallback.entries.length === 0;
    default: return false;
  }
}

/** `Input(input_size)`, `Dense(8, input_shape=shape)`: it is the whole shape of an input. */
export function isInputShape(name: string, text: string): boolean {
  return new RegExp(`\\bInput\\(\\s*(?:shape\\s*=\\s*)?${name}\\s*[,)]|\\binput_shape\\s*=\\s*${name}\\s*[,)]`).test(text);
}
