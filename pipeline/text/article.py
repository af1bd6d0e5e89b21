"""What reading yields: articles, and rejects with the reason."""

from dataclasses import dataclass
from math import isnan

# A long-read has 60,000 characters, a court ruling a million; more in one article is a mistake.
LONGEST_TEXT = 10_000_000


@dataclass(frozen=True)
class Article:
    """One text to classify.

    Parameters
    ----------
    id
        The input's ``id``, or the file's stem.
    text
        The text as read; every offset counts its characters from 0.
    title, source, date
        As given by the input, ``""`` where it gives none; the date is ``YYYY-MM-DD`` as a rule.
    """

    id: str
    text: str
    title: str = ""
    source: str = ""
    date: str = ""


@dataclass(frozen=True)
class Reject:
    """An input that could not be read, with the reason.

    Parameters
    ----------
    input
        The file as it was named.
    row
        Row of the file, counted from 1; 0 where the whole file is meant.
    reason
        What is wrong and what to do about it.
    """

    input: str
    row: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.input}:{self.row}" if self.row else self.input
        return f"{place}: {self.reason}"


def checked(
    place: str, row: int, default_id: str, text: object, id_: object = None, **rest: object
) -> Article | Reject:
    """Make an article of raw values, or a reject that says which value is unfit.

    Examples
    --------
    >>> str(checked("news.csv", 3, "news-3", None))
    "news.csv:3: 'text' is empty; fill it in or drop the row"
    """
    if text is None or (isinstance(text, float) and isnan(text)) or text == "":
        return Reject(place, row, "'text' is empty; fill it in or drop the row")
    if not isinstance(text, str):
        return Reject(place, row, f"'text' is {type(text).__name__}, not text; correct the row")
    if not text.strip():
        return Reject(place, row, "'text' holds only white space; fill it in or drop the row")
    if len(text) > LONGEST_TEXT:
        fact = f"'text' has {len(text):,} characters, over the limit of {LONGEST_TEXT:,}"
        return Reject(place, row, f"{fact}; split it into articles")
    if "\0" in text:
        return Reject(place, row, "'text' holds NUL characters; it is not plain text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return Reject(place, row, f"'text' is not valid Unicode ({error.reason}); correct the row")
    words = {name: _plain(value) for name, value in rest.items()}
    return Article(_plain(id_) or default_id, text, **words)


def _plain(value: object) -> str:
    """A value as text, ``""`` for nothing; lone surrogates give way to the replacement mark."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    return str(value).encode("utf-8", "replace").decode("utf-8")
