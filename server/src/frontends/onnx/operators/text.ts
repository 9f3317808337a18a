/** Operators on texts: only the sizes of their results. */
import { declaredOutputs } from '../../../ops/declared';
import { elementwise } from '../../../ops/elementwise';
import type { DType } from '../../../tensor/dtype';
import type { Sizes } from '../../../tensor/shape';
import { use, type Answer, type Call, type Operators } from '../call';

/** Results of documented sizes, out of all inputs. */
export function sized(call: Call, sizes: readonly Sizes[], dtypes: readonly DType[]): Answer {
  return use({ op: declaredOutputs, attrs: { sizes }, inputs: call.inputs, dtypes });
}

/** As many columns as the largest n-gram index says. */
function vectorizer(call: Call): Answer {
  const sizes = call.sizes(0);
  if (!sizes) return call.hidden(0);
  const indexes = call.ints('ngram_indexes') ?? [];
  return sized(call, [[...sizes.slice(0, -1), indexes.reduce((most, index) => Math.max(most, index + 1), 0)]], ['float32']);
}

/** How many words a text has is in the data. */
function splitText(call: Call): Answer {
  const sizes = call.sizes(0);
  return sizes ? sized(call, [[...sizes, NaN], sizes], ['string', 'int64']) : call.hidden(0);
}

function normalizer(call: Call): Answer {
  const sizes = call.sizes(0);
  return sizes ? sized(call, [sizes.length === 2 ? [1, NaN] : [NaN]], ['string']) : call.hidden(0);
}

export const textOperators: Operators = {
  StringConcat: call => use({ op: elementwise, attrs: { function: 'custom' }, inputs: call.inputs, dtypes: ['string'] }),
  RegexFullMatch: call => use({ op: elementwise, attrs: { function: 'custom' }, inputs: call.inputs, dtypes: ['bool'] }),
  StringSplit: splitText,
  StringNormalizer: normalizer,
  TfIdfVectorizer: vectorizer,
};
