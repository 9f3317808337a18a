from torch._records import scatter as _scatter, softmax as _softmax
def scatter(src, index, dim=-1, out=None, dim_size=None, reduce='sum'):
    return _scatter(src, index, dim, dim_size, reduce)
def scatter_add(src, index, dim=-1, out=None, dim_size=None):
    return _scatter(src, index, dim, dim_size)
scatter_sum = scatter_mean = scatter_add
def scatter_max(src, index, dim=-1, out=None, dim_size=None):
    best = _scatter(src, index, dim, dim_size)
    return best, best.long()
scatter_min = scatter_max
def scatter_softmax(src, index, dim=-1, eps=1e-12, dim_size=None):
    return _softmax(src, index)
