"""Which side's word does a source choose for the same thing: the term-choice table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.annotation.terms import TermMatcher
from pipeline.text.article import Article
from pipeline.text.segment import split_sentences
from pipeline.text.tokens import tokenize
from pipeline.text.voice import article_cues

# From this share of quoted letters on, a sentence's terms are not the outlet's own.
_QUOTED = 0.5


@dataclass(frozen=True)
class TermChoice:
    """How often one source used each side's terms for one concept.

    Parameters
    ----------
    source
        Outlet, or the article's id where no source is known.
    concept, name
        The concept's id and its name in plain words.
    counts
        Side to uses, in all voices.
    own
        Side to uses outside quoted and attributed sentences.
    """

    source: str
    concept: str
    name: str
    counts: dict[str, int]
    own: dict[str, int]

    def row(self) -> dict[str, Any]:
        """The choice as one flat row: counts, and each side's share of the uses (fractions 0-1)."""
        row: dict[str, Any] = {"source": self.source, "concept": self.concept, "name": self.name}
        for voices, counts in (("all", self.counts), ("own", self.own)):
            total = sum(counts.values())
            for side, count in counts.items():
                row[f"{voices}_{side}"] = count
                row[f"{voices}_{side}_share"] = count / total if total else None
        return row


def term_choices(articles: Iterable[Article], matcher: TermMatcher) -> list[TermChoice]:
    """Count contested terms by source and concept, most used concepts first within a source.

    Examples
    --------
    >>> from pipeline import load_default_model
    >>> article = Article("note", "The invasion began. The invasion goes on.", source="Wire")
    >>> [choice.counts["western"] for choice in term_choices([article], load_default_model().matcher)]
    [2]
    """
    found: Counter[tuple[str, str, str, bool]] = Counter()
    for article in articles:
        spans = split_sentences(article.text)
        for span, cues in zip(spans, article_cues(article.text, spans), strict=True):
            tokens = [token for token, *_ in tokenize(article.text[span.start : span.end])]
            own = cues.quoted_share < _QUOTED and not cues.attributed
            for match in matcher.find(tokens):
                found[article.source or article.id, match.concept, match.side, own] += 1
    keys = sorted({(source, concept) for source, concept, *_ in found})
    choices = [_choice(source, concept, matcher, found) for source, concept in keys]
    return sorted(choices, key=lambda c: (c.source, -sum(c.counts.values()), c.concept))


def _choice(source: str, concept: str, matcher: TermMatcher, found: Counter[tuple[str, str, str, bool]]) -> TermChoice:
    known = matcher.by_id[concept]
    own = {side: found[source, concept, side, True] for side in known.terms}
    counts = {side: own[side] + found[source, concept, side, False] for side in known.terms}
    return TermChoice(source, concept, known.name, counts, own)
