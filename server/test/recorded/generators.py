# Generators: where they may wait, what is sent and thrown into them, and how they end.
import contextlib, itertools
def err(f, *a):
    try: return f(*a)
    except BaseException as e: return type(e).__name__, str(e)
def drained(gen, *sent):
    items = []
    try:
        items.append(next(gen))
        for value in sent: items.append(gen.send(value))
        while True: items.append(next(gen))
    except StopIteration as end:
        return items, end.value
def echo():
    received = yield 'ready'
    while received is not None:
        received = yield received * 2
    return 'done'
def inside():
    pair = [(yield 1), (yield 2)]
    total = (yield 3) + (yield 4)
    print_ = '%s-%s' % ((yield 5), total)
    return pair, print_
def tests():
    if (yield 'test'): yield 'yes'
    else: yield 'no'
    while (yield 'again'): yield 'round'
    return (yield 'last') or 'nothing'
def chained():
    first = yield from echo()
    second = yield from [10, 20]
    return first, second
def short(a):
    return (yield 'left') and (yield 'right'), (yield 'then') if a else (yield 'otherwise')
def keywords():
    return dict(a=(yield 'a'), b=2, **{'c': (yield 'c')}), f"{(yield 'f')}!"
def nested():
    yield (yield (yield 1))
def walrus():
    while (n := (yield)) is not None: yield n + 1
def attribute():
    class Box: pass
    box = Box()
    box.value = yield 'value'
    box.value += yield 'more'
    items = [0, 0]
    items[1] = yield 'item'
    return box.value, items
def loops():
    for i in (yield 'range'):
        if i == 1: continue
        if i == 4: break
        yield i
    else:
        yield 'else'
    for c in 'ab': yield c
    else: yield 'end'

drained(echo(), 3, 'x')
#> (['ready', 6, 'xx'], 'done')
drained(inside(), 'a', 'b', 3, 4, 'five')
#> ([1, 2, 3, 4, 5], (['a', 'b'], 'five-7'))
drained(tests(), True, None, 1, None, 0, 'bye')
#> (['test', 'yes', 'again', 'round', 'again', 'last'], 'bye')
drained(tests(), False, None, 0, None)
#> (['test', 'no', 'again', 'last'], 'nothing')
drained(chained(), 5)
#> (['ready', 10, 10, 20], ('done', None))
drained(short(True), 0, 'c'), drained(short(False), 1, 2, 'd')
#> ((['left', 'then'], (0, 'c')), (['left', 'right', 'otherwise'], (2, 'd')))
drained(keywords(), 1, 3, 'x')
#> (['a', 'c', 'f'], ({'a': 1, 'b': 2, 'c': 3}, 'x!'))
drained(nested(), 'p', 'q')
#> ([1, 'p', 'q'], None)
drained(walrus(), 1, None, 5, None, None)
#> ([None, 2, None, 6, None], None)
drained(attribute(), 4, 5, 9)
#> (['value', 'more', 'item'], (9, [0, 9]))
drained(loops(), range(6)), drained(loops(), range(1))
#> ((['range', 0, 2, 3, 'a', 'b', 'end'], None), (['range', 0, 'else', 'a', 'b', 'end'], None))

# %%
# Guards around a place where a generator waits.
import contextlib
log = []
def guarded():
    try:
        log.append('in')
        got = yield 1
        log.append(got)
        yield 2
    except ValueError as e:
        log.append(('caught', str(e)))
        yield 'after error'
    else:
        log.append('else')
    finally:
        log.append('finally')
    yield 'end'
def run(*steps):
    log.clear()
    gen, out = guarded(), []
    for step in steps:
        try: out.append(step(gen))
        except BaseException as e: out.append((type(e).__name__, str(e)))
    return out, list(log)
def send(value): return lambda g: g.send(value)
def throw(error): return lambda g: g.throw(error)
def close(g): return g.close()
class Manager:
    def __init__(self, swallow=False): self.swallow = swallow
    def __enter__(self): log.append('enter'); return self
    def __exit__(self, kind, value, tb): log.append(('exit', kind and kind.__name__)); return self.swallow
def managed(swallow):
    with Manager(swallow) as m, Manager():
        yield 'inside'
        yield 'still'
    yield 'outside'
def run_managed(swallow, *steps):
    log.clear()
    gen, out = managed(swallow), []
    for step in steps:
        try: out.append(step(gen))
        except BaseException as e: out.append((type(e).__name__, str(e)))
    return out, list(log)
@contextlib.contextmanager
def context(name):
    log.append('begin ' + name)
    try: yield name.upper()
    except KeyError: log.append('swallowed')
    finally: log.append('over')
def used(error):
    log.clear()
    try:
        with context('a') as a:
            log.append(a)
            if error: raise error
    except Exception as e: log.append(type(e).__name__)
    return list(log)
def returning():
    try:
        yield 1
    finally:
        return 'from finally'
def value_of(gen, *sent):
    try:
        next(gen)
        for s in sent: gen.send(s)
    except StopIteration as e: return e.value
def reraising():
    try: yield 1
    except ValueError:
        yield 'handling'
        raise
def stubborn():
    while True:
        try: yield 'here'
        except GeneratorExit: return
def delegating():
    try: yield from guarded()
    except KeyError: yield 'outer'

