/** The domain `ai.onnx.ml`: classical models and their preparation of data. Source: onnx.ai/onnx/operators (ai.onnx.ml). */
import { linearClassifier } from '../../../ops/classifier';
import { linear } from '../../../ops/linear';
import type { DType } from '../../../tensor/dtype';
import { product, type Sizes } from '../../../tensor/shape';
import { use, type Answer, type Call, type Operator, type Operators } from '../call';
import { dtypeOr } from '../data-types';
import { sized } from './text';

/** The same sizes in this type. */
function alike(dtype?: DType): Operator {
  return call => {
    const sizes = call.sizes(0);
    return sizes ? sized(call, [sizes], [dtype ?? call.dtype(0)]) : call.hidden(0);
  };
}

function rows(call: Call): number {
  const sizes = call.sizes(0);
  return sizes === undefined ? NaN : sizes.length < 2 ? 1 : (sizes[0] ?? NaN);
}

/** How many values a list attribute has, under the first of the names that is stated. */
function countOf(call: Call, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const attribute = call.attribute(name);
    const length = attribute && Math.max(attribute.ints.length, attribute.strings.length, attribute.floats.length);
    if (length !== undefined && length > 0) return length;
  }
  return undefined;
}

function labelType(call: Call): DType {
  return call.attribute('classlabels_strings')?.strings.length ? 'string' : 'int64';
}

/** Labels and scores. */
function classifier(...names: readonly string[]): Operator {
  return call => sized(call, [[rows(call)], [rows(call), countOf(call, ...names) ?? NaN]], [labelType(call), 'float32']);
}

/** The coefficients are attributes: a product like any other, without a stored tensor. */
function linearModel(call: Call, targets: number): Answer {
  const sizes = call.sizes(0);
  if (!sizes) return call.hidden(0);
  const inFeatures = sizes[sizes.length - 1] ?? NaN;
  return use({ op: linear, attrs: { inFeatures, outFeatures: targets, bias: call.has('intercepts') }, inputs: [call.inputs[0]], dtypes: ['float32'] });
}

function classifierOf(call: Call): Answer {
  const inFeatures = call.sizes(0)?.at(-1);
  if (inFeatures === undefined) return call.hidden(0);
  const rows = countOf(call, 'intercepts') ?? (countOf(call, 'coefficients') ?? NaN) / inFeatures;
  const classes = countOf(call, 'classlabels_ints', 'classlabels_strings') ?? rows;
  return use({ op: linearClassifier, attrs: { inFeatures, rows, classes: Math.max(classes, rows) }, inputs: [call.inputs[0]], dtypes: [labelType(call), 'float32'] });
}

/** The type of the values that keys are mapped to. */
function encodedType(call: Call): DType {
  const tensor = call.attribute('values_tensor')?.tensors[0];
  if (tensor) return dtypeOr(tensor.dataType, 'int64');
  if (call.has('values_strings')) return 'string';
  if (call.has('values_floats')) return 'float32';
  if (call.has('classes_strings')) return call.dtype(0) === 'string' ? 'int64' : 'string';
  return 'int64';
}

function features(call: Call): Answer {
  const sizes = call.sizes(0);
  const places = call.sizes(1);
  if (!sizes || !places) return call.hidden(sizes ? 1 : 0);
  const leading: Sizes = sizes.length === 1 ? [1] : sizes.slice(0, -1);
  return sized(call, [[...leading, product(places)]], [call.dtype(0)]);
}

export const mlOperators: Operators = {
  ArrayFeatureExtractor: features,
  Binarizer: alike(), Imputer: alike(), Normalizer: alike('float32'), Scaler: alike('float32'),
  CategoryMapper: call => alike(call.dtype(0) === 'string' ? 'int64' : 'string')(call),
  LabelEncoder: call => alike(encodedType(call))(call),
  DictVectorizer: call => sized(call, [[1, countOf(call, 'string_vocabulary', 'int64_vocabulary') ?? NaN]], ['float32']),
  FeatureVectorizer: call => sized(call, [[rows(call), (call.ints('inputdimensions') ?? []).reduce((a, b) => a + b, 0)]], ['float32']),
  OneHotEncoder: call => sized(call, [[...(call.sizes(0) ?? [NaN]), countOf(call, 'cats_int64s', 'cats_strings') ?? NaN]], ['float32']),
  LinearClassifier: classifierOf,
  LinearRegressor: call => linearModel(call, call.int('targets', 1)),
  SVMClassifier: call => sized(call, [[rows(call)], [rows(call), NaN]], [labelType(call), 'float32']),
  SVMRegressor: call => sized(call, [[rows(call), 1]], ['float32']),
  TreeEnsembleClassifier: classifier('classlabels_int64s', 'classlabels_strings'),
  TreeEnsembleRegressor: call => sized(call, [[rows(call), call.int('n_targets', 1)]], ['float32']),
  TreeEnsemble: call => sized(call, [[rows(call), call.int('n_targets', 1)]], [call.dtype(0)]),
  ZipMap: () => ({ values: [{ kind: 'sequence', items: undefined, element: undefined }] }),
};

/** Optimisers: states go in and come out in the same sizes. Inputs: rate, step, then groups of tensors. */
function optimiser(groups: number, kept: readonly number[]): Operator {
  return call => {
    const count = (call.inputs.length - 2) / groups;
    const places = kept.flatMap(group => Array.from({ length: Math.max(0, Math.floor(count)) }, (_, i) => 2 + group * count + i));
    return sized(call, places.map(place => call.sizes(place) ?? [NaN]), places.map(place => call.dtype(place)));
  };
}

export const trainingOperators: Operators = { Adagrad: optimiser(3, [0, 2]), Adam: optimiser(4, [0, 2, 3]), Momentum: optimiser(3, [0, 2]) };
