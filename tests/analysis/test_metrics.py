"""Scores against scikit-learn, intervals against what is known of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_recall_fscore_support

from pipeline.analysis.metrics import coverage_curve, macro_f1, task_scores

NAMES = ("a", "b", "c")
LABELS = st.sampled_from(NAMES)


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1))
def test_macro_f1_equals_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    truth, predicted = ([pair[i] for pair in pairs] for i in (0, 1))
    oracle = f1_score(truth, predicted, labels=sorted(set(truth)), average="macro", zero_division=0)
    assert macro_f1(NAMES, truth, predicted) == pytest.approx(oracle)


def _random(rows: int) -> tuple[list[str], np.ndarray]:
    random = np.random.default_rng(1)
    truth = random.integers(0, 3, rows)
    scores = random.normal(0, 1, (rows, 3)) + 1.5 * np.eye(3)[truth]
    values = np.exp(scores)
    return [NAMES[i] for i in truth], values / values.sum(axis=1, keepdims=True)


def test_scores_of_one_task() -> None:
    truth, probabilities = _random(600)
    found = task_scores("framing", "test", NAMES, truth, probabilities, [str(i // 3) for i in range(600)], 0)
    predicted = [NAMES[i] for i in probabilities.argmax(axis=1)]
    precision, recall, f1, support = precision_recall_fscore_support(truth, predicted, labels=list(NAMES))
    for number, name in enumerate(NAMES):
        label = found.labels[name]
        assert (label.precision.value, label.recall.value, label.f1.value, label.support) == pytest.approx(
            (precision[number], recall[number], f1[number], support[number])
        )
    assert found.clusters == 200
    assert found.macro_f1.low < found.macro_f1.value < found.macro_f1.high
    assert found.brier.value == pytest.approx(
        ((probabilities - np.eye(3)[[NAMES.index(t) for t in truth]]) ** 2).sum(1).mean()
    )
    assert sum(sum(row.values()) for row in found.confusion.values()) == 600


def test_clustered_intervals_are_wider_where_rows_repeat() -> None:
    truth, probabilities = _random(100)
    many = task_scores("t", "s", NAMES, truth * 10, np.tile(probabilities, (10, 1)), [str(i) for i in range(1000)], 0)
    few = task_scores(
        "t", "s", NAMES, truth * 10, np.tile(probabilities, (10, 1)), [str(i % 100) for i in range(1000)], 0
    )
    assert few.macro_f1.high - few.macro_f1.low > 2 * (many.macro_f1.high - many.macro_f1.low)


def test_coverage_rises_as_rows_are_dropped() -> None:
    truth, probabilities = _random(2000)
    curve = coverage_curve(NAMES, truth, probabilities)
    assert curve[0][1] > curve[-1][1] + 0.1
