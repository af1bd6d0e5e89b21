"""Output tables, row by row into JSON Lines, CSV or Parquet, complete or not there at all."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

FORMATS = ("jsonl", "csv", "parquet")
_ROWS_AT_ONCE = 5000
Row = Mapping[str, Any]
Columns = Mapping[str, type]


def json_line(row: Row) -> str:
    """One row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False) + "\n"


class Table:
    """One output file, written in chunks beside its name and moved there when it is complete.

    Parameters
    ----------
    path
        Where the file stands in the end.
    file_format
        ``jsonl``, ``csv`` or ``parquet``.
    columns
        Column name to ``str``, ``int``, ``float`` or ``list`` (of text), in order.
    """

    def __init__(self, path: Path, file_format: str, columns: Columns) -> None:
        self.path = path
        self.partial = path.with_name(f"{path.name}.partial")
        self.sink: _Sink = _SINKS[file_format](self.partial, columns)
        self.rows: list[Row] = []

    def add(self, row: Row) -> None:
        """Take one row; it may wait in memory for its chunk."""
        self.rows.append(row)
        if len(self.rows) >= _ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self.sink.write(self.rows)
        self.rows = []

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self._flush()
        self.sink.close()
        if kind is None:
            self.partial.replace(self.path)
        else:
            self.partial.unlink(missing_ok=True)


class _Sink(Protocol):
    def write(self, rows: Sequence[Row]) -> None: ...

    def close(self) -> None: ...


class _JsonLines:
    def __init__(self, path: Path, columns: Columns) -> None:
        self.file: IO[str] = path.open("w", encoding="utf-8", newline="\n")

    def write(self, rows: Sequence[Row]) -> None:
        self.file.writelines(map(json_line, rows))

    def close(self) -> None:
        self.file.close()


class _Csv:
    def __init__(self, path: Path, columns: Columns) -> None:
        self.file: IO[str] = path.open("w", encoding="utf-8", newline="")
        self.writer = csv.DictWriter(self.file, list(columns), lineterminator="\n")
        self.writer.writeheader()

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self.writer.writerow({k: "; ".join(v) if isinstance(v, list) else v for k, v in row.items()})

    def close(self) -> None:
        self.file.close()


class _Parquet:
    def __init__(self, path: Path, columns: Columns) -> None:
        import pyarrow
        import pyarrow.parquet

        types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
        types[list] = pyarrow.list_(pyarrow.string())
        self.schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
        self.writer = pyarrow.parquet.ParquetWriter(path, self.schema)
        self.from_rows = pyarrow.Table.from_pylist

    def write(self, rows: Sequence[Row]) -> None:
        self.writer.write_table(self.from_rows(list(rows), self.schema))

    def close(self) -> None:
        self.writer.close()


_SINKS: dict[str, Callable[[Path, Columns], _Sink]] = {"jsonl": _JsonLines, "csv": _Csv, "parquet": _Parquet}
