import torch
from torch import nn as torch_nn
from torch_geometric._base import Linear, MessagePassing, global_pool
from torch_geometric._convolutions import (
    APPNP, ChebConv, EdgeConv, GATConv, GATv2Conv, GatedGraphConv, GCNConv, GINConv, GINEConv, GraphConv, NNConv, SAGEConv, SGConv, TAGConv, TransformerConv,
)
global_mean_pool, global_add_pool, global_max_pool = global_pool('mean'), global_pool('add'), global_pool('max')
class BatchNorm(torch_nn.Module):
    def __init__(self, in_channels, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, allow_single_element=False):
        super().__init__()
        self.module = torch_nn.BatchNorm1d(in_channels, eps, momentum, affine, track_running_stats)
    def forward(self, x):
        return self.module(x)
class LayerNorm(torch_nn.Module):
    def __init__(self, in_channels, eps=1e-5, affine=True, mode='graph'):
        super().__init__()
        self.weight = torch_nn.Parameter(torch.ones(in_channels)) if affine else None
        self.bias = torch_nn.Parameter(torch.zeros(in_channels)) if affine else None
    def forward(self, x, batch=None, batch_size=None):
        x = (x - x.mean()) / (x.std(unbiased=False) + 1e-5)
        return x if self.weight is None else x * self.weight + self.bias
class GraphNorm(torch_nn.Module):
    def __init__(self, in_channels, eps=1e-5):
        super().__init__()
        self.weight = torch_nn.Parameter(torch.ones(in_channels))
        self.bias = torch_nn.Parameter(torch.zeros(in_channels))
        self.mean_scale = torch_nn.Parameter(torch.ones(in_channels))
    def forward(self, x, batch=None, batch_size=None):
        out = x - x.mean(0) * self.mean_scale
        return self.weight * out / (out.pow(2).mean(0) + 1e-5).sqrt() + self.bias
class Sequential(torch_nn.Module):
    def __init__(self, input_args, modules):
        super().__init__()
        self.names = [name.strip() for name in input_args.split(',')]
        self.steps = []
        for index, item in enumerate(modules):
            module, told = item if isinstance(item, (tuple, list)) else (item, None)
            if isinstance(module, torch_nn.Module):
                setattr(self, f'module_{index}', module)
            self.steps.append((module, told))
    def forward(self, *args, **kwargs):
        known = {**dict(zip(self.names, args)), **kwargs}
        last = args[0] if args else None
        outputs = [self.names[0]]
        for module, told in self.steps:
            if told is None:
                last = module(last)
            else:
                inputs, _, given = told.partition('->')
                last = module(*[known[name.strip()] for name in inputs.split(',') if name.strip()])
                outputs = [name.strip() for name in given.split(',') if name.strip()] or outputs
            if len(outputs) == 1:
                known[outputs[0]] = last
            else:
                known.update(zip(outputs, last))
        return last
class JumpingKnowledge(torch_nn.Module):
    def __init__(self, mode, channels=None, num_layers=None):
        super().__init__()
        self.mode = mode.lower()
        self.lstm = self.att = None
        if self.mode == 'lstm':
            self.lstm = torch_nn.LSTM(channels, num_layers * channels // 2, bidirectional=True, batch_first=True)
            self.att = torch_nn.Linear(2 * (num_layers * channels // 2), 1)
    def forward(self, xs):
        if self.mode == 'cat':
            return torch.cat(xs, dim=-1)
        stacked = torch.stack(xs, dim=1 if self.lstm is not None else -1)
        if self.lstm is None:
            return stacked.max(dim=-1)[0]
        alpha = torch.softmax(self.att(self.lstm(stacked)[0]).squeeze(-1), dim=-1)
        return (stacked * alpha.unsqueeze(-1)).sum(dim=1)
