"""A trained model as plain arrays: vocabularies, weights, thresholds, and what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.annotation.codebook import Codebook
from pipeline.annotation.terms import Concept, TermMatcher

ABSTAIN = "abstain"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """One group of columns of the shared matrix.

    Parameters
    ----------
    name
        ``words``, ``terms`` or ``cues``.
    vocabulary
        The features in column order.
    idf
        What each ``1 + log(count)`` is multiplied with, shape (features,).
    normalised
        Whether each sentence's values are scaled to length one.
    """

    name: str
    vocabulary: tuple[str, ...]
    idf: Floats
    normalised: bool

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Feature to column within the block."""
        return {feature: column for column, feature in enumerate(self.vocabulary)}


@dataclass(frozen=True)
class Head:
    """One logistic regression: one task's weights over the shared matrix.

    Parameters
    ----------
    task
        Name of the task.
    labels
        Its labels in the order of the columns.
    weights
        Shape (columns of the shared matrix, labels); calibration is already folded in.
    intercept
        Shape (labels,).
    abstain_below
        Where no probability reaches this fraction, the answer is ``abstain``.
    """

    task: str
    labels: tuple[str, ...]
    weights: Floats
    intercept: Floats
    abstain_below: float


@dataclass(frozen=True)
class Model:
    """All that classification needs.

    Parameters
    ----------
    codebook, concepts
        Tasks with labels, and contested terms.
    blocks
        The shared matrix, block after block.
    heads
        Task name to head.
    meta
        Settings, seed, data digest, library versions and scores, for the reader of the folder.
    """

    codebook: Codebook
    concepts: tuple[Concept, ...]
    blocks: tuple[Block, ...]
    heads: Mapping[str, Head]
    meta: Mapping[str, Any]

    @cached_property
    def matcher(self) -> TermMatcher:
        """Finder of the contested terms."""
        return TermMatcher(self.concepts)

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """First column of each block in the shared matrix."""
        return tuple(int(x) for x in np.cumsum([0, *(len(b.vocabulary) for b in self.blocks)])[:-1])

    def feature(self, column: int) -> str:
        """Name of a column of the shared matrix."""
        block = max(b for b, offset in enumerate(self.offsets) if offset <= column)
        return self.blocks[block].vocabulary[column - self.offsets[block]]


def softmax(scores: Floats) -> Floats:
    """Turn decision values, shape (..., labels), into probabilities along the last axis.

    Examples
    --------
    >>> softmax(np.array([0.0, 0.0])).tolist()
    [0.5, 0.5]
    """
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float64)


def decide(head: Head, probabilities: Floats) -> list[str]:
    """Give the likeliest label of each row, or ``abstain`` where it is too unsure."""
    best = probabilities.argmax(axis=1)
    top = probabilities.max(axis=1)
    return [
        head.labels[label] if value >= head.abstain_below else ABSTAIN for label, value in zip(best, top, strict=True)
    ]
