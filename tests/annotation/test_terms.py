"""Contested terms: inflections, gaps, longest match."""

import pytest

from pipeline.annotation.terms import Concept, TermMatcher, inflections, term_slots
from pipeline.text.tokens import tokenize

WAR = Concept(
    "war",
    "the war",
    {
        "western": ("invasion", "full-scale invasion", "sham ~ referendum", "occupy"),
        "dprk_russian": ("special military operation", "so-called ~ invasion"),
    },
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The full-scale invasion began.", ["full-scale invasion"]),
        ("Invasions and occupied towns", ["invasion", "occupy"]),
        ("the sham votes and referendums", ["sham ~ referendum"]),
        ("a sham of votes in four regions called referendum", []),
        ("The so-called invasion", ["so-called ~ invasion"]),
        ("special military operations", ["special military operation"]),
        ("special operations of the military", []),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    tokens = [token for token, *_ in tokenize(text)]
    assert [match.term for match in TermMatcher((WAR,)).find(tokens)] == found


@pytest.mark.parametrize(
    ("word", "form"),
    [("drop", "dropped"), ("annex", "annexes"), ("stage", "staging"), ("ally", "allies"), ("war", "wars")],
)
def test_inflections(word: str, form: str) -> None:
    assert form in inflections(word)


def test_a_term_is_found_in_its_own_words() -> None:
    matcher = TermMatcher((WAR,))
    for side, terms in WAR.terms.items():
        for term in terms:
            words = [word for word in term_slots(term) if word != "~"]
            assert [(m.term, m.side) for m in matcher.find(words)] == [(term, side)]
