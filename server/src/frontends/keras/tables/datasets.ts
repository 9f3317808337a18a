/** `keras.datasets`: arrays of known sizes. */
import { entry, type LibraryEntry } from '../../python/library';
import { raw } from '../../python/objects/native';
import { classCount } from '../../python/library-modules/numpy/array';
import { int, str, tuple, type Value } from '../../python/values';
import { opaque } from './opaque';

/** Sizes of the data sets that come with Keras. Source: https://keras.io/api/datasets/ */
const datasets: Readonly<Record<string, readonly [train: number, test: number, rest: readonly number[], labels: readonly number[], classes?: number]>> = {
  mnist: [60_000, 10_000, [28, 28], [], 10], fashion_mnist: [60_000, 10_000, [28, 28], [], 10], cifar10: [50_000, 10_000, [32, 32, 3], [1], 10], cifar100: [50_000, 10_000, [32, 32, 3], [1], 100],
  boston_housing: [404, 102, [13], []], california_housing: [16_512, 4128, [8], []],
};

function dataset(name: string, [train, test, rest, labels, classes]: (typeof datasets)[string]): LibraryEntry {
  return entry(`keras.datasets.${name}.load_data`, () => raw(`keras.datasets.${name}.load_data`, (args, interpreter) => {
    const array = (sizes: readonly number[], type: string): Value =>
      interpreter.call(interpreter.libraryValue('numpy.empty'), { positional: [tuple(sizes.map(int)), str(type)], keywords: [], at: args.at });
    const kind = name.includes('housing') ? 'float32' : 'uint8';
    const classNumbers = (sizes: readonly number[]): Value => {
      const made = array(sizes, kind);
      if (classes !== undefined && made.kind === 'instance') interpreter.heap.set(made.attributes, classCount, int(classes));
      return made;
    };
    return tuple([tuple([array([train, ...rest], kind), classNumbers([train, ...labels])]), tuple([array([test, ...rest], kind), classNumbers([test, ...labels])])]);
  }));
}

export const datasetEntries: readonly LibraryEntry[] = [
  ...Object.entries(datasets).map(([name, sizes]) => dataset(name, sizes)),
  opaque('keras.datasets.imdb.load_data'),
  opaque('keras.datasets.reuters.load_data'),
  opaque('keras.datasets.imdb.get_word_index'),
  opaque('keras.datasets.reuters.get_word_index'),
];
