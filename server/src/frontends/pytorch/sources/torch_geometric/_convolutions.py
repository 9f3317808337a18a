import torch
import torch.nn.functional as F
from torch import nn
from torch_geometric._base import MessagePassing, add_self_loops, gcn_norm, linear, remove_self_loops, sizes_of, softmax
def both(x):
    return x if isinstance(x, tuple) else (x, x)
class GCNConv(MessagePassing):
    def __init__(self, in_channels, out_channels, improved=False, cached=False, add_self_loops=None, normalize=True, bias=True, **kwargs):
        super().__init__(**{'aggr': 'add', **kwargs})
        self.in_channels, self.out_channels = in_channels, out_channels
        self.improved, self.cached, self.normalize = improved, cached, normalize
        self.add_self_loops = normalize if add_self_loops is None else add_self_loops
        self.lin = linear(in_channels, out_channels, bias=False)
        self.bias = nn.Parameter(torch.zeros(out_channels)) if bias else None
    def forward(self, x, edge_index, edge_weight=None):
        if self.normalize:
            edge_index, edge_weight = gcn_norm(edge_index, edge_weight, x.size(self.node_dim), self.improved, self.add_self_loops)
        out = self.propagate(edge_index, x=self.lin(x), edge_weight=edge_weight)
        return out if self.bias is None else out + self.bias
    def message(self, x_j, edge_weight):
        return x_j if edge_weight is None else edge_weight.view(-1, 1) * x_j
class SAGEConv(MessagePassing):
    def __init__(self, in_channels, out_channels, aggr='mean', normalize=False, root_weight=True, project=False, bias=True, **kwargs):
        super().__init__(aggr, **kwargs)
        self.in_channels, self.out_channels = in_channels, out_channels
        self.normalize, self.root_weight, self.project = normalize, root_weight, project
        source, target = sizes_of(in_channels)
        if project:
            self.lin = linear(source, source, bias=True)
        self.lin_l = linear(source, out_channels, bias=bias)
        if root_weight:
            self.lin_r = linear(target, out_channels, bias=False)
    def forward(self, x, edge_index, size=None):
        x = both(x)
        if self.project:
            x = (self.lin(x[0]).relu(), x[1])
        out = self.lin_l(self.propagate(edge_index, x=x, size=size))
        if self.root_weight and x[1] is not None:
            out = out + self.lin_r(x[1])
        return F.normalize(out, p=2.0, dim=-1) if self.normalize else out
class GraphConv(MessagePassing):
    def __init__(self, in_channels, out_channels, aggr='add', bias=True, **kwargs):
        super().__init__(aggr, **kwargs)
        self.in_channels, self.out_channels = in_channels, out_channels
        source, target = sizes_of(in_channels)
        self.lin_rel = linear(source, out_channels, bias=bias)
        self.lin_root = linear(target, out_channels, bias=False)
    def forward(self, x, edge_index, edge_weight=None, size=None):
        x = both(x)
        out = self.lin_rel(self.propagate(edge_index, x=x, edge_weight=edge_weight, size=size))
        return out if x[1] is None else out + self.lin_root(x[1])
    def message(self, x_j, edge_weight):
        return x_j if edge_weight is None else edge_weight.view(-1, 1) * x_j
