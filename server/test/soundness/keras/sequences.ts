/** Pieces on sequences (T, F), vectors (F) and videos (T, H, W, C). */
import type { KerasDraft, KerasPiece } from './draft';

const truth = (draft: KerasDraft, value: boolean): string => draft.place(value ? 'True' : 'False', value ? 'False' : 'True');

function recurrent(draft: KerasDraft): void {
  const [steps = 1] = draft.shape;
  const units = draft.int(2, 6);
  const all = draft.chance(0.6);
  const kind = draft.one('LSTM', 'GRU', 'SimpleRNN');
  const more = kind === 'GRU' ? `, reset_after=${draft.place('True', 'False')}` : kind === 'LSTM' ? `, unit_forget_bias=${draft.place('True', 'False')}` : '';
  const cell = `layers.${kind}(${draft.place(units, '2.5')}, return_sequences=${truth(draft, all)}, use_bias=${draft.place('True', 'False')}${more})`;
  if (draft.chance(0.4)) {
    const mode = draft.one('concat', 'sum', 'ave', 'mul');
    draft.step(`layers.Bidirectional(${cell}, merge_mode=${draft.place(`"${mode}"`, '"add"')})`, all ? [steps, mode === 'concat' ? units * 2 : units] : [mode === 'concat' ? units * 2 : units]);
    return;
  }
  draft.step(cell, all ? [steps, units] : [units]);
}

function cells(draft: KerasDraft): void {
  const [steps = 1] = draft.shape;
  const [first, second] = [draft.int(2, 5), draft.int(2, 5)];
  draft.step(`layers.RNN([layers.GRUCell(${draft.place(first)}), layers.LSTMCell(${draft.place(second)})], return_sequences=${truth(draft, true)})`, [steps, second]);
}

function convolution(draft: KerasDraft): void {
  const [steps = 1, features = 1] = draft.shape;
  const groups = draft.chance(0.3) ? draft.divisor(features) : 1;
  const filters = groups * draft.int(1, 4);
  const kernel = Math.min(steps, draft.one(1, 2, 3));
  const padding = draft.one('valid', 'same', 'causal');
  draft.step(`layers.Conv1D(${draft.place(filters)}, ${draft.place(kernel, 99, '(2, 2)')}, padding=${draft.place(`"${padding}"`, '"full"')}, groups=${draft.place(groups)}, strides=${draft.place(1)})`,
    [padding === 'valid' ? steps - kernel + 1 : steps, filters]);
}

function moreConvolutions(draft: KerasDraft): void {
  const [steps = 1, features = 1] = draft.shape;
  const filters = draft.int(1, 5);
  const options: readonly (() => void)[] = [
    () => { draft.step(`layers.SeparableConv1D(${draft.place(filters)}, ${draft.place(2)}, padding="same")`, [steps, filters]); },
    () => { draft.step(`layers.DepthwiseConv1D(${draft.place(2)}, padding="same", depth_multiplier=${draft.place(2)})`, [steps, features * 2]); },
    () => { draft.step(`layers.Conv1DTranspose(${draft.place(filters)}, ${draft.place(2)}, strides=${draft.place(2)}, padding="same")`, [steps * 2, filters]); },
  ];
  if (steps > 20) return draft.step(`layers.MaxPooling1D(${draft.place(2)})`, [Math.floor(steps / 2), features]);
  draft.one(...options)();
}

function windows(draft: KerasDraft): void {
  const [steps = 1, features = 1] = draft.shape;
  if (steps < 3) return draft.step(`layers.UpSampling1D(${draft.place(2)})`, [steps * 2, features]);
  const options: readonly (() => void)[] = [
    () => { draft.step(`layers.ZeroPadding1D(${draft.place(draft.one<number | string>(1, '(1, 1)'), '(1, 1, 1)')})`, [steps + 2, features]); },
    () => { draft.step(`layers.Cropping1D(${draft.place('(1, 1)', `(${steps}, 0)`, `(${steps - 1}, 1)`, '(1, 1, 1)')})`, [steps - 2, features]); },
    () => { draft.step(`layers.AveragePooling1D(${draft.place(2, 99)}, padding=${draft.place('"valid"', '"causal"')})`, [Math.floor(steps / 2), features]); },
    () => { draft.step(`layers.GlobalMaxPooling1D(keepdims=${truth(draft, false)})`, [features]); },
    () => { draft.step(`layers.Masking(${draft.place('0.0', 'None')})`); },
    () => { draft.step(`layers.SpatialDropout${draft.place(1, 2, 3)}D(${draft.place('0.2', '1.5', '-0.1')})`); },
  ];
  draft.one(...options)();
}

