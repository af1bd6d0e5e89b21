"""CSV files of the labels folder, row by row, with the place of each row for messages."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import LabelsError


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Read a CSV file row by row with the place of each row for messages.

    Raises
    ------
    LabelsError
        The file is missing, is not UTF-8, lacks a column, or a row is cut short.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                fact = f"lacks the columns {', '.join(missing)}"
                raise LabelsError(f"{path}:1", fact, f"give {', '.join(columns)}")
            for row in reader:
                place = f"{path}:{reader.line_num}"
                if None in row or None in row.values():
                    raise LabelsError(place, "has not as many cells as the header", "correct it")
                yield place, row
    except FileNotFoundError:
        raise LabelsError(str(path), "not found", "name a labels folder with --labels") from None
    except UnicodeDecodeError as error:
        raise LabelsError(str(path), f"is not UTF-8 ({error})", "save it as UTF-8") from None
