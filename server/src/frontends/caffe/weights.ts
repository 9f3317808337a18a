/** Learned blobs of the layers: named after their layer, shared where `param { name: … }` says so, frozen where the learning rate is 0. */
import type { Unknown } from '../../base/unknown';
import type { Weight } from '../../graph/graph';
import type { WeightSpec } from '../../ops/define';
import { messagesNamed, numbersIn, type LayerText } from './network';
import { isMessage } from './text/message';

/** What `param` says of each of a layer's blobs, in order. */
interface ParamSpec {
  readonly name: string | undefined;
  readonly frozen: boolean;
}

export class Weights {
  readonly all: Weight[] = [];
  private readonly shared = new Map<string, Weight>();

  of(layer: LayerText, path: string, specs: readonly WeightSpec[], because: Unknown): readonly Weight[] {
    const params = paramsOf(layer);
    return specs.map((spec, index) => {
      const param = params[index];
      const known = param?.name === undefined ? undefined : this.shared.get(param.name);
      if (known) return known;
      const shape = spec.sizes.map(size => (Number.isFinite(size) ? size : because));
      const weight: Weight = { id: this.all.length + 1, name: `${path}.${spec.name}`, type: { shape, dtype: 'float32' }, trainable: param?.frozen !== true };
      this.all.push(weight);
      if (param?.name !== undefined) this.shared.set(param.name, weight);
      return weight;
    });
  }
}

/** Today `param { name lr_mult }`, in 2014 `param: "name"` and `blobs_lr`. */
function paramsOf(layer: LayerText): readonly ParamSpec[] {
  const blocks = messagesNamed(layer.fields, 'param');
  if (blocks.length > 0) {
    return blocks.map(({ fields }) => {
      const name = numbersIn(fields, 'name').at(-1)?.text;
      return { name: name === '' ? undefined : name, frozen: numbersIn(fields, 'lr_mult').at(-1)?.value === 0 };
    });
  }
  const names = layer.fields.flatMap(field => (field.name === 'param' && !isMessage(field.value) ? [field.value.text] : []));
  const rates = numbersIn(layer.fields, 'blobs_lr').map(({ value }) => value);
  return Array.from({ length: Math.max(names.length, rates.length) }, (_, i) => ({ name: names[i] === '' ? undefined : names[i], frozen: rates[i] === 0 }));
}
