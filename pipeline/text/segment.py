"""Articles into sentences by offset: visit boundary candidates only, ask the Punkt parameters there.

Punkt (Kiss and Strunk 2006, "Unsupervised Multilingual Sentence Boundary Detection", Computational
Linguistics 32:4) supplies the parameters; NLTK learns them once (``punkt_training``) and they ship
as data, so segmentation needs neither NLTK nor a download.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«([„"
# A run of line breaks, or terminal punctuation (with closing quotes and brackets) before white space.
_CANDIDATE = re.compile(rf"\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*|[.!?…]+[{_CLOSERS}]*(?=\s)")
_NEXT_WORD = re.compile(rf"\s+([{re.escape(_OPENERS)}—–-]*)\s?([^\s]*)")
_WORD_BEFORE = re.compile(r"[^\s(\[{\"“‘«„—–/]*\Z")
_INITIAL = re.compile(r"[^\W\d_]\Z")
_ORDINAL = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]+)\Z")
_TRIM = ".,;:!?…\"'”’»)]}"


@dataclass(frozen=True)
class Span:
    """One sentence as a half-open range of character offsets, ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True)
class PunktParameters:
    """What segmentation knows of the language.

    Parameters
    ----------
    abbreviations
        Lower-case words that carry a full stop without ending a sentence, without that stop.
    never_final
        The abbreviations that always lean on the next word: titles.
    number_signs
        What leans on a number after it (``No. 2``) and is a word elsewhere.
    starters
        Lower-case words which, when capitalised after an abbreviation, begin a sentence.
    collocations
        Pairs of lower-case words that a full stop between them does not part.
    """

    abbreviations: frozenset[str]
    never_final: frozenset[str]
    number_signs: frozenset[str]
    starters: frozenset[str]
    collocations: frozenset[tuple[str, str]]


@cache
def load_parameters() -> PunktParameters:
    """Read the parameters that ship with the package (``punkt.json``)."""
    raw = json.loads(files("pipeline.text").joinpath("punkt.json").read_text("utf-8"))
    return PunktParameters(
        abbreviations=frozenset(raw["abbreviations"]),
        never_final=frozenset(raw["never_final"]),
        number_signs=frozenset(raw["number_signs"]),
        starters=frozenset(raw["starters"]),
        collocations=frozenset((a, b) for a, b in raw["collocations"]),
    )


def split_sentences(text: str, parameters: PunktParameters | None = None) -> list[Span]:
    """Split a text into sentences.

    Line breaks always end a sentence (headlines, bullets, paragraphs). Nothing but white space
    lies between two spans, before the first or after the last.

    Parameters
    ----------
    text
        Any text; it is not changed.
    parameters
        Punkt parameters; those of the package where none are given.

    Examples
    --------
    >>> text = 'Gen. Park met the U.S. envoy at 3 p.m. He said: "No talks." They left.'
    >>> [text[s.start:s.end] for s in split_sentences(text)]
    ['Gen. Park met the U.S. envoy at 3 p.m.', 'He said: "No talks."', 'They left.']
    """
    known = parameters or load_parameters()
    spans: list[Span] = []
    start = 0
    for end in _boundaries(text, known):
        start = _append(spans, text, start, end)
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> int:
    """Add ``text[start:end]`` without its outer white space, if anything is left of it."""
    piece = text[start:end]
    core = piece.strip()
    if core:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append(Span(begin, begin + len(core)))
    return end


def _boundaries(text: str, known: PunktParameters) -> Iterator[int]:
    line_start = 0
    for match in _CANDIDATE.finditer(text):
        mark = match.group()
        if mark[0] not in ".!?…":
            line_start = match.end()
            yield match.start()
        elif _ends_sentence(text, line_start, match, known):
            yield match.end()


def _ends_sentence(text: str, line_start: int, match: re.Match[str], known: PunktParameters) -> bool:
    """Decide one candidate from the word before it and the word after it."""
    following = _NEXT_WORD.match(text, match.end())
    if following is None or not following.group(2):
        return True
    opener, after = following.groups()
    first = after[0]
    if first.islower() and not (opener and opener[0] in "—–-" and match.group()[0] in "!?"):
        return False
    if not first.isalnum() and not opener:
        return first in "•*·#@$€£₩¥"
    mark = match.group()
    if mark != "." and not (mark[0] == "." and mark[1:2] not in (".", "…")):
        return True
    return _full_stop_ends(text, line_start, match, after, known)


def _full_stop_ends(text: str, line_start: int, match: re.Match[str], after: str, known: PunktParameters) -> bool:
    """Punkt's questions for a single full stop: abbreviation, initial, collocation, starter."""
    # 40 characters back: no abbreviation is longer, and a 50 MB line stays linear.
    left = text[max(line_start, match.start() - 40) : match.start()]
    found = _WORD_BEFORE.search(left)
    before = found.group().lower() if found else ""
    next_word = after.rstrip(_TRIM).removesuffix("'s").removesuffix("’s").lower()
    at_line_start = match.start() - len(before) == line_start
    if at_line_start and _ORDINAL.match(before):
        return False
    if before in known.never_final:
        return False
    if before in known.number_signs:
        return not after[0].isdigit()
    if (before, next_word) in known.collocations:
        return False
    closed = any(mark not in ".)]" for mark in match.group())
    is_initial = bool(_INITIAL.match(before))
    if not (is_initial or before in known.abbreviations or _dotted(before)):
        return True
    if after[0].isdigit():
        return before in ("a.m", "p.m") or closed
    if is_initial:
        return before not in ("i",) and next_word in known.starters and before.isdigit()
    return closed or next_word in known.starters


def _dotted(word: str) -> bool:
    """Letters parted by single full stops, as in ``u.s`` or ``d.p.r.k``."""
    return "." in word and all(len(part) == 1 and part.isalpha() for part in word.split("."))
