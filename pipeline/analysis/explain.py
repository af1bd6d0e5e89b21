"""Why a sentence got its label: weight times value per feature, and what the rival's term would do."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipeline.annotation.terms import GAP, TermMatch
from pipeline.classifier.features import SentenceFeatures, extract
from pipeline.classifier.model import Floats, Model, softmax
from pipeline.classifier.scorer import row_of
from pipeline.text.voice import Cues, sentence_cues


@dataclass(frozen=True)
class Contribution:
    """One feature's part of the decision: weight times value, one number a label."""

    feature: str
    value: float
    per_label: tuple[float, ...]


@dataclass(frozen=True)
class FoundTerm:
    """A contested term in the text: its words and place, its concept and whose term it is."""

    words: str
    start: int
    end: int
    concept: str
    side: str


@dataclass(frozen=True)
class Counterfactual:
    """The probabilities if the rival's term stood in place of one that was found."""

    found: FoundTerm
    rival: str
    text: str
    probabilities: tuple[float, ...]


@dataclass(frozen=True)
class Explanation:
    """One task's decision for one sentence, taken apart.

    Parameters
    ----------
    text, task, labels
        What was decided, and the order of every tuple of numbers.
    intercept
        What each label starts from.
    contributions
        Features by falling weight; with the intercept they add up to the decision values.
    probabilities
        One a label, fractions that add up to 1.
    terms
        The contested terms found.
    counterfactuals
        One for each term whose concept has a rival term.
    """

    text: str
    task: str
    labels: tuple[str, ...]
    intercept: tuple[float, ...]
    contributions: tuple[Contribution, ...]
    probabilities: tuple[float, ...]
    terms: tuple[FoundTerm, ...]
    counterfactuals: tuple[Counterfactual, ...]

    @cached_property
    def decision_values(self) -> tuple[float, ...]:
        """Intercept plus all contributions, one a label."""
        parts = [self.intercept, *(c.per_label for c in self.contributions)]
        return tuple(map(sum, zip(*parts, strict=True)))

    @property
    def label(self) -> str:
        """The likeliest label."""
        return self.labels[int(np.argmax(self.probabilities))]


def explain(text: str, model: Model, task: str = "framing", cues: Cues | None = None) -> Explanation:
    """Take one sentence's decision apart.

    Parameters
    ----------
    text
        One sentence.
    model
        A trained model.
    task
        ``framing``, ``stance`` or ``voice``.
    cues
        Cues of voice from the sentence's article; read off the sentence alone where not given.

    Examples
    --------
    >>> from pipeline import load_default_model
    >>> found = explain("Russia began its unprovoked war.", load_default_model())
    >>> found.label, [term.words for term in found.terms]
    ('western', ['unprovoked'])
    """
    head = model.heads[task]
    features = extract(text, cues or sentence_cues(text), model.matcher)
    columns, values = row_of(features, model.blocks)
    parts = head.weights[columns] * values[:, None]
    used = np.flatnonzero(np.abs(parts).sum(axis=1) > 0)
    ordered = used[np.argsort(-np.abs(parts[used]).max(axis=1), kind="stable")]
    contributions = tuple(
        Contribution(model.feature(int(columns[i])), float(values[i]), tuple(map(float, parts[i]))) for i in ordered
    )
    terms = _found(text, features)
    return Explanation(
        text=text,
        task=task,
        labels=head.labels,
        intercept=tuple(map(float, head.intercept)),
        contributions=contributions,
        probabilities=_probabilities(features, model, task),
        terms=terms,
        counterfactuals=tuple(_counterfactuals(text, terms, model, task, cues)),
    )


def _found(text: str, features: SentenceFeatures) -> tuple[FoundTerm, ...]:
    def one(match: TermMatch, span: tuple[int, int]) -> FoundTerm:
        return FoundTerm(text[span[0] : span[1]], *span, match.concept, match.side)

    return tuple(one(m, s) for m, s in zip(features.matches, features.term_spans, strict=True))


def _probabilities(features: SentenceFeatures, model: Model, task: str) -> tuple[float, ...]:
    head = model.heads[task]
    columns, values = row_of(features, model.blocks)
    scores: Floats = values @ head.weights[columns] + head.intercept
    return tuple(map(float, softmax(scores)))


def _counterfactuals(
    text: str, terms: tuple[FoundTerm, ...], model: Model, task: str, cues: Cues | None
) -> list[Counterfactual]:
    changed = []
    for term in terms:
        rivals = model.matcher.by_id[term.concept].terms
        words = [t for side, ts in rivals.items() if side != term.side for t in ts if GAP not in t and '"' not in t]
        if words:
            closest = min(words, key=lambda word: _unlikeness(word, term.words))
            rival = closest.capitalize() if term.words[0].isupper() and term.start == 0 else closest
            new = text[: term.start] + rival + text[term.end :]
            features = extract(new, cues or sentence_cues(new), model.matcher)
            changed.append(Counterfactual(term, rival, new, _probabilities(features, model, task)))
    return changed


def _unlikeness(rival: str, words: str) -> tuple[int, bool]:
    """How badly a rival fits the place of some words: other length, other ending (part of speech)."""
    return abs(len(rival.split()) - len(words.split())), rival[-3:] != words[-3:]
