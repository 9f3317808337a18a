# The package `regex`, and characters beyond the first plane in patterns of `re`.

# %%
import regex
regex.findall(r"'(?:[sdmt]|ll|ve|re)|\s?\p{L}+|\s?\p{N}+|\s?[^\s\p{L}\p{N}]+|\s+", "It's 12 péchés, isn't it?")
#> ['It', "'s", ' 12', ' péchés', ',', ' isn', "'t", ' it', '?']
regex.findall(r'\p{Lu}\p{Ll}+', 'Élan und Ärger in der Welt')
#> ['Élan', 'Ärger', 'Welt']
[m.span() for m in regex.finditer(r'\P{N}+', 'ab12cd')]
#> [(0, 2), (4, 6)]
regex.findall(r'aba', 'ababa', overlapped=True)
#> ['aba', 'aba']
regex.compile(r'\w+', regex.V1 | regex.IGNORECASE).sub('x', 'a bc')
#> 'x x'
regex.split(r'[\s\p{P}]+', 'one, two; three')
#> ['one', 'two', 'three']
regex.sub(r'(\d+)', r'<\1>', 'a1b22')
#> 'a<1>b<22>'
regex.subf(r'(\w)-(\w)', '{2}{1}', 'a-b c-d')
#> 'ba dc'
(regex.match('(?i)AB', 'abc').group(), regex.fullmatch('ab', 'abc'), regex.search('c', 'abc').start(), regex.escape('a.b'))
#> ('ab', None, 2, 'a\\.b')
(regex.sub(r'\p{IsGreek}', 'g', 'aβγ'), regex.findall(r'\p{^L}', 'a1'), regex.V1 != regex.V0)
#> ('agg', ['1'], True)
isinstance(regex.compile('a'), regex.Pattern)
#> True

# %%
import re
(re.findall('[\U0001F600-\U0001F64F]', 'a😀b🙏c'), re.sub('[a\U0001F600]', '-', 'a😀b'), re.match('[\U00010000-\U0010FFFF]+$', '😀🙏').end() > 0)
#> (['😀', '🙏'], '--b', True)
