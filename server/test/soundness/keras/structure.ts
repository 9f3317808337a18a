/** Pieces that need more than layers in a row: merges, layers used twice, nested models, layers of one's own, functions of `keras.ops`. */
import type { KerasDraft, KerasPiece } from './draft';

function merged(draft: KerasDraft): void {
  const features = draft.size(-1);
  const dense = draft.layer(`layers.Dense(${draft.place(features)})`);
  const layer = draft.one('Add', 'Subtract', 'Multiply', 'Maximum', 'Average');
  draft.run(`x = ${draft.layer(`layers.${layer}()`)}(${draft.place(`[x, ${dense}(x)]`, '[x]', 'x', layer === 'Subtract' ? '[x, x, x]' : `${dense}(x)`)})`);
}

function joined(draft: KerasDraft): void {
  const features = draft.size(-1);
  const units = draft.int(1, 4);
  if (features > 64) return draft.step(`layers.Dense(${draft.place(units)})`, [...draft.shape.slice(0, -1), units]);
  const dense = draft.layer(`layers.Dense(${draft.place(units)})`);
  draft.run(`x = ${draft.layer(`layers.Concatenate(axis=${draft.place(-1, 1, 0, 9)})`)}([x, ${dense}(x)])`);
  draft.shape = [...draft.shape.slice(0, -1), features + units];
}

function dotted(draft: KerasDraft): void {
  const [steps = 1] = draft.shape;
  draft.run(`x = ${draft.layer(`layers.Dot(axes=${draft.place(2, 1, '(1, 2)', 3)}, normalize=${draft.place('False', 'True')})`)}([x, x])`);
  draft.shape = [steps, steps];
}

function shared(draft: KerasDraft): void {
  const features = draft.size(-1);
  const dense = draft.layer(`layers.Dense(${draft.place(features)}, name=${draft.place(`"shared${draft.int(0, 1e6)}"`)})`);
  draft.run(`x = ${dense}(${dense}(x))`);
}

function nested(draft: KerasDraft): void {
  const units = draft.int(2, 6);
  const features = draft.size(-1);
  const shape = draft.shape.map(size => `${size},`).join(' ');
  const first = `layers.Dense(${draft.place(units)}${draft.one('', `, input_shape=(${shape})`)})`;
  const input = draft.one('', `keras.Input((${draft.shape.slice(0, -1).map(size => `${size}, `).join('')}${draft.place(features)},)), `);
  const block = draft.layer(`keras.Sequential([${input}${first}, layers.BatchNormalization(), layers.Activation(${draft.place('"relu"', '"rectifier"')})])`);
  draft.run(`x = ${block}(x)`);
  draft.shape = [...draft.shape.slice(0, -1), units];
}

function nestedGraph(draft: KerasDraft): void {
  const units = draft.int(2, 5);
  const id = draft.int(0, 1e6);
  const shape = `(${draft.shape.slice(0, -1).map(size => `${size}, `).join('')}${draft.place(draft.size(-1))},)`;
  draft.define(`def block${id}():`, `    inputs = keras.Input(${shape})`, `    hidden = layers.Dense(${draft.place(units)})(inputs)`,
    `    return keras.Model(inputs, ${draft.place('hidden', '[hidden, hidden]', '[hidden]')})`);
  const block = draft.layer(`block${id}()`);
  draft.run(`x = ${block}(x)`);
  draft.shape = [...draft.shape.slice(0, -1), units];
}

function ownLayer(draft: KerasDraft): void {
  const units = draft.int(2, 6);
  const id = draft.int(0, 1e6);
  draft.define(`class Own${id}(layers.Layer):`, '    def __init__(self, units, **kwargs):', `        ${draft.place('super().__init__(**kwargs)', 'pass')}`, '        self.units = units', '',
    `    def build(self, ${draft.place('input_shape')}):`, `        shape = (${draft.place('input_shape[-1]', 'input_shape[1]', 'self.units')}, ${draft.place('self.units', 'self.size')})`,
    `        self.w = self.add_weight(shape=shape, initializer=${draft.place('"glorot_uniform"', '"glorot"')}, name="w")`,
    `        self.b = self.add_weight(shape=(${draft.place('self.units', '3')},), initializer="zeros", trainable=${draft.place('True', 'False')})`, '',
    '    def call(self, inputs):', `        return ops.matmul(inputs, ${draft.place('self.w', 'self.v', 'self.b')}) + ${draft.place('self.b', 'self.w')}`);
  draft.step(`Own${id}(${draft.place(units)})`, [...draft.shape.slice(0, -1), units]);
}

function ownBlock(draft: KerasDraft): void {
  const features = draft.size(-1);
  const id = draft.int(0, 1e6);
  const inBuild = draft.chance(0.4);
  const norm = draft.one('LayerNormalization', 'BatchNormalization');
  const made = [`        self.up = layers.Dense(${draft.place(features * 2)}, activation="gelu")`, `        self.down = layers.Dense(${draft.place(features)})`,
    `        self.norms = [layers.${norm}() for _ in range(${draft.place(2)})]`];
  draft.define(`class Block${id}(layers.Layer):`, '    def __init__(self, **kwargs):', '        super().__init__(**kwargs)', ...(inBuild ? ['', '    def build(self, input_shape):'] : []), ...made, '',
    `    def call(self, ${draft.place('inputs')}, training=False):`, '        hidden = self.up(self.norms[0](inputs))', `        hidden = ${draft.place('self.down(hidden)', 'self.down', 'hidden')}`,
    `        return self.norms[${draft.place(1, 2)}](inputs + hidden)`);
  draft.step(`Block${id}()`);
}

