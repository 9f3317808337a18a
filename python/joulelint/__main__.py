"""``python -m joulelint``, and the programs ``joulelint`` and ``joulelint-server``."""
from __future__ import annotations

import os
import subprocess
import sys

from ._node import command


def _become(program: str) -> int:
    called = command(program) + sys.argv[1:]
    if os.name != "nt":
        os.execv(called[0], called)
    # Windows has no such call: the other program runs beside this one, and hears of an interruption by itself.
    try:
        return subprocess.run(called, check=False).returncode
    except KeyboardInterrupt:
        return 130


def main() -> int:
    return _become("cli.js")


def server() -> int:
    return _become("server.js")


if __name__ == "__main__":
    sys.exit(main())
