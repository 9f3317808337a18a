/** Pieces that change modules rather than values: containers, tied and replaced weights, hooks, overridden methods. */
import type { Draft, Piece } from '../draft';

function containers(draft: Draft): void {
  const size = draft.size(-1);
  const linear = (): string => `nn.Linear(${draft.place(size)}, ${size})`;
  draft.forward(...draft.one<() => string[]>(
    () => [`x = ${draft.layer(`nn.Sequential(${linear()}, nn.ReLU(), ${linear()})`)}${draft.place('', '[:1]', '[0]', '[5]')}(x)`],
    () => [`x = ${draft.layer(`nn.Sequential(${linear()}) * ${draft.place(3, 0, '"2"')}`)}(x)`],
    () => [`for m in ${draft.layer(`nn.ModuleList([${linear()} for _ in range(${draft.place(2)})])`)}${draft.place('', '[1:]', '[::-1]')}:`, '    x = m(x)'],
    () => [`x = ${draft.layer(`nn.ModuleDict({"a": ${linear()}, "b": ${linear()}})`)}[${draft.place('"a"', '"c"', '0')}](x)`],
    () => [`x = ${draft.layer(`nn.Sequential(${draft.place('', '{"a": nn.ReLU()}, ', '3, ', '[nn.ReLU()], ')}${linear()})`)}(x)`],
    () => [`x = ${draft.layer(`nn.ModuleList([${linear()}])`)}${draft.place('[0]', '', '[1]')}(x)`],
    () => [`x = (${draft.layer(`nn.Sequential(${linear()})`)} + nn.Sequential(nn.Linear(${size}, ${draft.place(size)})))(x)`],
    () => [`x = ${draft.layer(`nn.Sequential(${linear()}, ${linear()})`)}.${draft.place('forward', 'append(nn.ReLU())', 'pop(0)', 'forwards')}(x)`],
  )());
}

function weights(draft: Draft): void {
  const size = draft.size(-1);
  const layer = draft.layer(`nn.Linear(${size}, ${size})`);
  draft.init(draft.one(
    () => `${layer}.weight = nn.Parameter(torch.zeros(${draft.place(size)}, ${draft.place(size)}))`,
    () => `${layer}.bias = ${draft.place('None', `nn.Parameter(torch.zeros(${size + 1}))`, `torch.zeros(${size})`)}`,
    () => `${layer}.weight.data = ${draft.place(`${layer}.weight.data`, `${layer}.weight.data[:1]`, `torch.zeros(${size}, ${size + 1})`)}`,
    () => `for p in ${layer}.parameters(): p.data = p.data${draft.place('', '[:1]', '.double()')}`,
    () => `self.tied = nn.Linear(${size}, ${draft.place(size)}); self.tied.weight = ${layer}.weight`,
    () => `${layer}.${draft.place('float()', 'half()', 'double()')}`,
    () => `del ${layer}.${draft.place('training', 'bias', 'weight')}`,
    () => `${layer}.requires_grad_(${draft.place('False', 'True')})`,
    () => `${layer}.register_forward_hook(lambda m, i, o: o${draft.place('', '[..., :1]', ' * 2', '.flatten()')})`,
    () => `${layer} = nn.utils.parametrizations.weight_norm(${layer}, dim=${draft.place(0)})`,
  )());
  draft.forward(`x = ${layer}(x)`);
}

function overridden(draft: Draft): void {
  const [batch = 1, channels = 1, height = 1, width = 1] = draft.shape;
  const name = `Own${draft.int(1, 1e6)}`;
  const bodies = draft.one(
    ['def _conv_forward(self, input, weight, bias):', `    return F.conv2d(input, weight${draft.place('', '[:1]')}, None)`],
    ['def forward(self, input):', `    return super().forward(input)${draft.place('', '[:, :1]')}`],
    ['def __init__(self, *args):', '    super().__init__(*args)', `    self.padding_mode = ${draft.place('"zeros"', '"reflect"', '"mirror"')}`],
    ['def __init__(self, *args):', '    super().__init__(*args)', `    self.stride = ${draft.place('(1, 1)', '(2, 2)', '2')}`],
  );
  draft.before(`class ${name}(nn.Conv2d):`, ...bodies.map(line => `    ${line}`));
  draft.forward(`x = ${draft.layer(`${name}(${draft.place(channels)}, ${channels}, 1)`)}(x)`);
  draft.shape = [batch, channels, height, width];
}

function ownSequential(draft: Draft): void {
  const size = draft.size(-1);
  const name = `Own${draft.int(1, 1e6)}`;
  draft.before(`class ${name}(nn.Sequential):`, '    def __iter__(self):', `        return iter(list(self._modules.values())${draft.place('', '[:1]', '[::-1]')})`);
  draft.forward(`x = ${draft.layer(`${name}(nn.Linear(${size}, ${size}), nn.Linear(${size}, ${draft.place(size)}))`)}(x)`);
}

const ranks = [2, 3, 4];

export const structurePieces: readonly Piece[] = [
  { kind: 'containers', ranks, write: containers }, { kind: 'weights changed', ranks, write: weights }, { kind: 'overridden methods', ranks: [4], write: overridden },
  { kind: 'own iteration', ranks, write: ownSequential },
];
