/** `random`, `uuid`, `hashlib`, `secrets`: what chance or data decide. */
import { unknown } from '../../../base/unknown';
import { alias, entry, fn, type LibraryEntry } from '../library';
import { instanceOf, nativeClass, raw } from '../objects/native';
import { objectClass } from '../objects/object';
import { none } from '../values';
import { nothing, open } from './opaque';

const chance = 'is random';

/** Every element may be any other: the list keeps its length, not its contents. */
function shuffle(module: string): LibraryEntry {
  return fn(`${module}.shuffle(x)` as 'random.shuffle(x)', (p, interpreter, { at }) => {
    if (p.x.kind !== 'list') return none;
    interpreter.heap.replaceItems(p.x, p.x.items.map(() => unknown(`\`${module}.shuffle()\` is random`, at)));
    return none;
  });
}

const randomNames = [
  'random', 'randint', 'uniform', 'choice', 'choices', 'sample', 'gauss', 'normalvariate', 'betavariate', 'randrange', 'getrandbits', 'triangular',
  'expovariate', 'getstate', 'lognormvariate',
];

const generatorClass = (name: string) => nativeClass(name, [objectClass], [
  ...randomNames.map(method => [method, raw(`${name}.${method}`, ({ at }) => unknown(`\`${method}()\` is random`, at), true)] as const),
  ...['seed', 'shuffle', 'setstate'].map(method => [method, raw(`${name}.${method}`, () => none, true)] as const),
], { allocate: cls => instanceOf(cls) });

const randomState = generatorClass('random.Random');

export const randomEntries: readonly LibraryEntry[] = [
  ...randomNames.map(name => open(`random.${name}`, chance)),
  nothing('random.seed'),
  nothing('random.setstate'),
  shuffle('random'),
  entry('random.Random', () => randomState),
  alias('random.SystemRandom', 'random.Random'),
  ...['uuid1', 'uuid4', 'uuid5', 'UUID'].map(name => open(`uuid.${name}`, chance)),
  ...['md5', 'sha1', 'sha256', 'sha512', 'new', 'blake2b'].map(name => open(`hashlib.${name}`, 'digests data')),
  ...['token_hex', 'token_bytes', 'randbelow', 'choice', 'token_urlsafe'].map(name => open(`secrets.${name}`, chance)),
];
