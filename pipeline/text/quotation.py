"""Quotation marks: which stretches of a text stand inside them, followed across sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.text.segment import Span

_MARK = re.compile("[\"“”„«»]|(?<![^\\s(\\[\"“—–-])[‘'](?=\\w)|[’'](?!\\w)|\n\\s*\n")
_STOPS = tuple(".,!?…")
_OPENS = "“„«‘"
_CLOSES = "”»’"
# A quotation left open for this many characters was a stray mark: the longest running quotation
# in 332 real articles that was closed again had 2,900.
_LONGEST = 4000


@dataclass(frozen=True)
class QuotedPart:
    """What quotation marks do in one sentence.

    Parameters
    ----------
    inside
        Half-open ranges, relative to the sentence, that stand inside quotation marks.
    starts_inside
        Whether the sentence begins inside a quotation opened in an earlier one.
    """

    inside: tuple[tuple[int, int], ...]
    starts_inside: bool


def quoted_parts(text: str, spans: Sequence[Span]) -> list[QuotedPart]:
    """Find the quoted parts of each sentence.

    A quotation runs from its opening to its closing mark, across sentences and, where the new
    paragraph repeats the opening mark, across paragraphs (the habit of English newspapers).

    Examples
    --------
    >>> from pipeline.text.segment import split_sentences
    >>> text = '“We won. They lost,” he said.'
    >>> [part.inside for part in quoted_parts(text, split_sentences(text))]
    [((1, 8),), ((0, 10),)]
    """
    ranges = _ranges(text)
    parts: list[QuotedPart] = []
    first = 0
    for span in spans:
        while first < len(ranges) and ranges[first][1] <= span.start:
            first += 1
        inside: list[tuple[int, int]] = []
        for begin, end in ranges[first:]:
            if begin >= span.end:
                break
            inside.append((max(begin, span.start) - span.start, min(end, span.end) - span.start))
        starts = first < len(ranges) and ranges[first][0] < span.start < ranges[first][1]
        parts.append(QuotedPart(tuple(inside), starts))
    return parts


def _ranges(text: str) -> list[tuple[int, int]]:
    """Pair the marks of a text; one level, as inner quotations lie inside outer ones."""
    found: list[tuple[int, int]] = []
    begin, kind = -1, ""
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark[0] == "\n":
            if begin >= 0 and not _reopened(text, match.end(), kind):
                found.append((begin, at))
                begin = -1
        elif begin < 0:
            if mark in _OPENS or (mark in "\"'" and _opening(text, at)):
                begin, kind = at + 1, mark
            elif not found and mark in '"”»' and text[at - 1 : at] in _STOPS:
                found.append((0, at))  # the text sets in inside a quotation
        elif _closes(kind, mark) and not (mark in "\"'" and _opening(text, at) and at > begin):
            found.append((begin, at))
            begin = -1
        elif mark == kind and at - begin > _LONGEST:
            begin = at + 1
    if begin >= 0:
        found.append((begin, len(text)))
    return [(a, min(b, a + _LONGEST)) for a, b in found if b > a]


def _reopened(text: str, at: int, kind: str) -> bool:
    """Whether the next paragraph repeats the opening mark, which carries the quotation on."""
    return text.startswith(kind, at)


def _opening(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in "([—–-:") and not after.isspace()


def _closes(kind: str, mark: str) -> bool:
    if kind == '"':
        return mark in '"”'
    if kind in "“„":
        return mark in '”"“' if kind == "„" else mark in '”"'
    if kind == "«":
        return mark == "»"
    return mark in "’'"
