/** What an edit leaves standing is exactly what a fresh analysis would say. */
import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../shared/src/settings';
import type { Analysis } from '../src/analysis/analysis';
import { withFindingsOf } from '../src/analysis/carry-over';
import { Workspace } from '../src/analysis/workspace';
import { codeLenses } from '../src/features/code-lens';
import { diagnostics } from '../src/features/diagnostics';
import { fixtureText, memoryHost, prepareParser } from './harness/analyse';

/** Everything a person would see, without the name of the file and the numbers of tensors. */
function shown(analysis: Analysis): unknown {
  return {
    lenses: codeLenses(analysis).map(lens => [lens.range, lens.command?.title]),
    findings: diagnostics(analysis, () => undefined).map(({ range, message, severity }) => [range, message, severity]),
    rows: analysis.models.map(model => model.metrics.layers.map(layer => [
      layer.node.path, layer.node.type, layer.outputs, layer.macs, layer.params, layer.node.site.declared.span, layer.node.site.applied?.span,
      layer.node.site.argument,
    ])),
    problems: analysis.problems.map(problem => [problem.message, problem.at?.span]),
  };
}

function analyseAs(workspace: Workspace, uri: string, text: string, version: number): Promise<Analysis> {
  workspace.setDocument(uri, text, version);
  return workspace.analyze({ uri, settings: defaultSettings });
}

const registered = `
from torch import nn

BLOCKS = {}


def register(name):
    def wrap(cls):
        BLOCKS[name] = cls
        return cls
    return wrap


@register("one")
class One(nn.Sequential):
    def __init__(self, width):
        super().__init__(nn.Conv2d(3, width, 3), nn.ReLU())


@register("two")
class Two(nn.Sequential):
    def __init__(self, width):
        super().__init__(nn.Conv2d(3, width, 5))


def small():
    return BLOCKS["one"](8)


def large():
    return BLOCKS["two"](64)
`;

/** Each model with something to be said against it: a size that does not fit, a value nobody knows, an error in the constructor. */
const doubtful = `
import sizes
from torch import nn


class Misfit(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 16, 3)
        self.second = nn.Conv2d(32, 8, 3)

    def forward(self, x):
        return self.second(self.first(x))


class Open(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2d(3, sizes.width(), 3)

    def forward(self, x):
        return self.layer(x)


class Wrong(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2d(3, 8, 3, groups=2)


class Healthy(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.layer(x)
`;

const edits: readonly (readonly [what: string, file: string, steps: readonly (readonly [string, string])[]])[] = [
  ['a builder, a class, a line above, a comment', 'residual.py', [
    ['groups=32', 'groups=16'], ['[3, 4, 6, 3]', '[2, 2, 2, 2]'], ['from torch import nn\n', 'from torch import nn\n\n\n# a comment\n'],
    ['expansion = 4', 'expansion = 2'], ['def grouped50():', 'def wide50():\n    return ResidualNet([1, 1, 1, 1])\n\n\ndef grouped50():'], ['# a comment\n', ''],
  ]],
  ['what a registry holds', 'registry.py', [
    ['super().__init__(nn.Conv2d(3, width, 5))', 'super().__init__(nn.Conv2d(3, width, 7))'], ['@register("two")', '@register("one")'],
    ['["two"](64)', '["one"](64)'], ['@register("one")\nclass Two', '@register("two")\nclass Two'], ['BLOCKS = {}', 'BLOCKS = dict()'],
  ]],
  ['lines above models with reservations, and within one', 'doubtful.py', [
    ['class Misfit', '# a comment\nclass Misfit'], ['class Healthy', 'class Healthful'], ['class Open', '# another\n\nclass Open'], ['# a comment\n', ''],
    ['Conv2d(3, 16, 3)', 'Conv2d(3, 32, 3)'], ['Conv2d(3, 32, 3)', 'Conv2d(3, 16, 3)'], ['groups=2', 'groups=1'], ['groups=1', 'groups=2'],
  ]],
];

const sourceOf: Readonly<Record<string, string>> = { 'registry.py': registered, 'doubtful.py': doubtful };

