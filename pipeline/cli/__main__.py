"""Where the command starts: ``counterframe`` or ``python -m pipeline.cli``."""

import typer

from pipeline.cli import making, reading
from pipeline.cli.app import app
from pipeline.errors import CounterframeError

__all__ = ["main", "making", "reading"]


def main() -> None:
    """Run the command line; errors that a user can cure end in one line and status 2."""
    try:
        app()
    except CounterframeError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
