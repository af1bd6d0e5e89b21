"""Inputs as users name them (files, folders, globs, ``-``) to a stream of articles and rejects."""

import glob
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.text.article import Article, Reject
from pipeline.text.formats import PARSERS, parse, split_name

STDIN = "-"


def read_articles(inputs: Iterable[str | Path]) -> Iterator[Article | Reject]:
    """Read articles one after the other; what cannot be read comes out as a reject.

    Parameters
    ----------
    inputs
        Files (``.txt .md .html .jsonl .csv .parquet``, also with ``.gz``), folders (searched in
        depth; hidden files and READMEs left out), glob patterns, or ``-`` for standard input.

    Examples
    --------
    >>> [article.id for article in read_articles(["seeds/08-trade-report.md"])]
    ['08-trade-report']
    """
    for name in inputs:
        if str(name) == STDIN:
            yield from _read_stdin()
            continue
        for path in _expand(str(name)):
            if isinstance(path, Path):
                yield from _read_file(path)
            else:
                yield path


def _expand(name: str) -> Iterator[Path | Reject]:
    path = Path(name)
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and _wanted(p, path))
        yield from found
        if not found:
            yield Reject(name, 0, f"holds no file that ends in {' '.join(PARSERS)}; name another folder")
    elif path.exists():
        yield path
    elif matches := sorted(glob.glob(name, recursive=True)):
        for match in matches:
            yield from _expand(match)
    else:
        yield Reject(name, 0, "not found; check the name")


def _wanted(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    known = split_name(path.name)[1] in PARSERS
    return known and not hidden and path.stem.upper() != "README"


def _read_file(path: Path) -> Iterator[Article | Reject]:
    if split_name(path.name)[1] not in PARSERS:
        endings = " ".join(PARSERS)
        yield Reject(str(path), 0, f"does not end in one of {endings}; rename or convert it")
        return
    try:
        with path.open("rb") as file:
            yield from parse(str(path), path.name, file)
    except OSError as error:
        yield Reject(str(path), 0, f"cannot be read ({error.strerror}); check the file")


def _read_stdin() -> Iterator[Article | Reject]:
    """Standard input is JSON Lines where it begins with a brace, else one plain text."""
    content = sys.stdin.buffer.read()
    name = "stdin.jsonl" if content.lstrip()[:1] == b"{" else "stdin.txt"
    yield from parse(STDIN, name, io.BytesIO(content))
