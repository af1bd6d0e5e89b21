"""Labels to a model: one shared matrix, one logistic regression a task, calibrated out of fold."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from importlib.metadata import version
from typing import Any

import numpy as np

from pipeline.annotation.labels import LabelSet
from pipeline.classifier.calibration import Calibration, fit_calibration
from pipeline.classifier.fitting import (
    DECIMALS,
    LabelledFeatures,
    Settings,
    fit_blocks,
    fit_head,
    labelled_features,
    out_of_fold,
)
from pipeline.classifier.folds import group_folds
from pipeline.classifier.model import Floats, Head, Model

Progress = Callable[[str], None]


def choose_strengths(rows: LabelledFeatures, scores: Mapping[str, Mapping[float, Floats]]) -> dict[str, float]:
    """Take the C with the best out-of-fold macro-F1 for each task; the smaller one on a tie."""
    from sklearn.metrics import f1_score

    chosen = {}
    for task in rows.tasks:
        names = np.array(task.names)
        results = {
            strength: f1_score(rows.labels[task.name], names[values.argmax(axis=1)], average="macro")
            for strength, values in scores[task.name].items()
        }
        chosen[task.name] = max(sorted(results), key=lambda strength: results[strength])
    return chosen


def train(
    labels: LabelSet,
    settings: Settings,
    fixed: Mapping[str, Calibration],
    progress: Progress = lambda message: None,
) -> Model:
    """Train a model on a labels folder.

    Parameters
    ----------
    labels
        What :func:`~pipeline.annotation.labels.read_labels` gave.
    settings
        Seed, folds and the like.
    fixed
        Calibrations measured elsewhere, by task; the other tasks are calibrated out of fold.
    progress
        Called with a line at each step.

    Examples
    --------
    See ``notebooks/01-error-analysis.ipynb``.
    """
    progress(f"features of {len(labels.sentences):,} sentences")
    rows = labelled_features(labels)
    groups = [sentence.split_group for sentence in labels.sentences]
    framing = rows.labels["framing"]
    progress(f"{settings.folds} folds over {len(set(groups))} split groups")
    grid = {task.name: settings.strengths for task in rows.tasks}
    scores = out_of_fold(rows, group_folds(groups, framing, settings.folds, settings.seed), settings, grid)
    strengths = choose_strengths(rows, scores)
    progress("fit on all sentences")
    blocks, matrix = fit_blocks(rows.counted, np.arange(len(rows.features)), settings)
    heads, calibrations = {}, {}
    for task in rows.tasks:
        raw = fit_head(matrix, blocks, task, rows.labels[task.name], strengths[task.name])
        truth = [task.names.index(label) for label in rows.labels[task.name]]
        calibration = fixed.get(task.name) or fit_calibration(
            scores[task.name][strengths[task.name]], truth, settings.precision, "out-of-fold by split group"
        )
        if task.name == "voice":  # always answered: own voice and others' could not be told apart else
            calibration = replace(calibration, abstain_below=0.0)
        heads[task.name] = _rounded(calibration.apply(raw))
        calibrations[task.name] = calibration
    meta = _meta(labels, settings, strengths, calibrations)
    return Model(labels.codebook, labels.concepts, blocks, heads, meta)


def _rounded(head: Head) -> Head:
    weights, intercept = np.round(head.weights, DECIMALS) + 0.0, np.round(head.intercept, DECIMALS) + 0.0
    return Head(head.task, head.labels, weights, intercept, head.abstain_below)


def _meta(
    labels: LabelSet,
    settings: Settings,
    strengths: Mapping[str, float],
    calibrations: Mapping[str, Calibration],
) -> dict[str, Any]:
    """What a reader of the model folder wants to know, without a clock or a path."""
    return {
        "subject": labels.codebook.title,
        "sentences": len(labels.sentences),
        "data_digest": labels.digest,
        "settings": asdict(settings),
        "strengths": dict(strengths),
        "calibration": {task: asdict(one) for task, one in calibrations.items()},
        "versions": {name: version(name) for name in ("numpy", "scikit-learn", "scipy", "PyStemmer")},
    }
