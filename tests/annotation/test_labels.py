"""The labels that ship, and what happens to labels that break their form."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from pipeline.annotation.agreement import krippendorff_alpha
from pipeline.annotation.labels import ADJUDICATOR, LabelSet, read_labels
from pipeline.classifier.store import default_folder, load_model
from pipeline.errors import LabelsError
from pipeline.text.reading import read_articles
from pipeline.text.segment import split_sentences
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def labels() -> LabelSet:
    return read_labels(ROOT / "labels")


def test_every_sentence_has_two_coders_on_every_task(labels: LabelSet) -> None:
    coders: dict[tuple[str, str], set[str]] = {}
    for coding in labels.codings:
        if coding.coder != ADJUDICATOR:
            coders.setdefault((coding.sentence_id, coding.task), set()).add(coding.coder)
    assert len(coders) == 3 * len(labels.sentences)
    assert all(len(names) >= 2 for names in coders.values())


def test_no_text_stands_twice(labels: LabelSet) -> None:
    texts = [sentence.text for sentence in labels.sentences]
    assert len(set(texts)) == len(texts)


def test_an_event_never_straddles_split_groups(labels: LabelSet) -> None:
    groups: dict[str, set[str]] = {}
    for sentence in labels.sentences:
        groups.setdefault(sentence.event, set()).add(sentence.split_group)
    assert {event for event, found in groups.items() if len(found) > 1} == set()


def test_every_sentence_of_the_seeds_is_labelled(labels: LabelSet) -> None:
    labelled = {s.text for s in labels.sentences if s.source.startswith("seed")}
    found: set[str] = set()
    for article in read_articles([ROOT / "seeds"]):
        assert hasattr(article, "text"), article
        found |= {article.text[s.start : s.end] for s in split_sentences(article.text)}
    assert found == labelled


def test_no_invented_statement_is_tied_to_a_real_person(labels: LabelSet) -> None:
    lines = (ROOT / "tests/names.txt").read_text("utf-8").splitlines()
    names = "|".join(re.escape(line) for line in lines if not line.startswith("#"))
    named = re.compile(rf"(?<![\w-])(?:{names})(?!\w)")
    voices = labels.labels["voice"]
    said = [s.text for s in labels.sentences if voices[s.sentence_id] != "author" or re.search('["“”]', s.text)]
    said += [text for pair in labels.pairs for text in (pair.first, pair.second)]
    said += [path.read_text("utf-8") for path in (ROOT / "seeds").glob("*.md")]
    said += [label.example for task in labels.codebook.tasks for label in task.labels]
    assert [text for text in said if named.search(text)] == []


def test_contested_terms_are_many_and_on_both_sides(labels: LabelSet) -> None:
    terms = {side: sum(len(c.terms[side]) for c in labels.concepts) for side in ("western", "dprk_russian")}
    assert len(labels.concepts) >= 40
    assert min(terms.values()) >= 300


def test_the_shipped_model_was_trained_on_these_labels(labels: LabelSet) -> None:
    assert load_model(default_folder()).meta["data_digest"] == labels.digest, "run 'counterframe train'"


def test_agreement_is_as_published(labels: LabelSet) -> None:
    published = (ROOT / "labels/README.md").read_text("utf-8")
    for task in labels.codebook.tasks:
        assert f"{task.name} {krippendorff_alpha(labels.codings, task.name):.3f}" in published


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "codings.csv",
            "reader1,framing,neutral",
            "reader1,framing,neutrall",
            "label 'neutrall' is not one of western, dprk",
        ),
        ("codings.csv", "reader1,framing,", "reader1,frame,", "task 'frame' is not one of"),
        ("codings.csv", "sentence_id,coder", "sentence_id,who", "lacks the columns coder"),
        ("codings.csv", "reader1,framing,neutral,true", "reader1,framing,neutral,yes", "sure 'yes' is not true"),
        ("sentences.csv", ",seed-01,wire,", ",,wire,", "has no source"),
        ("codebook.toml", 'name = "stance"', 'name = "opinion"', "has the tasks framing, opinion, voice"),
        ("contested_terms.toml", '"invasion", ', '"invasion", "invasion", ', "stands already in"),
        ("minimal_pairs.csv", "invariance", "same", "kind 'same' is not one of"),
    ],
)
def test_errors_name_place_fact_and_cure(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    folder = tmp_path / "labels"
    shutil.copytree(ROOT / "labels", folder)
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LabelsError) as raised:
        read_labels(folder)
    assert message in str(raised.value)
    assert name in str(raised.value)


def test_a_split_without_adjudicator_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    shutil.copytree(ROOT / "labels", folder)
    with (folder / "codings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[1] != ADJUDICATOR]
    with (folder / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(LabelsError, match="add a row by coder 'adjudicator'"):
        read_labels(folder)
