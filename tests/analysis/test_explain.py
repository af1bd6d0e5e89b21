"""Explanations add up, and counterfactuals move the right way."""

import numpy as np
import pytest

from pipeline import classify_article, explain, read_articles, term_choices
from pipeline.classifier.model import Model, softmax
from pipeline.text.article import Article
from tests.conftest import ROOT


@pytest.mark.parametrize("task", ["framing", "stance", "voice"])
def test_contributions_add_up_on_every_sentence_of_the_seeds(model: Model, task: str) -> None:
    for article in read_articles([ROOT / "seeds"]):
        assert isinstance(article, Article)
        for sentence in classify_article(article, model, whole=False).sentences:
            found = explain(sentence.text, model, task)
            assert softmax(np.array(found.decision_values)) == pytest.approx(found.probabilities, abs=1e-9)


def test_the_rivals_term_moves_the_frame(model: Model) -> None:
    found = explain("The special military operation against the Kiev regime goes to plan.", model)
    change = found.counterfactuals[0]
    assert found.label == "dprk_russian"
    assert change.probabilities[found.labels.index("western")] > found.probabilities[found.labels.index("western")]


def test_term_choices_part_own_voice_from_quotation(model: Model) -> None:
    text = "The invasion began. “The special military operation goes on,” the minister said."
    choices = {c.concept: c for c in term_choices([Article("a", text, source="Wire")], model.matcher)}
    row = choices["war_in_ukraine"].row()
    assert row["all_western"] == row["own_western"] == 1
    assert (row["all_dprk_russian"], row["own_dprk_russian"]) == (1, 0)