run(next, send('x'), next, next, next)
#> ([1, 2, 'end', ('StopIteration', ''), ('StopIteration', '')], ['in', 'x', 'else', 'finally'])
run(next, throw(ValueError('bad')), next, next)
#> ([1, 'after error', 'end', ('StopIteration', '')], ['in', ('caught', 'bad'), 'finally'])
run(next, throw(KeyError('k')), next)
#> ([1, ('KeyError', "'k'"), ('StopIteration', '')], ['in', 'finally'])
run(next, close, next)
#> ([1, None, ('StopIteration', '')], ['in', 'finally'])
run(close, next)
#> ([None, ('StopIteration', '')], [])
run(throw(ValueError('early')), next)
#> ([('ValueError', 'early'), ('StopIteration', '')], [])
run_managed(False, next, next, next, next)
#> (['inside', 'still', 'outside', ('StopIteration', '')], ['enter', 'enter', ('exit', None), ('exit', None)])
run_managed(True, next, throw(ValueError('v')), next)
#> (['inside', 'outside', ('StopIteration', '')], ['enter', 'enter', ('exit', 'ValueError'), ('exit', 'ValueError')])
run_managed(False, next, close, next)
#> (['inside', None, ('StopIteration', '')], ['enter', 'enter', ('exit', 'GeneratorExit'), ('exit', 'GeneratorExit')])
used(None), used(KeyError('k')), used(ValueError('v'))
#> (['begin a', 'A', 'over'], ['begin a', 'A', 'swallowed', 'over'], ['begin a', 'A', 'over', 'ValueError'])
value_of(returning(), 1)
#> 'from finally'
[f(g) if not isinstance(f, str) else f for g in [reraising()] for f in (next, throw(ValueError('again')))]
#> [1, 'handling']
[f(g) for g in [stubborn()] for f in (next, throw(ValueError) if False else next, close)]
#> ['here', 'here', None]
(lambda g: (next(g), g.throw(KeyError('z')), list(log)))(delegating())
#> (1, 'outer', ['begin a', 'A', 'over', 'ValueError', 'in', 'finally'])

# %%
# Iterators stand where they were left.
import itertools
def first(n, it): return list(itertools.islice(it, n))
def counted():
    n = 0
    while True:
        yield n
        n += 1
shared = iter([1, 2, 3, 4, 5, 6])
lazy = (x * y for x in range(3) if x for y in (10, 20))
grouped = [(k, list(g)) for k, g in itertools.groupby('aabccc')]
grown = [1]
def grow():
    for x in grown:
        if len(grown) < 4: grown.append(x + 1)
    return list(grown)
class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
class Indexed:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * i

first(3, counted()), first(2, shared), list(zip(shared, shared)), list(shared)
#> ([0, 1, 2], [1, 2], [(3, 4), (5, 6)], [])
next(lazy), list(lazy), list(lazy)
#> (10, [20, 20, 40], [])
grouped, grow()
#> ([('a', ['a', 'a']), ('b', ['b']), ('c', ['c', 'c', 'c'])], [1, 2, 3, 4])
list(Countdown(3)), list(map(lambda x: x + 1, Countdown(2))), list(Indexed()), 4 in Indexed()
#> ([2, 1, 0], [2, 1], [0, 1, 4], True)
list(itertools.chain([1], (), 'ab', {5: 6})), list(itertools.chain.from_iterable([[1], [2, 3]]))
#> ([1, 'a', 'b', 5], [1, 2, 3])
list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([2, 3], lambda a, b: a * b, initial=5)), list(itertools.accumulate([]))
#> ([1, 3, 6], [5, 10, 30], [])
first(7, itertools.cycle('ab')), first(3, itertools.count(2, 3)), list(itertools.repeat(1, 3)), first(2, itertools.repeat(0))
#> (['a', 'b', 'a', 'b', 'a', 'b', 'a'], [2, 5, 8], [1, 1, 1], [0, 0])
list(itertools.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(itertools.dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(itertools.filterfalse(None, [0, 1, 2]))
#> ([1, 2], [3, 1], [0])
list(itertools.pairwise('abc')), list(itertools.pairwise('a')), list(itertools.compress('abcd', [1, 0, 1])), list(itertools.starmap(pow, [(2, 3), (3, 2)]))
#> ([('a', 'b'), ('b', 'c')], [], ['a', 'c'], [8, 9])
list(itertools.zip_longest('ab', 'c', fillvalue='-')), list(itertools.islice('abcdef', 1, None, 2)), list(itertools.product('ab', repeat=2))
#> ([('a', 'c'), ('b', '-')], ['b', 'd', 'f'], [('a', 'a'), ('a', 'b'), ('b', 'a'), ('b', 'b')])
list(itertools.combinations('abc', 2)), list(itertools.permutations([1, 2])), list(itertools.combinations_with_replacement('ab', 2))
#> ([('a', 'b'), ('a', 'c'), ('b', 'c')], [(1, 2), (2, 1)], [('a', 'a'), ('a', 'b'), ('b', 'b')])
list(enumerate('ab', 5)), list(reversed([1, 2])), list(reversed(range(3))), list(filter(None, [0, 1])), list(zip()), list(zip([1], [2, 3]))
#> ([(5, 'a'), (6, 'b')], [2, 1], [2, 1, 0], [1], [], [(1, 2)])
list(iter(iter([1, 2, 3]).__next__, 3)), sum(x for x in range(4)), any(x > 2 for x in counted()), next((x for x in [] if x), 'none')
#> ([1, 2], 6, True, 'none')
