"""Sentences by offset: exact, complete, and where a reader would put them."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.segment import split_sentences

WORDS = st.sampled_from(
    ["Kim", "U.S.", "Gen.", "said", "…", "...", "?", "!", ".", "”", "“", '"', "\n", "\n\n", " ", "3.5", "No."]
)


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)))
def test_nothing_but_white_space_lies_between_sentences(text: str) -> None:
    at = 0
    for span in split_sentences(text):
        assert not text[at : span.start].strip()
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "sentences",
    [
        ["Gen. Park met Lt. Col. Kim at No. 2 gate.", "They left at 3 p.m. on June 13."],
        ["Pyongyang, June 13 (KCNA) -- The respected leader sent a basket.", "It was laid there."],
        ["MOSCOW, April 28. /TASS/.", "The president spoke.", "He left."],
        ["The U.S. envoy spoke to U.S. President and left.", "He said no.", "The U.S. did not."],
        ["“We won.", "They lost,” he said.", "“And … we go on.”"],
        ["“Really?” he asked.", "Nobody knew…", "Then it rained."],
        ["J. K. Rowlands wrote it.", "Prices rose 3.5 percent to $1.2 million."],
        ["“Not a decoration,” expert Maj. Gen. (Ret.) V. S. Ostrov told us."],
        ["The case of Smith v. Jones vs. the state went on.", "It ended."],
    ],
)
def test_boundaries_of_news_english(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert pieces(text) == sentences


def test_line_breaks_end_sentences() -> None:
    assert pieces("Headline\n- point one\n- point two\r\nLast") == ["Headline", "- point one", "- point two", "Last"]


def test_inner_boundaries_of_gum(shared: Path) -> None:
    counts: Counter[str] = Counter()
    for line in (shared / "corpora/segmentation_gum.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        gold = {end for _, end in document["spans"][:-1]}
        found = {span.end for span in split_sentences(document["text"])[:-1]}
        counts += Counter(hit=len(gold & found), wrong=len(found - gold), missed=len(gold - found))
    f1 = 2 * counts["hit"] / (2 * counts["hit"] + counts["wrong"] + counts["missed"])
    assert f1 >= 0.98
