from collections import namedtuple

_safe = frozenset('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~')

class _Address:
    def geturl(self):
        return urlunparse(self) if len(self) == 6 else urlunsplit(self)
    @property
    def _authority(self):
        user, _, host = self.netloc.rpartition('@')
        return user, host
    @property
    def username(self):
        return self._authority[0].partition(':')[0] or None
    @property
    def password(self):
        return self._authority[0].partition(':')[2] or None
    @property
    def hostname(self):
        return self._authority[1].partition(':')[0].lower() or None
    @property
    def port(self):
        port = self._authority[1].partition(':')[2]
        return int(port) if port else None

class SplitResult(_Address, namedtuple('SplitResult', 'scheme netloc path query fragment')):
    pass

class ParseResult(_Address, namedtuple('ParseResult', 'scheme netloc path params query fragment')):
    pass

def urlsplit(url, scheme='', allow_fragments=True):
    netloc = query = fragment = ''
    head, colon, rest = url.partition(':')
    if colon and head and head[0].isalpha() and all(c.isalnum() or c in '+-.' for c in head):
        scheme, url = head.lower(), rest
    if url[:2] == '//':
        end = min([i for i in (url.find(c, 2) for c in '/?#') if i >= 0] + [len(url)])
        netloc, url = url[2:end], url[end:]
    if allow_fragments and '#' in url:
        url, _, fragment = url.partition('#')
    if '?' in url:
        url, _, query = url.partition('?')
    return SplitResult(scheme, netloc, url, query, fragment)

def urlparse(url, scheme='', allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    folder, slash, name = path.rpartition('/')
    name, _, params = name.partition(';')
    return ParseResult(scheme, netloc, folder + slash + name, params, query, fragment)

def urlunsplit(components):
    scheme, netloc, url, query, fragment = components
    if netloc:
        url = '//' + netloc + ('/' + url if url and url[:1] != '/' else url)
    if scheme:
        url = scheme + ':' + url
    return url + ('?' + query if query else '') + ('#' + fragment if fragment else '')

def urlunparse(components):
    scheme, netloc, url, params, query, fragment = components
    return urlunsplit((scheme, netloc, url + (';' + params if params else ''), query, fragment))

def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    origin, target = urlsplit(base), urlsplit(url)
    if target.scheme and target.scheme != origin.scheme:
        return url
    if target.netloc:
        return urlunsplit((origin.scheme,) + tuple(target[1:]))
    if not target.path:
        return urlunsplit((origin.scheme, origin.netloc, origin.path, target.query or origin.query, target.fragment))
    parts = target.path.split('/') if target.path[:1] == '/' else origin.path.split('/')[:-1] + target.path.split('/')
    kept = []
    for part in parts:
        if part == '..':
            if len(kept) > 1:
                kept.pop()
        elif part != '.':
            kept.append(part)
    if parts[-1] in ('.', '..'):
        kept.append('')
    return urlunsplit((origin.scheme, origin.netloc, '/'.join(kept), target.query, target.fragment))

def quote(string, safe='/', encoding=None, errors=None):
    return ''.join(c if c in _safe or c in safe else ''.join('%%%02X' % byte for byte in c.encode('utf-8')) for c in string)

def quote_plus(string, safe='', encoding=None, errors=None):
    return quote(string, safe + ' ').replace(' ', '+')

def unquote(string, encoding='utf-8', errors='replace'):
    found, held = [], []
    first, *parts = string.split('%')
    for part in parts:
        held.append(int(part[:2], 16))
        if len(part) > 2:
            found.append(bytes(held).decode(encoding) + part[2:])
            held = []
    return first + ''.join(found) + bytes(held).decode(encoding)

def unquote_plus(string, encoding='utf-8', errors='replace'):
    return unquote(string.replace('+', ' '))

def urlencode(query, doseq=False):
    pairs = query.items() if hasattr(query, 'items') else query
    return '&'.join(quote_plus(str(key)) + '=' + quote_plus(str(value)) for key, value in pairs)

def parse_qsl(qs, keep_blank_values=False):
    pairs = [part.partition('=') for part in qs.split('&') if part]
    return [(unquote_plus(key), unquote_plus(value)) for key, _, value in pairs if value or keep_blank_values]

def parse_qs(qs, keep_blank_values=False):
    found = {}
    for key, value in parse_qsl(qs, keep_blank_values):
        found.setdefault(key, []).append(value)
    return found
