import inspect
import torch
from torch import nn
from torch._records import scatter, softmax
def sizes_of(in_channels):
    return (in_channels, in_channels) if isinstance(in_channels, int) else tuple(in_channels)
def linear(in_channels, out_channels, bias=True):
    return nn.LazyLinear(out_channels, bias=bias) if in_channels == -1 else nn.Linear(in_channels, out_channels, bias=bias)
class Linear(nn.Linear):
    def __init__(self, in_channels, out_channels, bias=True, weight_initializer=None, bias_initializer=None):
        super().__init__(in_channels, out_channels, bias=bias)
class MessagePassing(nn.Module):
    def __init__(self, aggr='sum', *, aggr_kwargs=None, flow='source_to_target', node_dim=-2, decomposed_layers=1, **kwargs):
        super().__init__()
        self.aggr = aggr
        self.flow = flow
        self.node_dim = node_dim
    def reset_parameters(self):
        pass
    def propagate(self, edge_index, size=None, **kwargs):
        toward, source = (1, 0) if self.flow == 'source_to_target' else (0, 1)
        ends = {'i': edge_index[toward], 'j': edge_index[source]}
        count = None if size is None else size[toward]
        for value in kwargs.values():
            held = value[1] if isinstance(value, tuple) and len(value) > 1 and value[1] is not None else value[0] if isinstance(value, tuple) else value
            if count is None and held is not None and hasattr(held, 'dim') and held.dim() >= -self.node_dim:
                count = held.size(self.node_dim)
        def given(method):
            found = {}
            for name in inspect.signature(method).parameters:
                end = name[-1]
                if name[-2:] in ('_i', '_j') and name[:-2] in kwargs:
                    value = kwargs[name[:-2]]
                    if isinstance(value, tuple):
                        value = value[1 if end == 'i' else 0]
                    found[name] = None if value is None else value.index_select(self.node_dim, ends[end])
                elif name in kwargs:
                    found[name] = kwargs[name]
                elif name in ('index', 'edge_index_i'):
                    found[name] = ends['i']
                elif name in ('size_i', 'dim_size'):
                    found[name] = count
                elif name == 'ptr':
                    found[name] = None
                elif name == 'edge_index':
                    found[name] = edge_index
                elif name == 'size':
                    found[name] = size
            return found
        out = self.message(**given(self.message))
        more = {name: value for name, value in given(self.aggregate).items() if name not in ('inputs', 'index', 'ptr', 'dim_size')}
        out = self.aggregate(out, ends['i'], ptr=None, dim_size=count, **more)
        return self.update(out, **{name: value for name, value in given(self.update).items() if name not in ('inputs', 'aggr_out')})
    def message(self, x_j):
        return x_j
    def aggregate(self, inputs, index, ptr=None, dim_size=None):
        return scatter(inputs, index, self.node_dim, dim_size, 'sum')
    def update(self, inputs):
        return inputs
def add_self_loops(edge_index, edge_attr=None, fill_value=None, num_nodes=None):
    count = num_nodes if num_nodes is not None else int(edge_index.max()) + 1
    loops = torch.arange(count).view(1, -1).expand(2, -1)
    if edge_attr is not None:
        edge_attr = torch.cat([edge_attr, edge_attr.new_ones((count,) + tuple(edge_attr.shape[1:]))], dim=0)
    return torch.cat([edge_index, loops], dim=1), edge_attr
def remove_self_loops(edge_index, edge_attr=None):
    mask = edge_index[0] != edge_index[1]
    return edge_index[:, mask], None if edge_attr is None else edge_attr[mask]
def degree(index, num_nodes=None, dtype=None):
    count = num_nodes if num_nodes is not None else int(index.max()) + 1
    return torch.zeros(count).index_add(0, index, torch.ones(index.size(0)))
def gcn_norm(edge_index, edge_weight=None, num_nodes=None, improved=False, add_self_loops=True, flow='source_to_target', dtype=None):
    if add_self_loops:
        loops = torch.arange(num_nodes).view(1, -1).expand(2, -1)
        if edge_weight is not None:
            edge_weight = torch.cat([edge_weight, edge_weight.new_ones(num_nodes)])
        edge_index = torch.cat([edge_index, loops], dim=1)
    if edge_weight is None:
        edge_weight = torch.ones(edge_index.size(1))
    scale = degree(edge_index[1], num_nodes).pow(-0.5)
    return edge_index, scale[edge_index[0]] * edge_weight * scale[edge_index[1]]
def global_pool(how):
    def pool(x, batch=None, size=None):
        if batch is None:
            if how == 'max':
                return x.max(dim=-2, keepdim=x.dim() <= 2)[0]
            return x.mean(dim=-2, keepdim=x.dim() <= 2) if how == 'mean' else x.sum(dim=-2, keepdim=x.dim() <= 2)
        return scatter(x, batch, -2, size, how)
    return pool
