/** `numpy.random`: arrays of known sizes whose elements nobody can foretell. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown } from '../../../../base/unknown';
import type { Interpreter } from '../../interpreter';
import { alias, entry, fn, nativeFunction, type LibraryEntry } from '../../library';
import { list, none, type CallArguments, type ClassValue, type Value } from '../../values';
import { instanceOf, nativeClass, raw } from '../../objects/native';
import { elementsOf, makeArray, sizesOf, stateOf } from './array';
import { setItem } from './indexing';
import type { ElementType } from './types';
import { objectClass } from '../../objects/object';

const chance = (name: string, at: Location) => unknown(`\`${name}()\` is random`, at);

/** Without a size one number, else an array. */
function drawn(name: string, size: Value, type: ElementType, interpreter: Interpreter, at: Location): Value {
  if (size.kind === 'none') return chance(name, at);
  const sizes = sizesOf(size, interpreter, at);
  return isUnknown(sizes) ? sizes : makeArray({ sizes, type, values: [], open: chance(name, at) });
}

type Draw = (parameters: Readonly<Record<string, Value>>, interpreter: Interpreter, args: CallArguments) => Value;

const parameters: Readonly<Record<string, readonly [signature: string, type: ElementType]>> = {
  rand: ['*size', 'float64'], randn: ['*size', 'float64'], random: ['size=None', 'float64'], random_sample: ['size=None', 'float64'],
  ranf: ['size=None', 'float64'], sample: ['size=None', 'float64'], standard_normal: ['size=None, dtype=None', 'float64'],
  randint: ['low, high=None, size=None, dtype=None', 'int64'], integers: ['low, high=None, size=None, dtype=None, endpoint=False', 'int64'], random_integers: ['low, high=None, size=None', 'int64'],
  uniform: ['low=0.0, high=1.0, size=None', 'float64'], normal: ['loc=0.0, scale=1.0, size=None', 'float64'],
  laplace: ['loc=0.0, scale=1.0, size=None', 'float64'], gumbel: ['loc=0.0, scale=1.0, size=None', 'float64'],
  lognormal: ['mean=0.0, sigma=1.0, size=None', 'float64'],
  beta: ['a, b, size=None', 'float64'], gamma: ['shape, scale=1.0, size=None', 'float64'], binomial: ['n, p, size=None', 'int64'],
  poisson: ['lam=1.0, size=None', 'int64'], exponential: ['scale=1.0, size=None', 'float64'],
};

function draw(name: string, type: ElementType): Draw {
  return (p, interpreter, { at }) => {
    const size = p['size'] ?? none;
    return drawn(name, size.kind === 'tuple' && size.items.length === 0 ? none : size, type, interpreter, at);
  };
}

/** The same elements in another order: none of them is known, all sizes are. */
const permutation: Draw = (p, interpreter, { at }) => {
  const content = elementsOf(p['x'] ?? none, interpreter, at);
  if (isUnknown(content)) return content;
  const sizes = content.sizes.length > 0 ? content.sizes : sizesOf(p['x'] ?? none, interpreter, at);
  return isUnknown(sizes) ? sizes : makeArray({ sizes, type: content.type, values: [], open: chance('numpy.random.permutation', at) });
};

const choice: Draw = (p, interpreter, { at }) => {
  const content = elementsOf(p['a'] ?? none, interpreter, at);
  return drawn('numpy.random.choice', p['size'] ?? none, isUnknown(content) ? 'int64' : content.type, interpreter, at);
};

const shuffle: Draw = (p, interpreter, { at }) => {
  const { x } = p;
  const state = stateOf(x);
  if (state) setItem(state, { kind: 'ellipsis' }, chance('numpy.random.shuffle', at), interpreter, at);
  else if (x?.kind === 'list') {
    interpreter.heap.replaceItems(x, x.items.map(() => chance('numpy.random.shuffle', at)));
  }
  return none;
};

const all: readonly (readonly [name: string, signature: string, draw: Draw])[] = [
  ...Object.entries(parameters).map(([name, [signature, type]]) => [name, signature, draw(`numpy.random.${name}`, type)] as const),
  ['permutation', 'x', permutation], ['permuted', 'x, axis=None', permutation], ['choice', 'a, size=None, replace=True, p=None', choice], ['shuffle', 'x', shuffle],
  ['seed', 'seed=None', () => none], ['set_state', 'state', () => none], ['get_state', '', (_p, _i, { at }) => chance('numpy.random.get_state', at)],
  ...[
    'dirichlet', 'multinomial', 'multivariate_normal', 'vonmises', 'chisquare', 'geometric', 'triangular', 'bytes', 'zipf',
  ].map<readonly [string, string, Draw]>(name => [name, '*args, **kwargs', (_p, _i, { at }) => chance(`numpy.random.${name}`, at)]),
];

/** A source of chance of one's own: the module's functions as methods. */
const generatorClass: ClassValue = nativeClass('numpy.random.Generator', [objectClass], all.map(([name, signature, make]) => {
  const signatureText = `Generator.${name}(self${signature === '' ? '' : `, ${signature}`})`;
  return [name, nativeFunction(signatureText as 'Generator.draw(self, *args)', (p, i, args) => make(p as Readonly<Record<string, Value>>, i, args), true)] as const;
}), { allocate: cls => instanceOf(cls) });

const seedSequenceClass: ClassValue = nativeClass('numpy.random.SeedSequence', [objectClass], [
  ['spawn', raw('SeedSequence.spawn', ({ positional: [, count = none], at }) =>
    (count.kind === 'int' ? list(Array.from({ length: count.value }, () => instanceOf(seedSequenceClass, [['entropy', chance('SeedSequence.spawn', at)]]))) : chance('SeedSequence.spawn', at)), true)],
  ['generate_state', raw('SeedSequence.generate_state', ({ at }) => chance('SeedSequence.generate_state', at), true)],
], {
  allocate: (cls, { positional: [entropy = none], keywords, at }) => {
    const given = keywords.find(([name]) => name === 'entropy')?.[1] ?? entropy;
    return instanceOf(cls, [['entropy', given.kind === 'none' ? chance('numpy.random.SeedSequence', at) : given]]);
  },
});
const bitGeneratorClass: ClassValue = nativeClass('numpy.random.BitGenerator', [objectClass], [], {
  allocate: (cls, { positional: [seed = none] }) => instanceOf(cls, [['seed_seq', seed], ['state', none]]),
});

export const numpyRandomEntries: readonly LibraryEntry[] = [
  ...all.map(([name, signature, make]) => fn(`numpy.random.${name}(${signature})` as 'numpy.random.draw(*args)', (p, i, args) => make(p as Readonly<Record<string, Value>>, i, args))),
  entry('numpy.random.Generator', () => generatorClass), alias('numpy.random.RandomState', 'numpy.random.Generator'), alias('numpy.random.mtrand.RandomState', 'numpy.random.Generator'),
  entry('numpy.random.default_rng', () => raw('numpy.random.default_rng', () => instanceOf(generatorClass))),
  entry('numpy.random.SeedSequence', () => seedSequenceClass),
  ...['PCG64', 'PCG64DXSM', 'MT19937', 'Philox', 'SFC64', 'BitGenerator'].map(name => entry(`numpy.random.${name}`, () => bitGeneratorClass)),
];
