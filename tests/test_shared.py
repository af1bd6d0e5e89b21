"""On outside data, where it is at hand: real articles, and the figures that the README states."""

import gzip
import json
from pathlib import Path

import pytest

from pipeline import classify_article, evaluate_gold, read_articles, read_gold, read_labels
from pipeline.classifier.classify import ClassifiedSentence
from pipeline.classifier.model import Model
from pipeline.text.article import Article
from tests.conftest import ROOT


def sentences(path: Path, model: Model) -> list[ClassifiedSentence]:
    (article,) = read_articles([path])
    assert isinstance(article, Article)
    return list(classify_article(article, model).sentences)


@pytest.mark.parametrize(
    ("name", "words", "framing"),
    [
        ("002_cdd1c51fe8461b65.txt", "liberation operations", "dprk_russian"),
        ("000_17be761304adb160.txt", "mocking international norms", "western"),
    ],
)
def test_the_two_articles_it_all_began_with(shared: Path, model: Model, name: str, words: str, framing: str) -> None:
    (found,) = [s for s in sentences(shared / "seeds" / name, model) if words in s.text]
    assert found.labels["framing"] == framing
    assert found.labels["voice"] == "reported"


def test_all_real_articles_are_accounted_for(shared: Path, model: Model) -> None:
    path = shared / "corpora/articles_dev.jsonl.gz"
    ids = [json.loads(line)["id"] for line in gzip.decompress(path.read_bytes()).splitlines()]
    seen = []
    for article in read_articles([path]):
        assert isinstance(article, Article)
        classified = classify_article(article, model)
        seen.append(article.id)
        assert all(article.text[s.span.start : s.span.end] == s.text for s in classified.sentences)
    assert seen == ids


def test_scores_on_real_sentences(shared: Path, model: Model) -> None:
    gold = read_gold(shared / "corpora/real_gold.jsonl", model)
    attested = [sentence.text for sentence in read_labels(ROOT / "labels").sentences]
    withheld = evaluate_gold(gold, model, "", attested=attested)
    assert withheld.headline("framing").macro_f1.value >= 0.69
    assert withheld.headline("voice").accuracy.value >= 0.85
