"""No sentence repeats another across split groups, none repeats what is outside the project."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.annotation.labels import LabelSet, read_labels
from tests.conftest import ROOT

OWN, OUTSIDE = 8, 12  # words in a row
# Official names and set phrases of the registers, which nobody wrote.
FORMULAS = (
    "president of the russian federation",
    "democratic people s republic of korea",
    "the armed forces of the russian federation",
    "security council of the united nations",
    "of the workers party of korea",
    "treaty on comprehensive strategic partnership",
    "treaty on the non proliferation of nuclear weapons",
    "of the committee for state security",
    "package of measures for the implementation of the minsk agreements",
    "the representative of the democratic people",
    "the floor to the representative of",
    "not in a position to verify the reports",
    "the meeting was suspended at(?: [0-9]+)*",
    "the liberation tower on moran",
    "none other than the u s",
    "respected comrade president of the state affairs",
    "officials of the party and the government",
    "agreed to meet again on the margins of",
    "a member of the state duma defense committee",
)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def shingles(text: str, size: int) -> Iterator[tuple[str, ...]]:
    """Runs of words that no formula interrupts."""
    for part in re.split("|".join(FORMULAS), " ".join(words(text))):
        found = part.split()
        for at in range(len(found) - size + 1):
            yield tuple(found[at : at + size])


def _labels() -> LabelSet:
    return read_labels(ROOT / "labels")


def test_no_run_of_eight_words_is_repeated_across_split_groups() -> None:
    owner: dict[tuple[str, ...], str] = {}
    groups: dict[str, str] = {}
    repeated = []
    for sentence in _labels().sentences:
        groups[sentence.sentence_id] = sentence.split_group
        for run in set(shingles(sentence.text, OWN)):
            other = owner.setdefault(run, sentence.sentence_id)
            if other != sentence.sentence_id and groups[other] != sentence.split_group:
                repeated.append((other, sentence.sentence_id, " ".join(run)))
    assert repeated == []


def test_no_run_of_twelve_words_comes_from_outside(shared: Path) -> None:
    ours = {run for sentence in _labels().sentences for run in shingles(sentence.text, OUTSIDE)}
    texts = [path.read_text("utf-8") for path in (shared / "seeds").iterdir()]
    texts += [
        row["text"] for row in map(json.loads, (shared / "corpora/real_gold.jsonl").read_text("utf-8").splitlines())
    ]
    packed = (shared / "corpora/articles_dev.jsonl.gz").read_bytes()
    texts += [row["text"] for row in map(json.loads, gzip.decompress(packed).splitlines())]
    taken = {" ".join(run) for text in texts for run in shingles(text, OUTSIDE) if run in ours}
    assert taken == set()
