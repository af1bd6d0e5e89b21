"""Scores with intervals: every figure as a function of per-cluster sums, so that clusters resample fast."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BINS = 15
RESAMPLES = 2000


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % percentile bootstrap interval (Efron and Tibshirani 1993)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True)
class LabelScores:
    """Precision, recall and F1 of one label, each a fraction 0-1; ``support`` counts its rows."""

    precision: Interval
    recall: Interval
    f1: Interval
    support: int


@dataclass(frozen=True)
class TaskScores:
    """What one task's predictions are worth on one split.

    Parameters
    ----------
    task, split
        What was predicted, and how rows were kept apart from training.
    n, clusters
        Rows, and clusters that the bootstrap resamples.
    macro_f1, accuracy
        Of the likeliest label, without abstention; fractions 0-1.
    brier
        Mean squared distance of the probabilities from the truth, summed over labels, 0-2.
    ece
        Expected calibration error over 15 bins of equal mass, a fraction 0-1.
    labels
        Label to its scores.
    confusion
        Label to predicted label to rows.
    """

    task: str
    split: str
    n: int
    clusters: int
    macro_f1: Interval
    accuracy: Interval
    brier: Interval
    ece: Interval
    labels: dict[str, LabelScores]
    confusion: dict[str, dict[str, int]]


def task_scores(
    task: str,
    split: str,
    names: Sequence[str],
    truth: Sequence[str],
    probabilities: Floats,
    clusters: Sequence[str],
    seed: int,
) -> TaskScores:
    """Score one task's probabilities, intervals clustered.

    Parameters
    ----------
    task, split
        Names for the record.
    names
        Labels in the order of the columns.
    truth
        Right label of each row.
    probabilities
        Shape (rows, labels).
    clusters
        What each row belongs to; whole clusters are resampled.
    seed
        Of the bootstrap.
    """
    right = np.array([names.index(label) for label in truth])
    weights, member = _resampler(tuple(clusters), seed)
    confusion = _per_cluster_confusion(right, probabilities.argmax(axis=1), len(names), member)

    def interval(statistic: Callable[[Floats], Floats], sums: Floats) -> Interval:
        return _interval(statistic, sums, weights)

    labels = {
        name: LabelScores(
            interval(lambda m, k=k: _ratio(m[:, k, k], m[:, :, k].sum(1)), confusion),  # type: ignore[misc]
            interval(lambda m, k=k: _ratio(m[:, k, k], m[:, k, :].sum(1)), confusion),  # type: ignore[misc]
            interval(lambda m, k=k: _f1(m)[:, k], confusion),  # type: ignore[misc]
            int((right == k).sum()),
        )
        for k, name in enumerate(names)
    }
    table = confusion.sum(axis=0).astype(int)
    return TaskScores(
        task=task,
        split=split,
        n=len(right),
        clusters=weights.shape[1],
        macro_f1=interval(macro_f1_of, confusion),
        accuracy=interval(lambda m: _ratio(np.trace(m, axis1=1, axis2=2), m.sum((1, 2))), confusion),
        brier=interval(lambda m: _ratio(m[:, 0], m[:, 1]), _brier_sums(right, probabilities, member)),
        ece=interval(_ece, _bin_sums(right, probabilities, member)),
        labels=labels,
        confusion={name: {other: int(table[i, j]) for j, other in enumerate(names)} for i, name in enumerate(names)},
    )


def macro_f1_of(confusions: Floats) -> Floats:
    """Macro-F1 of confusion matrices, shape (..., labels, labels), over labels that occur.

    Examples
    --------
    >>> macro_f1_of(np.array([[[2.0, 0.0], [0.0, 2.0]]])).tolist()
    [1.0]
    """
    occurs = confusions.sum(axis=-1) > 0
    f1 = np.where(occurs, _f1(confusions), 0.0)
    return np.asarray(f1.sum(-1) / np.maximum(occurs.sum(-1), 1))


def macro_f1(names: Sequence[str], truth: Sequence[str], predicted: Sequence[str]) -> float:
    """Macro-F1 of one set of predictions, a fraction 0-1."""
    confusion = np.zeros((1, len(names), len(names)))
    for a, b in zip(truth, predicted, strict=True):
        confusion[0, names.index(a), names.index(b)] += 1
    return float(macro_f1_of(confusion)[0])


def reliability(truth: Sequence[int], probabilities: Floats) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and rows of each bin of equal mass, for a reliability diagram."""
    sums = _bin_sums(np.asarray(truth), probabilities, np.zeros(len(truth), dtype=int))[0]
    return [(s / n, a / n, int(n)) for s, a, n in sums if n]


