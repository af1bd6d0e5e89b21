"""Sentences to probabilities with a trained model: NumPy only, no scikit-learn."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.classifier.features import SentenceFeatures
from pipeline.classifier.model import Block, Floats, Head, Model, softmax

Row = tuple[NDArray[np.intp], Floats]


def row_of(features: SentenceFeatures, blocks: Sequence[Block]) -> Row:
    """Turn one sentence's features into columns and values of the shared matrix."""
    columns: list[int] = []
    values: list[float] = []
    offset = 0
    for block in blocks:
        first = len(values)
        square = 0.0
        for feature, count in features.counts[block.name].items():
            column = block.index.get(feature)
            if column is not None:
                value = (1.0 + math.log(count)) * float(block.idf[column])
                columns.append(offset + column)
                values.append(value)
                square += value * value
        if block.normalised and square:
            norm = math.sqrt(square)
            values[first:] = [value / norm for value in values[first:]]
        offset += len(block.vocabulary)
    return np.array(columns, dtype=np.intp), np.array(values, dtype=np.float64)


def decision_values(rows: Iterable[Row], head: Head) -> Floats:
    """Compute weight times value summed, plus intercept, shape (rows, labels)."""
    scores = [values @ head.weights[columns] for columns, values in rows]
    return np.array(scores).reshape(-1, len(head.labels)) + head.intercept


def score(features: Sequence[SentenceFeatures], model: Model) -> dict[str, Floats]:
    """Compute every task's probabilities, each of shape (sentences, labels)."""
    rows = [row_of(one, model.blocks) for one in features]
    return {task: softmax(decision_values(rows, head)) for task, head in model.heads.items()}
