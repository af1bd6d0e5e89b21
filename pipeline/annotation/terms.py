"""Contested terms: the rival words that the sides use for one concept, and where a text has them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.errors import LabelsError
from pipeline.text.tokens import tokenize

FILE = "contested_terms.toml"
GAP = "~"
LONGEST_GAP = 3
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True)
class Concept:
    """What rival terms name, with the terms of each side.

    Parameters
    ----------
    id
        Short name, used in features and tables.
    name
        The concept in plain words.
    terms
        Side (a framing label) to its terms as written in the file.
    """

    id: str
    name: str
    terms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class TermMatch:
    """One contested term found in a sentence: its place in the token list and whose term it is."""

    start: int
    end: int
    term: str
    concept: str
    side: str


@dataclass(frozen=True)
class _Pattern:
    slots: tuple[str, ...]
    term: str
    concept: str
    side: str


class TermMatcher:
    """Finds contested terms in tokens, longest first, from left to right, without overlap.

    Parameters
    ----------
    concepts
        The concepts whose terms to find.

    Examples
    --------
    >>> war = Concept("war", "the war", {"western": ("invade",), "dprk_russian": ("special ~ operation",)})
    >>> [m.term for m in TermMatcher((war,)).find(["the", "special", "military", "operations"])]
    ['special ~ operation']
    """

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = tuple(concepts)
        self.by_id = {concept.id: concept for concept in self.concepts}

    @cached_property
    def _forms(self) -> dict[str, frozenset[str]]:
        """Every surface form to the words of terms that it may stand for."""
        words = {w for p in self._patterns for w in p.slots if w != GAP}
        forms: dict[str, set[str]] = {}
        for word in words:
            for form in inflections(word):
                forms.setdefault(form, set()).add(word)
        return {form: frozenset(found) for form, found in forms.items()}

    @cached_property
    def _patterns(self) -> tuple[_Pattern, ...]:
        return tuple(
            _Pattern(term_slots(term), term, concept.id, side)
            for concept in self.concepts
            for side, terms in concept.terms.items()
            for term in terms
        )

    @cached_property
    def _by_first(self) -> dict[str, list[_Pattern]]:
        table: dict[str, list[_Pattern]] = {}
        for pattern in sorted(self._patterns, key=lambda p: (-len(p.slots), p.term)):
            table.setdefault(pattern.slots[0], []).append(pattern)
        return table

    def find(self, tokens: Sequence[str]) -> list[TermMatch]:
        """Find the terms in a sentence's tokens."""
        forms, by_first = self._forms, self._by_first
        found: list[TermMatch] = []
        position = 0
        while position < len(tokens):
            best: TermMatch | None = None
            for word in sorted(forms.get(tokens[position], ())):
                for pattern in by_first.get(word, ()):
                    end = self._end(pattern.slots, tokens, position)
                    if end and (best is None or end > best.end):
                        best = TermMatch(position, end, pattern.term, pattern.concept, pattern.side)
            if best:
                found.append(best)
            position = best.end if best else position + 1
        return found

    def _end(self, slots: Sequence[str], tokens: Sequence[str], at: int) -> int:
        """Where a match that begins at ``at`` ends; 0 where there is none."""
        gap = 0
        for slot in slots:
            if slot == GAP:
                gap = LONGEST_GAP
                continue
            for step in range(gap + 1):
                if at + step < len(tokens) and slot in self._forms.get(tokens[at + step], ()):
                    at += step + 1
                    break
            else:
                return 0
            gap = 0
        return at


def term_slots(term: str) -> tuple[str, ...]:
    """Cut a term as a text is cut, keeping its gaps.

    Examples
    --------
    >>> term_slots("so-called ~ republic")
    ('so', 'called', '~', 'republic')
    """
    slots: list[str] = []
    for number, piece in enumerate(term.split(GAP)):
        slots += [GAP] if number else []
        slots += [token for token, *_ in tokenize(piece)]
    return tuple(slots)


def inflections(word: str) -> frozenset[str]:
    """Give a word with its regular inflections; derivations are other words.

    Examples
    --------
    >>> sorted(inflections("occupy"))
    ['occupied', 'occupies', 'occupy', 'occupying']
    >>> "liberation" in inflections("liberate")
    False
    """
    if len(word) < 3 or not word.isalpha():
        return frozenset({word})
    if word[-1] == "y" and word[-2] not in _VOWELS:
        stem = word[:-1]
        return frozenset({word, f"{stem}ies", f"{stem}ied", f"{word}ing"})
    if word[-1] == "e":
        return frozenset({word, f"{word}s", f"{word}d", f"{word[:-1]}ing"})
    forms = {word, f"{word}s", f"{word}ed", f"{word}ing"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(f"{word}es")
    if word[-1] not in "aeiouwxys" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        forms |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return frozenset(forms)


def read_terms(folder: Path, sides: Sequence[str]) -> tuple[Concept, ...]:
    """Read ``contested_terms.toml`` of a labels folder.

    Parameters
    ----------
    folder
        The labels folder; a folder without the file has no contested terms.
    sides
        The framing labels that may own terms.

    Raises
    ------
    LabelsError
        The file is not TOML, a concept lacks a field, or a term stands twice.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LabelsError(str(path), f"is not TOML ({error})", "correct it there") from None
    return concepts_from(raw.get("concept", []), sides, str(path))


def concepts_from(raw: Sequence[Any], sides: Sequence[str], place: str) -> tuple[Concept, ...]:
    """Build concepts from plain data, as TOML files and saved models hold it.

    Raises
    ------
    LabelsError
        A concept lacks a field, or a term is empty or stands twice.
    """
    concepts: list[Concept] = []
    owner: dict[tuple[str, ...], str] = {}
    for entry in raw:
        try:
            terms = {side: tuple(map(str, entry[side])) for side in sides}
            concept = Concept(str(entry["id"]), str(entry["name"]), terms)
        except (KeyError, TypeError) as error:
            fact = f"a concept lacks {error}"
            raise LabelsError(place, fact, f"give id, name and {', '.join(sides)}") from None
        for side, term in ((s, t) for s, ts in concept.terms.items() for t in ts):
            slots, here = term_slots(term), f"{concept.id}, {side}"
            if not slots or GAP in (slots[0], slots[-1]):
                raise LabelsError(place, f"{here}: term {term!r} has no words", "correct it")
            if slots in owner:
                fact = f"{here}: term {term!r} stands already in {owner[slots]}"
                raise LabelsError(place, fact, "keep it once")
            owner[slots] = here
        concepts.append(concept)
    return tuple(concepts)


def concepts_data(concepts: Sequence[Concept]) -> list[dict[str, Any]]:
    """Turn concepts into plain data that :func:`concepts_from` reads back."""
    return [{"id": c.id, "name": c.name, **{s: list(t) for s, t in c.terms.items()}} for c in concepts]
