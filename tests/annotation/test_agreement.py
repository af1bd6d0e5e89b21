"""Krippendorff's alpha against a published example and against NLTK."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from pipeline.annotation.agreement import krippendorff_alpha
from pipeline.annotation.labels import Coding


def codings(table: dict[str, str]) -> list[Coding]:
    """Coder to a string of labels, one a unit; ``.`` is a missing value."""
    return [
        Coding(str(unit), coder, "framing", label, None)
        for coder, labels in table.items()
        for unit, label in enumerate(labels)
        if label != "."
    ]


def test_the_worked_example_of_krippendorff_2011() -> None:
    # "Computing Krippendorff's Alpha-Reliability", section C: four observers, missing data, 0.743.
    table = {"A": "123321412...", "B": "123322412" + "5.3", "C": ".333234225" + "1.", "D": "123324412" + "51."}
    assert krippendorff_alpha(codings(table), "framing") == pytest.approx(0.743, abs=0.001)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2))
def test_equals_nltk(pairs: list[tuple[str, str]]) -> None:
    if len({label for pair in pairs for label in pair}) < 2:
        return
    table = {"x": "".join(a for a, _ in pairs), "y": "".join(b for _, b in pairs)}
    oracle = AnnotationTask([(c.coder, c.sentence_id, c.label) for c in codings(table)]).alpha()
    assert krippendorff_alpha(codings(table), "framing") == pytest.approx(oracle)
