"""One parser a file format: bytes of a file to articles and rejects."""

import csv
import gzip
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.text.article import LONGEST_TEXT, Article, Reject, checked

Item = Article | Reject
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELDS = ("id", "title", "source", "date")


def parse(place: str, name: str, file: BinaryIO) -> Iterator[Item]:
    """Parse one open file by the ending of its name; ``.gz`` is unpacked on the way.

    Parameters
    ----------
    place
        The file as messages name it.
    name
        File name, which tells format and default id.
    file
        Open for reading bytes.
    """
    stem, suffix, packed = split_name(name)
    stream: BinaryIO = gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[assignment]
    try:
        yield from PARSERS[suffix](place, stem, stream)
    except (gzip.BadGzipFile, EOFError) as error:
        yield Reject(place, 0, f"is a damaged gzip file ({error}); fetch it again")
    except UnicodeDecodeError as error:
        yield Reject(place, 0, f"is not UTF-8 ({error.reason} at byte {error.start:,}); save it as UTF-8")


def split_name(name: str) -> tuple[str, str, bool]:
    """Cut a file name into stem, format ending and whether it is gzipped.

    Examples
    --------
    >>> split_name("news.2024.jsonl.gz")
    ('news.2024', '.jsonl', True)
    """
    path = Path(name)
    packed = path.suffix.lower() == ".gz"
    inner = Path(path.stem) if packed else path
    return inner.stem, inner.suffix.lower(), packed


def _whole(place: str, stream: BinaryIO) -> str | Reject:
    content = stream.read(4 * LONGEST_TEXT + 1)
    if len(content) > 4 * LONGEST_TEXT:
        return Reject(place, 0, f"has more than {4 * LONGEST_TEXT:,} bytes; split it into articles")
    if not content.strip():
        return Reject(place, 0, "is empty; drop it")
    if b"\0" in content:
        return Reject(place, 0, "holds NUL bytes, so it is a binary file; give text")
    return content.decode("utf-8-sig")


def _parse_text(place: str, stem: str, stream: BinaryIO) -> Iterator[Item]:
    text = _whole(place, stream)
    yield text if isinstance(text, Reject) else checked(place, 0, stem, text)


def _parse_markdown(place: str, stem: str, stream: BinaryIO) -> Iterator[Item]:
    """Markdown with optional front matter: ``key: value`` lines between two ``---``."""
    text = _whole(place, stream)
    if isinstance(text, Reject):
        yield text
        return
    match = _FRONT_MATTER.match(text)
    lines = match.group(1).splitlines() if match else []
    pairs = (line.partition(":") for line in lines)
    front = {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}
    known = {field: front.get(field) for field in _FIELDS[1:]}
    body = text[match.end() :].strip("\r\n") if match else text
    yield checked(place, 0, stem, body, front.get("id"), **known)


def _parse_html(place: str, stem: str, stream: BinaryIO) -> Iterator[Item]:
    text = _whole(place, stream)
    if isinstance(text, Reject):
        yield text
        return
    import trafilatura  # 0.5 s to import, so only where there is HTML

    found = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False)
    if not isinstance(found, trafilatura.settings.Document) or not found.text:
        yield Reject(place, 0, "no article text found in the HTML; give the text as .txt")
        return
    yield checked(
        place, 0, stem, found.text, title=found.title, source=found.sitename or found.hostname, date=found.date
    )


def _parse_jsonl(place: str, stem: str, stream: BinaryIO) -> Iterator[Item]:
    number = 0
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError as error:
            yield Reject(place, number, f"is not UTF-8 ({error.reason}); save it as UTF-8")
        except (ValueError, RecursionError) as error:
            yield Reject(place, number, f"is not JSON ({error}); correct the row")
        else:
            yield _row_item(place, number, stem, row)
    if number == 0:
        yield Reject(place, 0, "is empty; drop it")


def _row_item(place: str, number: int, stem: str, row: object) -> Item:
    if not isinstance(row, dict):
        return Reject(place, number, f"is {type(row).__name__}, not an object with 'text'; correct the row")
    if "text" not in row:
        return Reject(place, number, "has no 'text'; add it or drop the row")
    rest = {field: row.get(field) for field in _FIELDS[1:]}
    return checked(place, number, f"{stem}-{number}", row["text"], row.get("id"), **rest)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """Decoded lines with their ends; the stream stays its opener's to close."""
    wrapper = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    try:
        yield from wrapper
    finally:
        if not stream.closed:
            wrapper.detach()


def _parse_csv(place: str, stem: str, stream: BinaryIO) -> Iterator[Item]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.reader(_lines(stream))
    header = next(reader, None)
    if header is None:
        yield Reject(place, 0, "is empty; drop it")
        return
    if "text" not in header:
        yield Reject(place, 0, f"has no column 'text' (it has {', '.join(header)[:200]}); rename the column")
        return
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) == len(header):
                yield _row_item(place, number, stem, dict(zip(header, cells, strict=True)))
            elif cells:
                fact = f"has {len(cells)} cells under a header of {len(header)}"
                yield Reject(place, number, f"{fact}; correct the row")
    except csv.Error as error:
        yield Reject(place, number + 1, f"is not CSV ({error}); correct it, the rows after it are lost")


def _parse_parquet(place: str, stem: str, stream: BinaryIO) -> Iterator[Item]:
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(stream)
    except (pyarrow.ArrowInvalid, OSError) as error:
        yield Reject(place, 0, f"is not a Parquet file ({error}); write it again")
        return
    if "text" not in table.schema_arrow.names:
        names = ", ".join(table.schema_arrow.names)[:200]
        yield Reject(place, 0, f"has no column 'text' (it has {names}); rename the column")
        return
    wanted = [name for name in ("text", *_FIELDS) if name in table.schema_arrow.names]
    number = 0
    for batch in table.iter_batches(1000, columns=wanted):
        for row in batch.to_pylist():
            number += 1
            yield _row_item(place, number, stem, row)


Parser = Callable[[str, str, BinaryIO], Iterator[Item]]
PARSERS: dict[str, Parser] = {
    ".txt": _parse_text,
    ".md": _parse_markdown,
    ".html": _parse_html,
    ".htm": _parse_html,
    ".jsonl": _parse_jsonl,
    ".csv": _parse_csv,
    ".parquet": _parse_parquet,
}
