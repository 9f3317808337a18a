def dedent(text):
    lines = text.split('\n')
    margin = None
    for line in lines:
        stripped = line.lstrip()
        if not stripped:
            continue
        indent = line[:len(line) - len(stripped)]
        if margin is None or len(indent) < len(margin):
            margin = indent
    width = len(margin or '')
    return '\n'.join(line[width:] if line.strip() else '' for line in lines)

def indent(text, prefix, predicate=None):
    return ''.join(prefix + line if (predicate(line) if predicate else line.strip()) else line for line in text.splitlines(True))

def wrap(text, width=70, **kwargs):
    lines, current = [], ''
    for word in text.split():
        if current and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = word
        else:
            current = current + ' ' + word if current else word
    return lines + [current] if current else lines

def fill(text, width=70, **kwargs):
    return '\n'.join(wrap(text, width))

def shorten(text, width, placeholder=' [...]', **kwargs):
    text = ' '.join(text.split())
    if len(text) <= width:
        return text
    return wrap(text, width - len(placeholder))[0] + placeholder