class GATConv(MessagePassing):
    def __init__(self, in_channels, out_channels, heads=1, concat=True, negative_slope=0.2, dropout=0.0, add_self_loops=True, edge_dim=None, fill_value='mean', bias=True, residual=False, **kwargs):
        super().__init__(**{'aggr': 'add', 'node_dim': 0, **kwargs})
        self.in_channels, self.out_channels, self.heads, self.concat = in_channels, out_channels, heads, concat
        self.negative_slope, self.dropout, self.add_self_loops, self.edge_dim = negative_slope, dropout, add_self_loops, edge_dim
        self.lin = self.lin_src = self.lin_dst = None
        if isinstance(in_channels, int):
            self.lin = linear(in_channels, heads * out_channels, bias=False)
        else:
            self.lin_src = linear(in_channels[0], heads * out_channels, bias=False)
            self.lin_dst = linear(in_channels[1], heads * out_channels, bias=False)
        self.att_src = nn.Parameter(torch.empty(1, heads, out_channels))
        self.att_dst = nn.Parameter(torch.empty(1, heads, out_channels))
        self.lin_edge = None if edge_dim is None else linear(edge_dim, heads * out_channels, bias=False)
        self.att_edge = None if edge_dim is None else nn.Parameter(torch.empty(1, heads, out_channels))
        width = heads * out_channels if concat else out_channels
        self.res = linear(sizes_of(in_channels)[1], width, bias=False) if residual else None
        self.bias = nn.Parameter(torch.zeros(width)) if bias else None
    def forward(self, x, edge_index, edge_attr=None, size=None, return_attention_weights=None):
        H, C = self.heads, self.out_channels
        source, target = both(x)
        rest = self.res(target) if self.res is not None else None
        if self.lin is not None:
            source = self.lin(source).view(-1, H, C)
            target = source if not isinstance(x, tuple) else None if target is None else self.lin(target).view(-1, H, C)
        else:
            source = self.lin_src(source).view(-1, H, C)
            target = None if target is None else self.lin_dst(target).view(-1, H, C)
        alpha = ((source * self.att_src).sum(dim=-1), None if target is None else (target * self.att_dst).sum(-1))
        if self.add_self_loops:
            count = source.size(0) if target is None else min(source.size(0), target.size(0))
            edge_index, edge_attr = remove_self_loops(edge_index, edge_attr)
            edge_index, edge_attr = add_self_loops(edge_index, edge_attr, num_nodes=count)
        weights = self.weights_of(alpha, edge_index, edge_attr)
        out = self.propagate(edge_index, x=(source, target), alpha=weights, size=size)
        out = out.view(-1, H * C) if self.concat else out.mean(dim=1)
        out = out if rest is None else out + rest
        out = out if self.bias is None else out + self.bias
        return (out, (edge_index, weights)) if isinstance(return_attention_weights, bool) else out
    def weights_of(self, alpha, edge_index, edge_attr):
        weights = alpha[0].index_select(0, edge_index[0])
        if alpha[1] is not None:
            weights = weights + alpha[1].index_select(0, edge_index[1])
        if edge_attr is not None and self.lin_edge is not None:
            edge_attr = edge_attr.view(-1, 1) if edge_attr.dim() == 1 else edge_attr
            weights = weights + (self.lin_edge(edge_attr).view(-1, self.heads, self.out_channels) * self.att_edge).sum(dim=-1)
        return F.dropout(softmax(F.leaky_relu(weights, self.negative_slope), edge_index[1]), p=self.dropout, training=self.training)
    def message(self, x_j, alpha):
        return alpha.unsqueeze(-1) * x_j
class GATv2Conv(MessagePassing):
    def __init__(self, in_channels, out_channels, heads=1, concat=True, negative_slope=0.2, dropout=0.0, add_self_loops=True, edge_dim=None, fill_value='mean', bias=True, share_weights=False, residual=False, **kwargs):
        super().__init__(**{'aggr': 'add', 'node_dim': 0, **kwargs})
        self.in_channels, self.out_channels, self.heads, self.concat = in_channels, out_channels, heads, concat
        self.negative_slope, self.dropout, self.add_self_loops, self.edge_dim, self.share_weights = negative_slope, dropout, add_self_loops, edge_dim, share_weights
        source, target = sizes_of(in_channels)
        self.lin_l = linear(source, heads * out_channels, bias=bias)
        self.lin_r = self.lin_l if share_weights else linear(target, heads * out_channels, bias=bias)
        self.att = nn.Parameter(torch.empty(1, heads, out_channels))
        self.lin_edge = None if edge_dim is None else linear(edge_dim, heads * out_channels, bias=False)
        width = heads * out_channels if concat else out_channels
        self.res = linear(target, width, bias=False) if residual else None
        self.bias = nn.Parameter(torch.zeros(width)) if bias else None
    def forward(self, x, edge_index, edge_attr=None, return_attention_weights=None):
        H, C = self.heads, self.out_channels
        source, target = both(x)
        rest = self.res(target) if self.res is not None else None
        left = self.lin_l(source).view(-1, H, C)
        right = left if self.share_weights and not isinstance(x, tuple) else self.lin_r(target).view(-1, H, C)
        if self.add_self_loops:
            edge_index, edge_attr = remove_self_loops(edge_index, edge_attr)
            edge_index, edge_attr = add_self_loops(edge_index, edge_attr, num_nodes=min(left.size(0), right.size(0)))
        mixed = right.index_select(0, edge_index[1]) + left.index_select(0, edge_index[0])
        if edge_attr is not None and self.lin_edge is not None:
            edge_attr = edge_attr.view(-1, 1) if edge_attr.dim() == 1 else edge_attr
            mixed = mixed + self.lin_edge(edge_attr).view(-1, H, C)
        alpha = softmax((F.leaky_relu(mixed, self.negative_slope) * self.att).sum(dim=-1), edge_index[1])
        alpha = F.dropout(alpha, p=self.dropout, training=self.training)
        out = self.propagate(edge_index, x=(left, right), alpha=alpha)
        out = out.view(-1, H * C) if self.concat else out.mean(dim=1)
        out = out if rest is None else out + rest
        out = out if self.bias is None else out + self.bias
        return (out, (edge_index, alpha)) if isinstance(return_attention_weights, bool) else out
    def message(self, x_j, alpha):
        return x_j * alpha.unsqueeze(-1)
