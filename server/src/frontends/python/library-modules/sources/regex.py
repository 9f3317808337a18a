"""The package `regex`: what `re` can, and more of it."""
import re as _re
from re import escape, purge, Match, Pattern
error = _re.error
Regex = Pattern
__version__ = '2026.1.1'
__all__ = [
    'cache_all', 'compile', 'DEFAULT_VERSION', 'escape', 'findall', 'finditer', 'fullmatch', 'match', 'purge', 'search', 'split', 'splititer', 'sub', 'subf',
    'subfn', 'subn', 'template', 'Scanner', 'A', 'ASCII', 'B', 'BESTMATCH', 'D', 'DEBUG', 'E', 'ENHANCEMATCH', 'S', 'DOTALL', 'F', 'FULLCASE', 'I', 'IGNORECASE',
    'L', 'LOCALE', 'M', 'MULTILINE', 'P', 'POSIX', 'R', 'REVERSE', 'T', 'TEMPLATE', 'U', 'UNICODE', 'V0', 'VERSION0', 'V1', 'VERSION1', 'X', 'VERBOSE', 'W', 'WORD',
    'error', 'Regex', '__version__', '__doc__', 'RegexFlag']
RegexFlag = int
T = TEMPLATE = 0x1
I = IGNORECASE = 0x2
L = LOCALE = 0x4
M = MULTILINE = 0x8
S = DOTALL = 0x10
U = UNICODE = 0x20
X = VERBOSE = 0x40
A = ASCII = 0x80
V1 = VERSION1 = 0x100
D = DEBUG = 0x200
R = REVERSE = 0x400
W = WORD = 0x800
B = BESTMATCH = 0x1000
V0 = VERSION0 = DEFAULT_VERSION = 0x2000
F = FULLCASE = 0x4000
E = ENHANCEMATCH = 0x8000
P = POSIX = 0x10000

def compile(pattern, flags=0, ignore_unused=False, cache_pattern=None, **kwargs):
    if isinstance(pattern, Pattern):
        return pattern
    # A search from the end, or of the best of all matches, is no search of `re`.
    if flags & (R | B | E | P):
        return _re._unknown_pattern()
    return _re._compile_extended(pattern, flags & (I | L | M | S | U | X) | (_re.ASCII if flags & A else 0))
template = compile

def match(pattern, string, flags=0, pos=None, endpos=None, partial=False, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    return compile(pattern, flags).match(string, pos, endpos)
def fullmatch(pattern, string, flags=0, pos=None, endpos=None, partial=False, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    return compile(pattern, flags).fullmatch(string, pos, endpos)
def search(pattern, string, flags=0, pos=None, endpos=None, partial=False, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    return compile(pattern, flags).search(string, pos, endpos)
def sub(pattern, repl, string, count=0, flags=0, pos=None, endpos=None, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    return compile(pattern, flags).sub(repl, string, count)
def subn(pattern, repl, string, count=0, flags=0, pos=None, endpos=None, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    return compile(pattern, flags).subn(repl, string, count)
def subf(pattern, format, string, count=0, flags=0, **kwargs):
    return compile(pattern, flags).sub(lambda m: format.format(m.group(), *m.groups(), **m.groupdict()), string, count)
def subfn(pattern, format, string, count=0, flags=0, **kwargs):
    return compile(pattern, flags).subn(lambda m: format.format(m.group(), *m.groups(), **m.groupdict()), string, count)
def split(pattern, string, maxsplit=0, flags=0, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    return compile(pattern, flags).split(string, maxsplit)
def splititer(pattern, string, maxsplit=0, flags=0, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    return iter(split(pattern, string, maxsplit, flags))

def finditer(pattern, string, flags=0, pos=None, endpos=None, overlapped=False, partial=False, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    compiled = compile(pattern, flags)
    if not overlapped:
        return compiled.finditer(string, pos, endpos)
    return iter(_overlapping(compiled, string, pos, endpos))
def _overlapping(compiled, string, pos, endpos):
    found = []
    start = pos or 0
    while start <= len(string):
        m = compiled.search(string, start, endpos)
        if m is None:
            break
        found.append(m)
        start = m.start() + 1
    return found
def findall(pattern, string, flags=0, pos=None, endpos=None, overlapped=False, concurrent=None, timeout=None, ignore_unused=False, **kwargs):
    compiled = compile(pattern, flags)
    if not overlapped:
        return compiled.findall(string, pos, endpos)
    return [m.group() if compiled.groups == 0 else m.group(1) if compiled.groups == 1 else m.groups('') for m in _overlapping(compiled, string, pos, endpos)]
def cache_all(value=True):
    return None
