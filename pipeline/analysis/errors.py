"""Errors as tables for a notebook: predictions as a frame, and the words behind one."""

from typing import TYPE_CHECKING

from pipeline.analysis.evaluate import Evaluation
from pipeline.analysis.explain import explain
from pipeline.classifier.model import Model

if TYPE_CHECKING:
    import pandas as pd


def prediction_frame(evaluation: Evaluation, task: str) -> "pd.DataFrame":
    """One row a sentence of the headline split.

    Parameters
    ----------
    evaluation
        What :func:`~pipeline.analysis.crossval.cross_validate` gave.
    task
        Whose predictions.

    Returns
    -------
    DataFrame
        ``text, truth, predicted, decided, probability, right`` and one column a slice.
    """
    import pandas as pd

    rows = [
        {
            "text": p.text,
            "truth": p.truth,
            "predicted": p.predicted,
            "decided": p.decided,
            "probability": p.probability,
            "right": p.predicted == p.truth,
            **p.slices,
        }
        for p in evaluation.predictions[task]
    ]
    return pd.DataFrame(rows)


def words_behind(text: str, label: str, model: Model, task: str = "framing", count: int = 5) -> str:
    """The features that spoke most for a label, with weight × value.

    Examples
    --------
    >>> from pipeline import load_default_model
    >>> words_behind("The invasion began.", "western", load_default_model(), count=1).split()[0]
    'western'
    """
    found = explain(text, model, task)
    place = found.labels.index(label)
    ranked = sorted(found.contributions, key=lambda part: -part.per_label[place])
    return ", ".join(f"{part.feature} {part.per_label[place]:+.2f}" for part in ranked[:count])