class TransformerConv(MessagePassing):
    def __init__(self, in_channels, out_channels, heads=1, concat=True, beta=False, dropout=0.0, edge_dim=None, bias=True, root_weight=True, **kwargs):
        super().__init__(**{'aggr': 'add', 'node_dim': 0, **kwargs})
        self.in_channels, self.out_channels, self.heads, self.concat = in_channels, out_channels, heads, concat
        self.root_weight, self.dropout, self.edge_dim = root_weight, dropout, edge_dim
        self.beta = beta and root_weight
        source, target = sizes_of(in_channels)
        self.lin_key = linear(source, heads * out_channels)
        self.lin_query = linear(target, heads * out_channels)
        self.lin_value = linear(source, heads * out_channels)
        self.lin_edge = None if edge_dim is None else linear(edge_dim, heads * out_channels, bias=False)
        width = heads * out_channels if concat else out_channels
        self.lin_skip = linear(target, width, bias=bias) if root_weight else None
        self.lin_beta = nn.Linear(3 * width, 1, bias=False) if self.beta else None
    def forward(self, x, edge_index, edge_attr=None, return_attention_weights=None):
        H, C = self.heads, self.out_channels
        source, target = both(x)
        query = self.lin_query(target).view(-1, H, C)
        key, value = self.lin_key(source).view(-1, H, C), self.lin_value(source).view(-1, H, C)
        edges = None if self.lin_edge is None or edge_attr is None else self.lin_edge(edge_attr).view(-1, H, C)
        out = self.propagate(edge_index, query=query, key=key, value=value, edges=edges)
        out = out.view(-1, H * C) if self.concat else out.mean(dim=1)
        if self.root_weight:
            rest = self.lin_skip(target)
            if self.lin_beta is None:
                out = out + rest
            else:
                share = self.lin_beta(torch.cat([out, rest, out - rest], dim=-1)).sigmoid()
                out = share * rest + (1 - share) * out
        return out
    def message(self, query_i, key_j, value_j, edges, index):
        key_j = key_j if edges is None else key_j + edges
        alpha = softmax((query_i * key_j).sum(dim=-1) / self.out_channels ** 0.5, index)
        alpha = F.dropout(alpha, p=self.dropout, training=self.training)
        return (value_j if edges is None else value_j + edges) * alpha.view(-1, self.heads, 1)
class GINConv(MessagePassing):
    def __init__(self, nn, eps=0.0, train_eps=False, **kwargs):
        super().__init__(**{'aggr': 'add', **kwargs})
        self.nn = nn
        self.initial_eps = eps
        if train_eps:
            self.eps = torch.nn.Parameter(torch.empty(1))
        else:
            self.register_buffer('eps', torch.empty(1))
    def forward(self, x, edge_index, size=None):
        x = both(x)
        out = self.propagate(edge_index, x=x, size=size)
        return self.nn(out if x[1] is None else out + (1 + self.eps) * x[1])
class GINEConv(GINConv):
    def __init__(self, nn, eps=0.0, train_eps=False, edge_dim=None, **kwargs):
        super().__init__(nn, eps, train_eps, **kwargs)
        first = nn[0] if isinstance(nn, torch.nn.Sequential) else nn
        self.lin = None if edge_dim is None else linear(edge_dim, first.in_features if hasattr(first, 'in_features') else first.in_channels)
    def forward(self, x, edge_index, edge_attr=None, size=None):
        x = both(x)
        out = self.propagate(edge_index, x=x, edge_attr=edge_attr, size=size)
        return self.nn(out if x[1] is None else out + (1 + self.eps) * x[1])
    def message(self, x_j, edge_attr):
        return (x_j + (edge_attr if self.lin is None else self.lin(edge_attr))).relu()
class ChebConv(MessagePassing):
    def __init__(self, in_channels, out_channels, K, normalization='sym', bias=True, **kwargs):
        super().__init__(**{'aggr': 'add', **kwargs})
        self.in_channels, self.out_channels = in_channels, out_channels
        self.lins = nn.ModuleList([linear(in_channels, out_channels, bias=False) for _ in range(K)])
        self.bias = nn.Parameter(torch.zeros(out_channels)) if bias else None
    def forward(self, x, edge_index, edge_weight=None, batch=None, lambda_max=None):
        edge_index, norm = gcn_norm(edge_index, edge_weight, x.size(self.node_dim))
        before, now = x, x
        out = self.lins[0](x)
        for step, lin in enumerate(self.lins[1:]):
            spread = self.propagate(edge_index, x=now, norm=norm)
            before, now = now, spread if step == 0 else 2.0 * spread - before
            out = out + lin(now)
        return out if self.bias is None else out + self.bias
    def message(self, x_j, norm):
        return norm.view(-1, 1) * x_j
