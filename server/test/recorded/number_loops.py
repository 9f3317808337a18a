# Loops over numbers alone, which run as functions over plain numbers: what they leave, and where something else comes up.
import itertools, math
def err(f, *a):
    try: return f(*a)
    except BaseException as e: return type(e).__name__, str(e)

def relative(height, width):
    points = list(itertools.product(range(height), range(width)))
    offsets, idxs = {}, []
    for p1 in points:
        for p2 in points:
            offset = (abs(p1[0] - p2[0]), abs(p1[1] - p2[1]))
            if offset not in offsets:
                offsets[offset] = len(offsets)
            idxs.append(offsets[offset])
    return len(idxs), sum(idxs), list(offsets)[:5], offsets[(height - 1, width - 1)], p1, p2, offset
relative(4, 5)
#> (400, 3140, [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4)], 19, (3, 4), (3, 4), (0, 0))
relative(7, 3)
#> (441, 3416, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)], 20, (6, 2), (6, 2), (0, 0))
def anchors(sizes):
    boxes = []
    for k, size in enumerate(sizes):
        for i in range(size):
            for j in range(size):
                cx, cy = (j + 0.5) / size, (i + 0.5) / size
                boxes += [cx, cy, 0.1 * 2 ** k]
                for ratio in [2, 3]:
                    boxes += [cx, cy, 0.1 * math.sqrt(ratio)]
    return len(boxes), boxes[:6], boxes[-4:], i, j, ratio
anchors([8, 4, 2])
#> (756, [0.0625, 0.0625, 0.1, 0.0625, 0.0625, 0.14142135623730953], [0.14142135623730953, 0.75, 0.75, 0.17320508075688773], 1, 1, 3)
def sums(n):
    total, weighted, odd = 0, 0.0, 0
    for i in range(n):
        total += i * i
        weighted += i / (i + 1)
        if i % 2 == 1 and not i % 3 == 0:
            odd += 1
        elif i > 90 or i == 4:
            continue
        if i == 95:
            break
    return total, weighted, odd, i
sums(100)
#> (290320, 90.85323685244451, 32, 95)
err(sums, 0)[0] in ('NameError', 'UnboundLocalError')
#> True
# %% what is left to the ordinary evaluation
def err(f, *a):
    try: return f(*a)
    except BaseException as e: return type(e).__name__, str(e)

def divided(n):
    seen = []
    try:
        for i in range(n):
            seen.append(1 / (i - 30))
    except ZeroDivisionError:
        return len(seen), seen[-1], i
    return 'never'
divided(50)
#> (30, -1.0, 30)
def large(n):
    product = 1
    for i in range(1, n):
        product = product * i
    return product % 1000003
large(18)
#> 36917
def becomes_float(n):
    x = 0
    for i in range(n):
        x = x + 0.5 if i > 20 else x
    return x
becomes_float(40), becomes_float(10)
#> (9.5, 0)
def outside(n):
    row = [0] * 20
    table = [3, 1, 2] * 10
    try:
        for i in range(n):
            row.append(table[i])
    except IndexError as e:
        return len(row), i, str(e)
    return len(row)
outside(20), outside(40)
#> (40, (50, 30, 'list index out of range'))
def unbound(n):
    for i in range(n):
        if i > 500:
            late = i
        i += late
    return i
err(unbound, 30)[0] in ('NameError', 'UnboundLocalError')
#> True
def grows(n):
    items = [1, 2, 3, 4] * 5
    for item in items:
        if len(items) < n:
            items.append(item)
    return len(items), items[-3:]
grows(33)
#> (33, [3, 4, 1])
def own_abs(n):
    abs = lambda x: -7
    total = 0
    for i in range(n):
        total += abs(i)
    return total
own_abs(20)
#> -140
count = 0
def counted(n):
    global count
    for i in range(n):
        count += i
    return count
counted(20), counted(20), count
#> (190, 380, 380)
# %% kinds of numbers
def kinds(n):
    flags, halves, wholes, negatives = [], [], [], []
    for i in range(n):
        flags.append(i > 10)
        halves.append(i // 2 * 1.0)
        wholes.append(int(-i / 3))
        negatives.append(-i % 5)
    return flags[9:13], halves[:3], wholes[:7], negatives[:7], type(flags[0]), type(halves[0]), type(wholes[0])
kinds(30)
#> ([False, False, True, True], [0.0, 0.0, 1.0], [0, 0, 0, -1, -1, -1, -2], [0, 4, 3, 2, 1, 0, 4], <class 'bool'>, <class 'float'>, <class 'int'>)
def powers(n):
    last = (0, 0.0, 0)
    for i in range(n):
        last = (2 ** i, 2.0 ** -i, (-3) ** (i % 4))
    return last
powers(30)
#> (536870912, 1.862645149230957e-09, -3)
def pairs(n):
    found = {(0, 0): 5}
    for i in range(n):
        key = (i % 3, -i % 4)
        found[key] = found[key] + 1 if key in found else 0
    return found, len(found)
pairs(40)
#> ({(0, 0): 9, (1, 3): 3, (2, 2): 3, (0, 1): 3, (1, 0): 2, (2, 3): 2, (0, 2): 2, (1, 1): 2, (2, 0): 2, (0, 3): 2, (1, 2): 2, (2, 1): 2}, 12)
def down(n):
    steps = []
    for i in range(n, 0, -3):
        for j in range(i, n, 2):
            steps.append((i, j))
    return len(steps), steps[:4], steps[-1]
down(30)
#> (70, [(27, 27), (27, 29), (24, 24), (24, 26)], (3, 29))
def names(n):
    items = ('a', 'b', 'c') * 10
    found = []
    for i in range(n):
        found.append(items[i])
    return ''.join(found)
names(20)
#> 'abcabcabcabcabcabcab'
class Box:
    size = 3
    def __init__(self): self.width = 4
    @property
    def height(self): return self.width + 1
    def fill(self, n):
        rows = []
        for i in range(n):
            rows.append(i * self.width + self.height * self.size)
        self.rows = rows
        return rows[-2:]
Box().fill(20)
#> [87, 91]
def chained(n):
    inside = 0
    for i in range(n):
        inside += 1 if 3 <= i < 12 else 0
        same = i == 5.0
    return inside, same, min(i, 7), max(i, 7)
chained(20)
#> (9, False, 7, 19)
total = 0
for i in range(20):
    for j in range(i):
        total += i * j
total, i, j
#> (16815, 19, 18)