function overSteps(draft: KerasDraft): void {
  const [steps = 1, features = 1] = draft.shape;
  const units = draft.int(2, 6);
  const options: readonly (() => void)[] = [
    () => { draft.step(`layers.TimeDistributed(layers.Dense(${draft.place(units)}))`, [steps, units]); },
    () => { draft.step(`layers.TimeDistributed(${draft.place('layers.Dense(3)', 'layers.LSTM(3)', 'layers.Conv1D(3, 1)', 'layers.Flatten()')})`, [steps, 3]); },
    () => { draft.step(`layers.EinsumDense(${draft.place('"abc,cd->abd"', '"abc,de->abe"', '"ab,cd->abd"', '"abc,cd->dba"')}, output_shape=(${draft.place('None', steps)}, ${draft.place(units)}), bias_axes=${draft.place('"d"', '"e"')})`, [steps, units]); },
    () => { draft.step(`layers.LayerNormalization(axis=${draft.place(draft.one<number | string>(-1, '[1, 2]'), 3, '"1"')}, epsilon=${draft.place('1e-6')})`); },
    () => { draft.step(`layers.Permute(${draft.place('(2, 1)', '(1, 1)', '(0, 1)', '(3, 2, 1)', '(2, 3)')})`, [features, steps]); },
  ];
  draft.one(...options)();
}

function attention(draft: KerasDraft): void {
  const [steps = 1, features = 1] = draft.shape;
  const heads = draft.one(1, 2, 4);
  const size = draft.int(2, 5);
  const options: readonly (() => void)[] = [
    () => { draft.run(`x = ${draft.layer(`layers.MultiHeadAttention(${draft.place(heads)}, ${draft.place(size)}, value_dim=${draft.place(draft.one<number | string>('None', 3))}, use_bias=${draft.place('True', 'False')}, dropout=${draft.place('0.0', '2.0')})`)}(${draft.place('x, x', 'x', 'x, x[:, :1]', 'x, x, x[:, :1]', 'x, x[..., :1]')})`); },
    () => { draft.run(`x = ${draft.layer(`layers.MultiHeadAttention(num_heads=${heads}, key_dim=${size}, output_shape=${draft.place(features)}, attention_axes=${draft.place(draft.one<number | string>('None', 1), 2, 5)})`)}(x, x, use_causal_mask=${draft.place('True', 'False')})`); },
    () => { draft.run(`x = ${draft.layer(`layers.GroupQueryAttention(${draft.place(size)}, ${draft.place(4)}, ${draft.place(draft.one(1, 2, 4), 3)})`)}(x, x)`); },
    () => { draft.run(`x = ${draft.layer(`layers.Attention(use_scale=${truth(draft, true)}, score_mode=${draft.place('"dot"', '"concat"', '"scaled"')})`)}(${draft.place('[x, x]', 'x', '[x]', '[x, x, x]', '[x, x, x, x]', '[x, x[:, :1], x]')})`); },
    () => { draft.run(`x = ${draft.layer(`layers.AdditiveAttention(use_scale=${truth(draft, true)})`)}(${draft.place('[x, x]', '[x, x[:, :, :1]]', '[x, x[:, :1]]')})`); },
  ];
  draft.one(...options)();
  draft.shape = [steps, features];
}

function dense(draft: KerasDraft): void {
  const units = draft.int(1, 8);
  draft.step(`layers.Dense(${draft.place(units, '"3"', '(3,)')}, activation=${draft.place('"relu"', '"tanh"', '"swish2"', 'None', '"linear"')}, use_bias=${truth(draft, true)})`, [...draft.shape.slice(0, -1), units]);
}

function vector(draft: KerasDraft): void {
  const [features = 1] = draft.shape;
  const options: readonly (() => void)[] = [
    () => { draft.step(`layers.RepeatVector(${draft.place(3, '2.5', '"3"')})`, [3, features]); },
    () => { draft.step(`layers.Reshape(${draft.place(`(${features}, 1)`, `(${features}, 2)`, '(-1, 2)', '(-1,)', '(-1, -1)', '7', '()')})`, [features, 1]); },
    () => { draft.step(`layers.Reshape((${draft.place(-1)}, ${draft.place(draft.divisor(features))}))`, [features, 1]); draft.step('layers.Flatten()', [features]); },
    () => { draft.step(`layers.BatchNormalization(axis=${draft.place(-1, 1, 2, '[1]')})`); },
    () => { draft.step(`layers.PReLU()`); },
    () => { draft.step(`layers.ActivityRegularization(l2=${draft.place('0.01')})`); },
    () => { draft.step(`layers.Lambda(${draft.place('lambda x: x * 2', 'lambda x: x[:, None]', 'lambda x: x + np.zeros((3,))', 'lambda: 1', '"abs"')})`); },
  ];
  draft.one(...options)();
}

