"""Features: what gives an outlet away is not among them."""

import numpy as np
import pytest

from pipeline import classify_article, read_articles
from pipeline.classifier.features import OUTLETS, extract
from pipeline.classifier.model import Model
from pipeline.classifier.scorer import score
from pipeline.text.article import Article
from pipeline.text.voice import sentence_cues
from tests.conftest import ROOT

PLANTS = (
    "(TASS) {}",
    "{} (Reuters)",
    "Pyongyang, June 13 (KCNA) -- {}",
    "MOSCOW, April 28. /TASS/. {}",
    "SEOUL (Yonhap) — {}",
)


def probabilities(texts: list[str], model: Model) -> dict[str, np.ndarray]:
    return score([extract(text, sentence_cues(text), model.matcher) for text in texts], model)


@pytest.mark.parametrize("plant", PLANTS)
def test_planting_an_outlet_moves_no_probability(model: Model, plant: str) -> None:
    texts: list[str] = []
    for article in read_articles([ROOT / "seeds"]):
        assert isinstance(article, Article)
        texts += [sentence.text for sentence in classify_article(article, model).sentences]
    before, after = probabilities(texts, model), probabilities([plant.format(text) for text in texts], model)
    for task in ("framing", "stance"):
        assert np.abs(before[task] - after[task]).max() <= 0.02


def test_words_beside_an_outlet_become_neighbours(model: Model) -> None:
    assert "reuters" in OUTLETS
    plain, planted = (
        extract(text, sentence_cues(text), model.matcher).counts["words"]
        for text in ("talks held", "talks Reuters held")
    )
    assert plain == planted
