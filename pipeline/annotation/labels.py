"""The labels folder: sentences, codings, and the one function that merges coders into labels."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotation import codebook as codebook_file
from pipeline.annotation import pairs as pairs_file
from pipeline.annotation import terms as terms_file
from pipeline.annotation.codebook import Codebook, read_codebook
from pipeline.annotation.pairs import MinimalPair, read_pairs
from pipeline.annotation.tables import read_rows
from pipeline.annotation.terms import Concept, read_terms
from pipeline.errors import LabelsError

SENTENCES = "sentences.csv"
CODINGS = "codings.csv"
ADJUDICATOR = "adjudicator"
SURE = {"true": True, "false": False, "": None}
SENTENCE_COLUMNS = ("sentence_id", "text", "event", "source", "register", "split_group")
CODING_COLUMNS = ("sentence_id", "coder", "task", "label", "sure")


@dataclass(frozen=True)
class Sentence:
    """A sentence that coders decided on.

    Parameters
    ----------
    sentence_id, text
        Unique name and the words.
    event
        What the sentence is about, as one happening.
    source, register
        Outlet or speaker (or ``composed``), and the manner of writing.
    split_group
        Events of one story; cross-validation never parts a split group.
    """

    sentence_id: str
    text: str
    event: str
    source: str
    register: str
    split_group: str


@dataclass(frozen=True)
class Coding:
    """One coder's label for one sentence on one task; ``sure`` is the coder's own word, if asked."""

    sentence_id: str
    coder: str
    task: str
    label: str
    sure: bool | None


@dataclass(frozen=True)
class LabelSet:
    """All that people decided about one subject.

    Parameters
    ----------
    codebook, sentences, codings, concepts, pairs
        What the files hold.
    labels
        Task to sentence id to the merged label (:func:`merge`).
    digest
        SHA-256 over the files, which names this state of the data.
    """

    codebook: Codebook
    sentences: tuple[Sentence, ...]
    codings: tuple[Coding, ...]
    concepts: tuple[Concept, ...]
    pairs: tuple[MinimalPair, ...]
    labels: Mapping[str, Mapping[str, str]]
    digest: str

    def labels_of(self, task: str) -> list[str]:
        """Labels of one task in the order of the sentences."""
        merged = self.labels[task]
        return [merged[sentence.sentence_id] for sentence in self.sentences]


def read_labels(folder: Path) -> LabelSet:
    """Read a labels folder and merge its codings.

    Raises
    ------
    LabelsError
        A file is missing or breaks its form; the message names file, line, value and cure.
    """
    codebook = read_codebook(folder)
    sides = codebook.task("framing").sides
    sentences = tuple(_read_sentences(folder / SENTENCES))
    known = {sentence.sentence_id for sentence in sentences}
    codings = tuple(_read_codings(folder / CODINGS, codebook, known))
    labels = {task.name: merge(codings, task.name) for task in codebook.tasks}
    for task, merged in labels.items():
        missing = [s.sentence_id for s in sentences if s.sentence_id not in merged]
        if missing:
            fact = f"no agreed {task} label for {len(missing)} sentences, first {missing[0]!r}"
            raise LabelsError(str(folder / CODINGS), fact, f"add a row by coder {ADJUDICATOR!r}")
    return LabelSet(
        codebook=codebook,
        sentences=sentences,
        codings=codings,
        concepts=read_terms(folder, sides),
        pairs=read_pairs(folder, codebook),
        labels=labels,
        digest=digest_of(folder),
    )


def merge(codings: Iterable[Coding], task: str) -> dict[str, str]:
    """Merge the coders of one task: the adjudicator's label, else the label that all share.

    Sentences on which coders differ and no adjudicator spoke are left out.

    Examples
    --------
    >>> rows = [Coding("a", "x", "framing", "western", True), Coding("a", "y", "framing", "neutral", True)]
    >>> merge(rows, "framing")
    {}
    >>> merge([*rows, Coding("a", "adjudicator", "framing", "neutral", True)], "framing")
    {'a': 'neutral'}
    """
    votes: dict[str, set[str]] = {}
    settled: dict[str, str] = {}
    for coding in codings:
        if coding.task != task:
            continue
        votes.setdefault(coding.sentence_id, set()).add(coding.label)
        if coding.coder == ADJUDICATOR:
            settled[coding.sentence_id] = coding.label
    agreed = {sentence: min(labels) for sentence, labels in votes.items() if len(labels) == 1}
    return agreed | settled


def digest_of(folder: Path) -> str:
    """SHA-256 over the files of a labels folder that training reads, in hexadecimal."""
    digest = hashlib.sha256()
    names = (codebook_file.FILE, SENTENCES, CODINGS, terms_file.FILE, pairs_file.FILE)
    for path in (folder / name for name in (*names, "calibration.toml")):
        if path.exists():
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _read_sentences(path: Path) -> Iterator[Sentence]:
    seen: set[str] = set()
    for place, row in read_rows(path, SENTENCE_COLUMNS):
        sentence = Sentence(*(row[column] for column in SENTENCE_COLUMNS))
        empty = [c for c in SENTENCE_COLUMNS if not row[c].strip()]
        if empty:
            raise LabelsError(place, f"has no {', '.join(empty)}", "fill it in or delete the row")
        if sentence.sentence_id in seen:
            raise LabelsError(place, f"sentence_id {sentence.sentence_id!r} stands twice", "rename one")
        seen.add(sentence.sentence_id)
        yield sentence


def _read_codings(path: Path, codebook: Codebook, known: set[str]) -> Iterator[Coding]:
    labels = {task.name: task.names for task in codebook.tasks}
    seen: set[tuple[str, str, str]] = set()
    for place, row in read_rows(path, CODING_COLUMNS):
        sentence, coder, task, label, sure = (row[column] for column in CODING_COLUMNS)
        if task not in labels:
            raise LabelsError(place, f"task {task!r} is not one of {', '.join(labels)}", "correct it")
        if label not in labels[task]:
            fact = f"label {label!r} is not one of {', '.join(labels[task])}"
            raise LabelsError(place, fact, "correct the row or add the label to codebook.toml")
        if sentence not in known:
            raise LabelsError(place, f"sentence_id {sentence!r} is not in {SENTENCES}", "correct it")
        if sure not in SURE:
            raise LabelsError(place, f"sure {sure!r} is not true, false or empty", "correct it")
        if (sentence, coder, task) in seen:
            raise LabelsError(place, f"{coder} coded {sentence!r} on {task} before", "keep one row")
        seen.add((sentence, coder, task))
        yield Coding(sentence, coder, task, label, SURE[sure])
