/** Tools that print or count a model: their calls tell which model and which inputs. */
import { boolOf, given, intOf, itemsOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import { alias, fn, type LibraryEntry, type LibraryTables } from '../../python/library';
import { m } from '../../python/objects/native';
import { native, none, notImplemented, str, tuple, type CallArguments, type Value } from '../../python/values';
import { cls, rawMethod } from '../../python/objects/native-class';
import { noteRootCall, noteRootInputs, noteRootShapes } from '../root-calls';

function counted(args: CallArguments): Value {
  return { kind: 'unknown', reason: 'what a tool counted is not known without running it', at: args.at };
}

const pair = (args: CallArguments): Value => tuple([counted(args), counted(args)]);

/** An object of a tool: every attribute and result is unknown, and nothing complains. */
function report(name: string, init: Parameters<typeof rawMethod>[1] = () => none): LibraryEntry {
  return cls(name, {
    attributes: [
      rawMethod('__init__', init),
      rawMethod('__repr__', () => str('')), rawMethod('__str__', () => str('')),
      rawMethod('__getattr__', (_self, args) => {
        const text = stringOf(args.positional[0]) ?? '';
        return text.startsWith('__') ? notImplemented : native(text, inner => counted(inner));
      }),
    ],
  });
}

/** `(3, 224, 224)` or a list of such, without the batch. */
function withoutBatch(interpreter: Interpreter, model: Value, sizes: Value, args: CallArguments, batch = 1, dtypes?: Value): void {
  noteRootShapes(interpreter, model, sizes, args, { batch: batch > 0 ? batch : 1, ...(dtypes ? { dtypes } : {}) });
}

/** torchinfo: shapes with the batch, unless `batch_dim` says where to put it; or the inputs themselves. */
function torchinfo(interpreter: Interpreter, model: Value, sizes: Value, data: Value, batchDim: Value, dtypes: Value, args: CallArguments): void {
  if (given(data)) noteRootInputs(interpreter, model, data, args);
  else if (given(sizes)) noteRootShapes(interpreter, model, sizes, args, { ...(given(batchDim) ? { batch: 1 } : {}), ...(given(dtypes) ? { dtypes } : {}) });
}

const torchinfoSignature = 'torchinfo.summary(model, input_size=None, input_data=None, batch_dim=None, cache_forward_pass=None, col_names=None, col_width=25, depth=3, device=None, dtypes=None, mode=None, row_settings=None, verbose=None, **kwargs)';
const torchsummarySignature = 'torchsummary.summary(model, input_size, batch_size=-1, device="cuda", dtypes=None)';

const entries: readonly LibraryEntry[] = [
  fn(torchsummarySignature, ({ model, input_size, batch_size, dtypes }, interpreter, args) => {
    withoutBatch(interpreter, model, input_size, args, intOf(batch_size), given(dtypes));
    return none;
  }),
  alias('torchsummary.torchsummary.summary', 'torchsummary.summary'),
  fn('torchsummary.summary_string(model, input_size, batch_size=-1, device=None, dtypes=None)', ({ model, input_size, batch_size, dtypes }, interpreter, args) => {
    withoutBatch(interpreter, model, input_size, args, intOf(batch_size), given(dtypes));
    return tuple([str(''), pair(args)]);
  }),
  fn('torchsummaryX.summary(model, x, *args, **kwargs)', ({ model, x, args: more, kwargs }, interpreter, args) => {
    noteRootCall(interpreter, model, [x, ...(itemsOf(more) ?? [])], kwargs.kind === 'dict' ? [...kwargs.entries.values()].map(({ key, value }) => [stringOf(key) ?? '', value] as const) : [], args);
    return counted(args);
  }),
  fn('pytorch_model_summary.summary(model, *inputs, **kwargs)', ({ model, inputs }, interpreter, args) => {
    noteRootCall(interpreter, model, itemsOf(inputs) ?? [], [], args);
    return str('');
  }),
  fn(torchinfoSignature, ({ model, input_size, input_data, batch_dim, dtypes }, interpreter, args) => {
    torchinfo(interpreter, model, input_size, input_data, batch_dim, dtypes, args);
    return interpreter.callWith(interpreter.libraryValue('torchinfo.ModelStatistics'), [], args.at);
  }),
  report('torchinfo.ModelStatistics'),
  alias('torchinfo.torchinfo.summary', 'torchinfo.summary'),
  fn('torchstat.stat(model, input_size, query_granularity=1)', ({ model, input_size }, interpreter, args) => {
    withoutBatch(interpreter, model, input_size, args);
    return none;
  }),
  ...(['summary', 'crawl_module'] as const).map(name => fn(`torchscan.${name}(module, input_shape, *args, **kwargs)`, ({ module, input_shape }, interpreter, args) => {
    withoutBatch(interpreter, module, input_shape, args);
    return counted(args);
  })),
  fn('thop.profile(model, inputs, custom_ops=None, verbose=True, ret_layer_info=False, report_missing=False)', ({ model, inputs, ret_layer_info }, interpreter, args) => {
    noteRootInputs(interpreter, model, inputs, args);
    return boolOf(ret_layer_info) ? tuple([counted(args), counted(args), counted(args)]) : pair(args);
  }),
  fn('thop.profile_origin(model, inputs, custom_ops=None, verbose=True, report_missing=False)', ({ model, inputs }, interpreter, args) => {
    noteRootInputs(interpreter, model, inputs, args);
    return pair(args);
  }),
  fn('thop.clever_format(nums, format="%.2f")', ({ nums }, _interpreter, args) => {
    const items = itemsOf(nums);
    return items && items.length > 1 ? tuple(items.map(() => counted(args))) : counted(args);
  }),
  fn('ptflops.get_model_complexity_info(model, input_res, print_per_layer_stat=True, as_strings=True, input_constructor=None, *args, **kwargs)', ({ model, input_res, input_constructor }, interpreter, args) => {
    if (given(input_constructor)) noteRootInputs(interpreter, model, interpreter.callWith(input_constructor, [input_res], args.at), args);
    else withoutBatch(interpreter, model, input_res, args);
    return pair(args);
  }),
  alias('ptflops.flops_counter.get_model_complexity_info', 'ptflops.get_model_complexity_info'),
  fn('calflops.calculate_flops(model, input_shape=None, transformer_tokenizer=None, args=[], kwargs={}, **more)', ({ model, input_shape, args: inputs }, interpreter, args) => {
    if (given(input_shape)) noteRootShapes(interpreter, model, input_shape, args);
    else noteRootInputs(interpreter, model, inputs, args);
    return tuple([counted(args), counted(args), counted(args)]);
  }),
  fn('torchprofile.profile_macs(model, args=(), kwargs=None, reduction=None)', ({ model, args: inputs }, interpreter, args) => {
    noteRootInputs(interpreter, model, inputs, args);
    return counted(args);
  }),
  fn('torchview.draw_graph(model, input_data=None, input_size=None, *args, **kwargs)', ({ model, input_data, input_size }, interpreter, args) => {
    if (given(input_data)) noteRootInputs(interpreter, model, input_data, args);
    else if (given(input_size)) noteRootShapes(interpreter, model, input_size, args);
    return counted(args);
  }),
  fn('torchviz.make_dot(var, params=None, show_attrs=False, show_saved=False, max_attr_chars=50)', (_p, _interpreter, args) => counted(args)),
  fn('hiddenlayer.build_graph(model, args=None, input_names=None, transforms="default", framework_transforms="default")', ({ model, args: inputs }, interpreter, args) => {
    noteRootInputs(interpreter, model, inputs, args);
    return counted(args);
  }),
  ...['FlopCountAnalysis', 'ActivationCountAnalysis'].map(name => report(`fvcore.nn.${name}`, (_self, args, interpreter) => {
    const [model = none, inputs = none] = args.positional;
    noteRootInputs(interpreter, model, args.keywords.find(([key]) => key === 'inputs')?.[1] ?? inputs, args);
    return none;
  })),
  ...(['flop_count', 'activation_count'] as const).map(name => fn(`fvcore.nn.${name}(model, inputs, *args, **kwargs)`, ({ model, inputs }, interpreter, args) => {
    noteRootInputs(interpreter, model, inputs, args);
    return pair(args);
  })),
  ...['flop_count_table', 'flop_count_str', 'parameter_count_table'].map(name => fn(`fvcore.nn.${name}(*args, **kwargs)` as 'fvcore.nn.f(*args, **kwargs)', () => str(''))),
  fn('fvcore.nn.parameter_count(model)', (_p, _interpreter, args) => counted(args)),
  ...(['c2_xavier_fill', 'c2_msra_fill'] as const).flatMap(name => [fn(`fvcore.nn.weight_init.${name}(module)`, () => none), fn(`fvcore.nn.${name}(module)`, () => none)]),
  fn('netron.start(*args, **kwargs)', () => none),
  cls('torch.utils.tensorboard.SummaryWriter', {
    attributes: [
      rawMethod('__init__', () => none), rawMethod('__enter__', self => self), rawMethod('__exit__', () => none),
      m('SummaryWriter.add_graph(self, model, input_to_model=None, verbose=False, use_strict_trace=True)', ({ model, input_to_model }, interpreter, args) => {
        noteRootInputs(interpreter, model, input_to_model, args);
        return none;
      }),
      rawMethod('__getattr__', (_self, { positional: [name] }) => (stringOf(name)?.startsWith('__') ? notImplemented : native(stringOf(name) ?? '', () => none))),
    ],
  }),
  alias('torch.utils.tensorboard.writer.SummaryWriter', 'torch.utils.tensorboard.SummaryWriter'),
  alias('tensorboardX.SummaryWriter', 'torch.utils.tensorboard.SummaryWriter'),
];

export const summaryTables: LibraryTables = { entries, sources: [] };