describe('incremental analysis', () => {
  before(prepareParser);

  for (const [what, name, steps] of edits) {
    it(`says after every edit what a fresh analysis says: ${what}`, async () => {
      const workspace = new Workspace({ host: memoryHost(new Map()) });
      let text = sourceOf[name] ?? fixtureText('models', name);
      const uri = `file:///edited/${name}`;
      await analyseAs(workspace, uri, text, 0);
      for (const [version, [from, to]] of steps.entries()) {
        assert.ok(text.includes(from), from);
        text = text.replace(from, to);
        const edited = await analyseAs(workspace, uri, text, version + 1);
        const anew = await analyseAs(new Workspace({ host: memoryHost(new Map()) }), uri, text, 1);
        assert.deepEqual(shown(edited), shown(anew), `after ${from} became ${to}`);
      }
    });
  }

  it('runs imported modules again when what they read as data has changed', async () => {
    const files = new Map([
      [
        'file:///data/sizes.py',
        "import json, os\nhere = os.path.dirname(__file__)\nwidth = json.load(open(os.path.join(here, 'width.json')))['width']\nfiles = len(os.listdir(os.path.join(here, 'parts')))\n",
      ],
      ['file:///data/width.json', '{ "width": 8 }'], ['file:///data/parts/a.txt', ''],
    ]);
    const workspace = new Workspace({ host: memoryHost(files) });
    const uri = 'file:///data/net.py';
    const text = 'from torch import nn\nfrom sizes import width, files\n\ndef net():\n    return nn.Conv2d(width, files, 1)\n';
    const paramsNow = async (): Promise<unknown> => (await analyseAs(workspace, uri, text, 0)).models[0]?.metrics.totals.params;
    assert.equal(await paramsNow(), 8 + 1);
    files.set('file:///data/width.json', '{ "width": 32 }');
    workspace.forget('file:///data/width.json');
    assert.equal(await paramsNow(), 32 + 1);
    files.set('file:///data/parts/b.txt', '');
    workspace.forget('file:///data/parts/b.txt');
    assert.equal(await paramsNow(), 2 * (32 + 1));
  });

  it('works out only the model whose builder changed', async () => {
    const workspace = new Workspace({ host: memoryHost(new Map()) });
    const text = fixtureText('models', 'residual.py');
    const uri = 'file:///edited/part.py';
    const first = await analyseAs(workspace, uri, text, 0);
    const second = await analyseAs(workspace, uri, text.replace('groups=32', 'groups=16'), 1);
    const changed = second.models.find(model => model.graph.name === 'grouped50');
    assert.equal(first.recomputedLayers, first.models.reduce((sum, model) => sum + model.graph.nodes.length, 0));
    assert.equal(second.recomputedLayers, changed?.graph.nodes.length);
  });

  it('works nothing out that was found a moment ago: an edit is taken back, or made again', async () => {
    const workspace = new Workspace({ host: memoryHost(new Map()) });
    const text = fixtureText('models', 'residual.py');
    const uri = 'file:///edited/back.py';
    const edited = text.replace('groups=32', 'groups=16').replace('expansion = 4', 'expansion = 2');
    const layers: number[] = [];
    for (const [version, each] of [text, edited, text, edited].entries()) layers.push((await analyseAs(workspace, uri, each, version)).recomputedLayers);
    assert.ok((layers[1] ?? 0) > 0, 'the edit changes models');
    assert.deepEqual(layers.slice(2), [0, 0]);
  });

  it('works out no model again that has something against it while another is edited', async () => {
    const workspace = new Workspace({ host: memoryHost(new Map()) });
    const uri = 'file:///edited/others.py';
    const before = await analyseAs(workspace, uri, doubtful, 0);
    assert.deepEqual(before.models.map(({ graph }) => [graph.name, graph.mismatches.length + graph.gaps.length + graph.problems.length > 0]), [['Misfit', true], ['Open', true], ['Healthy', false]]);
    const after = await analyseAs(workspace, uri, doubtful.replace('Conv2d(3, 8, 3)\n', 'Conv2d(3, 4, 3)\n'), 1);
    assert.equal(after.recomputedLayers, 1);
  });

  it('comes in slices to what one run says, each model worked out once', async () => {
    const text = fixtureText('models', 'residual.py');
    const uri = 'file:///sliced/residual.py';
    const workspace = new Workspace({ host: memoryHost(new Map()) });
    workspace.setDocument(uri, text, 1);
    const slices: Analysis[] = [];
    do slices.push(await workspace.analyze({ uri, settings: defaultSettings, pauseAfterMilliseconds: 0 }));
    while (slices.at(-1)?.isPartial);
    const whole = await analyseAs(new Workspace({ host: memoryHost(new Map()) }), 'file:///whole/residual.py', text, 1);
    assert.ok(slices.length > 1, 'it did not pause');
    assert.deepEqual(slices.map(slice => slice.models.length), slices.map((_, i) => Math.min(i + 1, whole.models.length)));
    assert.equal(slices.reduce((sum, slice) => sum + slice.recomputedLayers, 0), whole.recomputedLayers);
    const last = slices.at(-1);
    assert.ok(last);
    assert.deepEqual(shown(last), shown(whole));
  });

  it('shows the former findings, moved along, of models still to come, and none on the edited line', async () => {
    const text = fixtureText('models', 'residual.py');
    const uri = 'file:///sliced/registry.py';
    const workspace = new Workspace({ host: memoryHost(new Map()) });
    const before = await analyseAs(workspace, uri, text, 0);
    const finding = before.findings.find(each => each.rule === 'JL103');
    assert.ok(finding, 'the file has a finding');
    const carriedAfter = async (edited: string): Promise<Analysis> => {
      workspace.setDocument(uri, edited, 1);
      return withFindingsOf(before, { ...await workspace.analyze({ uri, settings: defaultSettings }), models: [], findings: [] });
    };
    const places = (analysis: Analysis): number[] => analysis.findings.map(each => each.at.span.start);
    const starts = places(before);
    assert.deepEqual(places(await carriedAfter(`# one more line\n${text}`)), starts.map(start => start + '# one more line\n'.length));
    const { start } = finding.at.span;
    assert.equal(places(await carriedAfter(`${text.slice(0, start)} ${text.slice(start)}`)).length, starts.length - 1);
  });
});
