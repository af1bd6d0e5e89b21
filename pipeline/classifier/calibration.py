"""Decision values into honest probabilities: one scale and one offset a label, and when to abstain."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.annotation.codebook import Codebook
from pipeline.classifier.model import Floats, Head, softmax
from pipeline.errors import LabelsError

FILE = "calibration.toml"


@dataclass(frozen=True)
class Calibration:
    """How one head's decision values become probabilities: ``softmax(scale * value + offset)``.

    Parameters
    ----------
    scale
        One over the temperature (Guo et al. 2017, "On Calibration of Modern Neural Networks").
    offset
        One number a label, which moves the class shares to those of the text to classify.
    abstain_below
        Probability, a fraction 0-1, under which the answer is ``abstain``.
    measured
        On what these numbers were measured, in words.
    """

    scale: float
    offset: tuple[float, ...]
    abstain_below: float
    measured: str

    def apply(self, head: Head) -> Head:
        """Fold the calibration into a head's weights, so that explanations stay sums."""
        return Head(
            head.task,
            head.labels,
            head.weights * self.scale,
            head.intercept * self.scale + np.array(self.offset),
            self.abstain_below,
        )


def fit_calibration(
    scores: Floats, truth: Sequence[int], precision: float, measured: str, weights: Floats | None = None
) -> Calibration:
    """Choose scale and offsets by log loss, and the threshold by a stated precision.

    Parameters
    ----------
    scores
        Decision values of rows that the head was not trained on, shape (rows, labels).
    truth
        Column of the right label of each row.
    precision
        The share of right answers, a fraction 0-1, that the rows not abstained on must reach.
    measured
        What the rows are, in words.
    weights
        Weight of each row; one each where not given.
    """
    from scipy.optimize import minimize

    right = np.asarray(truth)
    weight = np.ones(len(right)) if weights is None else weights
    rows = np.arange(len(right))

    def loss(parameters: Floats) -> float:
        values = scores * np.exp(parameters[0]) + np.array([*parameters[1:], 0.0])
        likely = np.clip(softmax(values)[rows, right], 1e-12, 1.0)
        # A faint pull to "unchanged" keeps a label without errors from running away.
        return float(-(weight * np.log(likely)).sum() / weight.sum() + 1e-3 * parameters @ parameters)

    best = minimize(loss, np.zeros(scores.shape[1]), method="BFGS").x
    scale, offset = round(float(np.exp(best[0])), 3), [round(float(x), 3) for x in (*best[1:], 0.0)]
    probabilities = softmax(scores * scale + np.array(offset))
    correct = probabilities.argmax(axis=1) == right
    threshold = abstain_threshold(probabilities.max(axis=1), correct, precision)
    return Calibration(scale, tuple(offset), threshold, measured)


def abstain_threshold(confidence: Floats, correct: Sequence[bool], precision: float) -> float:
    """Find the lowest threshold at which the kept rows are right often enough.

    Examples
    --------
    >>> abstain_threshold(np.array([0.9, 0.8, 0.6]), [True, True, False], 0.95)
    0.61
    """
    hit = np.asarray(correct, dtype=float)
    for threshold in np.arange(0.0, 1.0, 0.01):
        kept = confidence >= threshold
        if kept.any() and hit[kept].mean() >= precision:
            return round(float(threshold), 2)
    return 1.0


def read_calibration(folder: Path, codebook: Codebook) -> Mapping[str, Calibration]:
    """Read ``calibration.toml`` of a labels folder: constants measured on text from outside.

    A folder without the file is calibrated on its own out-of-fold scores.

    Raises
    ------
    LabelsError
        The file is not TOML or lacks a number.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        return {
            task.name: Calibration(
                float(raw[task.name]["scale"]),
                tuple(float(raw[task.name]["offset"][label]) for label in task.names),
                float(raw[task.name]["abstain_below"]),
                str(raw[task.name]["measured"]),
            )
            for task in codebook.tasks
            if task.name in raw
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        cure = "give scale, offset, abstain_below and measured for each task, or delete the file"
        raise LabelsError(str(path), f"cannot be used ({error!r})", cure) from None


def calibration_toml(calibrations: Mapping[str, Calibration], codebook: Codebook) -> str:
    """Write calibrations in the form that :func:`read_calibration` reads."""
    lines = ["# Constants measured on real text, which itself is not part of the project."]
    for name, c in calibrations.items():
        labels = codebook.task(name).names
        pairs = ", ".join(f"{label} = {value}" for label, value in zip(labels, c.offset, strict=True))
        lines += [
            f"\n[{name}]",
            f"scale = {c.scale}",
            f"offset = {{ {pairs} }}",
            f"abstain_below = {c.abstain_below}",
            f'measured = "{c.measured}"',
        ]
    return "\n".join(lines) + "\n"
