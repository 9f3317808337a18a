def scatter(src, index, dim=0, dim_size=None, reduce='sum'):
    dim = src.dim() + dim if dim < 0 else dim
    if dim_size is None:
        dim_size = int(index.max()) + 1
    size = list(src.shape)
    size[dim] = dim_size
    return src.new_zeros(size).index_add(dim, index, src)
def softmax(src, index=None, ptr=None, num_nodes=None, dim=0):
    out = (src - src.max()).exp()
    return out / (out.sum() + 1e-16)
class Data:
    def __init__(self, x=None, edge_index=None, edge_attr=None, y=None, pos=None, **kwargs):
        self.x, self.edge_index, self.edge_attr, self.y, self.pos = x, edge_index, edge_attr, y, pos
        for name, value in kwargs.items():
            setattr(self, name, value)
    @property
    def num_nodes(self):
        return self.x.size(0) if self.x is not None else self.pos.size(0)
    @property
    def num_edges(self):
        return self.edge_index.size(1)
    @property
    def num_node_features(self):
        return 0 if self.x is None else self.x.size(-1)
    @property
    def num_edge_features(self):
        return 0 if self.edge_attr is None else self.edge_attr.size(-1)
    num_features = num_node_features
    def __getitem__(self, name):
        return getattr(self, name)
    def __setitem__(self, name, value):
        setattr(self, name, value)
    def __contains__(self, name):
        return getattr(self, name, None) is not None
    def to(self, device, *args, **kwargs):
        return self
    def cpu(self):
        return self
    def cuda(self, *args, **kwargs):
        return self
    def clone(self):
        return self
class Batch(Data):
    pass
