/** YAML as PyYAML reads it: the structure from the `yaml` package, plain scalars by the rules of YAML 1.1. */
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node } from 'yaml';
import { chargeText, work } from '../../../../base/budget';
import { unknown } from '../../../../base/unknown';
import { bool, float, int, none, str, tuple, type Value } from '../../values';
import { keyText, type DataNode } from './data-node';

/** Numbers as `1e-3` are texts to PyYAML and numbers to OmegaConf. */
export interface YamlRules {
  readonly looseFloats: boolean;
}

export type YamlText = { readonly documents: readonly DataNode[] } | { readonly refusal: string };

const most = { characters: 300_000, depth: 100 };
const wordsPerCharacter = 4;
const standard = 'tag:yaml.org,2002:';

export function readYaml(text: string, rules: YamlRules = { looseFloats: false }): YamlText {
  if (text.length > most.characters) return { refusal: 'it is too long to be read' };
  if (nestsDeeply(text)) return { refusal: 'it nests too deep to be read' };
  work(text.length);
  chargeText(text.length * wordsPerCharacter);
  try {
    const documents = parseAllDocuments(text, { schema: 'failsafe', merge: false, uniqueKeys: false, strict: false, prettyErrors: false, logLevel: 'silent' });
    if (!Array.isArray(documents)) return { documents: [] };
    for (const { errors: [error] } of documents) if (error) return { refusal: `it is no YAML: ${error.message}` };
    return { documents: documents.map(document => new YamlReader(document, rules).read()) };
  } catch (error) {
    if (error instanceof RangeError) return { refusal: 'it nests too deep to be read' };
    throw error;
  }
}

/** The package goes down by recursion: more levels than any settings have are not begun. */
function nestsDeeply(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open++;
    else if ((character === ']' || character === '}') && open > 0) open--;
    if (open > most.depth) return true;
  }
  return text.split('\n').some(line => (/^(?:[ ]|[-?] )*/.exec(line)?.[0].length ?? 0) > most.depth * 4);
}

class YamlReader {
  private readonly made = new Map<Node, DataNode>();
  private readonly open = new Set<Node>();

  constructor(private readonly document: Document, private readonly rules: YamlRules) {}

  read(): DataNode {
    return this.node(this.document.contents);
  }

  private node(node: unknown): DataNode {
    if (isAlias(node)) return this.alias(node.resolve(this.document), node.range?.[0] ?? 0);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return { kind: 'scalar', value: none, offset: 0 };
    const known = this.made.get(node);
    if (known) return known;
    this.open.add(node);
    const made = this.tagged(node);
    this.open.delete(node);
    this.made.set(node, made);
    return made;
  }

  private alias(target: Node | undefined, offset: number): DataNode {
    if (target && !this.open.has(target)) return this.node(target);
    return { kind: 'scalar', value: unknown('an anchor that contains itself is not followed'), offset };
  }

  private tagged(node: Node): DataNode {
    const offset = node.range?.[0] ?? 0;
    const { tag } = node as { readonly tag?: string };
    const own = tag?.startsWith(standard) ? tag.slice(standard.length) : tag;
    const usual = own === undefined || /^!?$/.test(own) || /^(map|seq|str|int|float|bool|null)$/.test(own);
    if (isSeq(node) && own === 'python/tuple') {
      const items = node.items.map(item => this.node(item));
      const values = items.map(item => (item.kind === 'scalar' ? item.value : unknown('a tuple of more than numbers and texts in YAML')));
      return { kind: 'scalar', value: tuple(values), offset };
    }
    if (!usual) return { kind: 'scalar', value: unknown(`the YAML tag ${own} is not modelled`), offset };
    if (isMap(node)) return { kind: 'map', entries: this.entries(node.items), offset };
    if (isSeq(node)) return { kind: 'list', items: node.items.map(item => this.node(item)), offset };
    return { kind: 'scalar', value: isScalar(node) ? this.scalar(node, own) : none, offset };
  }

  /** What `<<` brings comes first, and what is written out has the last word. */
  private entries(items: readonly { readonly key: unknown; readonly value: unknown }[]): (readonly [DataNode, DataNode])[] {
    const own: (readonly [DataNode, DataNode])[] = [];
    const merged: (readonly [DataNode, DataNode])[] = [];
    for (const { key, value } of items) {
      const [name, held] = [this.node(key), this.node(value)];
      if (keyText(name) !== '<<') own.push([name, held]);
      else for (const map of held.kind === 'list' ? held.items : [held]) if (map.kind === 'map') merged.push(...map.entries);
    }
    // Of several maps that are brought in the first has the say.
    const met = new Set<string | undefined>();
    const brought = merged.filter(([key]) => !met.has(keyText(key)) && met.add(keyText(key)).size > 0);
    return [...brought, ...own];
  }

  private scalar(node: { readonly value: unknown; readonly type?: unknown; readonly source?: string }, tag: string | undefined): Value {
    const text = typeof node.value === 'string' ? node.value : '';
    if (tag === 'str' || tag === '!' || (tag === undefined && node.type !== 'PLAIN' && node.type !== undefined)) return str(text);
    if (tag === 'float') return float(Number(text.replaceAll('_', '')));
    return plainScalar(text, this.rules);
  }
}

const truths = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const falsehoods = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const nothings = /^(?:~|null|Null|NULL|)$/;
const integer = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)$/;
const real = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const loose = /^[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)[eE][-+]?[0-9]+$/;
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const date = /^\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?$/;

export function plainScalar(text: string, { looseFloats }: YamlRules): Value {
  if (nothings.test(text)) return none;
  if (truths.test(text)) return bool(true);
  if (falsehoods.test(text)) return bool(false);
  if (integer.test(text)) return wholeNumber(text.replaceAll('_', ''));
  if (real.test(text) || (looseFloats && loose.test(text))) return float(Number(text.replaceAll('_', '')));
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return float(text.startsWith('-') ? -Infinity : Infinity);
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return float(NaN);
  if (sexagesimal.test(text)) return base60(text.replaceAll('_', ''));
  return date.test(text) ? unknown(`the date ${text} in YAML is not modelled`) : str(text);
}

function wholeNumber(text: string): Value {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '');
  const value = digits.startsWith('0b') || digits.startsWith('0x') ? Number(digits) : /^0\d/.test(digits) ? parseInt(digits, 8) : Number(digits);
  return Number.isSafeInteger(value) ? int(sign * value) : unknown(`${text} is beyond 2^53`);
}

function base60(text: string): Value {
  const sign = text.startsWith('-') ? -1 : 1;
  const value = sign * text.replace(/^[-+]/, '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return text.includes('.') ? float(value) : int(value);
}