function anywhere(draft: KerasDraft): void {
  draft.step(`layers.${draft.one(
    () => `Dropout(${draft.place('0.5', '1.5', '-1', '1', '"a"')})`,
    () => `Activation(${draft.place(`"${draft.one('relu', 'softmax', 'gelu', 'silu', 'leaky_relu', 'mish')}"`, '"RELU"', '"rectify"', 'None')})`,
    () => `LeakyReLU(negative_slope=${draft.place('0.1', '-0.1', 'None')})`,
    () => `ELU(alpha=${draft.place('1.0', '-1.0')})`,
    () => `ReLU(max_value=${draft.place('6', '-1', 'None')})`,
    () => `Softmax(axis=${draft.place(-1, 9, '[1]')})`,
    () => `GaussianNoise(${draft.place('0.1', '-1')})`,
    () => `GaussianDropout(${draft.place('0.1', '-1', '2')})`,
    () => `AlphaDropout(${draft.place('0.1', '2')})`,
    () => 'Identity()',
  )()}`);
}

function flattened(draft: KerasDraft): void {
  draft.step(`layers.Flatten(data_format=${draft.place('None', '"channels_last"', '"channels_first"', '"last"')})`, [draft.shape.reduce((total, size) => total * size, 1)]);
}

function reshaped(draft: KerasDraft): void {
  const total = draft.shape.reduce((product, size) => product * size, 1);
  const rows = draft.divisor(total);
  if (rows > 64) return flattened(draft);
  draft.step(`layers.Reshape((${draft.place(draft.one(-1, rows))}, ${draft.place(total / rows)}))`, [rows, total / rows]);
}

function video(draft: KerasDraft): void {
  const [steps = 1, height = 1, width = 1, channels = 1] = draft.shape;
  const filters = draft.int(1, 4);
  const options: readonly (() => void)[] = [
    () => { draft.step(`layers.ConvLSTM2D(${draft.place(filters)}, ${draft.place(3)}, padding="same", return_sequences=${truth(draft, true)})`, [steps, height, width, filters]); },
    () => { draft.step(`layers.Conv3D(${draft.place(filters)}, ${draft.place('(1, 3, 3)', '(3, 3)', 3)}, padding=${draft.place('"same"', '"causal"')}, groups=${draft.place(1)})`, [steps, height, width, filters]); },
    () => { draft.step(`layers.TimeDistributed(layers.Conv2D(${draft.place(filters)}, ${draft.place(1)}))`, [steps, height, width, filters]); },
    () => { draft.step(`layers.TimeDistributed(layers.${draft.place('GlobalAveragePooling2D', 'GlobalAveragePooling1D', 'GlobalAveragePooling3D')}())`, [steps, channels]); },
    () => { draft.step(`layers.MaxPooling3D(${draft.place('(1, 2, 2)', '(2, 2)', 99)}, padding="same")`, [steps, Math.ceil(height / 2), Math.ceil(width / 2), channels]); },
    () => {
      draft.step(`layers.Cropping3D(${draft.place('((0, 0), (1, 0), (0, 0))', `((0, 0), (${height}, 0), (0, 0))`)})`);
      draft.step('layers.ZeroPadding3D((0, 1, 1))', [steps, height + 1, width + 2, channels]);
    },
    () => { draft.step(`layers.BatchNormalization(axis=${draft.place(-1, 4, 5, -5)})`); },
  ];
  draft.one(...options)();
}

export const sequencePieces: readonly KerasPiece[] = [
  { kind: 'recurrent', ranks: [2], write: recurrent }, { kind: 'recurrent cells', ranks: [2], write: cells }, { kind: 'convolution along', ranks: [2], write: convolution },
  { kind: 'further convolutions along', ranks: [2], write: moreConvolutions }, { kind: 'windows', ranks: [2], write: windows }, { kind: 'over steps', ranks: [2], write: overSteps },
  { kind: 'attention', ranks: [2], needsGraph: true, write: attention }, { kind: 'dense', ranks: [1, 2, 3], write: dense }, { kind: 'vectors', ranks: [1], write: vector },
  { kind: 'vectors', ranks: [1], write: vector }, { kind: 'any shape', ranks: [1, 2, 3, 4], write: anywhere }, { kind: 'flatten', ranks: [2, 3, 4], write: flattened },
  { kind: 'reshape', ranks: [2, 3], write: reshaped }, { kind: 'videos', ranks: [4], write: video }, { kind: 'videos', ranks: [4], write: video },
];