class SGConv(MessagePassing):
    def __init__(self, in_channels, out_channels, K=1, cached=False, add_self_loops=True, bias=True, **kwargs):
        super().__init__(**{'aggr': 'add', **kwargs})
        self.K, self.add_self_loops = K, add_self_loops
        self.lin = linear(in_channels, out_channels, bias=bias)
    def forward(self, x, edge_index, edge_weight=None):
        edge_index, edge_weight = gcn_norm(edge_index, edge_weight, x.size(self.node_dim), False, self.add_self_loops)
        for _ in range(self.K):
            x = self.propagate(edge_index, x=x, edge_weight=edge_weight)
        return self.lin(x)
    def message(self, x_j, edge_weight):
        return edge_weight.view(-1, 1) * x_j
class TAGConv(MessagePassing):
    def __init__(self, in_channels, out_channels, K=3, bias=True, normalize=True, **kwargs):
        super().__init__(**{'aggr': 'add', **kwargs})
        self.normalize = normalize
        self.lins = nn.ModuleList([linear(in_channels, out_channels, bias=False) for _ in range(K + 1)])
        self.bias = nn.Parameter(torch.zeros(out_channels)) if bias else None
    def forward(self, x, edge_index, edge_weight=None):
        if self.normalize:
            edge_index, edge_weight = gcn_norm(edge_index, edge_weight, x.size(self.node_dim), False, False)
        out = self.lins[0](x)
        for lin in self.lins[1:]:
            x = self.propagate(edge_index, x=x, edge_weight=edge_weight)
            out = out + lin(x)
        return out if self.bias is None else out + self.bias
    def message(self, x_j, edge_weight):
        return x_j if edge_weight is None else edge_weight.view(-1, 1) * x_j
class APPNP(MessagePassing):
    def __init__(self, K, alpha, dropout=0.0, cached=False, add_self_loops=True, normalize=True, **kwargs):
        super().__init__(**{'aggr': 'add', **kwargs})
        self.K, self.alpha, self.add_self_loops = K, alpha, add_self_loops
    def forward(self, x, edge_index, edge_weight=None):
        edge_index, edge_weight = gcn_norm(edge_index, edge_weight, x.size(self.node_dim), False, self.add_self_loops)
        first = x
        for _ in range(self.K):
            x = self.propagate(edge_index, x=x, edge_weight=edge_weight) * (1 - self.alpha) + self.alpha * first
        return x
    def message(self, x_j, edge_weight):
        return edge_weight.view(-1, 1) * x_j
class EdgeConv(MessagePassing):
    def __init__(self, nn, aggr='max', **kwargs):
        super().__init__(aggr, **kwargs)
        self.nn = nn
    def forward(self, x, edge_index):
        return self.propagate(edge_index, x=both(x))
    def message(self, x_i, x_j):
        return self.nn(torch.cat([x_i, x_j - x_i], dim=-1))
class NNConv(MessagePassing):
    def __init__(self, in_channels, out_channels, nn, aggr='add', root_weight=True, bias=True, **kwargs):
        super().__init__(aggr, **kwargs)
        self.nn = nn
        self.in_channels, self.out_channels, self.root_weight = in_channels, out_channels, root_weight
        self.from_size, target = sizes_of(in_channels)
        if root_weight:
            self.lin = linear(target, out_channels, bias=False)
        self.bias = torch.nn.Parameter(torch.zeros(out_channels)) if bias else None
    def forward(self, x, edge_index, edge_attr=None, size=None):
        x = both(x)
        out = self.propagate(edge_index, x=x, edge_attr=edge_attr, size=size)
        if self.root_weight and x[1] is not None:
            out = out + self.lin(x[1])
        return out if self.bias is None else out + self.bias
    def message(self, x_j, edge_attr):
        weight = self.nn(edge_attr).view(-1, self.from_size, self.out_channels)
        return torch.matmul(x_j.unsqueeze(1), weight).squeeze(1)
class GatedGraphConv(MessagePassing):
    def __init__(self, out_channels, num_layers, aggr='add', bias=True, **kwargs):
        super().__init__(aggr, **kwargs)
        self.out_channels, self.num_layers = out_channels, num_layers
        self.weight = nn.Parameter(torch.empty(num_layers, out_channels, out_channels))
        self.rnn = nn.GRUCell(out_channels, out_channels, bias=bias)
    def forward(self, x, edge_index, edge_weight=None):
        if x.size(-1) < self.out_channels:
            x = torch.cat([x, x.new_zeros(x.size(0), self.out_channels - x.size(-1))], dim=1)
        for step in range(self.num_layers):
            x = self.rnn(self.propagate(edge_index, x=torch.matmul(x, self.weight[step]), edge_weight=edge_weight), x)
        return x
    def message(self, x_j, edge_weight):
        return x_j if edge_weight is None else edge_weight.view(-1, 1) * x_j
