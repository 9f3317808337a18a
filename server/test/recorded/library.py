# Built-in functions and the standard library, one expression at a time.
import math, operator, functools, itertools, statistics, re, json, os, sys, copy, string, textwrap, inspect
from collections import *
from functools import *
from itertools import *
from pathlib import Path
from packaging.version import parse, Version

1+2
#> 3
7//-2
#> -4
-7 % 3
#> 2
7 % -3
#> -2
2**10
#> 1024
2**-1
#> 0.5
2**0.5
#> 1.4142135623730951
5/2
#> 2.5
10//3.0
#> 3.0
1e16
#> 1e+16
1e-5
#> 1e-05
123456.789
#> 123456.789
0.1+0.2
#> 0.30000000000000004
1e22
#> 1e+22
2**64
#> 18446744073709551616
(-7)//2
#> -4
7.5//2
#> 3.0
True + True
#> 2
True & False
#> False
3 | 4
#> 7
1 << 10
#> 1024
-9 >> 1
#> -5
~5
#> -6
"a" * 3 + "b"
#> 'aaab'
[1,2]*2 + [3]
#> [1, 2, 1, 2, 3]
(1,)*3
#> (1, 1, 1)
"%d %s %.2f %5d|%-5d|%05d %x" % (1, "a", 2.345, 42, 42, 42, 255)
#> '1 a 2.35    42|42   |00042 ff'
"%(a)s-%(b)03d" % {"a": 1, "b": 2}
#> '1-002'
"{} {1}".format(1) if False else "{0} {1} {0}".format(1, 2)
#> '1 2 1'
"{:>10}|{:<10}|{:^10}|{:*^9}".format("a", "b", "c", "d")
#> '         a|b         |    c     |****d****'
"{a.real} {b[0]} {c[k]}".format(a=1, b=[2], c={"k": 3})
#> '1 2 3'
f"{3.0} {1e10:.1f} {'x'!r:>5} {10:>{5}}"
#> "3.0 10000000000.0   'x'    10"
f"{1234.5:,.2f} {0.5:.0%} {1e-7} {2.5:.0f} {3.5:.0f} {0.125:.2f}"
#> '1,234.50 50% 1e-07 2 4 0.12'
round(2.5)
#> 2
round(3.5)
#> 4
round(-2.5)
#> -2
round(2.675, 2)
#> 2.67
round(1234, -2)
#> 1200
round(2.567, 1)
#> 2.6
divmod(-7, 2)
#> (-4, 1)
divmod(7.5, 2)
#> (3.0, 1.5)
int("12")
#> 12
int("-0x1f", 16)
#> -31
int(" 7 ")
#> 7
int(3.9)
#> 3
int(-3.9)
#> -3
int("1_000")
#> 1000
int("0b101", 0)
#> 5
float("1e3")
#> 1000.0
float("inf")
#> inf
float("-nan") != 0
#> True
float(3)
#> 3.0
str(1.0)
#> '1.0'
str(None)
#> 'None'
str([1, 'a', (1,), {2: 3}, {4}])
#> "[1, 'a', (1,), {2: 3}, {4}]"
str(True)
#> 'True'
repr("it's")
#> '"it\'s"'
repr('a"b\'c')
#> '\'a"b\\\'c\''
repr("a\nb\t\\")
#> "'a\\nb\\t\\\\'"
list(range(10))[::-2]
#> [9, 7, 5, 3, 1]
list(range(10))[2:8:3]
#> [2, 5]
"hello"[::-1]
#> 'olleh'
(1,2,3)[-1]
#> 3
"hello"[1:3]
#> 'el'
range(10)[2:5]
#> range(2, 5)
range(10)[-1]
#> 9
len(range(0, 10, 3))
#> 4
4 in range(0, 10, 2)
#> True
range(3) == range(0, 3, 1)
#> True
sorted([3,1,2], reverse=True)
#> [3, 2, 1]
sorted("bca")
#> ['a', 'b', 'c']
sorted([(1,'b'),(1,'a')])
#> [(1, 'a'), (1, 'b')]
sorted(["aa","b"], key=len)
#> ['b', 'aa']
min(3,1,2)
#> 1
max([1,5,3])
#> 5
min([], default=7)
#> 7
max("abc", key=lambda c: -ord(c))
#> 'a'
sum([1,2,3])
#> 6
sum([1.5, 2])
#> 3.5
sum([[1],[2]], [])
#> [1, 2]
any([0, 1])
#> True
all([])
#> True
all([1, 0])
#> False
list(zip([1,2],[3,4]))
#> [(1, 3), (2, 4)]
list(enumerate("ab", 1))
#> [(1, 'a'), (2, 'b')]
list(map(lambda a, b: a+b, [1,2],[3,4]))
#> [4, 6]
list(filter(None, [0,1,2]))
#> [1, 2]
list(reversed([1,2,3]))
#> [3, 2, 1]
list(reversed(range(4)))
#> [3, 2, 1, 0]
isinstance(True, int)
#> True
isinstance(1, (str, float))
#> False
isinstance([], list)
#> True
issubclass(bool, int)
#> True
isinstance(None, type(None))
#> True
isinstance(1, int | str)
#> True
type(1)
#> <class 'int'>
type("a")
#> <class 'str'>
type([]).__name__
#> 'list'
type(None)
#> <class 'NoneType'>
int.__name__
#> 'int'
type(type)
#> <class 'type'>
type(len)
#> <class 'builtin_function_or_method'>
"a,b,,c".split(",")
#> ['a', 'b', '', 'c']
" a b  c ".split()
#> ['a', 'b', 'c']
"a b c d".split(" ", 2)
#> ['a', 'b', 'c d']
"a.b.c".rsplit(".", 1)
#> ['a.b', 'c']
"abc".partition("b")
#> ('a', 'b', 'c')
"a b c".rsplit(None, 1)
#> ['a b', 'c']
"x y z".split(None, 1)
#> ['x', 'y z']
"Hello".lower()
#> 'hello'
"hello world".title()
#> 'Hello World'
"abc".upper()
#> 'ABC'
"  x ".strip()
#> 'x'
"xxaxx".strip("x")
#> 'a'
"abc".replace("b", "BB")
#> 'aBBc'
"aaa".replace("a", "b", 2)
#> 'bba'
"abc".startswith(("x", "a"))
#> True
"abc".endswith("bc")
#> True
"abcabc".find("c")
#> 2
"abcabc".rfind("c")
#> 5
"abcabc".count("bc")
#> 2
"-".join(["a", "b"])
#> 'a-b'
"abc".isdigit()
#> False
"12".isdigit()
#> True
"abc".isalpha()
#> True
"a1".isalnum()
#> True
" ".isspace()
#> True
"a_1".isidentifier()
#> True
"42".zfill(5)
#> '00042'
"-42".zfill(5)
#> '-0042'
"a".ljust(3) + "|"
#> 'a  |'
"a".rjust(3)
#> '  a'
"a".center(4) + "|"
#> ' a  |'
"ab".center(5)+"|"
#> '  ab |'
"prefix_x".removeprefix("prefix_")
#> 'x'
"x.py".removesuffix(".py")
#> 'x'
"a\nb\r\nc".splitlines()
#> ['a', 'b', 'c']
"abc".encode()
#> b'abc'
b"abc".decode()
#> 'abc'
b"abc"[0]
#> 97
"AbC".swapcase()
#> 'aBc'
"abc".capitalize()
#> 'Abc'
"abc".translate(str.maketrans("ab", "xy"))
#> 'xyc'
str.join("-", ["a", "b"])
#> 'a-b'
"%s" % (1,)
#> '1'
"%s" % [1]
#> '[1]'
"%%" % ()
#> '%'
{1: 2} | {3: 4}
#> {1: 2, 3: 4}
{1,2} & {2,3}
#> {2}
{1} | {2}
#> {1, 2}
{1,2} - {1}
#> {2}
{1,2} ^ {2,3}
#> {1, 3}
{1} <= {1,2}
#> True
{1,2}.union([3])
#> {1, 2, 3}
{1} == {1.0}
#> True
dict(a=1)
#> {'a': 1}
dict([("x", 1)])
#> {'x': 1}
dict({1: 2}, b=3)
#> {1: 2, 'b': 3}
dict.fromkeys("ab", 0)
#> {'a': 0, 'b': 0}
dict(zip("ab", [1,2]))
#> {'a': 1, 'b': 2}
{"a": 1}.get("b", 2)
#> 2
{"a": 1}.get("b")
#> None
list({"a": 1}.items())
#> [('a', 1)]
list({"a": 1}.keys())
#> ['a']
{"a": 1}.values()
#> dict_values([1])
{"a": 1}.keys() & {"a"}
#> {'a'}
len({})
#> 0
len("abc")
#> 3
"a" in {"a": 1}
#> True
1 in [1]
#> True
"b" in "abc"
#> True
(1,2) in [(1,2)]
#> True
1.0 in {1}
#> True
[1,2] == [1,2]
#> True
[1,2] < [1,3]
#> True
(1,) < (1,2)
#> True
{"a": 1} == {"a": 1}
#> True
"a" < "b"
#> True
1 == 1.0
#> True
None == 0
#> False
[1] != [1]
#> False
frozenset([1,2])
#> frozenset({1, 2})
set()
#> set()
frozenset()
#> frozenset()
{frozenset([1]): 2}
#> {frozenset({1}): 2}
callable(len)
#> True
callable(1)
#> False
callable(int)
#> True
hasattr([], "append")
#> True
getattr(1, "real")
#> 1
getattr(1, "nope", 5)
#> 5
abs(-3)
#> 3
abs(-2.5)
#> 2.5
pow(2, 3)
#> 8
pow(2, 10, 7)
#> 2
bin(5)
#> '0b101'
oct(8)
#> '0o10'
chr(97)
#> 'a'
ord("a")
#> 97
slice(1, 2)
#> slice(1, 2, None)
slice(None, None, 2).indices(5)
#> (0, 5, 2)
slice(3).stop
#> 3
(5).bit_length(), (1.5).is_integer(), (2.0).is_integer(), (0.5).as_integer_ratio(), int.from_bytes is not None
#> (3, False, True, (1, 2), True)
iter([1]).__next__()
#> 1
next(iter([]), "d")
#> 'd'
list(iter(lambda: 1, 1))
#> []
list("abc")
#> ['a', 'b', 'c']
tuple([1,2])
#> (1, 2)
set("aab") == {"a","b"}
#> True
list({1: 2})
#> [1]
bool([])
#> False
bool("a")
#> True
bytes([65, 66])
#> b'AB'
[].__class__
#> <class 'list'>
"".__class__.__name__
#> 'str'
(1).__class__
#> <class 'int'>
{}.__class__
#> <class 'dict'>
bool.__bases__
#> (<class 'int'>,)
int.__mro__
#> (<class 'int'>, <class 'object'>)
bool.__name__
#> 'bool'
format(3.14159, ".2f")
#> '3.14'
format("a", ">5")
#> '    a'
format(5, "05d")
#> '00005'
format(1234567.891, ",.1f")
#> '1,234,567.9'
f"{-5:05d}"
#> '-0005'
f"{3:+}"
#> '+3'
f"{1e100:g}"
#> '1e+100'
f"{True}"
#> 'True'
f"{None}"
#> 'None'
f"{0.1+0.2}"
#> '0.30000000000000004'
f"{1/3:.3}"
#> '0.333'
f"{100:.1e}"
#> '1.0e+02'
f"{12345678:_}"
#> '12_345_678'
f"{255:#b}"
#> '0b11111111'
f"{1e6:g}"
#> '1e+06'
f"{1e5}"
#> '100000.0'
f"{123456789.0}"
#> '123456789.0'
f"{1.0:g}"
#> '1'
math.sqrt(16)
#> 4.0
math.floor(-2.5)
#> -3
math.ceil(2.1)
#> 3
math.log2(8)
#> 3.0
math.log(8, 2)
#> 3.0
math.log(math.e)
#> 1.0
math.pi
#> 3.141592653589793
math.inf
#> inf
math.prod([1,2,3])
#> 6
math.gcd(12, 18)
#> 6
math.factorial(5)
#> 120
math.comb(5,2)
#> 10
math.isclose(0.1+0.2, 0.3)
#> True
math.trunc(-2.7)
#> -2
math.pow(2, 3)
#> 8.0
math.hypot(3, 4)
#> 5.0
math.exp(0)
#> 1.0
math.fsum([0.1]*2)
#> 0.2
math.isqrt(17)
#> 4
math.lcm(4,6)
#> 12
round(math.erf(0.5), 12)
#> 0.520499877813
round(math.gamma(5.5), 8)
#> 52.34277778
round(math.lgamma(10), 10)
#> 12.8018274801
math.copysign(1, -2)
#> -1.0
math.isnan(math.nan)
#> True
statistics.mean([1,2,3])
#> 2
statistics.median([1,3,2,4])
#> 2.5
operator.add(1,2)
#> 3
operator.itemgetter(1)([1,2])
#> 2
operator.itemgetter(0,1)("ab")
#> ('a', 'b')
operator.attrgetter("real")(3)
#> 3
operator.methodcaller("upper")("a")
#> 'A'
operator.mul(2,3)
#> 6
operator.eq(1,1)
#> True
operator.contains([1],1)
#> True
reduce(operator.mul, [1,2,3,4])
#> 24
reduce(lambda a,b: a+b, [], 5)
#> 5
partial(int, base=2)("101")
#> 5
partial(pow, 2)(3)
#> 8
partial(partial(max, 1), 2)(3)
#> 3
partial(pow, 2).func
#> <built-in function pow>
partial(pow, 2).args
#> (2,)
partial(pow, 2, mod=3).keywords
#> {'mod': 3}
list(chain([1],[2,3]))
#> [1, 2, 3]
list(chain.from_iterable([[1],[2]]))
#> [1, 2]
list(product([1,2], repeat=2))
#> [(1, 1), (1, 2), (2, 1), (2, 2)]
list(product("ab", [1,2]))
#> [('a', 1), ('a', 2), ('b', 1), ('b', 2)]
list(repeat(1, 3))
#> [1, 1, 1]
list(islice(count(5, 2), 3))
#> [5, 7, 9]
list(islice(cycle("ab"), 5))
#> ['a', 'b', 'a', 'b', 'a']
list(islice(range(10), 2, 8, 3))
#> [2, 5]
list(accumulate([1,2,3]))
#> [1, 3, 6]
list(accumulate([1,2,3], operator.mul))
#> [1, 2, 6]
list(accumulate([1,2], initial=10))
#> [10, 11, 13]
list(combinations([1,2,3], 2))
#> [(1, 2), (1, 3), (2, 3)]
list(permutations([1,2,3], 2))
#> [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]
list(combinations_with_replacement("ab", 2))
#> [('a', 'a'), ('a', 'b'), ('b', 'b')]
list(zip_longest([1,2],[3], fillvalue=0))
#> [(1, 3), (2, 0)]
list(starmap(pow, [(2,3),(3,2)]))
#> [8, 9]
list(takewhile(lambda x: x<3, [1,2,3,1]))
#> [1, 2]
list(dropwhile(lambda x: x<3, [1,2,3,1]))
#> [3, 1]
list(compress("abc", [1,0,1]))
#> ['a', 'c']
list(pairwise([1,2,3]))
#> [(1, 2), (2, 3)]
[list(t) for t in tee([1,2])]
#> [[1, 2], [1, 2]]
[(k, list(g)) for k, g in groupby("aabbb")]
#> [('a', ['a', 'a']), ('b', ['b', 'b', 'b'])]
list(filterfalse(None, [0,1]))
#> [0]
OrderedDict([("a", 1)])
#> OrderedDict([('a', 1)])
OrderedDict(a=1).move_to_end("a")
#> None
defaultdict(list)
#> defaultdict(<class 'list'>, {})
Counter("aab").most_common(1)
#> [('a', 2)]
Counter(a=2) + Counter(a=1, b=1)
#> Counter({'a': 3, 'b': 1})
Counter("ab")["z"]
#> 0
deque([1,2,3], maxlen=2)
#> deque([2, 3], maxlen=2)
ChainMap({"a": 1}, {"a": 2, "b": 3})["a"]
#> 1
list(Counter("aab").elements())
#> ['a', 'a', 'b']
sorted([3,1,2], key=cmp_to_key(lambda a, b: b - a))
#> [3, 2, 1]
re.match(r'(\w+)-(\d+)', 'abc-12').groups()
#> ('abc', '12')
re.search('b+', 'abbbc').group()
#> 'bbb'
re.search('b+', 'abbbc').span()
#> (1, 4)
re.fullmatch('a', 'ab')
#> None
re.findall(r'\d+', 'a1b22')
#> ['1', '22']
re.findall(r'(\w)(\d)', 'a1b2')
#> [('a', '1'), ('b', '2')]
re.split(r'[,;]\s*', 'a, b;c')
#> ['a', 'b', 'c']
re.sub(r'(\d)', r'<\1>', 'a1b2')
#> 'a<1>b<2>'
re.sub('a', lambda m: m.group().upper(), 'aba')
#> 'AbA'
re.match(r'(?P<name>[a-z]+)_(?P<n>\d+)', 'res_50').groupdict()
#> {'name': 'res', 'n': '50'}
re.match(r'(?P<x>a)(b)?', 'a').groups()
#> ('a', None)
re.compile('A', re.I).match('a').group(0)
#> 'a'
re.escape('a.b*c')
#> 'a\\.b\\*c'
re.sub(r'(?P<a>x)', r'\g<a>y', 'x')
#> 'xy'
[m.start() for m in re.finditer('a', 'banana')]
#> [1, 3, 5]
re.match('x', 'y') is None
#> True
bool(re.match('a', 'a'))
#> True
re.subn('a', 'b', 'aa')
#> ('bb', 2)
re.match(r'(a)(b)', 'ab')[2]
#> 'b'
re.match(r'(a)', 'a').group(0, 1)
#> ('a', 'a')
re.search(r'^b$', 'a\nb\n', re.M).group()
#> 'b'
re.search('a$', 'a\n').group()
#> 'a'
re.search(r'[\w.-]+@\w+', 'x me@y').group()
#> 'me@y'
re.split(r'(-)', 'a-b')
#> ['a', '-', 'b']
re.sub('(?i)A', 'z', 'aA')
#> 'zz'
re.findall(r"[^\W\d_]+", "ab1c_d")
#> ['ab', 'c', 'd']
re.sub(r'\s+', ' ', ' a  b ')
#> ' a b '
json.loads('{"a": [1, 2.5, true, null, "x\\n"], "b": {}}')
#> {'a': [1, 2.5, True, None, 'x\n'], 'b': {}}
json.dumps({"a": [1, 2.5, True, None, (1,)], "b": {}})
#> '{"a": [1, 2.5, true, null, [1]], "b": {}}'
json.dumps([1], indent=2)
#> '[\n  1\n]'
json.loads('[]')
#> []
json.loads('1e3')
#> 1000.0
json.dumps("a\"b")
#> '"a\\"b"'
json.load(open('config.json'))
#> {'a': 1.0, 'b': [1, 2, {'c': None}], 't': True}
open('config.json').read()[:8]
#> '{"a": 1.'
Path('config.json').read_text()[:3]
#> '{"a'
os.path.join('a', 'b', '/c', 'd')
#> '/c/d'
os.path.dirname('/a/b/c.py')
#> '/a/b'
os.path.basename('a/b.py')
#> 'b.py'
os.path.splitext('a/b.tar.gz')
#> ('a/b.tar', '.gz')
os.path.splitext('.bashrc')
#> ('.bashrc', '')
os.path.split('/a/b')
#> ('/a', 'b')
os.path.normpath('a/../b//c/.')
#> 'b/c'
os.environ.get('NOPE', 5)
#> 5
'NOPE' in os.environ
#> False
os.getenv('NOPE')
#> None
os.sep
#> '/'
os.path.isabs('/a')
#> True
os.path.exists('config.json')
#> True
os.path.isfile('nope.json')
#> False
str(Path('a') / 'b' / 'c.py')
#> 'a/b/c.py'
Path('a/b.tar.gz').stem
#> 'b.tar'
Path('a/b.py').suffix
#> '.py'
Path('a/b.py').parent
#> PosixPath('a')
Path('/a/b/c').parts
#> ('/', 'a', 'b', 'c')
Path('a/b').name
#> 'b'
Path('x.py').with_suffix('.txt')
#> PosixPath('x.txt')
Path('a') == Path('a')
#> True
Path('a/b').parents[0]
#> PosixPath('a')
Path('/a') / '/b'
#> PosixPath('/b')
{Path('a'): 1}[Path('a')]
#> 1
f"{Path('a')}"
#> 'a'
Path('config.json').exists()
#> True
Path('a.b.c').suffixes
#> ['.b', '.c']
Path('a/./b//c')
#> PosixPath('a/b/c')
isinstance(Path('a'), os.PathLike)
#> True
sys.version_info >= (3, 8)
#> True
sys.version_info[:2] == (3, 11)
#> True
sys.version_info.major
#> 3
sys.platform
#> 'linux'
'os' in sys.modules
#> True
sys.maxsize > 2**32
#> True
string.ascii_lowercase[:3]
#> 'abc'
string.digits
#> '0123456789'
textwrap.indent('a\nb', '> ')
#> '> a\n> b'
textwrap.dedent('  a\n   b\n')
#> 'a\n b\n'
textwrap.shorten('hello world', 8, placeholder='')
#> 'hello'
parse('1.10.0') > parse('1.9')
#> True
parse('2.0.0rc1') < Version('2.0')
#> True
parse('1.2.3+cu118').release
#> (1, 2, 3)
parse('2.1.0').major
#> 2
str(parse('1.0'))
#> '1.0'
parse('2.0.dev1') < parse('2.0')
#> True
parse('1.0') == parse('1.0.0')
#> True
list(inspect.signature(lambda a, b=2, *c, d=4, **e: 0).parameters)
#> ['a', 'b', 'c', 'd', 'e']
[str(p.kind.name) for p in inspect.signature(lambda a, b=2, *c, d=4, **e: 0).parameters.values()]
#> ['POSITIONAL_OR_KEYWORD', 'POSITIONAL_OR_KEYWORD', 'VAR_POSITIONAL', 'KEYWORD_ONLY', 'VAR_KEYWORD']
inspect.signature(lambda a, b=2: 0).parameters['b'].default
#> 2
inspect.signature(lambda a: 0).parameters['a'].default is inspect.Parameter.empty
#> True
inspect.isclass(int)
#> True
inspect.isfunction(lambda: 1)
#> True
inspect.getfullargspec(lambda a, b=1: 0).args
#> ['a', 'b']

