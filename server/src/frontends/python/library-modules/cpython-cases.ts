/** What CPython 3.11 prints for these expressions and programs: the library answers the same. */

export const prelude = `import math, operator, functools, itertools, statistics, re, json, os, sys, copy, string, textwrap, inspect
from collections import *
from functools import *
from itertools import *
from pathlib import Path
from packaging.version import parse, Version
`;

export const expressions: readonly (readonly [string, string])[] = [
  ['1+2', '3'],
  ['7//-2', '-4'],
  ['-7 % 3', '2'],
  ['7 % -3', '-2'],
  ['2**10', '1024'],
  ['2**-1', '0.5'],
  ['2**0.5', '1.4142135623730951'],
  ['5/2', '2.5'],
  ['10//3.0', '3.0'],
  ['1e16', '1e+16'],
  ['1e-5', '1e-05'],
  ['123456.789', '123456.789'],
  ['0.1+0.2', '0.30000000000000004'],
  ['1e22', '1e+22'],
  ['2**64', '18446744073709551616'],
  ['(-7)//2', '-4'],
  ['7.5//2', '3.0'],
  ['True + True', '2'],
  ['True & False', 'False'],
  ['3 | 4', '7'],
  ['1 << 10', '1024'],
  ['-9 >> 1', '-5'],
  ['~5', '-6'],
  ['"a" * 3 + "b"', "'aaab'"],
  ['[1,2]*2 + [3]', '[1, 2, 1, 2, 3]'],
  ['(1,)*3', '(1, 1, 1)'],
  ['"%d %s %.2f %5d|%-5d|%05d %x" % (1, "a", 2.345, 42, 42, 42, 255)', "'1 a 2.35    42|42   |00042 ff'"],
  ['"%(a)s-%(b)03d" % {"a": 1, "b": 2}', "'1-002'"],
  ['"{} {1}".format(1) if False else "{0} {1} {0}".format(1, 2)', "'1 2 1'"],
  ['"{:>10}|{:<10}|{:^10}|{:*^9}".format("a", "b", "c", "d")', "'         a|b         |    c     |****d****'"],
  ['"{a.real} {b[0]} {c[k]}".format(a=1, b=[2], c={"k": 3})', "'1 2 3'"],
  ["f\"{3.0} {1e10:.1f} {'x'!r:>5} {10:>{5}}\"", "\"3.0 10000000000.0   'x'    10\""],
  ['f"{1234.5:,.2f} {0.5:.0%} {1e-7} {2.5:.0f} {3.5:.0f} {0.125:.2f}"', "'1,234.50 50% 1e-07 2 4 0.12'"],
  ['round(2.5)', '2'],
  ['round(3.5)', '4'],
  ['round(-2.5)', '-2'],
  ['round(2.675, 2)', '2.67'],
  ['round(1234, -2)', '1200'],
  ['round(2.567, 1)', '2.6'],
  ['divmod(-7, 2)', '(-4, 1)'],
  ['divmod(7.5, 2)', '(3.0, 1.5)'],
  ['int("12")', '12'],
  ['int("-0x1f", 16)', '-31'],
  ['int(" 7 ")', '7'],
  ['int(3.9)', '3'],
  ['int(-3.9)', '-3'],
  ['int("1_000")', '1000'],
  ['int("0b101", 0)', '5'],
  ['float("1e3")', '1000.0'],
  ['float("inf")', 'inf'],
  ['float("-nan") != 0', 'True'],
  ['float(3)', '3.0'],
  ['str(1.0)', "'1.0'"],
  ['str(None)', "'None'"],
  ["str([1, 'a', (1,), {2: 3}, {4}])", "\"[1, 'a', (1,), {2: 3}, {4}]\""],
  ['str(True)', "'True'"],
  ["repr(\"it's\")", "'\"it\\'s\"'"],
  ["repr('a\"b\\'c')", "'\\'a\"b\\\\\\'c\\''"],
  ["repr(\"a\\nb\\t\\\\\")", "\"'a\\\\nb\\\\t\\\\\\\\'\""],
  ['list(range(10))[::-2]', '[9, 7, 5, 3, 1]'],
  ['list(range(10))[2:8:3]', '[2, 5]'],
  ['"hello"[::-1]', "'olleh'"],
  ['(1,2,3)[-1]', '3'],
  ['"hello"[1:3]', "'el'"],
  ['range(10)[2:5]', 'range(2, 5)'],
  ['range(10)[-1]', '9'],
  ['len(range(0, 10, 3))', '4'],
  ['4 in range(0, 10, 2)', 'True'],
  ['range(3) == range(0, 3, 1)', 'True'],
  ['sorted([3,1,2], reverse=True)', '[3, 2, 1]'],
  ['sorted("bca")', "['a', 'b', 'c']"],
  ["sorted([(1,'b'),(1,'a')])", "[(1, 'a'), (1, 'b')]"],
  ['sorted(["aa","b"], key=len)', "['b', 'aa']"],
  ['min(3,1,2)', '1'],
  ['max([1,5,3])', '5'],
  ['min([], default=7)', '7'],
  ['max("abc", key=lambda c: -ord(c))', "'a'"],
  ['sum([1,2,3])', '6'],
  ['sum([1.5, 2])', '3.5'],
  ['sum([[1],[2]], [])', '[1, 2]'],
  ['any([0, 1])', 'True'],
  ['all([])', 'True'],
  ['all([1, 0])', 'False'],
  ['list(zip([1,2],[3,4]))', '[(1, 3), (2, 4)]'],
  ['list(enumerate("ab", 1))', "[(1, 'a'), (2, 'b')]"],
  ['list(map(lambda a, b: a+b, [1,2],[3,4]))', '[4, 6]'],
  ['list(filter(None, [0,1,2]))', '[1, 2]'],
  ['list(reversed([1,2,3]))', '[3, 2, 1]'],
  ['list(reversed(range(4)))', '[3, 2, 1, 0]'],
  ['isinstance(True, int)', 'True'],
  ['isinstance(1, (str, float))', 'False'],
  ['isinstance([], list)', 'True'],
  ['issubclass(bool, int)', 'True'],
  ['isinstance(None, type(None))', 'True'],
  ['isinstance(1, int | str)', 'True'],
  ['type(1)', "<class 'int'>"],
  ['type("a")', "<class 'str'>"],
  ['type([]).__name__', "'list'"],
  ['type(None)', "<class 'NoneType'>"],
  ['int.__name__', "'int'"],
  ['type(type)', "<class 'type'>"],
  ['type(len)', "<class 'builtin_function_or_method'>"],
  ['"a,b,,c".split(",")', "['a', 'b', '', 'c']"],
  ['" a b  c ".split()', "['a', 'b', 'c']"],
  ['"a b c d".split(" ", 2)', "['a', 'b', 'c d']"],
  ['"a.b.c".rsplit(".", 1)', "['a.b', 'c']"],
  ['"abc".partition("b")', "('a', 'b', 'c')"],
  ['"a b c".rsplit(None, 1)', "['a b', 'c']"],
  ['"x y z".split(None, 1)', "['x', 'y z']"],
  ['"Hello".lower()', "'hello'"],
  ['"hello world".title()', "'Hello World'"],
  ['"abc".upper()', "'ABC'"],
  ['"  x ".strip()', "'x'"],
  ['"xxaxx".strip("x")', "'a'"],
  ['"abc".replace("b", "BB")', "'aBBc'"],
  ['"aaa".replace("a", "b", 2)', "'bba'"],
  ['"abc".startswith(("x", "a"))', 'True'],
  ['"abc".endswith("bc")', 'True'],
  ['"abcabc".find("c")', '2'],
  ['"abcabc".rfind("c")', '5'],
  ['"abcabc".count("bc")', '2'],
  ['"-".join(["a", "b"])', "'a-b'"],
  ['"abc".isdigit()', 'False'],
  ['"12".isdigit()', 'True'],
  ['"abc".isalpha()', 'True'],
  ['"a1".isalnum()', 'True'],
  ['" ".isspace()', 'True'],
  ['"a_1".isidentifier()', 'True'],
  ['"42".zfill(5)', "'00042'"],
  ['"-42".zfill(5)', "'-0042'"],
  ['"a".ljust(3) + "|"', "'a  |'"],
  ['"a".rjust(3)', "'  a'"],
  ['"a".center(4) + "|"', "' a  |'"],
  ['"ab".center(5)+"|"', "'  ab |'"],
  ['"prefix_x".removeprefix("prefix_")', "'x'"],
  ['"x.py".removesuffix(".py")', "'x'"],
  ["\"a\\nb\\r\\nc\".splitlines()", "['a', 'b', 'c']"],
  ['"abc".encode()', "b'abc'"],
  ['b"abc".decode()', "'abc'"],
  ['b"abc"[0]', '97'],
  ['"AbC".swapcase()', "'aBc'"],
  ['"abc".capitalize()', "'Abc'"],
  ['"abc".translate(str.maketrans("ab", "xy"))', "'xyc'"],
  ['str.join("-", ["a", "b"])', "'a-b'"],
  ['"%s" % (1,)', "'1'"],
  ['"%s" % [1]', "'[1]'"],
  ['"%%" % ()', "'%'"],
  ['{1: 2} | {3: 4}', '{1: 2, 3: 4}'],
  ['{1,2} & {2,3}', '{2}'],
  ['{1} | {2}', '{1, 2}'],
  ['{1,2} - {1}', '{2}'],
  ['{1,2} ^ {2,3}', '{1, 3}'],
  ['{1} <= {1,2}', 'True'],
  ['{1,2}.union([3])', '{1, 2, 3}'],
  ['{1} == {1.0}', 'True'],
  ['dict(a=1)', "{'a': 1}"],
  ['dict([("x", 1)])', "{'x': 1}"],
  ['dict({1: 2}, b=3)', "{1: 2, 'b': 3}"],
  ['dict.fromkeys("ab", 0)', "{'a': 0, 'b': 0}"],
  ['dict(zip("ab", [1,2]))', "{'a': 1, 'b': 2}"],
  ['{"a": 1}.get("b", 2)', '2'],
  ['{"a": 1}.get("b")', 'None'],
  ['list({"a": 1}.items())', "[('a', 1)]"],
  ['list({"a": 1}.keys())', "['a']"],
  ['{"a": 1}.values()', 'dict_values([1])'],
  ['{"a": 1}.keys() & {"a"}', "{'a'}"],
  ['len({})', '0'],
  ['len("abc")', '3'],
  ['"a" in {"a": 1}', 'True'],
  ['1 in [1]', 'True'],
  ['"b" in "abc"', 'True'],
  ['(1,2) in [(1,2)]', 'True'],
  ['1.0 in {1}', 'True'],
  ['[1,2] == [1,2]', 'True'],
  ['[1,2] < [1,3]', 'True'],
  ['(1,) < (1,2)', 'True'],
  ['{"a": 1} == {"a": 1}', 'True'],
  ['"a" < "b"', 'True'],
  ['1 == 1.0', 'True'],
  ['None == 0', 'False'],
  ['[1] != [1]', 'False'],
  ['frozenset([1,2])', 'frozenset({1, 2})'],
  ['set()', 'set()'],
  ['frozenset()', 'frozenset()'],
  ['{frozenset([1]): 2}', '{frozenset({1}): 2}'],
  ['callable(len)', 'True'],
  ['callable(1)', 'False'],
  ['callable(int)', 'True'],
  ['hasattr([], "append")', 'True'],
  ['getattr(1, "real")', '1'],
  ['getattr(1, "nope", 5)', '5'],
  ['abs(-3)', '3'],
  ['abs(-2.5)', '2.5'],
  ['pow(2, 3)', '8'],
  ['pow(2, 10, 7)', '2'],
  ['bin(5)', "'0b101'"],
  ['oct(8)', "'0o10'"],
  ['chr(97)', "'a'"],
  ['ord("a")', '97'],
  ['slice(1, 2)', 'slice(1, 2, None)'],
  ['slice(None, None, 2).indices(5)', '(0, 5, 2)'],
  ['slice(3).stop', '3'],
  ['(5).bit_length(), (1.5).is_integer(), (2.0).is_integer(), (0.5).as_integer_ratio(), int.from_bytes is not None', '(3, False, True, (1, 2), True)'],
  ['iter([1]).__next__()', '1'],
  ['next(iter([]), "d")', "'d'"],
  ['list(iter(lambda: 1, 1))', '[]'],
  ['list("abc")', "['a', 'b', 'c']"],
  ['tuple([1,2])', '(1, 2)'],
  ['set("aab") == {"a","b"}', 'True'],
  ['list({1: 2})', '[1]'],
  ['bool([])', 'False'],
  ['bool("a")', 'True'],
  ['bytes([65, 66])', "b'AB'"],
  ['[].__class__', "<class 'list'>"],
  ['"".__class__.__name__', "'str'"],
  ['(1).__class__', "<class 'int'>"],
  ['{}.__class__', "<class 'dict'>"],
  ['bool.__bases__', "(<class 'int'>,)"],
  ['int.__mro__', "(<class 'int'>, <class 'object'>)"],
  ['bool.__name__', "'bool'"],
  ['format(3.14159, ".2f")', "'3.14'"],
  ['format("a", ">5")', "'    a'"],
  ['format(5, "05d")', "'00005'"],
  ['format(1234567.891, ",.1f")', "'1,234,567.9'"],
  ['f"{-5:05d}"', "'-0005'"],
  ['f"{3:+}"', "'+3'"],
  ['f"{1e100:g}"', "'1e+100'"],
  ['f"{True}"', "'True'"],
  ['f"{None}"', "'None'"],
  ['f"{0.1+0.2}"', "'0.30000000000000004'"],
  ['f"{1/3:.3}"', "'0.333'"],
  ['f"{100:.1e}"', "'1.0e+02'"],
  ['f"{12345678:_}"', "'12_345_678'"],
  ['f"{255:#b}"', "'0b11111111'"],
  ['f"{1e6:g}"', "'1e+06'"],
  ['f"{1e5}"', "'100000.0'"],
  ['f"{123456789.0}"', "'123456789.0'"],
  ['f"{1.0:g}"', "'1'"],
  ['math.sqrt(16)', '4.0'],
  ['math.floor(-2.5)', '-3'],
  ['math.ceil(2.1)', '3'],
  ['math.log2(8)', '3.0'],
  ['math.log(8, 2)', '3.0'],
  ['math.log(math.e)', '1.0'],
  ['math.pi', '3.141592653589793'],
  ['math.inf', 'inf'],
  ['math.prod([1,2,3])', '6'],
  ['math.gcd(12, 18)', '6'],
  ['math.factorial(5)', '120'],
  ['math.comb(5,2)', '10'],
  ['math.isclose(0.1+0.2, 0.3)', 'True'],
  ['math.trunc(-2.7)', '-2'],
  ['math.pow(2, 3)', '8.0'],
  ['math.hypot(3, 4)', '5.0'],
  ['math.exp(0)', '1.0'],
  ['math.fsum([0.1]*2)', '0.2'],
  ['math.isqrt(17)', '4'],
  ['math.lcm(4,6)', '12'],
  ['round(math.erf(0.5), 12)', '0.520499877813'],
  ['round(math.gamma(5.5), 8)', '52.34277778'],
  ['round(math.lgamma(10), 10)', '12.8018274801'],
  ['math.copysign(1, -2)', '-1.0'],
  ['math.isnan(math.nan)', 'True'],
  ['statistics.mean([1,2,3])', '2'],
  ['statistics.median([1,3,2,4])', '2.5'],
  ['operator.add(1,2)', '3'],
  ['operator.itemgetter(1)([1,2])', '2'],
  ['operator.itemgetter(0,1)("ab")', "('a', 'b')"],
  ['operator.attrgetter("real")(3)', '3'],
  ['operator.methodcaller("upper")("a")', "'A'"],
  ['operator.mul(2,3)', '6'],
  ['operator.eq(1,1)', 'True'],
  ['operator.contains([1],1)', 'True'],
  ['reduce(operator.mul, [1,2,3,4])', '24'],
  ['reduce(lambda a,b: a+b, [], 5)', '5'],
  ['partial(int, base=2)("101")', '5'],
  ['partial(pow, 2)(3)', '8'],
  ['partial(partial(max, 1), 2)(3)', '3'],
  ['partial(pow, 2).func', '<built-in function pow>'],
  ['partial(pow, 2).args', '(2,)'],
  ['partial(pow, 2, mod=3).keywords', "{'mod': 3}"],
  ['list(chain([1],[2,3]))', '[1, 2, 3]'],
  ['list(chain.from_iterable([[1],[2]]))', '[1, 2]'],
  ['list(product([1,2], repeat=2))', '[(1, 1), (1, 2), (2, 1), (2, 2)]'],
  ['list(product("ab", [1,2]))', "[('a', 1), ('a', 2), ('b', 1), ('b', 2)]"],
  ['list(repeat(1, 3))', '[1, 1, 1]'],
  ['list(islice(count(5, 2), 3))', '[5, 7, 9]'],
  ['list(islice(cycle("ab"), 5))', "['a', 'b', 'a', 'b', 'a']"],
  ['list(islice(range(10), 2, 8, 3))', '[2, 5]'],
  ['list(accumulate([1,2,3]))', '[1, 3, 6]'],
  ['list(accumulate([1,2,3], operator.mul))', '[1, 2, 6]'],
  ['list(accumulate([1,2], initial=10))', '[10, 11, 13]'],
  ['list(combinations([1,2,3], 2))', '[(1, 2), (1, 3), (2, 3)]'],
  ['list(permutations([1,2,3], 2))', '[(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]'],
  ['list(combinations_with_replacement("ab", 2))', "[('a', 'a'), ('a', 'b'), ('b', 'b')]"],
  ['list(zip_longest([1,2],[3], fillvalue=0))', '[(1, 3), (2, 0)]'],
  ['list(starmap(pow, [(2,3),(3,2)]))', '[8, 9]'],
  ['list(takewhile(lambda x: x<3, [1,2,3,1]))', '[1, 2]'],
  ['list(dropwhile(lambda x: x<3, [1,2,3,1]))', '[3, 1]'],
  ['list(compress("abc", [1,0,1]))', "['a', 'c']"],
  ['list(pairwise([1,2,3]))', '[(1, 2), (2, 3)]'],
  ['[list(t) for t in tee([1,2])]', '[[1, 2], [1, 2]]'],
  ['[(k, list(g)) for k, g in groupby("aabbb")]', "[('a', ['a', 'a']), ('b', ['b', 'b', 'b'])]"],
  ['list(filterfalse(None, [0,1]))', '[0]'],
  ['OrderedDict([("a", 1)])', "OrderedDict([('a', 1)])"],
  ['OrderedDict(a=1).move_to_end("a")', 'None'],
  ['defaultdict(list)', "defaultdict(<class 'list'>, {})"],
  ['Counter("aab").most_common(1)', "[('a', 2)]"],
  ['Counter(a=2) + Counter(a=1, b=1)', "Counter({'a': 3, 'b': 1})"],
  ['Counter("ab")["z"]', '0'],
  ['deque([1,2,3], maxlen=2)', 'deque([2, 3], maxlen=2)'],
  ['ChainMap({"a": 1}, {"a": 2, "b": 3})["a"]', '1'],
  ['list(Counter("aab").elements())', "['a', 'a', 'b']"],
  ['sorted([3,1,2], key=cmp_to_key(lambda a, b: b - a))', '[3, 2, 1]'],
  ["re.match(r'(\\w+)-(\\d+)', 'abc-12').groups()", "('abc', '12')"],
  ["re.search('b+', 'abbbc').group()", "'bbb'"],
  ["re.search('b+', 'abbbc').span()", '(1, 4)'],
  ["re.fullmatch('a', 'ab')", 'None'],
  ["re.findall(r'\\d+', 'a1b22')", "['1', '22']"],
  ["re.findall(r'(\\w)(\\d)', 'a1b2')", "[('a', '1'), ('b', '2')]"],
  ["re.split(r'[,;]\\s*', 'a, b;c')", "['a', 'b', 'c']"],
  ["re.sub(r'(\\d)', r'<\\1>', 'a1b2')", "'a<1>b<2>'"],
  ["re.sub('a', lambda m: m.group().upper(), 'aba')", "'AbA'"],
  ["re.match(r'(?P<name>[a-z]+)_(?P<n>\\d+)', 'res_50').groupdict()", "{'name': 'res', 'n': '50'}"],
  ["re.match(r'(?P<x>a)(b)?', 'a').groups()", "('a', None)"],
  ["re.compile('A', re.I).match('a').group(0)", "'a'"],
  ["re.escape('a.b*c')", "'a\\\\.b\\\\*c'"],
  ["re.sub(r'(?P<a>x)', r'\\g<a>y', 'x')", "'xy'"],
  ["[m.start() for m in re.finditer('a', 'banana')]", '[1, 3, 5]'],
  ["re.match('x', 'y') is None", 'True'],
  ["bool(re.match('a', 'a'))", 'True'],
  ["re.subn('a', 'b', 'aa')", "('bb', 2)"],
  ["re.match(r'(a)(b)', 'ab')[2]", "'b'"],
  ["re.match(r'(a)', 'a').group(0, 1)", "('a', 'a')"],
  ["re.search(r'^b$', 'a\\nb\\n', re.M).group()", "'b'"],
  ["re.search('a$', 'a\\n').group()", "'a'"],
  ["re.search(r'[\\w.-]+@\\w+', 'x me@y').group()", "'me@y'"],
  ["re.split(r'(-)', 'a-b')", "['a', '-', 'b']"],
  ["re.sub('(?i)A', 'z', 'aA')", "'zz'"],
  ["re.findall(r\"[^\\W\\d_]+\", \"ab1c_d\")", "['ab', 'c', 'd']"],
  ["re.sub(r'\\s+', ' ', ' a  b ')", "' a b '"],
  ["json.loads('{\"a\": [1, 2.5, true, null, \"x\\\\n\"], \"b\": {}}')", "{'a': [1, 2.5, True, None, 'x\\n'], 'b': {}}"],
  ['json.dumps({"a": [1, 2.5, True, None, (1,)], "b": {}})', "'{\"a\": [1, 2.5, true, null, [1]], \"b\": {}}'"],
  ['json.dumps([1], indent=2)', "'[\\n  1\\n]'"],
  ["json.loads('[]')", '[]'],
  ["json.loads('1e3')", '1000.0'],
  ["json.dumps(\"a\\\"b\")", "'\"a\\\\\"b\"'"],
  ["json.load(open('config.json'))", "{'a': 1.0, 'b': [1, 2, {'c': None}], 't': True}"],
  ["open('config.json').read()[:8]", "'{\"a\": 1.'"],
  ["Path('config.json').read_text()[:3]", "'{\"a'"],
  ["os.path.join('a', 'b', '/c', 'd')", "'/c/d'"],
  ["os.path.dirname('/a/b/c.py')", "'/a/b'"],
  ["os.path.basename('a/b.py')", "'b.py'"],
  ["os.path.splitext('a/b.tar.gz')", "('a/b.tar', '.gz')"],
  ["os.path.splitext('.bashrc')", "('.bashrc', '')"],
  ["os.path.split('/a/b')", "('/a', 'b')"],
  ["os.path.normpath('a/../b//c/.')", "'b/c'"],
  ["os.environ.get('NOPE', 5)", '5'],
  ["'NOPE' in os.environ", 'False'],
  ["os.getenv('NOPE')", 'None'],
  ['os.sep', "'/'"],
  ["os.path.isabs('/a')", 'True'],
  ["os.path.exists('config.json')", 'True'],
  ["os.path.isfile('nope.json')", 'False'],
  ["str(Path('a') / 'b' / 'c.py')", "'a/b/c.py'"],
  ["Path('a/b.tar.gz').stem", "'b.tar'"],
  ["Path('a/b.py').suffix", "'.py'"],
  ["Path('a/b.py').parent", "PosixPath('a')"],
  ["Path('/a/b/c').parts", "('/', 'a', 'b', 'c')"],
  ["Path('a/b').name", "'b'"],
  ["Path('x.py').with_suffix('.txt')", "PosixPath('x.txt')"],
  ["Path('a') == Path('a')", 'True'],
  ["Path('a/b').parents[0]", "PosixPath('a')"],
  ["Path('/a') / '/b'", "PosixPath('/b')"],
  ["{Path('a'): 1}[Path('a')]", '1'],
  ["f\"{Path('a')}\"", "'a'"],
  ["Path('config.json').exists()", 'True'],
  ["Path('a.b.c').suffixes", "['.b', '.c']"],
  ["Path('a/./b//c')", "PosixPath('a/b/c')"],
  ["isinstance(Path('a'), os.PathLike)", 'True'],
  ['sys.version_info >= (3, 8)', 'True'],
  ['sys.version_info[:2] == (3, 11)', 'True'],
  ['sys.version_info.major', '3'],
  ['sys.platform', "'linux'"],
  ["'os' in sys.modules", 'True'],
  ['sys.maxsize > 2**32', 'True'],
  ['string.ascii_lowercase[:3]', "'abc'"],
  ['string.digits', "'0123456789'"],
  ["textwrap.indent('a\\nb', '> ')", "'> a\\n> b'"],
  ["textwrap.dedent('  a\\n   b\\n')", "'a\\n b\\n'"],
  ["textwrap.shorten('hello world', 8, placeholder='')", "'hello'"],
  ["parse('1.10.0') > parse('1.9')", 'True'],
  ["parse('2.0.0rc1') < Version('2.0')", 'True'],
  ["parse('1.2.3+cu118').release", '(1, 2, 3)'],
  ["parse('2.1.0').major", '2'],
  ["str(parse('1.0'))", "'1.0'"],
  ["parse('2.0.dev1') < parse('2.0')", 'True'],
  ["parse('1.0') == parse('1.0.0')", 'True'],
  ['list(inspect.signature(lambda a, b=2, *c, d=4, **e: 0).parameters)', "['a', 'b', 'c', 'd', 'e']"],
  ['[str(p.kind.name) for p in inspect.signature(lambda a, b=2, *c, d=4, **e: 0).parameters.values()]', "['POSITIONAL_OR_KEYWORD', 'POSITIONAL_OR_KEYWORD', 'VAR_POSITIONAL', 'KEYWORD_ONLY', 'VAR_KEYWORD']"],
  ["inspect.signature(lambda a, b=2: 0).parameters['b'].default", '2'],
  ["inspect.signature(lambda a: 0).parameters['a'].default is inspect.Parameter.empty", 'True'],
  ['inspect.isclass(int)', 'True'],
  ['inspect.isfunction(lambda: 1)', 'True'],
  ['inspect.getfullargspec(lambda a, b=1: 0).args', "['a', 'b']"],
];

