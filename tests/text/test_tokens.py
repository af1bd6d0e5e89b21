"""Tokens and stems."""

from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from pipeline.annotation.labels import read_labels
from pipeline.text.tokens import stem, tokenize
from tests.conftest import ROOT


@given(st.text())
def test_offsets_rise_and_stay_inside(text: str) -> None:
    at = 0
    for token, start, end in tokenize(text):
        assert token
        assert at <= start < end <= len(text)
        at = end


def test_stems_agree_with_nltk_but_for_the_later_revision_of_the_algorithm() -> None:
    words = {
        t for s in read_labels(ROOT / "labels").sentences for t, *_ in tokenize(s.text) if t.isascii() and t.isalpha()
    }
    oracle = SnowballStemmer("english")
    differ = {word for word in words if stem(word) != oracle.stem(word)}
    assert len(differ) / len(words) < 0.01