# %% what is remembered, and what is forgotten first
import functools
from collections import OrderedDict, defaultdict
made = []
@functools.lru_cache(maxsize=2)
def make(n):
    made.append(n)
    return [n]
first = make(1); make(2); make(1); make(3); make(2)
list(made)
#> [1, 2, 3, 2]
make(3) is make(3), first is make(1)
#> (True, False)
tuple(make.cache_info())
#> (3, 5, 2, 2)
make.cache_info().misses
#> 5
make.cache_parameters()
#> {'maxsize': 2, 'typed': False}
make.cache_clear()
make.cache_info()[:2]
#> (0, 0)
@functools.lru_cache(maxsize=0)
def never(n): return [n]
never(1) is never(1), never.cache_info().currsize
#> (False, 0)
@functools.cache
def always(n): return [n]
always(1) is always(1), always.cache_info().maxsize
#> (True, None)

# %% what changes under an iterator
L = [1, 2, 3]
r = reversed(L); L[1] = 20; L.append(4)
list(r)
#> [3, 20, 1]
d = {'a': 1, 'b': 2, 'c': 3}
seen = []
for key, value in d.items():
    d['c'] = 30
    seen.append(value)
seen
#> [1, 2, 30]
values = iter(d.values()); d['a'] = 10
next(values)
#> 10
from collections import defaultdict
counts = defaultdict(int)
keys = counts.keys()
counts['x'] += 1; counts['y']
list(keys), len(keys)
#> (['x', 'y'], 2)
__import__('os.path').__name__, __import__('collections.abc', fromlist=['Mapping']).__name__
#> ('os', 'collections.abc')
