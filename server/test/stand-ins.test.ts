/** Layers of packages that are not installed, as their documentation has them: weights and MACs are those that the packages themselves give. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Case {
  readonly program: string;
  readonly params: number;
  readonly macs: number;
  readonly inputs: readonly string[];
}

const graph = 'import torch\nfrom torch import nn\nfrom torch_geometric.nn import EdgeConv, GATConv, GATv2Conv, GCNConv, GINConv, MessagePassing, SAGEConv, TransformerConv, global_mean_pool\nfrom torch_geometric.utils import add_self_loops, degree\n';

const cases: Readonly<Record<string, Case>> = {
  'blocks of a vision transformer': {
    program: `
import torch
from torch import nn
from timm.models.layers import DropPath
from timm.models.vision_transformer import Block, PatchEmbed
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = PatchEmbed(64, 8, 3, 96)
        self.blocks = nn.Sequential(*[Block(96, 4, 4., qkv_bias=True, drop_path=0.1) for _ in range(3)])
        self.drop = DropPath(0.1)
    def forward(self, x):
        return self.drop(self.blocks(self.patches(x)))
`,
    params: 354048, macs: 24772608, inputs: ['x 1×3×64×64'],
  },
  'a whole one, registered': {
    program: 'from timm.models.registry import register_model\nfrom timm.models.vision_transformer import VisionTransformer\n@register_model\ndef Net(pretrained=False, **kwargs):\n    return VisionTransformer(embed_dim=192, depth=12, num_heads=3, **kwargs)\n',
    params: 5717416, macs: 1253683200, inputs: ['x 1×3×224×224'],
  },
  'graph convolutions of a data object': {
    program: `${graph}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = GATConv(16, 8, heads=4, edge_dim=5)
        self.c2 = SAGEConv(32, 20)
        self.c3 = GINConv(nn.Sequential(nn.Linear(20, 24), nn.BatchNorm1d(24), nn.ReLU(), nn.Linear(24, 24)))
        self.c4 = TransformerConv(24, 6, heads=2)
        self.c5 = GATv2Conv(12, 4, heads=3, concat=False)
        self.out = nn.Linear(4, 2)
    def forward(self, data):
        x, edge_index, batch = data.x, data.edge_index, data.batch
        x = self.c2(self.c1(x, edge_index, data.edge_attr).relu(), edge_index)
        x = self.c5(self.c4(self.c3(x, edge_index), edge_index), edge_index)
        return self.out(global_mean_pool(x, batch))
`,
    params: 4790, macs: 589832, inputs: ['data.x 128×16', 'data.edge_index 2×128', 'data.batch 128', 'data.edge_attr 128×5'],
  },
  'a graph as two arguments': {
    program: `${graph}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = GCNConv(1433, 64), GCNConv(64, 7)
    def forward(self, x, edge_index):
        return self.conv2(self.conv1(x, edge_index).relu(), edge_index)
`,
    params: 92231, macs: 11796480, inputs: ['x 128×1433', 'edge_index 2×128'],
  },
  'messages of one\'s own': {
    program: `${graph}
class Net(MessagePassing):
    def __init__(self, in_channels=3, out_channels=64):
        super().__init__(aggr='add')
        self.lin = nn.Linear(in_channels, out_channels)
    def forward(self, x, edge_index):
        edge_index, _ = add_self_loops(edge_index, num_nodes=x.size(0))
        row, col = edge_index
        norm = degree(col, x.size(0), dtype=x.dtype).pow(-0.5)[row]
        return self.propagate(edge_index, x=self.lin(x), norm=norm)
    def message(self, x_j, norm):
        return norm.view(-1, 1) * x_j
`,
    params: 256, macs: 24576, inputs: ['x 128×3', 'edge_index 2×128'],
  },
  'points and their neighbours': {
    program: `${graph}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.edges, self.out = EdgeConv(nn.Sequential(nn.Linear(6, 32), nn.ReLU())), nn.Linear(32, 3)
    def forward(self, data):
        return self.out(self.edges(data.pos, data.edge_index))
`,
    params: 323, macs: 36864, inputs: ['data.pos 128×3', 'data.edge_index 2×128'],
  },
  'settings of pydantic': {
    program: `
from pydantic import BaseModel, Field
from torch import nn
class Head(BaseModel):
    width: int = 12
class Config(BaseModel):
    dim: int
    depth: int = Field(3, gt=0)
    head: Head = Head(width=7)
    names: list = Field(default_factory=list)
class Body(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.body = nn.Sequential(*[nn.Linear(config.dim, config.dim) for _ in range(config.depth)])
        self.head = nn.Linear(config.dim, config.head.width)
    def forward(self, x):
        return self.head(self.body(x))
Net = Body(Config(dim=10, head={'width': 5}))
`,
    params: 3 * 110 + 55, macs: 350, inputs: ['x 1×10'],
  },
};

describe('packages that are not installed', () => {
  before(prepareParser);

  for (const [name, { program, params, macs, inputs }] of Object.entries(cases)) {
    it(name, () => {
      const analysis = analyse([{ path: 'net.py', text: program }], { convention: 'graph' });
      const model = analysis.models.find(each => each.graph.name === 'Net');
      assert.equal(model?.metrics.status, 'exact', JSON.stringify(analysis.models.flatMap(each => each.problems).map(problem => problem.message)));
      assert.deepEqual([model.metrics.totals.params, model.metrics.totals.macs], [params, macs]);
      assert.deepEqual(model.graph.inputs.map(input => `${input.name} ${String((model.graph.tensors.get(input.tensor)?.shape as readonly unknown[] | undefined)?.join('×'))}`), inputs);
      assert.deepEqual(model.findings.filter(({ severity }) => severity === 'error' || severity === 'warning'), []);
    });
  }

  it('is not there for a program that goes on without it', () => {
    const program = 'from torch import nn\ntry:\n    from timm.layers import Mlp\nexcept ImportError:\n    class Mlp(nn.Linear):\n        pass\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.mlp = Mlp(8, 4)\n    def forward(self, x):\n        return self.mlp(x)\n';
    assert.equal(analyse([{ path: 'net.py', text: program }]).models.find(each => each.graph.name === 'Net')?.metrics.totals.params, 36);
  });

  it('is left to the package where one is installed', () => {
    const program = 'from torch import nn\nfrom timm.layers import Mlp\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.mlp = Mlp(8, 4)\n    def forward(self, x):\n        return self.mlp(x)\n';
    const files = [['net.py', program], ['timm/__init__.py', ''], ['timm/layers.py', 'from torch import nn\nclass Mlp(nn.Linear):\n    pass\n']].map(([path = '', text = '']) => ({ path, text }));
    assert.equal(analyse(files).models.find(each => each.graph.name === 'Net')?.metrics.totals.params, 36);
  });
});
