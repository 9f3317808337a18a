# Arrays.
import numpy as np
def setat(a, k, v):
    a[k] = v
    return a.tolist()
def view():
    a = np.zeros((2, 3)); b = a[1]; b[0] = 5; c = a.reshape(-1); c[1] = 7; d = a.T; d[2, 0] = 9
    return a.tolist()
def inplace():
    a = np.arange(4); b = a; a += 1; a *= 2; c = a.copy(); c[0] = 100
    return a.tolist(), b is a
def fill():
    a = np.empty((2, 2)); a.fill(3); return a.tolist()
def fill2():
    a = np.empty(2); a[:] = [1, 2]; return a.tolist()
def table(n, d):
    t = np.array([[p / np.power(10000, 2 * (j // 2) / d) for j in range(d)] for p in range(n)])
    t[:, 0::2] = np.sin(t[:, 0::2]); t[:, 1::2] = np.cos(t[:, 1::2])
    return t.round(6).tolist()
def sincos(embed_dim, grid_size):
    grid_h = np.arange(grid_size, dtype=np.float32); grid_w = np.arange(grid_size, dtype=np.float32)
    grid = np.stack(np.meshgrid(grid_w, grid_h), axis=0).reshape([2, 1, grid_size, grid_size])
    def one(dim, pos):
        omega = np.arange(dim // 2, dtype=np.float64); omega /= dim / 2.; omega = 1. / 10000**omega
        out = np.einsum('m,d->md', pos.reshape(-1), omega) if False else np.outer(pos.reshape(-1), omega)
        return np.concatenate([np.sin(out), np.cos(out)], axis=1)
    emb = np.concatenate([one(embed_dim // 2, grid[0]), one(embed_dim // 2, grid[1])], axis=1)
    emb = np.concatenate([np.zeros([1, embed_dim]), emb], axis=0)
    return emb.shape, emb.astype(np.float32).round(3).tolist()[3]
def regnet(w_a, w_0, w_m, d, q=8):
    ws_cont = np.arange(d) * w_a + w_0
    ks = np.round(np.log(ws_cont / w_0) / np.log(w_m))
    ws = w_0 * np.power(w_m, ks)
    ws = np.round(np.divide(ws, q)) * q
    num_stages, max_stage = len(np.unique(ws)), ks.max() + 1
    return ws.astype(int).tolist(), num_stages, int(max_stage), ws_cont.tolist()
def relpos(w):
    c = np.stack(np.meshgrid(np.arange(w), np.arange(w), indexing='ij')).reshape(2, -1)
    r = c[:, :, None] - c[:, None, :]
    r = r.transpose(1, 2, 0); r = np.ascontiguousarray(r)
    r[:, :, 0] += w - 1; r[:, :, 1] += w - 1; r[:, :, 0] *= 2 * w - 1
    return r.sum(-1).tolist()
def window(n):
    ind = np.zeros((n, n)); ind[:n//2, :] = 1; ind[n//2:, n//2:] = 2
    return ind.tolist()
def errors():
    out = []
    for f in (lambda: np.zeros(3) + np.zeros(4), lambda: np.zeros(3)[5], lambda: np.zeros((2, 2)).reshape(3), lambda: bool(np.zeros(2)), lambda: np.max([]), lambda: np.int64([1,2]) ** -1, lambda: hash(np.zeros(1)), lambda: np.concatenate([np.zeros((1, 2)), np.zeros((1, 3))])):
        try: out.append(f())
        except Exception as e: out.append(type(e).__name__)
    return out
def mask():
    a = np.arange(6).reshape(2, 3); a[a % 2 == 0] = -1; a[1][a[1] > 3] = 0
    return a.tolist(), (a < 0).sum(), a[~(a < 0)].tolist()
def gcd(): return np.gcd(12, 18), np.lcm(4, 6)
def loops():
    total = 0
    for i, (x, y) in enumerate(np.array([[1, 2], [3, 4]])): total += i * x * y
    return int(total)
def ref():
    dilations = np.ones(6, dtype=np.int32); dilations[3:] = 2
    return [int(d) for d in dilations], list(map(int, dilations)), dilations.tolist() * 2

np.array([1,2,3]).tolist()
#> [1, 2, 3]
np.array([[1,2],[3,4.5]]).tolist()
#> [[1.0, 2.0], [3.0, 4.5]]
np.array([1,2,3]).dtype.name
#> 'int64'
np.array([1,2.]).dtype == np.float64
#> True
str(np.array([True, 2]).dtype)
#> 'int64'
np.prod([3, 28, 28])
#> np.int64(2352)
int(np.prod((3, 28, 28)))
#> 2352
np.zeros((2,3)).shape
#> (2, 3)
np.zeros(3).tolist()
#> [0.0, 0.0, 0.0]
np.ones((2,2), dtype=int).tolist()
#> [[1, 1], [1, 1]]
np.full((2,), 7).tolist()
#> [7, 7]
np.arange(5).tolist()
#> [0, 1, 2, 3, 4]
np.arange(1, 2, 0.25).tolist()
#> [1.0, 1.25, 1.5, 1.75]
np.linspace(0, 1, 5).tolist()
#> [0.0, 0.25, 0.5, 0.75, 1.0]
np.linspace(0, 0.1, 12).tolist()
#> [0.0, 0.009090909090909092, 0.018181818181818184, 0.027272727272727275, 0.03636363636363637, 0.04545454545454546, 0.05454545454545455, 0.06363636363636364, 0.07272727272727274, 0.08181818181818183, 0.09090909090909093, 0.1]
np.linspace(0, 10, 5, dtype=int).tolist()
#> [0, 2, 5, 7, 10]
np.linspace(2, 3, 5, endpoint=False).tolist()
#> [2.0, 2.2, 2.4, 2.6, 2.8]
[x.item() for x in np.linspace(0, .2, 4)]
#> [0.0, 0.06666666666666667, 0.13333333333333333, 0.2]
np.logspace(0, 2, 3).tolist()
#> [1.0, 10.0, 100.0]
np.cumsum([1,2,3]).tolist()
#> [1, 3, 6]
np.cumprod([1,2,3]).tolist()
#> [1, 2, 6]
np.concatenate([[1,2],[3]]).tolist()
#> [1, 2, 3]
np.concatenate([np.zeros((2,1)), np.ones((2,2))], axis=1).tolist()
#> [[0.0, 1.0, 1.0], [0.0, 1.0, 1.0]]
np.stack([[1,2],[3,4]], axis=1).tolist()
#> [[1, 3], [2, 4]]
np.vstack([[1,2],[3,4]]).tolist()
#> [[1, 2], [3, 4]]
np.hstack([[1,2],[3,4]]).tolist()
#> [1, 2, 3, 4]
np.sum([[1,2],[3,4]], axis=0).tolist()
#> [4, 6]
np.sum([[1,2],[3,4]])
#> np.int64(10)
np.mean([1,2,3,4])
#> np.float64(2.5)
np.std([1,2,3,4])
#> np.float64(1.118033988749895)
np.max([[1,5],[3,4]], axis=1).tolist()
#> [5, 4]
np.argmax([1,5,3])
#> np.int64(1)
np.argsort([3,1,2]).tolist()
#> [1, 2, 0]
np.sort([3,1,2])[::-1].tolist()
#> [3, 2, 1]
np.unique([3,1,2,3,1]).tolist()
#> [1, 2, 3]
[a.tolist() for a in np.unique([3,1,2,3,1], return_counts=True)]
#> [[1, 2, 3], [2, 1, 2]]
[a.tolist() for a in np.unique(np.array([3,1,2,3,1]), return_index=True, return_inverse=True)]
#> [[1, 2, 3], [1, 2, 0], [2, 0, 1, 2, 0]]
np.round([0.5, 1.5, 2.567], 1).tolist()
#> [0.5, 1.5, 2.6]
np.round(2.5)
#> np.float64(2.0)
[[8] * n for n in np.array([1, 2])]
#> [[8], [8, 8]]
np.int64(2) * (1, 'a'), 'x' * np.array([3])[0]
#> ((1, 'a', 1, 'a'), 'xxx')
(np.array([2.0]) * [3]).tolist()
#> [6.0]
np.rint([0.5, 1.5, -0.5]).tolist()
#> [0.0, 2.0, -0.0]
np.floor(3.7)
#> np.float64(3.0)
np.ceil([1.2, 2.8]).astype(int).tolist()
#> [2, 3]
np.sqrt(16)
#> np.float64(4.0)
np.sqrt([4, 9]).tolist()
#> [2.0, 3.0]
np.exp(0.0)
#> np.float64(1.0)
np.log2(8)
#> np.float64(3.0)
np.log(np.e)
#> np.float64(1.0)
np.power(2, 10)
#> np.int64(1024)
np.power(2.0, [1,2,3]).tolist()
#> [2.0, 4.0, 8.0]
np.abs([-1, 2]).tolist()
#> [1, 2]
np.sign([-3, 0, 2]).tolist()
#> [-1, 0, 1]
np.clip([1, 5, 10], 2, 8).tolist()
#> [2, 5, 8]
np.where(np.array([1,2,3]) > 1, 10, 0).tolist()
#> [0, 10, 10]
np.where([True, False, True])[0].tolist()
#> [0, 2]
np.isnan([1.0, np.nan]).tolist()
#> [False, True]
np.allclose([1.0], [1.0 + 1e-9])
#> True
[g.tolist() for g in np.meshgrid([1,2,3],[4,5])]
#> [[[1, 2, 3], [1, 2, 3]], [[4, 4, 4], [5, 5, 5]]]
[g.tolist() for g in np.meshgrid([1,2,3],[4,5], indexing='ij')]
#> [[[1, 1], [2, 2], [3, 3]], [[4, 5], [4, 5], [4, 5]]]
np.repeat([1,2], 2).tolist()
#> [1, 1, 2, 2]
np.repeat([1,2], [1,3]).tolist()
#> [1, 2, 2, 2]
np.tile([1,2], 2).tolist()
#> [1, 2, 1, 2]
np.tile([1,2], (2,1)).tolist()
#> [[1, 2], [1, 2]]
np.outer([1,2],[3,4]).tolist()
#> [[3, 4], [6, 8]]
np.dot([1,2],[3,4])
#> np.int64(11)
np.dot([[1,2],[3,4]],[[1,0],[0,1]]).tolist()
#> [[1, 2], [3, 4]]
(np.array([[1,2],[3,4]]) @ np.array([1,1])).tolist()
#> [3, 7]
np.floor_divide([7,8], 2).tolist()
#> [3, 4]
np.mod([7,-8], 3).tolist()
#> [1, 1]
np.float32(0.1)
#> np.float32(0.1)
float(np.float32(0.1))
#> 0.10000000149011612
np.int32(3.9)
#> np.int32(3)
np.int64(5) // 2
#> np.int64(2)
np.uint8(250) + np.uint8(10)
#> np.uint8(4)
np.pi, np.inf
#> (3.141592653589793, inf)
np.array([1,2,3]) [1]
#> np.int64(2)
np.array([[1,2,3],[4,5,6]])[:, 1].tolist()
#> [2, 5]
np.array([[1,2,3],[4,5,6]])[1, ::-1].tolist()
#> [6, 5, 4]
np.array([[1,2,3],[4,5,6]])[..., None].shape
#> (2, 3, 1)
np.array([1,2,3,4])[[0, 2]].tolist()
#> [1, 3]
np.array([1,2,3,4])[np.array([1,2,3,4]) > 2].tolist()
#> [3, 4]
np.array([[1,2],[3,4]])[[0,1],[1,0]].tolist()
#> [2, 3]
np.arange(24).reshape(2,3,4)[:, [0,2], 1].tolist()
#> [[1, 9], [13, 21]]
np.arange(24).reshape(2,3,4)[1, :, [0,2]].tolist()
#> [[12, 16, 20], [14, 18, 22]]
np.arange(6).reshape(2,-1).tolist()
#> [[0, 1, 2], [3, 4, 5]]
np.arange(6).reshape((3,2)).T.tolist()
#> [[0, 2, 4], [1, 3, 5]]
np.arange(6).reshape(1,2,3).transpose(2,0,1).shape
#> (3, 1, 2)
np.arange(6).reshape(1,2,3).transpose((0,2,1)).tolist()
#> [[[0, 3], [1, 4], [2, 5]]]
np.arange(4).astype(np.float32).dtype.name
#> 'float32'
np.arange(4)[None].shape
#> (1, 4)
np.array(5).item()
#> 5
np.array([[5]]).squeeze().shape
#> ()
np.arange(4).flatten().tolist()
#> [0, 1, 2, 3]
setat(np.zeros(4), slice(1,3), 5)
#> [0.0, 5.0, 5.0, 0.0]
setat(np.zeros((2,2)), (0, slice(None)), [1,2])
#> [[1.0, 2.0], [0.0, 0.0]]
setat(np.arange(4), [0, 3], -1)
#> [-1, 1, 2, -1]
setat(np.arange(4), np.arange(4) > 1, 0)
#> [0, 1, 0, 0]
(np.array([1,2,3]) + 1).tolist()
#> [2, 3, 4]
(2 * np.array([1,2,3])).tolist()
#> [2, 4, 6]
(np.array([1,2,3]) / 2).tolist()
#> [0.5, 1.0, 1.5]
(10 - np.array([1,2,3])).tolist()
#> [9, 8, 7]
(np.array([[1],[2]]) + np.array([10, 20])).tolist()
#> [[11, 21], [12, 22]]
(np.array([1,2,3]) ** 2).tolist()
#> [1, 4, 9]
(-np.array([1,2,3])).tolist()
#> [-1, -2, -3]
(np.array([1,2,3]) == 2).tolist()
#> [False, True, False]
(np.array([1,2,3]) >= np.array([2,2,2])).tolist()
#> [False, True, True]
(~np.array([True, False])).tolist()
#> [False, True]
((np.array([1,2,3]) > 1) & (np.array([1,2,3]) < 3)).tolist()
#> [False, True, False]
len(np.zeros((4,2)))
#> 4
[int(v) for v in np.array([1,2,3])]
#> [1, 2, 3]
[v.shape for v in np.zeros((2,3))]
#> [(3,), (3,)]
list(range(np.int64(3)))
#> [0, 1, 2]
[0] * 3 + [np.int64(1)]
#> [0, 0, 0, np.int64(1)]
f'{np.float64(1.5):.3f} {np.int64(3)}'
#> '1.500 3'
np.float64(2.0) * 3
#> np.float64(6.0)
np.array([1.5, 2.5]).mean()
#> np.float64(2.0)
np.array([[1,2],[3,4]]).sum(axis=1, keepdims=True).tolist()
#> [[3], [7]]
np.array([1,2,3]).max()
#> np.int64(3)
np.array([3,1,2]).argsort().tolist()
#> [1, 2, 0]
np.eye(2).tolist()
#> [[1.0, 0.0], [0.0, 1.0]]
np.eye(3, k=1).tolist()
#> [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
np.tril(np.ones((3,3))).tolist()
#> [[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]
np.triu(np.ones((3,3), dtype=int), k=1).tolist()
#> [[0, 1, 1], [0, 0, 1], [0, 0, 0]]
np.diag([1,2]).tolist()
#> [[1, 0], [0, 2]]
np.diag([[1,2],[3,4]]).tolist()
#> [1, 4]
np.flip([1,2,3]).tolist()
#> [3, 2, 1]
np.roll([1,2,3], 1).tolist()
#> [3, 1, 2]
np.roll([[1,2],[3,4]], 1, axis=0).tolist()
#> [[3, 4], [1, 2]]
np.pad([1,2], (1,2)).tolist()
#> [0, 1, 2, 0, 0]
np.pad([[1,2]], ((1,0),(0,1)), mode='constant', constant_values=9).tolist()
#> [[9, 9, 9], [1, 2, 9]]
np.pad([1,2,3], 2, mode='reflect').tolist()
#> [3, 2, 1, 2, 3, 2, 1]
[a.tolist() for a in np.split(np.arange(6), 3)]
#> [[0, 1], [2, 3], [4, 5]]
[a.tolist() for a in np.array_split(np.arange(5), 3)]
#> [[0, 1], [2, 3], [4]]
[a.tolist() for a in np.split(np.arange(6), [1, 4])]
#> [[0], [1, 2, 3], [4, 5]]
np.expand_dims([1,2], 0).shape
#> (1, 2)
np.expand_dims(np.zeros((2,3)), (0, -1)).shape
#> (1, 2, 3, 1)
np.moveaxis(np.zeros((2,3,4)), 0, -1).shape
#> (3, 4, 2)
np.swapaxes(np.zeros((2,3,4)), 0, 2).shape
#> (4, 3, 2)
np.squeeze(np.zeros((1,3,1))).shape
#> (3,)
np.ascontiguousarray(np.arange(3)).tolist()
#> [0, 1, 2]
np.issubdtype(np.float32, np.floating)
#> True
isinstance(np.float64(1), float), isinstance(np.int64(1), int), isinstance(np.int64(1), np.integer), isinstance(np.zeros(2), np.ndarray)
#> (True, False, True, True)
np.percentile([1,2,3,4], 50)
#> np.float64(2.5)
np.median([1,2,3,4])
#> np.float64(2.5)
np.diff([1,4,9]).tolist()
#> [3, 5]
np.interp(1.5, [1,2], [10,20])
#> np.float64(15.0)
np.searchsorted([1,3,5], 4)
#> np.int64(2)
np.bincount([0,1,1,3]).tolist()
#> [1, 2, 0, 1]
np.linalg.norm([3,4])
#> np.float64(5.0)
np.nonzero([0,1,2])[0].tolist()
#> [1, 2]
np.count_nonzero([0,1,2])
#> np.int64(2)
np.any([0,1]), np.all([0,1])
#> (np.True_, np.False_)
np.maximum([1,5],[3,2]).tolist()
#> [3, 5]
np.minimum(3, 2)
#> np.int64(2)
np.indices((2,2)).tolist()
#> [[[0, 0], [1, 1]], [[0, 1], [0, 1]]]
np.array(['a','b']).tolist()
#> ['a', 'b']
np.array([np.array([1,2]), np.array([3,4])]).tolist()
#> [[1, 2], [3, 4]]
np.isscalar(3), np.isscalar([3])
#> (True, False)
np.array_equal([1,2],[1,2])
#> True
np.append([1,2], 3).tolist()
#> [1, 2, 3]
np.insert([1,2], 1, 9).tolist()
#> [1, 9, 2]
np.delete([1,2,3], 1).tolist()
#> [1, 3]
repr(np.array([1, 20, 3]))
#> 'array([ 1, 20,  3])'
str(np.array([[1, 20], [3, 4]]))
#> '[[ 1 20]\n [ 3  4]]'
repr(np.float64(0.5))
#> 'np.float64(0.5)'
str(np.float64(0.5))
#> '0.5'
np.array([1,2,3]).tolist() == [1,2,3]
#> True
3 in np.array([1,2,3])
#> True
sum(np.array([1,2,3]))
#> np.int64(6)
max(np.array([1,7,3]))
#> np.int64(7)
sorted(np.array([3,1,2]))
#> [np.int64(1), np.int64(2), np.int64(3)]
np.int64(3) == 3, np.int64(3) in [3], {3: 'a'}[np.int64(3)]
#> (np.True_, True, 'a')
bool(np.array([1]))
#> True
np.float32(1) / 3 == np.float32(1/3)
#> np.True_
np.arange(0, 8, 2, dtype=np.float32).tolist()
#> [0.0, 2.0, 4.0, 6.0]
(np.arange(3, dtype=np.float32) / 3).tolist()
#> [0.0, 0.3333333432674408, 0.6666666865348816]
np.float16(0.1).item()
#> 0.0999755859375
(1.0 / 10000 ** (np.arange(0, 8, 2) / 8)).tolist()
#> [1.0, 0.1, 0.01, 0.001]
np.exp(np.arange(0, 4, 2) * -(np.log(10000.0) / 4)).tolist()
#> [1.0, 0.009999999999999995]
np.array([[pos / np.power(10000, 2 * (j // 2) / 4) for j in range(4)] for pos in range(2)]).tolist()
#> [[0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.01, 0.01]]
np.round(np.divide([48, 96.5], 8)) * 8 == np.array([48., 96.])
#> array([ True,  True])
np.asarray((1,2)).dtype.kind
#> 'i'
np.array([]).shape
#> (0,)
np.zeros((0, 3)).tolist()
#> []
np.zeros((2, 0)).tolist()
#> [[], []]
np.copy([1,2]).tolist()
#> [1, 2]
np.take([10,20,30], [0,2]).tolist()
#> [10, 30]
np.fliplr([[1,2],[3,4]]).tolist()
#> [[2, 1], [4, 3]]
np.average([1,2,3], weights=[3,0,1])
#> np.float64(1.5)
np.trace([[1,2],[3,4]])
#> np.int64(5)
np.bool_(True), np.bool_(0)
#> (np.True_, np.False_)
np.dtype('float32').itemsize
#> 4
np.dtype(np.int64).name
#> 'int64'
np.uint8([1, 256+3-256]).tolist()
#> [1, 3]
np.square([1,2]).tolist()
#> [1, 4]
np.prod(np.array([2,3]).shape)
#> np.int64(2)
np.array([1,2,3]).prod().item()
#> 6
np.isin([1,2,3],[2]).tolist()
#> [False, True, False]
np.broadcast_to([1,2], (2,2)).tolist()
#> [[1, 2], [1, 2]]
np.argwhere(np.array([[0,1],[1,0]])).tolist()
#> [[0, 1], [1, 0]]
np.geomspace(1, 8, 4).tolist()
#> [1.0, 2.0, 4.0, 8.0]
abs(np.int64(-3))
#> np.int64(3)
divmod(np.int64(7), 2)
#> (np.int64(3), np.int64(1))
int(np.round(2.7))
#> 3
np.ceil(7/2).astype(int).item()
#> 4
np.log10([10,100]).tolist()
#> [1.0, 2.0]
np.array([1,2], dtype='float32').dtype == 'float32'
#> True
np.array([0.1,0.2], dtype=np.float32).tolist()
#> [0.10000000149011612, 0.20000000298023224]
np.sum(np.array([1.,2.]), dtype=int)
#> np.int64(3)
np.vectorize(lambda v: v + 1)(np.array([1,2])).tolist()
#> [2, 3]
view()
#> [[0.0, 7.0, 9.0], [5.0, 0.0, 0.0]]
inplace()
#> ([2, 4, 6, 8], True)
fill()
#> [[3.0, 3.0], [3.0, 3.0]]
fill2()
#> [1.0, 2.0]
table(3, 4)
#> [[0.0, 1.0, 0.0, 1.0], [0.841471, 0.540302, 0.01, 0.99995], [0.909297, -0.416147, 0.019999, 0.9998]]
sincos(8, 2)
#> ((5, 8), [0.0, 0.0, 1.0, 1.0, 0.8410000205039978, 0.009999999776482582, 0.5400000214576721, 1.0])
regnet(36.44, 49, 2.5, 13)
#> ([48, 120, 120, 120, 304, 304, 304, 304, 304, 304, 304, 304, 768], 4, 4, [49.0, 85.44, 121.88, 158.32, 194.76, 231.2, 267.64, 304.08, 340.52, 376.96, 413.4, 449.84, 486.28])
relpos(2)
#> [[4, 3, 1, 0], [5, 4, 2, 1], [7, 6, 4, 3], [8, 7, 5, 4]]
window(4)
#> [[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 2.0]]
mask()
#> ([[-1, 1, -1], [3, -1, 0]], np.int64(3), [1, 3, 0])
gcd()
#> (np.int64(6), np.int64(12))
loops()
#> 12
ref()
#> ([1, 1, 1, 2, 2, 2], [1, 1, 1, 2, 2, 2], [1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2])
np.array([[1, 2], [3, 4]])[0][1]
#> np.int64(2)
[np.zeros(3)[i] for i in range(3)]
#> [np.float64(0.0), np.float64(0.0), np.float64(0.0)]
np.sum([np.prod(s) for s in [(2, 3), (4,)]])
#> np.int64(10)
sum(np.prod(s) for s in [(2, 3), (4,)])
#> np.int64(10)
np.array([1, 2]).shape[0] * 3
#> 6
np.array([[1, 2]] * 3).shape
#> (3, 2)
np.array(range(4)).tolist()
#> [0, 1, 2, 3]
np.int64(7) / np.int64(2), np.int64(7) % 4, 7 // np.int64(2), -np.int64(3), 2 ** np.int64(3)
#> (np.float64(3.5), np.int64(3), np.int64(3), np.int64(-3), np.int64(8))
[1, 2, 3][np.int64(1)], 'abc'[np.argmax([0, 1])], [1,2,3][:np.int64(2)]
#> (2, 'b', [1, 2])
(3, 4) == tuple(np.array([3, 4])), [3, 4] == list(np.array([3, 4]))
#> (True, True)
np.array([3., 4.]).astype(np.int32).dtype
#> dtype('int32')
np.float64(3).astype(int), np.float64(3.0).is_integer()
#> (np.int64(3), True)
min(np.float32(3), 2), max(1, np.int64(4))
#> (2, np.int64(4))
isinstance(np.float32(1), (int, float)), isinstance(np.bool_(True), bool)
#> (False, False)
int(np.float64(3.9)), float(np.int64(3)), str(np.int64(3)), '%d' % np.int64(3)
#> (3, 3.0, '3', '3')
np.arange(3).dtype, np.arange(3.).dtype, np.array([True]).dtype
#> (dtype('int64'), dtype('float64'), dtype('bool'))
np.array([1, 2]) + [3, 4] == np.array([4, 6])
#> array([ True,  True])
np.zeros(3, dtype=bool).any()
#> np.False_
np.array([[1, 2], [3, 4]], dtype=np.uint8).nbytes
#> 4
np.random.seed(0)
#> None
np.array(3) + 1
#> np.int64(4)
np.array([1, 2, 3]).reshape(3, 1).repeat(2, 1).tolist()
#> [[1, 1], [2, 2], [3, 3]]
np.array([[3, 1], [2, 4]]).sort()
#> None
np.array([5, 6])[-1:].tolist(), np.arange(10)[::3].tolist(), np.arange(10)[-3:-1].tolist()
#> ([6], [0, 3, 6, 9], [7, 8])
np.array([None, 1]).tolist()
#> [None, 1]
np.array(['x', 'y']) == 'x'
#> array([ True, False])
np.nan == np.nan, np.isnan(np.nan), np.isinf(-np.inf)
#> (False, np.True_, np.True_)
np.add([1, 2], 3).tolist(), np.subtract(5, [1, 2]).tolist(), np.multiply(2, 3), np.true_divide(1, 4)
#> ([4, 5], [4, 3], np.int64(6), np.float64(0.25))
np.cumsum([[1, 2], [3, 4]]).tolist(), np.cumsum([[1, 2], [3, 4]], axis=1).tolist()
#> ([1, 3, 6, 10], [[1, 3], [3, 7]])
np.argmax([[1, 9], [8, 2]], axis=0).tolist(), np.argmin([3, 1, 2])
#> ([1, 0], np.int64(1))
np.var([1, 2, 3, 4]), np.std([1, 2, 3, 4], ddof=1)
#> (np.float64(1.25), np.float64(1.2909944487358056))
np.linspace(8, 64, 4).astype(int).tolist()
#> [8, 26, 45, 64]
np.hstack([np.zeros((2, 1)), np.ones((2, 1))]).tolist(), np.column_stack([[1, 2], [3, 4]]).tolist(), np.dstack([[1], [2]]).shape
#> ([[0.0, 1.0], [0.0, 1.0]], [[1, 3], [2, 4]], (1, 1, 2))
np.union1d([1, 2], [2, 3]).tolist(), np.setdiff1d([1, 2, 3], [2]).tolist(), np.intersect1d([1, 2], [2, 3]).tolist()
#> ([1, 2, 3], [1, 3], [2])
np.percentile([1, 2, 3, 4, 5], [25, 75]).tolist()
#> [2.0, 4.0]
