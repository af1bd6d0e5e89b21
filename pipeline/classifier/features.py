"""Sentences into features, in three blocks: words, contested terms, cues of voice."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.annotation.terms import TermMatch, TermMatcher
from pipeline.text.tokens import stem, tokenize
from pipeline.text.voice import Cues
from pipeline.text.wordlists import read_words

SKIPPED = frozenset(read_words("pipeline.classifier", "function_words.txt"))
OUTLETS = frozenset(read_words("pipeline.classifier", "outlets.txt"))
# "Pyongyang, June 13 (KCNA) --", "MOSCOW, April 28. /TASS/.", "SEOUL (Yonhap) -": place, day, agency.
_PLACE = r"[A-ZÀ-Ž][\w’'-]*(?: [A-ZÀ-Ž][\w’'-]*){0,2}"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf", (?:{_MONTH}|[A-Z][a-z]{{2}}\.) \d{{1,2}}"
_DATELINE = re.compile(
    rf"\s*(?:\([A-Za-z]{{2,20}}\)\s"
    rf"|{_PLACE}(?:{_DAY}(?:, \d{{4}})?)?(?:\s*\([A-Za-z. ]{{2,24}}\)(?:\s*[-—–]+)?|[.,]?\s*/[A-Z-]{{2,20}}/\.?)"
    rf"|{_PLACE}{_DAY}(?:, \d{{4}})?\s*[-—–]+"
    rf"|[A-Z]{{3,}}(?: [A-Z]{{3,}})*\s*(?:[—–]|--))\s*"
)
BLOCKS = ("words", "terms", "cues")


@dataclass(frozen=True)
class SentenceFeatures:
    """What the classifier knows of one sentence.

    Parameters
    ----------
    counts
        Block to feature to the number of times that it occurs.
    matches
        The contested terms found.
    term_spans
        Half-open character range of each match in the sentence.
    """

    counts: dict[str, Counter[str]]
    matches: tuple[TermMatch, ...]
    term_spans: tuple[tuple[int, int], ...]


def extract(text: str, cues: Cues, matcher: TermMatcher) -> SentenceFeatures:
    """Compute the features of one sentence, its dateline and the names of outlets left out.

    Examples
    --------
    >>> from pipeline.text.voice import sentence_cues
    >>> text = "Talks were held in Seoul"
    >>> sorted(extract(text, sentence_cues(text), TermMatcher(())).counts["words"])
    ['held', 'held seoul', 'seoul', 'talk', 'talk held']
    """
    start = _body_start(text)
    placed = [one for one in tokenize(text) if one[1] >= start and one[0] not in OUTLETS]
    tokens = [token for token, *_ in placed]
    matches = tuple(matcher.find(tokens))
    spans = tuple((placed[m.start][1], placed[m.end - 1][2]) for m in matches)
    counts = {
        "words": Counter(word_features(tokens)),
        "terms": Counter(term_features(matches)),
        "cues": Counter(set(cues.names)),
    }
    return SentenceFeatures(counts, matches, spans)


def _body_start(text: str) -> int:
    """Where the text goes on after its datelines."""
    start = 0
    while (found := _DATELINE.match(text, start)) and found.end() > start:
        start = found.end()
    return start


def word_features(tokens: Sequence[str]) -> Iterable[str]:
    """Stems and pairs of neighbouring stems, function words skipped."""
    stems = [stem(token) for token in tokens if token not in SKIPPED]
    yield from stems
    yield from (f"{a} {b}" for a, b in pairwise(stems))


def term_features(matches: Iterable[TermMatch]) -> Iterable[str]:
    """The side of each contested term.

    The side alone: a feature for each concept as well made nothing better on real text (0.730
    against 0.733) and learned the labels' own mixture of traps.
    """
    return (match.side for match in matches)
