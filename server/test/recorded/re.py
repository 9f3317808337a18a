# Regular expressions.
import re
def g(m): return m and (m.group(), m.groups(), m.span())
def err(f, *a):
    try: return f(*a)
    except re.error as e: return 're.error'
    except Exception as e: return type(e).__name__

g(re.match(r'(\w+)\s(\d+)', 'abc 123 x'))
#> ('abc 123', ('abc', '123'), (0, 7))
g(re.search(r'b+', 'aabbb'))
#> ('bbb', (), (2, 5))
re.match('b', 'ab')
#> None
g(re.fullmatch(r'[a-z]+\d?', 'abc1'))
#> ('abc1', (), (0, 4))
re.fullmatch('a|ab', 'ab').group()
#> 'ab'
re.findall(r'\d+', 'a1b22c333')
#> ['1', '22', '333']
re.findall(r'(\w)(\d)', 'a1b2')
#> [('a', '1'), ('b', '2')]
re.findall(r'x*', 'axb')
#> ['', 'x', '', '']
re.sub('x*', '-', 'abxd')
#> '-a-b--d-'
re.sub(r'(\w+) (\w+)', r'\2 \1', 'hello world')
#> 'world hello'
re.sub(r'(?P<a>\w)', r'<\g<a>>', 'ab')
#> '<a><b>'
re.sub('a', lambda m: m.group().upper() + str(m.start()), 'banana')
#> 'bA1nA3nA5'
re.subn('a', 'b', 'aaa', 2)
#> ('bba', 2)
re.split(r'[,;]\s*', 'a, b;c')
#> ['a', 'b', 'c']
re.split(r'(,)', 'a,b,c', maxsplit=1)
#> ['a', ',', 'b,c']
re.split('x*', 'axbc')
#> ['', 'a', '', 'b', 'c', '']
re.split(r'\.', 'layer1.0.conv.weight')
#> ['layer1', '0', 'conv', 'weight']
re.escape('a.b*c-d e')
#> 'a\\.b\\*c\\-d\\ e'
re.match(r'(?P<y>\d{4})-(?P<m>\d\d)', '2024-05').groupdict()
#> {'y': '2024', 'm': '05'}
re.match(r'(?P<y>\d{4})-(?P<m>\d\d)', '2024-05')['m']
#> '05'
re.match(r'(a)|(b)', 'b').groups()
#> (None, 'b')
re.match(r'(a)|(b)', 'b').groups('-')
#> ('-', 'b')
re.match(r'(a)?b', 'b').group(1)
#> None
re.match(r'(\w)(\w)', 'xy').group(1, 2)
#> ('x', 'y')
re.search(r'(?i)ABC', 'xxabc').span()
#> (2, 5)
re.search('abc', 'xABC', re.I).start()
#> 1
re.findall('^a', 'a\na\nb', re.M)
#> ['a', 'a']
re.findall('.', 'a\nb', re.S)
#> ['a', '\n', 'b']
re.findall('a$', 'a\na\n')
#> ['a']
re.match(r'a\Z', 'a\n')
#> None
re.sub(r'(?<=a)b', 'X', 'abcb')
#> 'aXcb'
re.sub(r'(?<!a)b', 'X', 'abcb')
#> 'abcX'
re.findall(r'a(?=b)', 'abac')
#> ['a']
re.findall(r'a(?!b)', 'abac')
#> ['a']
re.match(r'(\w)\1', 'aab').group()
#> 'aa'
re.match(r'(?P<q>["\'])x(?P=q)', '"x"').group()
#> '"x"'
re.match(r'a{2,3}?', 'aaaa').group()
#> 'aa'
re.match(r'a{2,3}', 'aaaa').group()
#> 'aaa'
re.match(r'a{,2}', 'aaaa').group()
#> 'aa'
re.match(r'a{x}', 'a{x}').group()
#> 'a{x}'
re.match(r'.*?b', 'aabab').group()
#> 'aab'
re.match(r'(?:ab)+', 'ababa').group()
#> 'abab'
re.match(r'(a|b)*', 'abab').group(1)
#> 'b'
re.compile(' (\\d+) # number\n \\s* [ ]x ', re.X).match('12  x').group(1)
#> '12'
re.match(r'(?i:a)b', 'Ab').group()
#> 'Ab'
re.match(r'(a)?(?(1)b|c)', 'c').group()
#> 'c'
re.match(r'[^\W\d]+', 'abc1').group()
#> 'abc'
re.match(r'[]a]+', ']a').group()
#> ']a'
re.match(r'[\-a-c\]]+', '-b]').group()
#> '-b]'
re.match(r'[^]]+', 'ab]').group()
#> 'ab'
re.findall(r'\bfoo\b', 'foo food foo')
#> ['foo', 'foo']
re.findall(r'\Boo', 'foo oo')
#> ['oo']
re.match(r'\x41\u0042\n?', 'AB').group()
#> 'AB'
re.match(r'é+', 'éé').group()
#> 'éé'
re.match(r'\w+', 'naïve x').group()
#> 'naïve'
re.match(r'\w+', 'naïve', re.A).group()
#> 'na'
repr(re.match('a', 'abc'))
#> "<re.Match object; span=(0, 1), match='a'>"
repr(re.compile('a.b'))
#> "re.compile('a.b')"
re.compile('(a)(?P<n>b)').groups, dict(re.compile('(a)(?P<n>b)').groupindex)
#> (2, {'n': 2})
re.compile('a').pattern
#> 'a'
re.compile('a') == re.compile('a')
#> True
[m.span() for m in re.finditer('a', 'banana')]
#> [(1, 2), (3, 4), (5, 6)]
re.compile('a').search('banana', 2).start()
#> 3
re.compile('a').match('banana', 1).start()
#> 1
re.compile('a').findall('banana', 2, 5)
#> ['a']
re.match(r'(?P<a>x)(y)?', 'x').lastgroup
#> 'a'
re.match(r'(x)(y)', 'xy').lastindex
#> 2
re.match(r'((ab))', 'ab').lastindex
#> 1
re.match('(a)(b)', 'ab').expand(r'\2\1')
#> 'ba'
err(re.compile, '(')
#> 're.error'
err(re.compile, '[a')
#> 're.error'
err(re.compile, '*a')
#> 're.error'
err(re.compile, 'a**')
#> 're.error'
err(re.match, 'a', 3)
#> 'TypeError'
err(re.compile, r'(?<=a+)b')
#> 're.error'
err(lambda: re.match('(a)', 'a').group(2))
#> 'IndexError'
err(lambda: re.match('(a)', 'a').group('x'))
#> 'IndexError'
re.match(b'a(b)', b'ab').group(1)
#> b'b'
re.sub(r'\.(\d+)\.', r'[\1].', 'blocks.0.attn.1.w')
#> 'blocks[0].attn[1].w'
re.match(r'^(b(?P<block>\d+)_)?(?P<rest>.+)$', 'b3_conv').groupdict()
#> {'block': '3', 'rest': 'conv'}
re.findall(r'([a-zA-Z]+)(\d+)?', 'r2_k3_s22_e1_i16')
#> [('r', '2'), ('k', '3'), ('s', '22'), ('e', '1'), ('i', '16')]
[re.split(r'(\d.*)', op)[:2] for op in 'ds_r1_k3_s1_e1_c16_se0.25'.split('_')]
#> [['ds'], ['r', '1'], ['k', '3'], ['s', '1'], ['e', '1'], ['c', '16'], ['se', '0.25']]
re.match(r'(.*)efficientnet_b(\d)(_\w+)?$', 'tf_efficientnet_b4_ns').groups()
#> ('tf_', '4', '_ns')
re.sub('[^0-9a-zA-Z_]', '_', 'a-b.c')
#> 'a_b_c'
re.sub(r'(?<!^)(?=[A-Z])', '_', 'MyModelName').lower()
#> 'my_model_name'
re.sub('(.)([A-Z][a-z]+)', r'\1_\2', 'MyModelName')
#> 'My_ModelName'
re.split(r'\s+', ' a  b ')
#> ['', 'a', 'b', '']
re.findall(r'[-+]?\d*\.?\d+', '1.5 -2 +.3')
#> ['1.5', '-2', '+.3']
bool(re.search('x', 'abc')), bool(re.search('a', 'abc'))
#> (False, True)
re.sub('a', r'\\', 'a')
#> '\\'
re.sub('a', '\\n', 'a')
#> '\n'
re.match('(?:(a)|b)*', 'ab').groups()
#> ('a',)
re.match(r'(a+)+$', 'aaaa').group()
#> 'aaaa'
re.fullmatch(r'(a*)*', 'aaa').span()
#> (0, 3)
re.match(r'(?>a+)b', 'aab').group()
#> 'aab'
re.match(r'a++b', 'aab').group()
#> 'aab'
re.match(r'^$', '').span()
#> (0, 0)
re.findall(r'(?m)^(\w+):', 'a: 1\nb: 2')
#> ['a', 'b']
re.match('(?s).+', 'a\nb').group()
#> 'a\nb'
re.I | re.M == re.IGNORECASE | re.MULTILINE
#> True
