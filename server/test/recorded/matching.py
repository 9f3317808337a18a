# What a case of a `match` fits, and what it binds.

# %%
class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
def kind(value):
    match value:
        case None: return 'nothing'
        case True | False as flag: return ('flag', flag)
        case 0 | 1: return 'small'
        case int(n) if n > 100: return ('large', n)
        case (a, ) | [a, None]: return ('one', a)
        case [a, b, *rest, z]: return ('many', a, b, rest, z)
        case [*_]: return 'sequence'
        case {'k': k, 's': [s, _], **rest}: return ('map', k, s, rest)
        case {'k': _}: return 'key'
        case Point(x=0, y=y): return ('axis', y)
        case Point(x, y) if x == y: return ('diagonal', x)
        case Point(): return 'point'
        case str() | bytes(): return 'text'
        case _: return 'other'
[kind(value) for value in (None, True, 1, 500, 7, (4,), [4, None], [1, 2, 3], (1, 2, 3, 4), [], {'k': 1, 's': (2, 3), 'm': 4}, {'k': 1, 's': 2}, {}, Point(0, 3), Point(2, 2), Point(1, 2), 'ab', b'ab', 1.5)]
#> ['nothing', ('flag', True), 'small', ('large', 500), 'other', ('one', 4), ('one', 4), ('many', 1, 2, [], 3), ('many', 1, 2, [3], 4), 'sequence', ('map', 1, 2, {'m': 4}), 'key', 'other', ('axis', 3), ('diagonal', 2), 'point', 'text', 'text', 'other']

# %%
def widths(variant, n=8):
    match variant.split('-'):
        case ['net', size, *flags] if 'x' not in flags: pass
        case ['net', *flags]: size, n = 'none', len(flags)
        case [size]: n += 1
    return size, n
[widths(each) for each in ('net-s', 'net-s-x-y', 'tiny', 'net-l-a')]
#> [('s', 8), ('none', 3), ('tiny', 9), ('l', 8)]