def coverage_curve(names: Sequence[str], truth: Sequence[str], probabilities: Floats) -> list[tuple[float, float]]:
    """Macro-F1 on the surest share of the rows, for shares 0.1, 0.2 ... 1."""
    order = np.argsort(-probabilities.max(axis=1), kind="stable")
    predicted = probabilities.argmax(axis=1)
    curve = []
    for share in np.arange(0.1, 1.01, 0.1):
        kept = order[: max(1, round(share * len(order)))]
        score = macro_f1(names, [truth[i] for i in kept], [names[predicted[i]] for i in kept])
        curve.append((round(float(share), 1), score))
    return curve


@lru_cache(maxsize=4)  # the same rows are scored for several tasks, splits and baselines
def _resampler(clusters: tuple[str, ...], seed: int) -> tuple[Floats, NDArray[np.intp]]:
    """How often each resample draws each cluster, and the cluster number of each row."""
    known, member = np.unique(np.array(clusters), return_inverse=True)
    draws = np.random.default_rng(seed).multinomial(len(known), np.full(len(known), 1 / len(known)), RESAMPLES)
    return draws.astype(np.float64), member


def _interval(statistic: Callable[[Floats], Floats], sums: Floats, weights: Floats) -> Interval:
    """Evaluate a statistic on all rows and on every resample of the clusters."""
    flat = sums.reshape(len(sums), -1)
    resampled = (weights @ flat).reshape(len(weights), *sums.shape[1:])
    low, high = np.quantile(statistic(resampled), [0.025, 0.975])
    value = statistic(sums.sum(axis=0)[None])[0]
    return Interval(float(value), float(low), float(high))


def _per_cluster_confusion(
    right: NDArray[np.intp], predicted: NDArray[np.intp], size: int, member: NDArray[np.intp]
) -> Floats:
    confusion = np.zeros((member.max() + 1, size, size))
    np.add.at(confusion, (member, right, predicted), 1.0)
    return confusion


def _brier_sums(right: NDArray[np.intp], probabilities: Floats, member: NDArray[np.intp]) -> Floats:
    truth = np.eye(probabilities.shape[1])[right]
    sums = np.zeros((member.max() + 1, 2))
    np.add.at(sums[:, 0], member, ((probabilities - truth) ** 2).sum(axis=1))
    np.add.at(sums[:, 1], member, 1.0)
    return sums


def _bin_sums(right: NDArray[np.intp], probabilities: Floats, member: NDArray[np.intp]) -> Floats:
    """Per cluster and bin of equal mass: confidence summed, right answers, rows."""
    confidence = probabilities.max(axis=1)
    hit = (probabilities.argmax(axis=1) == right).astype(float)
    rank = np.argsort(np.argsort(confidence, kind="stable"), kind="stable")
    bins = rank * BINS // len(confidence)
    sums = np.zeros((member.max() + 1, BINS, 3))
    for column, values in enumerate((confidence, hit, np.ones(len(hit)))):
        np.add.at(sums[:, :, column], (member, bins), values)
    return sums


def _ece(sums: Floats) -> Floats:
    gap = np.abs(sums[..., 0] - sums[..., 1]).sum(axis=-1)
    return np.asarray(gap / np.maximum(sums[..., 2].sum(axis=-1), 1))


def _f1(confusions: Floats) -> Floats:
    hits = np.diagonal(confusions, axis1=-2, axis2=-1)
    return _ratio(2 * hits, confusions.sum(axis=-1) + confusions.sum(axis=-2))


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.zeros_like(above, dtype=float), where=below > 0))
