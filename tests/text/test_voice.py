"""Who speaks, followed across sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.quotation import quoted_parts
from pipeline.text.segment import split_sentences
from pipeline.text.voice import article_cues, sentence_cues


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“No talks,” said the foreign ministry in Seoul.", "foreign ministry"),
        ("The analyst emphasized that they fought well.", "analyst"),
        ("According to Seoul's unification ministry, items include troops.", "Seoul's unification ministry"),
        ("Russian army takes village — Defense Ministry", "Defense Ministry"),
        ("Bae O-rin said the tone was sharp.", "Bae O-rin"),
        ("Kremlin: talks go on", "Kremlin"),
        ("The train left on Monday.", ""),
    ],
)
def test_speaker(text: str, speaker: str) -> None:
    assert sentence_cues(text).speaker == speaker


def test_a_running_quotation_keeps_its_speaker() -> None:
    text = "He came. “We won. They lost. We go home,” said the envoy. It rained."
    cues = article_cues(text, split_sentences(text))
    assert [cue.speaker for cue in cues] == ["", "envoy", "envoy", "envoy", ""]
    assert [cue.running for cue in cues] == [False, False, True, False, False]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“We won.\n\nThe train left."
    assert [part.starts_inside for part in quoted_parts(text, split_sentences(text))] == [False, False]


def test_a_quotation_reopened_in_the_next_paragraph_goes_on() -> None:
    text = "“We won.\n\n“They lost.” It rained."
    assert [cue.quoted_share > 0.9 for cue in article_cues(text, split_sentences(text))] == [True, True, False]


@given(st.text(alphabet="ab.'\"“”‘’«» \n,"))
def test_quoted_ranges_lie_inside_their_sentence(text: str) -> None:
    spans = split_sentences(text)
    for span, part in zip(spans, quoted_parts(text, spans), strict=True):
        assert all(0 <= a < b <= span.end - span.start for a, b in part.inside)
