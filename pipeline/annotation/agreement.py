"""How far coders agree: Krippendorff's alpha for nominal labels."""

from collections import Counter
from collections.abc import Iterable

from pipeline.annotation.labels import ADJUDICATOR, Coding


def krippendorff_alpha(codings: Iterable[Coding], task: str) -> float:
    """Krippendorff's alpha for nominal data (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"); the adjudicator, who saw both labels, does not count as a coder.

    Parameters
    ----------
    codings
        Codings of any number of coders; sentences with one coder do not count.
    task
        The task whose labels to compare.

    Returns
    -------
    float
        1 for full agreement, 0 for what chance gives; ``nan`` where no two coders share a sentence
        or only one label was ever used.

    Examples
    --------
    >>> rows = [("1", "a", "x"), ("1", "b", "x"), ("2", "a", "y"), ("2", "b", "y")]
    >>> krippendorff_alpha([Coding(s, c, "framing", label, None) for s, c, label in rows], "framing")
    1.0
    """
    units: dict[str, Counter[str]] = {}
    for coding in codings:
        if coding.task == task and coding.coder != ADJUDICATOR:
            units.setdefault(coding.sentence_id, Counter())[coding.label] += 1
    units = {unit: labels for unit, labels in units.items() if labels.total() > 1}
    totals = sum(units.values(), Counter())
    n = totals.total()
    observed = sum(
        sum(count * (labels.total() - count) for count in labels.values()) / (labels.total() - 1)
        for labels in units.values()
    )
    expected = sum(count * (n - count) for count in totals.values())
    if not expected:
        return float("nan")
    return 1 - (n - 1) * observed / expected
