# Addresses.
from urllib.parse import urlsplit, urlparse, urljoin, quote, unquote, urlencode, parse_qs, urlunsplit

urlsplit('https://user:pw@a.b:80/x/y.pth?q=1#f')
#> SplitResult(scheme='https', netloc='user:pw@a.b:80', path='/x/y.pth', query='q=1', fragment='f')
urlsplit('hf-hub:timm/model')
#> SplitResult(scheme='hf-hub', netloc='', path='timm/model', query='', fragment='')
urlsplit('resnet50')
#> SplitResult(scheme='', netloc='', path='resnet50', query='', fragment='')
urlsplit('resnet50.a1_in1k')
#> SplitResult(scheme='', netloc='', path='resnet50.a1_in1k', query='', fragment='')
urlparse('https://a.b/x;p?q#f').params
#> 'p'
urlparse('https://a.b/dl/model-abc.pth').path
#> '/dl/model-abc.pth'
urlsplit('https://User@A.b:80/').hostname, urlsplit('https://a.b:80/').port
#> ('a.b', 80)
urlunsplit(urlsplit('https://a.b/x?q=1#f'))
#> 'https://a.b/x?q=1#f'
urlparse('https://a.b/x').geturl()
#> 'https://a.b/x'
urljoin('https://a.b/c/d', 'e'), urljoin('https://a.b/c/d', '/e'), urljoin('https://a.b/c/d/', '../e'), urljoin('https://a.b/c', 'http://x/y')
#> ('https://a.b/c/e', 'https://a.b/e', 'https://a.b/c/e', 'http://x/y')
quote('a b/c?é'), quote('a/b', safe=''), unquote('a%20b')
#> ('a%20b/c%3F%C3%A9', 'a%2Fb', 'a b')
urlencode({'a': 1, 'b': 'x y'}), parse_qs('a=1&a=2&b=x+y')
#> ('a=1&b=x+y', {'a': ['1', '2'], 'b': ['x y']})
unquote('%C3%A9a%20b'), unquote('plain')
#> ('éa b', 'plain')
