ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
whitespace = ' \t\n\r\x0b\x0c'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace

def capwords(s, sep=None):
    return (sep or ' ').join(word.capitalize() for word in s.split(sep))

class Template:
    def __init__(self, template):
        self.template = template
    def safe_substitute(self, mapping={}, /, **kws):
        text = self.template
        for key, value in {**mapping, **kws}.items():
            text = text.replace('$' + '{' + key + '}', str(value)).replace('$' + key, str(value))
        return text
    substitute = safe_substitute

class Formatter:
    def format(self, text, /, *args, **kwargs):
        return text.format(*args, **kwargs)
