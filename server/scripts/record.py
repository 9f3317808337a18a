"""Asks a real CPython: fills in the answers (`#>`) of server/test/recorded/*.py.

    python3 server/scripts/record.py            all files
    python3 server/scripts/record.py re.py      some of them
    python3 server/scripts/record.py --check    changes nothing, fails when an answer would change

Needs CPython 3.11 or newer with `numpy` 2, `packaging` and `regex`. The format is described in docs/testing.md.
"""
import ast
import os
import re
import shutil
import sys
import tempfile
import types
import warnings
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / 'test' / 'recorded'


def sections(lines):
    """Runs of lines between `# %%` marks, with the number of the first line of each."""
    start = 0
    for number, line in enumerate(lines):
        if line.startswith('# %%'):
            yield start, lines[start:number]
            start = number
    yield start, lines[start:]


def answer(value):
    return re.sub(r'0x[0-9a-f]+', '0x', repr(value))


def record(section, first):
    """The section's lines with the answers of this interpreter."""
    wanted = {number for number, line in enumerate(section, 1) if line.startswith('#>')}
    module = types.ModuleType('__main__')
    sys.modules['__main__'] = module
    answers = {}
    for statement in ast.parse('\n'.join(section)).body:
        if isinstance(statement, ast.Expr) and statement.end_lineno + 1 in wanted:
            answers[statement.end_lineno + 1] = answer(eval(compile(ast.Expression(statement.value), '<recorded>', 'eval'), module.__dict__))
        else:
            exec(compile(ast.Module([statement], []), '<recorded>', 'exec'), module.__dict__)
    lone = wanted - answers.keys()
    if lone:
        raise SystemExit(f'line {first + min(lone)}: an answer must stand under an expression')
    return [f'#> {answers[number]}' if number in answers else line for number, line in enumerate(section, 1)]


def main(arguments):
    is_check = '--check' in arguments
    names = [argument for argument in arguments if not argument.startswith('--')]
    files = [FOLDER / name for name in names] or sorted(FOLDER.glob('*.py'))
    changed = 0
    main_module, home = sys.modules['__main__'], os.getcwd()
    warnings.simplefilter('ignore')
    for file in files:
        lines = file.read_text(encoding='utf-8').split('\n')
        # Programs read and write files beside themselves: they do so in a copy.
        with tempfile.TemporaryDirectory() as folder:
            for other in FOLDER.iterdir():
                if other.suffix != '.py':
                    shutil.copy(other, folder)
            os.chdir(folder)
            try:
                recorded = [line for first, section in sections(lines) for line in record(section, first)]
            finally:
                os.chdir(home)
                sys.modules['__main__'] = main_module
        for number, (old, new) in enumerate(zip(lines, recorded), 1):
            if old != new:
                changed += 1
                print(f'{file.name}:{number}: {new}', f'  was {old}', sep='\n')
        if not is_check:
            file.write_text('\n'.join(recorded), encoding='utf-8')
    print(f'{changed} answers {"would change" if is_check else "changed"}')
    return 1 if is_check and changed else 0


sys.exit(main(sys.argv[1:]))
