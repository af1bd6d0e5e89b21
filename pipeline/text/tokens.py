"""Sentences into tokens: lower-case words, numbers as one token, quotation marks as tokens."""

import re
from functools import lru_cache

import Stemmer

QUOTE = '"'
NUMBER = "0"

# A word is letters and digits with apostrophes inside; a hyphen parts words ("full-scale"), full
# stops between single letters do not ("U.S.", "D.P.R.K.").
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*|[\"“”„«»'‘’‚‹›]")
_stemmer = Stemmer.Stemmer("english")
_SINGLE = frozenset("'‘’‚‹›")


def tokenize(text: str) -> list[tuple[str, int, int]]:
    """Cut a sentence into tokens with their offsets.

    Words are lower-cased and lose a final ``'s`` and the stops of initials; a run of digits becomes ``"0"``, so that no
    year or figure decides; every quotation mark becomes ``'"'``. A single ``’`` after a word
    counts as a quotation mark only where a single one was opened before it.

    Returns
    -------
    list of tuple
        Token, start and end: ``text[start:end]`` is what stood there.

    Examples
    --------
    >>> [token for token, *_ in tokenize("The U.S. on Russia’s ‘liberation’: full-scale")]
    ['the', 'us', 'on', 'russia', '"', 'liberation', '"', 'full', 'scale']
    """
    tokens: list[tuple[str, int, int]] = []
    single_open = False
    for match in _TOKEN.finditer(text):
        raw, (start, end) = match.group(), match.span()
        if raw[0].isalnum():
            tokens.append((_normal(raw), start, end))
        elif raw not in _SINGLE:
            tokens.append((QUOTE, start, end))
        elif _opens(text, start, end):
            single_open = True
            tokens.append((QUOTE, start, end))
        elif single_open:
            single_open = False
            tokens.append((QUOTE, start, end))
    return tokens


def _normal(raw: str) -> str:
    if raw.isdigit():
        return NUMBER
    word = raw.replace(".", "").lower()
    if len(word) > 2 and word[-1] == "s" and word[-2] in "'’":
        return word[:-2]
    return word.replace("’", "'")


def _opens(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not before.isalnum() and before not in ".,!?" and not after.isspace()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Reduce a word to its Snowball stem (Porter 2001, English)."""
    return str(_stemmer.stemWord(word))
