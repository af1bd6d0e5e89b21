"""Sentences into features, in three blocks: words, contested terms, cues of voice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.annotation.terms import TermMatch, TermMatcher
from pipeline.text.tokens import stem, tokenize
from pipeline.text.voice import Cues
from pipeline.text.wordlists import read_words

SKIPPED = frozenset(read_words("pipeline.classifier", "function_words.txt"))
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
    """Compute the features of one sentence.

    Examples
    --------
    >>> from pipeline.text.voice import sentence_cues
    >>> text = "Talks were held in Seoul"
    >>> sorted(extract(text, sentence_cues(text), TermMatcher(())).counts["words"])
    ['held', 'held seoul', 'seoul', 'talk', 'talk held']
    """
    placed = tokenize(text)
    tokens = [token for token, *_ in placed]
    matches = tuple(matcher.find(tokens))
    spans = tuple((placed[m.start][1], placed[m.end - 1][2]) for m in matches)
    counts = {
        "words": Counter(word_features(tokens)),
        "terms": Counter(term_features(matches)),
        "cues": Counter(set(cues.names)),
    }
    return SentenceFeatures(counts, matches, spans)


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
