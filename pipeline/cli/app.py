"""What all commands share: the application, its options, and how a command ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    name="counterframe",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Whose words is this text using? Sentence by sentence, with the words that decided it.\n\n"
    "First steps:\n\n"
    "  counterframe classify article.txt\n\n"
    "  counterframe explain 'They took part in operations to liberate Kursk from the neo-Nazis.'",
)
Inputs = Annotated[
    list[str],
    typer.Argument(help="Files (.txt .md .html .jsonl .csv .parquet, also .gz), folders, globs, or - for stdin."),
]
ModelOption = Annotated[Path | None, typer.Option("--model", help="Model folder; the shipped one by default.")]
LabelsOption = Annotated[Path, typer.Option("--labels", help="Labels folder.")]


class Format(StrEnum):
    """Format of output tables."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


class Unit(StrEnum):
    """What one input row is."""

    article = "article"
    sentence = "sentence"


@contextmanager
def writer(output: Path | None) -> Iterator[Any]:
    if output is None:
        yield sys.stdout.write
    else:
        with output.open("w", encoding="utf-8", newline="\n") as file:
            yield file.write


def finish(rejects: int, listed: str = "") -> None:
    if rejects:
        where = f", listed in {listed}" if listed else ""
        typer.echo(f"{rejects:,} input{'s' if rejects > 1 else ''} rejected{where}", err=True)
        raise typer.Exit(1)
