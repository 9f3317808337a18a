/** Programs as people write them, each with what PyTorch itself counts: weights of the model and MACs of its first call. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Program {
  readonly text: string;
  readonly params: number;
  readonly macs: number;
}

const programs: Readonly<Record<string, Program>> = {
  'names of a shared module': {
    text: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        shared = nn.Linear(8, 8)
        self.a, self.b = shared, shared
        names = len(list(self.named_modules(remove_duplicate=False))), len(self.state_dict()), len(list(self.named_parameters(remove_duplicate=False)))
        self.fc = nn.Linear(8, names[0] * 100 + names[1] * 10 + names[2])
    def forward(self, x): return self.fc(self.a(x))
Net()(torch.randn(2, 8))
`, params: 3168, macs: 5632,
  },
  'arrays of numpy between tensors': {
    text: `
import numpy as np
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, int(torch.linspace(0, 3, 4).numpy()[3]))
    def forward(self, x):
        n = x.detach().cpu().numpy()
        y = torch.from_numpy(n[::-1].copy()) + torch.from_numpy(np.ascontiguousarray(n[:, ::-1]))
        for i in range(n.shape[0]): y = y + float(n[i].max())
        return self.fc(y + torch.from_numpy(np.mean(n, axis=0)))
Net()(torch.randn(2, 8))
`, params: 27, macs: 48,
  },
  'tensors in the place of parameters, for one call': {
    text: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(8, 8), nn.Linear(8, 4))
    def forward(self, x):
        narrow = torch.func.functional_call(self.body, {'0.weight': torch.ones(8, 8), '1.weight': torch.ones(2, 8), '1.bias': torch.zeros(2)}, (x,))
        return self.body(x) + narrow.sum()
Net()(torch.randn(2, 8))
`, params: 108, macs: 352,
  },
  'hooks of every module': {
    text: `
from torch.nn.modules.module import register_module_forward_hook
handle = register_module_forward_hook(lambda m, i, o: o @ torch.ones(8, 8) if isinstance(m, nn.Linear) else None)
other = register_module_forward_hook(lambda m, i, o: o[:, :3] if isinstance(m, nn.Linear) else None)
other.remove()
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
    def forward(self, x): return self.fc(x)
Net()(torch.randn(2, 8))
`, params: 72, macs: 256,
  },
  'hooks of every kind': {
    text: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.x = nn.Linear(8,8), nn.Linear(8,8), nn.Linear(8,8)
        self.a.register_forward_pre_hook(lambda m, i: (torch.cat(i*2),))
        h = self.b.register_forward_hook(lambda m, i, o: self.x(o))
        self.b.register_forward_hook(lambda m, i, o: o[:1], prepend=True)
        self.register_forward_hook(lambda m, a, k, o: o if not k else self.x(o), with_kwargs=True)
        self.b.register_forward_pre_hook(lambda m, a, k: (a, {}), with_kwargs=True)
    def forward(self, x, flag=False): return self.b(self.a(x))
Net()(torch.randn(2,8), flag=True)
`, params: 216, macs: 640,
  },
  'a method for each type of its argument': {
    text: `
import functools
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = self.make(3); self.b = self.make('x'); self.c = self.make([1,2])
    @functools.singledispatchmethod
    def make(self, a): return nn.Linear(8, 8)
    @make.register
    def _(self, a: int): return nn.Linear(8, 8 * a)
    @make.register(list)
    def _(self, a): return nn.Linear(24, 8)
    def forward(self, x): return self.b(self.c(self.a(x)))
Net()(torch.randn(2,8))
`, params: 488, macs: 896,
  },
  'a descriptor that makes layers': {
    text: `
class Lazy:
    def __init__(self, n): self.n = n
    def __set_name__(self, owner, name): self.name = '_' + name
    def __get__(self, obj, typ=None):
        if obj is None: return self
        if self.name not in obj._modules: obj.add_module(self.name, nn.Linear(8, self.n))
        return obj._modules[self.name]
class Net(nn.Module):
    a = Lazy(8); b = Lazy(4)
    def forward(self, x): return self.b(self.a(self.a(x)))
Net()(torch.randn(2,8))
`, params: 108, macs: 320,
  },
  'layers that are replaced later': {
    text: `
def swap(m):
    for n, c in m.named_children():
        if isinstance(c, nn.ReLU): setattr(m, n, nn.PReLU())
        elif isinstance(c, nn.BatchNorm2d): m._modules[n] = nn.GroupNorm(2, c.num_features)
        else: swap(c)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.f = nn.Sequential(nn.Conv2d(3,8,3), nn.BatchNorm2d(8), nn.ReLU(), nn.Sequential(nn.Conv2d(8,8,3,groups=2), nn.ReLU()))
        swap(self)
        self.add_module('f2', nn.Conv2d(8, 4, 1)); self.add_module('f2', nn.Conv2d(8, 2, 1))
        self.z = nn.Linear(5,5); del self.z
        self.register_module('h', None)
        self.h = nn.Flatten()
    def forward(self, x): return self.h(self.f2(self.f(x)))
Net()(torch.randn(1,3,8,8))
`, params: 556, macs: 12640,
  },
  'ways out of loops and handlers': {
    text: `
def f(n):
    out = []
    for i in range(n):
        try:
            if i == 2: continue
            if i == 4: break
            out.append(i)
        finally:
            out.append(10)
    else:
        out.append(1000)
    return sum(out)
def g():
    try: return 1
    finally: return 2
def h():
    try:
        try: raise ValueError
        except KeyError: return 1
        else: return 2
        finally: pass
    except ValueError as e: return 3
    return 4
class Net(nn.Module):
    def __init__(self): super().__init__(); self.l = nn.Linear(f(6), g() + h())
    def forward(self, x): return self.l(x)
Net()(torch.randn(2, f(6)))
`, params: 275, macs: 540,
  },
  'names that assignment changes': {
    text: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i in range(3): setattr(self, f'l{i}', nn.Linear(8, 8))
    def __setattr__(self, k, v):
        if k == 'l1': k = 'renamed'
        super().__setattr__(k, v)
    def forward(self, x):
        for n, m in self.named_children(): x = m(x)
        return x
Net()(torch.randn(2,8))
`, params: 216, macs: 384,
  },
  'keys that say themselves what they equal': {
    text: `import dataclasses
@dataclasses.dataclass(frozen=True)
class K:
    a: int
    b: str = 'x'
class Bad:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return self.v == o.v
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        d = {K(1): 8, K(2): 16}
        d[K(1, 'x')] = 4
        e = {Bad(1): 1, Bad(2): 2, Bad(1): 3}
        self.l = nn.Linear(8, d[K(1)] + len(d) + len(e) + e[Bad(1)] + (K(2) in d))
    def forward(self, x): return self.l(x)
Net()(torch.randn(2, 8))
`, params: 108, macs: 192,
  },
  'objects that act like numbers and lists': {
    text: `
import copy
class P_:
    __slots__ = ('a', 'b')
    def __init__(self, a, b): self.a, self.b = a, b
    def __eq__(self, o): return self.a == o.a
    def __hash__(self): return hash(self.a)
    def __lt__(self, o): return self.b < o.b
    def __add__(self, o): return P_(self.a + o.a, self.b)
    def __radd__(self, o): return self
    def __len__(self): return self.b
    def __iter__(self): yield self.a; yield self.b
    def __contains__(self, v): return v == self.b
    def __call__(self, k=2): return self.a * k
    def __getitem__(self, i): return (self.a, self.b)[i]
    def __bool__(self): return False
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        p, q = P_(3, 5), P_(4, 2)
        self.l = nn.Linear(8, sum([p, q]).a + len(p) + min([p, q]).b + (5 in p) + p() + q[1] + len({p, q, P_(3, 9)}) + (0 if p else 1) + sum(p))
    def forward(self, x): return self.l(x)
Net()(torch.randn(2,8))
`, params: 306, macs: 544,
  },
  'a class of a container that fills itself': {
    text: `
class Block(nn.Sequential):
    def __init__(self, width=4):
        super().__init__(nn.Linear(8, width), nn.ReLU())
        self.add_module('last', nn.Linear(width, 2))
class Empty(nn.Sequential): pass
`, params: 46, macs: 40,
  },
};

describe('programs as people write them', () => {
  before(prepareParser);

  for (const [what, { text, params, macs }] of Object.entries(programs)) {
    it(what, () => {
      const { models } = analyse([{ path: 'net.py', text: `import torch\nfrom torch import nn\nimport torch.nn.functional as F\n${text}` }]);
      assert.deepEqual(models.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error' || severity === 'warning')), []);
      assert.deepEqual(models.map(({ metrics: { status, totals } }) => [status, totals.frameworkParams, totals.macs]), [['exact', params, macs]]);
    });
  }
});
