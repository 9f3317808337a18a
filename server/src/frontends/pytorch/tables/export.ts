/** Exporting and tracing: the arguments tell what the model is called with. */
import { given, itemsOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { alias, fn, type LibraryEntry } from '../../python/library';
import { bool, none, type CallArguments, type Value } from '../../python/values';
import { noteRootCall, noteRootInputs } from '../root-calls';
import { answers, context, decorator, nothing, open } from './opaque';

export const exportEntries: readonly LibraryEntry[] = [
  fn('torch.onnx.export(model, args=(), *more, **kwargs)', ({ model, args: inputs, kwargs }, interpreter, args) => {
    const keywords = kwargs.kind === 'dict' ? kwargs.entries.get('skwargs')?.value : undefined;
    noteExample(interpreter, model, inputs, keywords, args);
    return none;
  }),
  fn('torch.onnx.dynamo_export(model, *inputs, **kwargs)', ({ model, inputs }, interpreter, args) => {
    noteRootCall(interpreter, model, itemsOf(inputs) ?? [], [], args);
    return { kind: 'unknown', reason: 'what an exporter made is not known without running it', at: args.at };
  }),
  fn('torch.export.export(mod, args=(), kwargs=None, *more, **options)', ({ mod, args: inputs, kwargs }, interpreter, args) => {
    noteExample(interpreter, mod, inputs, kwargs, args);
    return { kind: 'unknown', reason: 'what an exporter made is not known without running it', at: args.at };
  }),
  fn('torch.jit.trace(func, example_inputs=None, *more, **kwargs)', ({ func, example_inputs }, interpreter, args) => {
    noteRootInputs(interpreter, func, example_inputs, args);
    return func;
  }),
  alias('torch.jit.isinstance', 'builtins.isinstance'),
  nothing('torch.jit.save'), answers('torch.jit.fork', none), ...['torch.jit.set_fusion_strategy', 'torch.jit.enable_onednn_fusion', 'torch.jit.onednn_fusion_enabled'].map(nothing),
  context('torch.jit.optimized_execution'), context('torch.jit.fuser'),
  answers('torch.onnx.is_onnxrt_backend_supported', bool(false)), ...['torch.onnx.register_custom_op_symbolic', 'torch.onnx.unregister_custom_op_symbolic'].map(nothing),
  decorator('torch.onnx.symbolic_helper.parse_args'),
  ...['torch.fx.replace_pattern', 'torch.fx.experimental.optimization.fuse', 'torch._dynamo.export', 'torch.jit.wait'].map(name => open(name)),
];

function noteExample(interpreter: Interpreter, model: Value, inputs: Value, keywords: Value | undefined, args: CallArguments): void {
  const named = given(keywords);
  if (named?.kind !== 'dict') noteRootInputs(interpreter, model, inputs, args);
  else noteRootCall(interpreter, model, itemsOf(inputs) ?? [inputs], [...named.entries.values()].map(({ key, value }) => [stringOf(key) ?? '', value] as const), args);
}