/** Programs that leave `result`. */
export const programs: readonly (readonly [string, string])[] = [
  [`result = []
try:
    [][0]
except IndexError as e: result.append(str(e))
try:
    {}['a']
except KeyError as e: result.append((str(e), e.args, repr(e)))
try:
    1/0
except ZeroDivisionError as e: result.append(str(e))
try:
    int('x')
except ValueError as e: result.append(str(e))
try:
    len(5)
except TypeError as e: result.append(str(e))
try:
    raise RuntimeError('a', 1)
except Exception as e: result.append((e.args, str(e), repr(e), isinstance(e, RuntimeError)))
try: 'a' + 1
except TypeError: result.append('te')
try: 1 + 'a'
except TypeError as e: result.append(str(e))
try: [] < 1
except TypeError as e: result.append(str(e))`, `['list index out of range', ("'a'", ('a',), "KeyError('a')"), 'division by zero', "invalid literal for int() with base 10: 'x'", "object of type 'int' has no len()", (('a', 1), "('a', 1)", "RuntimeError('a', 1)", True), 'te', "unsupported operand type(s) for +: 'int' and 'str'", "'<' not supported between instances of 'list' and 'int'"]`],
  [`class MyErr(ValueError):
    def __init__(self, code, msg):
        super().__init__(msg)
        self.code = code
try:
    raise MyErr(3, 'hi')
except ValueError as e:
    result = (e.code, str(e), e.args, type(e).__name__)`, `(3, 'hi', ('hi',), 'MyErr')`],
  [`l = [3,1,2]; l.append(4); l.extend((5,6)); l.insert(0, 9); l.remove(1); p = l.pop(); q = l.pop(0); l.sort(); l.reverse()
l[1:2] = [7,8]; del l[0]; l += [1]; i = l.index(8); c = l.count(1)
result = (l, p, q, i, c, l.copy())`, `([7, 8, 3, 2, 1], 6, 9, 1, 1, [7, 8, 3, 2, 1])`],
  [`d = {'a': 1}; d['b'] = 2; d.update(c=3); d.update([('e', 5)]); x = d.pop('a'); y = d.pop('zz', None); z = d.setdefault('q', []); z.append(1); k = d.popitem(); del d['b']
d |= {'n': 1}
result = (d, x, y, z, k)`, `({'c': 3, 'e': 5, 'n': 1}, 1, None, [1], ('q', [1]))`],
  [`s = {1,2}; s.add(3); s.discard(1); s.update([5]); s.remove(2); s |= {9}; s -= {5}
result = sorted(s)`, `[3, 9]`],
  [`class Foo(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.__dict__ = self
    def __getattr__(self, n): return self[n]
f = Foo(a=1); f['b'] = 2
result = (f['a'], len(f), 'a' in f, list(f), isinstance(f, dict), sorted(f.items()), f == {'a':1,'b':2}, f)`, `(1, 2, True, ['a', 'b'], True, [('a', 1), ('b', 2)], True, {'a': 1, 'b': 2})`],
  [`class A(dict):
    def __getattr__(self, n):
        try: return self[n]
        except KeyError: raise AttributeError(n)
    def __setattr__(self, n, v): self[n] = v
    def __missing__(self, k): return 'm' + k
a = A(); a.x = 5
result = (a.x, a['x'], hasattr(a, 'nope'), a['zz'], a.get('zz'))`, `(5, 5, True, 'mzz', None)`],
  [`class L(list):
    def total(self): return sum(self)
l = L([1,2]); l.append(3)
result = (l.total(), l[0], len(l), l + [4], isinstance(l, list), l, L() == [], l[1:])`, `(6, 1, 3, [1, 2, 3, 4], True, [1, 2, 3], True, [2, 3])`],
  [`class S(str):
    def shout(self): return self.upper() + '!'
s = S('abc')
result = (s.shout(), s + 'd', s == 'abc', len(s), {s: 1}['abc'], s[0], f'{s:>5}', isinstance(s, str), '%s' % s)`, `('ABC!', 'abcd', True, 3, 1, 'a', '  abc', True, 'abc')`],
  [`class I(int): pass
result = (I(5) + 1, I(5) == 5, [1,2,3,4,5,6][I(5)], range(I(2)), I(3) * 2.0, -I(3))`, `(6, True, 6, range(0, 2), 6.0, -3)`],
  [`class T(tuple):
    @property
    def first(self): return self[0]
    def __new__(cls, *a): return super().__new__(cls, a)
t = T(1, 2)
result = (t.first, len(t), t == (1,2), t + (3,), isinstance(t, tuple))`, `(1, 2, True, (1, 2, 3), True)`],
  [`class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __hash__(self): return hash(self.x)
    def __repr__(self): return f'P({self.x})'
    def __add__(self, o): return P(self.x + (o.x if isinstance(o, P) else o))
    __radd__ = __add__
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * self.x
    def __contains__(self, v): return v == 99
    def __call__(self, a, *, b=1): return a + b
result = (P(1) == P(1), P(1) != P(2), sorted([P(2), P(1)]), sum([P(1), P(2)]), len(P(1)), list(P(2)), 99 in P(1), P(1)(2, b=3), [P(1)] == [P(1)], max(P(1), P(4)), callable(P(1)), str(P(1)), hash(P(5)) == hash(5), P(1) in [P(1)])`, `(True, True, [P(1), P(2)], P(3), 3, [0, 2, 4], True, 5, True, P(4), True, 'P(1)', True, True)`],
  [`def g():
    x = yield 1
    yield x
it = g(); a = next(it); b = it.send(5)
try: next(it); c = 0
except StopIteration: c = 1
result = (a, b, c, list(g()), type(it).__name__)`, `(1, 5, 1, [1, None], 'generator')`],
  [`X = type('X', (), {'a': 1, 'f': lambda self: self.a + 1})
result = (X().f(), X.__name__, isinstance(X(), X), type(X()) is X)`, `(2, 'X', True, True)`],
  [`class F:
    def __init_subclass__(cls, reg=None, **k):
        super().__init_subclass__(**k)
        cls.reg = reg
class G(F, reg='x'): pass
o = G(); object.__setattr__(o, 'z', 4)
result = (G.reg, o.z, vars(o), o.__dict__, o.__class__.__name__, 'z' in dir(o))`, `('x', 4, {'z': 4}, {'z': 4}, 'G', True)`],
  [`class W:
    @property
    def a(self): return self._a
    @a.setter
    def a(self, v): self._a = v * 2
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls): return cls.__name__
    b = property(lambda self: 7)
w = W(); w.a = 3; delattr(w, '_a') if False else None
setattr(w, 'q', 1)
result = (w.a, w.s(1), w.c(), W.s(2), w.b, getattr(w, 'q'), hasattr(w, 'zz'))`, `(6, 1, 'W', 2, 7, 1, False)`],
  [`from typing import *
import typing
T = TypeVar('T')
class P(NamedTuple):
    x: int
    y: int = 5
    def s(self): return self.x + self.y
class D(TypedDict, total=False):
    a: int
class G(Generic[T]):
    def __init__(self, v: T): self.v = v
class Proto(Protocol):
    def f(self) -> int: ...
class L(List[int]): pass
Alias = Union[int, Optional[str]]
Cb = Callable[[int], str]
result = (P(1), P(1).s(), P(1, y=2)._asdict(), D(a=1), G[int](3).v, G(4).v, L([1]), cast(int, 'a'), TYPE_CHECKING, isinstance(1, Alias), get_origin(List[int]), get_args(Dict[str, int]), isinstance([], Sequence), NewType('N', int)(3), isinstance(P(1), tuple), get_args(Optional[int]))`, `(P(x=1, y=5), 6, {'x': 1, 'y': 2}, {'a': 1}, 3, 4, [1], 'a', False, True, <class 'list'>, (<class 'str'>, <class 'int'>), True, 3, True, (<class 'int'>, <class 'NoneType'>))`],
  [`import collections.abc as abc
from collections.abc import Iterable, Sequence, Mapping, Callable, Sized, Hashable, MutableMapping, Iterator, Generator
class It:
    def __iter__(self): return iter([1])
class Ln:
    def __len__(self): return 1
def g(): yield 1
result = [isinstance(x, c) for c in (Iterable, Sequence, Mapping, Callable, Sized, Hashable, MutableMapping, Iterator, abc.Set, Generator) for x in ([], (), 'a', {}, {1}, 1, len, It(), Ln(), range(3), iter([]), None, int, {}.keys(), g(), zip())]`, `[True, True, True, True, True, False, False, True, False, True, True, False, False, True, True, True, True, True, True, False, False, False, False, False, False, True, False, False, False, False, False, False, False, False, False, True, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, True, False, False, False, False, False, True, False, False, False, True, True, True, True, True, False, False, False, True, True, False, False, False, True, False, False, False, True, True, False, False, True, True, True, True, True, True, True, True, False, True, True, False, False, False, True, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, True, False, False, False, True, True, False, False, False, False, True, False, False, False, False, False, False, False, False, True, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, True, False]`],
  [`from dataclasses import *
from typing import ClassVar, Optional, List
@dataclass
class A:
    x: int
    y: float = 2.0
    z: List[int] = field(default_factory=list)
    k: ClassVar[int] = 3
    h: int = field(default=1, repr=False)
    def __post_init__(self): self.x += 1
@dataclass
class B(A):
    w: str = 'w'
    i: InitVar[int] = 5
    def __post_init__(self, i):
        super().__post_init__()
        self.from_i = i
@dataclass(frozen=True, order=True)
class C:
    a: int
    b: int = 2
@dataclass(kw_only=True)
class D:
    a: int = 1
    b: int
@dataclass
class E:
    a: int
    _: KW_ONLY
    b: int = 2
@dataclass
class N:
    inner: C = field(default_factory=lambda: C(1))
    l: list = field(default_factory=lambda: [C(2)])
try: C(1).a = 3; fr = 0
except FrozenInstanceError: fr = 1
try: A(); er = ''
except TypeError as e: er = str(e)
result = (A(1), A(1, 3.0, [4]), B(1, w='q', i=7), B(1).from_i, C(1) < C(2), C(1) == C(1), hash(C(1)) == hash(C(1)), asdict(N()), astuple(C(1)), replace(C(1), b=9), [f.name for f in fields(A)], is_dataclass(A), is_dataclass(3), D(b=2), E(1, b=3), fr, er, A.y, A.k, sorted([C(2), C(1)]), [f.default for f in fields(C)][1], B.__name__, A(1) == A(1), {C(1): 1}[C(1)] if False else 0)`, `(A(x=2, y=2.0, z=[]), A(x=2, y=3.0, z=[4]), B(x=2, y=2.0, z=[], w='q'), 5, True, True, True, {'inner': {'a': 1, 'b': 2}, 'l': [{'a': 2, 'b': 2}]}, (1, 2), C(a=1, b=9), ['x', 'y', 'z', 'h'], True, False, D(a=1, b=2), E(a=1, b=3), 1, "A.__init__() missing 1 required positional argument: 'x'", 2.0, 3, [C(a=1, b=2), C(a=2, b=2)], 2, 'B', True, 0)`],
  [`from enum import *
class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def label(self): return self.name.lower()
    @property
    def up(self): return self.name + '!'
    @classmethod
    def default(cls): return cls.GREEN
class S(str, Enum):
    A = 'a'
    B = 'b'
class N(IntEnum):
    ONE = auto()
    TWO = auto()
class F(Flag):
    R = auto(); W = auto(); X = auto()
class IF(IntFlag):
    R = 4; W = 2
class T(StrEnum):
    AB = auto()
class Planet(Enum):
    EARTH = (5, 6)
    def __init__(self, mass, radius):
        self.mass = mass; self.radius = radius
Dyn = Enum('Dyn', 'A B')
class M(Enum):
    X = auto()
    @classmethod
    def _missing_(cls, v): return cls.X
try: Color(7); er = ''
except ValueError as e: er = str(e)
result = (Color.RED, Color.RED.name, Color.RED.value, Color(2), Color['RED'], list(Color), len(Color), Color.CRIMSON is Color.RED, Color.RED.label(), Color.RED.up, Color.default(), Color.RED in Color, Color.RED == Color.RED, Color.RED != Color.GREEN, str(Color.RED), f'{Color.RED}', S.A == 'a', S('b'), str(S.A), f'{S.A}', S.A.value, N.ONE + 1, N.TWO, str(N.ONE), F.R | F.W, F.R in (F.R | F.X), bool(F.R & F.W), ~F.R, IF.R | IF.W, int(IF.R), T.AB, str(T.AB), T.AB == 'ab', Planet.EARTH.mass, Planet.EARTH.value, Dyn.B, Dyn.B.value, M('zz'), er, isinstance(Color.RED, Color), isinstance(S.A, str), {Color.RED: 1}[Color.RED], {S.A: 1}['a'], [c.value for c in Color], Color.__members__, Color.RED is Color.RED, type(Color.RED), [1,2,3][N.ONE], N.ONE < N.TWO, N.ONE in (1, 2), S.A in ['a'], 'a' in [s.value for s in S], S.__members__.keys(), hash(Color.RED) == hash(Color.RED), N(1) is N.ONE, Color.RED.__class__.__name__)`, `(<Color.RED: 1>, 'RED', 1, <Color.GREEN: 2>, <Color.RED: 1>, [<Color.RED: 1>, <Color.GREEN: 2>], 2, True, 'red', 'RED!', <Color.GREEN: 2>, True, True, True, 'Color.RED', 'Color.RED', True, <S.B: 'b'>, 'S.A', 'S.A', 'a', 2, <N.TWO: 2>, '1', <F.R|W: 3>, True, False, <F.W|X: 6>, <IF.R|W: 6>, 4, <T.AB: 'ab'>, 'ab', True, 5, (5, 6), <Dyn.B: 2>, 2, <M.X: 1>, '7 is not a valid Color', True, True, 1, 1, [1, 2], mappingproxy({'RED': <Color.RED: 1>, 'GREEN': <Color.GREEN: 2>, 'CRIMSON': <Color.RED: 1>}), True, <enum 'Color'>, 2, True, True, True, True, dict_keys(['A', 'B']), True, True, 'Color')`],
  [`import functools
calls = []
@functools.lru_cache(maxsize=None)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n-1) + fib(n-2)
class K:
    def __init__(self): self.n = 0
    @functools.cached_property
    def v(self):
        self.n += 1
        return self.n
    @functools.lru_cache()
    def m(self, x): self.n += 10; return x
def deco(f):
    @functools.wraps(f)
    def w(*a, **k): return f(*a, **k) + 1
    return w
@deco
def foo(a):
    "doc"
    return a
k = K(); k.m(1); k.m(1)
@functools.total_ordering
class O:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __eq__(self, o): return self.v == o.v
@functools.singledispatch
def sd(x): return 'o'
@sd.register
def _(x: int): return 'i'
@sd.register(str)
def _(x): return 's'
class PM:
    def f(self, a, b): return (a, b)
    g = functools.partialmethod(f, 1)
result = (fib(20), len(calls), k.v, k.v, k.n, foo(1), foo.__name__, O(1) >= O(1), O(1) <= O(2), O(2) > O(1), sd(1.0), sd('a'), PM().g(2))`, `(6765, 21, 11, 11, 11, 2, 'foo', True, True, True, 'o', 's', (1, 2))`],
  [`from abc import ABC, abstractmethod, ABCMeta
class Base(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abstractmethod
    def p(self): ...
class Der(Base):
    def f(self): return 1
    @property
    def p(self): return 2
import types
ns = types.SimpleNamespace(a=1, b=[2])
ns.c = 3
def fun(): pass
result = (Der().f(), Der().p, isinstance(Der(), Base), ns, ns.a, vars(ns), isinstance(fun, types.FunctionType), isinstance(lambda: 1, types.LambdaType), isinstance(Der().f, types.MethodType), isinstance(len, types.BuiltinFunctionType), types.MappingProxyType({'a': 1})['a'], isinstance(types, types.ModuleType))`, `(1, 2, True, namespace(a=1, b=[2], c=3), 1, {'a': 1, 'b': [2], 'c': 3}, True, True, True, True, 1, True)`],
  [`import copy
class A:
    def __init__(self): self.l = [1]; self.me = self
a = A(); b = copy.deepcopy(a); c = copy.copy(a); b.l.append(2)
class D:
    def __deepcopy__(self, memo): return 'copied'
x = [1]; y = [x, x]; z = copy.deepcopy(y)
result = (a.l, b.l, b.me is b, c.l is a.l, copy.deepcopy([D()]), z[0] is z[1], z[0] is x)`, `([1], [1, 2], True, True, ['copied'], True, False)`],
  [`from contextlib import *
log = []
@contextmanager
def cm(x):
    log.append('in')
    yield x * 2
    log.append('out')
with cm(2) as v: log.append(v)
with suppress(ValueError): raise ValueError('a')
with nullcontext(5) as n: log.append(n)
with ExitStack() as st:
    log.append(st.enter_context(cm(1)))
@cm(3)
def f(): log.append('f')
f()
result = log`, `['in', 4, 'out', 5, 'in', 2, 'out', 'in', 'f', 'out']`],
  [`import argparse
p = argparse.ArgumentParser('x')
p.add_argument('--lr', type=float, default=0.1)
p.add_argument('--name', '-n', default='net')
p.add_argument('--flag', action='store_true')
p.add_argument('--no-x', dest='x', action='store_false')
p.add_argument('--sizes', nargs='+', type=int, default=[1,2])
p.add_argument('--none')
p.add_argument('--count', type=int, default='5')
p.add_argument('-b', '--batch-size', default=3)
g = p.add_argument_group('g'); g.add_argument('--in-g', default=7)
p.set_defaults(func=3, name='other')
a = p.parse_args([])
b, rest = p.parse_known_args(['--lr', '0.5', '--flag', '--sizes', '3', '4', '-n', 'q', 'zz'])
result = (a.lr, a.name, a.flag, a.x, a.sizes, a.none, a.count, a.batch_size, a.in_g, a.func, vars(b)['lr'], b.flag, b.sizes, b.name, rest)`, `(0.1, 'other', False, True, [1, 2], None, 5, 3, 7, 3, 0.5, True, [3, 4], 'q', ['zz'])`],
  [`import warnings, logging, sys
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO); logger.addHandler(logging.StreamHandler(sys.stdout))
logger.info('x %s', 1)
try: sys.exit(1)
except SystemExit: r = 1
with open('out.txt', 'w') as f: f.write('x')
with open('config.json') as f: t = f.read()
lines = list(open('config.json'))
result = (r, len(t), len(lines))`, `(1, 47, 1)`],
  [`class Registry:
    def __init__(self): self._d = {}
    def register(self, name=None):
        def deco(c):
            self._d[name or c.__name__] = c
            return c
        return deco
    def get(self, n): return self._d.get(n)
R = Registry()
@R.register()
class Foo: pass
@R.register('b')
class Bar(Foo): pass
import sys
mod = sys.modules[__name__]
result = (R.get('Foo').__name__, R.get('b').__name__, Bar.__mro__[1].__name__, Bar.__bases__[0] is Foo, Bar.__module__, Bar.__qualname__)`, `('Foo', 'Bar', 'Foo', True, '__main__', 'Bar')`],
  [`from types import SimpleNamespace
from fractions import Fraction
import heapq, bisect
h = []; heapq.heappush(h, 3); heapq.heappush(h, 1)
l = [1, 3]; bisect.insort(l, 2)
result = (Fraction(1, 3) + Fraction(1, 6), heapq.heappop(h), l, bisect.bisect([1,2,3], 2), heapq.nlargest(2, [1,3,2]))`, `(Fraction(1, 2), 1, [1, 2, 3], 2, [3, 2])`],
];
