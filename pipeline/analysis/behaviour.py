"""Minimal pairs put to a model: what must flip, what must stay, what must move."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.annotation.pairs import MinimalPair
from pipeline.classifier.features import extract
from pipeline.classifier.model import Model
from pipeline.classifier.scorer import score
from pipeline.text.voice import sentence_cues


@dataclass(frozen=True)
class PairResult:
    """One minimal pair with what the model said.

    Parameters
    ----------
    pair
        The pair.
    first, second
        The likeliest label of each sentence.
    passed
        Whether the model did what the pair demands.
    """

    pair: MinimalPair
    first: str
    second: str
    passed: bool


def run_pairs(pairs: Sequence[MinimalPair], model: Model) -> list[PairResult]:
    """Put every pair to a model.

    Examples
    --------
    >>> from pipeline import load_default_model
    >>> pair = MinimalPair("1", "invariance", "date", "framing", "They met on Monday.",
    ...                    "They met on Friday.", "neutral", "neutral")
    >>> [result.passed for result in run_pairs([pair], load_default_model())]
    [True]
    """
    texts = [text for pair in pairs for text in (pair.first, pair.second)]
    scores = score([extract(text, sentence_cues(text), model.matcher) for text in texts], model)
    results = []
    for number, pair in enumerate(pairs):
        names = model.heads[pair.task].labels
        one, two = scores[pair.task][2 * number], scores[pair.task][2 * number + 1]
        first, second = names[one.argmax()], names[two.argmax()]
        passed = {
            "minimum_functionality": (first, second) == (pair.first_label, pair.second_label),
            "invariance": first == second,
            "directional": two[names.index(pair.second_label)] > one[names.index(pair.second_label)],
        }[pair.kind]
        results.append(PairResult(pair, first, second, bool(passed)))
    return results


def pass_rates(results: Sequence[PairResult]) -> dict[str, dict[str, tuple[int, int]]]:
    """Kind to capability to (passed, pairs); the capability ``all`` sums up the kind."""
    rates: dict[str, dict[str, tuple[int, int]]] = {}
    for result in results:
        kind = rates.setdefault(result.pair.kind, {})
        for capability in ("all", result.pair.capability):
            passed, total = kind.get(capability, (0, 0))
            kind[capability] = (passed + result.passed, total + 1)
    return rates
