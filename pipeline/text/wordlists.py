"""Word lists that ship as data: one entry a line, comments after ``#``."""

from importlib.resources import files


def read_words(package: str, name: str) -> tuple[str, ...]:
    """Read the word list ``name`` of a package.

    Examples
    --------
    >>> "according" in read_words("pipeline.text", "attribution_verbs.txt")
    True
    """
    lines = files(package).joinpath(name).read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