function onTheWay(draft: KerasDraft): void {
  const id = draft.int(0, 1e6);
  const features = draft.size(-1);
  draft.define(`class Late${id}(layers.Layer):`, '    def call(self, inputs):',
    `        ${draft.place('scale = 2.0', 'self.d = layers.Dense(3)', `return layers.Dense(${features})(inputs)`, 'self.w = self.add_weight(shape=(1,))')}`, '        return inputs * 2.0');
  draft.step(`Late${id}()`);
}

function functions(draft: KerasDraft): void {
  const rank = draft.shape.length + 1;
  const features = draft.size(-1);
  const last = rank - 1;
  const keep = [...draft.shape];
  const options: readonly (readonly [() => string, readonly number[]])[] = [
    [() => `ops.mean(x, axis=${draft.place(-1, 9)}, keepdims=${draft.place('True', 'False')}) + x`, keep],
    [() => `ops.concatenate([x, ops.zeros_like(x)${draft.place('', ', x[..., :0]', ', x[0]')}], axis=${draft.place(-1, 9)})`, [...keep.slice(0, -1), features * 2]],
    [() => `x * ${draft.place('2', '"a"', `np.ones((${features + 1},), "float32")`, `np.ones((${features},), "float32")`)}`, keep],
    [() => `ops.${draft.place('relu', 'gelu', 'silu', 'reluu', 'softmax', 'abs', 'square')}(x)`, keep],
    [() => `ops.reshape(x, (-1, ${draft.place(keep.reduce((a, b) => a * b, 1))}))`, [keep.reduce((a, b) => a * b, 1)]],
    [() => `ops.squeeze(ops.expand_dims(x, axis=1), axis=${draft.place(1, 9)})`, keep],
    [() => `ops.einsum(${draft.place('"...i,ij->...j"', '"...i,jk->...k"', '"bi,ij->bj"')}, x, ops.ones((${draft.place(features)}, ${draft.place(3)})))`, [...keep.slice(0, -1), 3]],
    [() => `ops.matmul(x, ops.ones((${draft.place(features)}, ${draft.place(4)})))`, [...keep.slice(0, -1), 4]],
    [() => `x[${draft.place('..., :1', '..., 0', ':, 0', '..., 99', ':, :, :, :, :, 0')}] + x`, keep],
    [() => `ops.swapaxes(ops.swapaxes(x, ${draft.place(1)}, ${draft.place(last)}), ${1}, ${last})`, keep],
    [() => `ops.split(x, ${draft.place(1, features + 1, `[${Math.max(1, features - 1)}]`)}, axis=-1)[${draft.place(0, 5)}]`, keep],
    [() => `ops.stack([x, x${draft.place('', ', x[:1]')}], axis=${draft.place(1, 9)})[:, 0]`, keep],
    [() => `ops.maximum(x, ${draft.place('0.0', 'None', `ops.ones((${features + 1},))`)})`, keep],
    [() => `ops.where(x > 0, x, ${draft.place('0.0', `ops.ones((${features + 1},))`)})`, keep],
  ];
  const [text, shape] = draft.one(...options);
  draft.run(`x = ${text()}`);
  draft.shape = shape;
}

function permuted(draft: KerasDraft): void {
  const [first = 1, second = 1] = draft.shape;
  draft.run(`x = ops.transpose(x, ${draft.place('(0, 2, 1)', '(0, 1)', '(0, 2, 2)', '(2, 1, 0, 3)')})`);
  draft.shape = [second, first];
}

function copied(draft: KerasDraft): void {
  const units = draft.int(2, 5);
  const layer = draft.layer(`layers.Dense(${draft.place(units)})`);
  const copy = draft.layer(draft.one(`layers.Dense.from_config(${layer}.get_config())`, `copy.deepcopy(${layer})`));
  draft.run(`x = ${layer}(x) + ${copy}(x)`);
  draft.shape = [...draft.shape.slice(0, -1), units];
}

export const structurePieces: readonly KerasPiece[] = [
  { kind: 'merges', ranks: [1, 2, 3], needsGraph: true, write: merged }, { kind: 'concatenation', ranks: [1, 2, 3, 4], needsGraph: true, write: joined },
  { kind: 'dot', ranks: [2], needsGraph: true, write: dotted }, { kind: 'shared layers', ranks: [1, 2, 3], needsGraph: true, write: shared },
  { kind: 'nested models', ranks: [1, 2, 3], needsGraph: true, write: nested }, { kind: 'nested graphs', ranks: [1, 2, 3], needsGraph: true, write: nestedGraph },
  { kind: 'own layers', ranks: [1, 2, 3], write: ownLayer }, { kind: 'own blocks', ranks: [1, 2, 3], write: ownBlock }, { kind: 'layers made late', ranks: [1, 2, 3], write: onTheWay },
  { kind: 'functions', ranks: [1, 2, 3, 4], needsGraph: true, write: functions }, { kind: 'functions', ranks: [1, 2, 3, 4], needsGraph: true, write: functions },
  { kind: 'transposition', ranks: [2], needsGraph: true, write: permuted }, { kind: 'copied layers', ranks: [1, 2, 3], needsGraph: true, write: copied },
];
