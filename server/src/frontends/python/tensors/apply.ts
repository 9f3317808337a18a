/** From Python values to `GraphBuilder.apply` and back: which tensors are activations, which are weights, what happens in place. */
import type { Span } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Demand, Wording } from '../../../graph/builder';
import type { Site, Weight } from '../../../graph/graph';
import type { HeldContent } from '../../../graph/held-content';
import type { Attrs, OpDefinition } from '../../../ops/define';
import { describeSizes } from '../../../ops/checks';
import type { DType } from '../../../tensor/dtype';
import { definitelyDifferent, sizesOf } from '../../../tensor/shape';
import { firstUnknownIn } from '../convert';
import { camelCase } from '../camel-case';
import type { Interpreter } from '../interpreter';
import { leadingCall, leadingLine } from '../leading-call';
import type { Signature } from '../signature';
import { argumentSpan, typeName, type CallArguments, type TensorValue, type Value } from '../values';
import { layOut } from './layout';
import { makeTensor } from '../tensor-value';

export interface Application<A extends Attrs = Attrs> {
  readonly op: OpDefinition<A>;
  readonly type: string;
  readonly attrs: NoInfer<A>;
  /** Tensors the operator computes on; a Parameter among them stays an input and is listed as a weight as well. */
  readonly inputs: readonly Value[];
  /** Tensors in a weight's role. Parameters are listed as weights only; computed ones become further inputs. None is left out. */
  readonly weights?: readonly (Value | undefined)[];
  readonly inPlace?: boolean;
  /** Where to look for the reason when an attribute is unknown. */
  readonly parameters?: Iterable<Value>;
  readonly dtypes?: readonly DType[];
  /** Default: the place of the call, with the spans of `signature`'s parameters. */
  readonly site?: Site;
  readonly signature?: Signature;
  readonly aliases?: Readonly<Record<string, string>>;
  readonly demand?: Demand | undefined;
  readonly wording?: Wording | undefined;
}

/** An operator and its row take about as long, and far more memory, than this many steps: an endless loop of layers ends early. */
const stepsPerOperator = 150;

/** What each of many inputs adds to that. */
const stepsPerInput = 10;

/** Applies an operator and returns its outputs, or the unknown input that stands in the way. */
export function applyAll<A extends Attrs>(interpreter: Interpreter, args: CallArguments, application: Application<A>): readonly TensorValue[] | Unknown {
  const inputs: TensorValue[] = [];
  for (const input of application.inputs) {
    if (input.kind === 'tensor') inputs.push(input);
    else return notATensor(interpreter, args, application, input);
  }
  const weights: Weight[] = [];
  for (const { weight } of inputs) if (weight) weights.push(weight);
  const first = inputs[0];
  const together = [...inputs];
  for (const value of application.weights ?? []) {
    if (value === undefined || value.kind === 'none') continue;
    if (value.kind !== 'tensor') return notATensor(interpreter, args, application, value);
    if (value.weight) weights.push(value.weight);
    else inputs.push(value);
    together.push(value);
  }
  interpreter.tensors.check?.(application.op, together, interpreter, args.at);
  const { builder } = interpreter;
  interpreter.budget.spend(stepsPerOperator + stepsPerInput * (inputs.length + weights.length));
  if (first && initialises(application, first, together, builder.recording)) {
    builder.skip({ tensors: 1, storages: 0 });
    return [first];
  }
  const applied = builder.apply({
    op: application.op, type: application.type, path: interpreter.currentPath, attrs: application.attrs,
    inputs: inputs.map(input => input.tensor),
    contents: application.op.fold && inputs.map(input => input.held),
    weights, site: ledFrom(interpreter, application.site ?? callSite(interpreter, args, application)),
    inPlace: application.inPlace === true,
    unknownAttribute: application.parameters && firstUnknownIn(application.parameters),
    demand: application.demand, wording: application.wording, dtypes: application.dtypes,
  });
  if (application.inPlace && first) refuseGrowth(interpreter, args, application, first, applied.outputs[0]);
  if (application.inPlace && first) return replaceTensor(interpreter, first, applied.outputs[0], applied.contents[0]);
  return applied.outputs.map((output, i) => {
    const base = first && output.storage === first.tensor.storage ? first : undefined;
    const made = makeTensor(output, applied.contents[i], base);
    if (applied.outputs.length === 1) layOut(made, application.op, application.attrs, inputs);
    return made;
  });
}

/** A parameter's own elements take other values before any forward pass: networks do that for each of their weights, and it changes nothing that is counted. */
function initialises<A extends Attrs>({ op, attrs, inPlace, demand }: Application<A>, target: TensorValue, together: readonly TensorValue[], isRecorded: boolean): boolean {
  return inPlace === true && !isRecorded && target.weight !== undefined && together.length === 1 && demand === undefined && isElementwise(op, attrs);
}

/** The single output of an operator. */
export function applyOp<A extends Attrs>(interpreter: Interpreter, args: CallArguments, application: Application<A>): Value {
  const outputs = applyAll(interpreter, args, application);
  if (isUnknown(outputs)) return outputs;
  return outputs[0] ?? interpreter.gap(`\`${application.type}\` gave no output`, args.at);
}

function isElementwise<A extends Attrs>({ elementwise }: OpDefinition<A>, attrs: A): boolean {
  return typeof elementwise === 'function' ? elementwise(attrs) : elementwise === true;
}

/** What is computed element by element in place of a tensor cannot have other sizes. */
function refuseGrowth<A extends Attrs>(interpreter: Interpreter, args: CallArguments, { op, attrs }: Application<A>, target: TensorValue, made: TensorValue['tensor'] | undefined): void {
  if (!isElementwise(op, attrs) || !made || isUnknown(made.shape) || isUnknown(target.tensor.shape)) return;
  const [before, after] = [sizesOf(target.tensor.shape), sizesOf(made.shape)];
  if (before.length === after.length && !before.some((size, axis) => definitelyDifferent(size, after[axis] ?? NaN))) return;
  interpreter.raise('RuntimeError', `a result of the sizes ${describeSizes(after)} has no place in a tensor of ${describeSizes(before)}`, args.at);
}

function replaceTensor(interpreter: Interpreter, target: TensorValue, tensor: TensorValue['tensor'] | undefined, content: HeldContent): readonly TensorValue[] {
  // Initialising a parameter in place changes nothing that is counted; it stays the weight it is.
  if (tensor && !target.weight) overwrite(interpreter, target, tensor, content);
  return [target];
}

/** Gives a tensor value other contents; the tensors it is a view of no longer have known ones. */
export function overwrite(interpreter: Interpreter, target: TensorValue, tensor: TensorValue['tensor'], content: HeldContent): void {
  interpreter.heap.write(target, 'tensor', tensor);
  interpreter.heap.write(target, 'held', content);
  for (let base = target.base; base; base = base.base) interpreter.heap.write(base, 'held', undefined);
}

function notATensor<A extends Attrs>(interpreter: Interpreter, args: CallArguments, application: Application<A>, value: Value): Unknown {
  if (isUnknown(value)) return interpreter.gapOf(value, args.at, application.op.macs !== undefined || (application.weights?.length ?? 0) > 0);
  const short = application.type.slice(application.type.lastIndexOf('.') + 1);
  return interpreter.raise('TypeError', `${short}(): argument must be Tensor, not ${typeName(value)}`, args.at);
}

const noSpans: Readonly<Record<string, Span>> = {};

function callSite<A extends Attrs>(interpreter: Interpreter, args: CallArguments, application: Application<A>): Site {
  const { signature } = application;
  return { declared: args.at, argument: signature && interpreter.builder.recording ? spansOf(signature, args, 0, application.aliases) : noSpans };
}

/** With the lines of the analysed file that lead to places in other files. */
function ledFrom(interpreter: Interpreter, site: Site): Site {
  if (!interpreter.builder.recording) return site;
  const appliedFrom = leadingLine(interpreter, site.applied ?? site.declared);
  const from = site.from ?? (site.applied ? undefined : leadingCall(interpreter, site.declared));
  if (!appliedFrom && from === site.from) return site;
  return { ...site, ...(from ? { from } : {}), ...(appliedFrom ? { appliedFrom } : {}) };
}

/** Spans of the written arguments, by the operator attribute that each sets. `offset` counts parameters bound before the signature's first. */
export function spansOf(signature: Signature, args: CallArguments, offset: number, aliases: Readonly<Record<string, string>> = {}): Readonly<Record<string, Span>> {
  if (!args.node) return noSpans;
  const spans: Record<string, Span> = {};
  signature.parameters.forEach((parameter, index) => {
    const span = argumentSpan(args, index + offset, parameter.name);
    if (!span) return;
    spans[camelCase(parameter.name)] = span;
    const attr = aliases[parameter.name];
    if (attr !== undefined) spans[attr] = span;
  });
  return spans;
}
