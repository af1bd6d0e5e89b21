"""Evaluation on an outside file: sentences that were never part of the labels."""

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.analysis.evaluate import Evaluation, ScoredRows, length_of, summarise
from pipeline.annotation.terms import Concept, TermMatcher
from pipeline.classifier.calibration import Calibration, fit_calibration
from pipeline.classifier.features import SentenceFeatures, extract
from pipeline.classifier.model import Model
from pipeline.classifier.scorer import decision_values, row_of, score
from pipeline.errors import InputError
from pipeline.text.voice import sentence_cues


@dataclass(frozen=True)
class Gold:
    """Rows of an outside file.

    Parameters
    ----------
    name, digest
        File name and SHA-256 of its bytes.
    rows
        One mapping a row: ``text``, any task, optionally ``source`` and ``event``.
    """

    name: str
    digest: str
    rows: tuple[Mapping[str, Any], ...]


def read_gold(path: Path, model: Model) -> Gold:
    """Read a JSON Lines file of sentences with right labels.

    Parameters
    ----------
    path
        Rows with ``text`` and any of the task columns; a task that is null or missing in a row
        leaves that row out of the task. ``source`` and ``event`` cluster the intervals.
    model
        The model whose labels the file must use.

    Raises
    ------
    InputError
        The file is missing, a row is no JSON object with text, or a label is not the model's.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "check the name") from None
    rows = tuple(_rows(path, content, model))
    if not rows:
        raise InputError(str(path), "has no rows", "give one JSON object a line")
    return Gold(path.name, hashlib.sha256(content).hexdigest(), rows)


def evaluate_gold(
    gold: Gold, model: Model, digest: str, seed: int = 0, attested: Iterable[str] | None = None
) -> Evaluation:
    """Score a model on an outside file, task by task.

    Parameters
    ----------
    gold
        What :func:`read_gold` gave.
    model, digest
        A trained model and the digest of its folder.
    seed
        Of the bootstrap.
    attested
        Texts of the labels. Where given, terms known from one source alone are withheld from that
        source (:func:`gold_features`).
    """
    found = {}
    features = gold_features(gold, model, attested)
    scores = score(features, model)
    for name, head in model.heads.items():
        kept = [i for i, row in enumerate(gold.rows) if row.get(name) is not None]
        rows = [gold.rows[i] for i in kept]
        if not rows:
            continue
        found[name] = ScoredRows(
            task=model.codebook.task(name),
            split="outside file" if attested is None else "outside file, terms withheld",
            texts=[row["text"] for row in rows],
            truth=[row[name] for row in rows],
            probabilities=scores[name][kept],
            clusters=_clusters(rows),
            slices=[_slices(row) for row in rows],
            threshold=head.abstain_below,
        )
    if not found:
        raise InputError(gold.name, f"has none of the columns {', '.join(model.heads)}", "add one")
    about = (model.codebook.title, f"{len(gold.rows):,} sentences of {gold.name}", gold.digest, digest)
    return summarise(found, [], seed, about=about, compared={}, pairs=[])


def gold_features(gold: Gold, model: Model, attested: Iterable[str] | None) -> list[SentenceFeatures]:
    """Features of an outside file's rows, without what its own source may have put on the term list.

    A term list drawn up with the outside file at hand flatters the score on it. So each source is
    scored without the terms that, in the labels and the file together, only this source uses: at
    worst this withholds terms that were known beforehand, so the score errs on the low side.

    Parameters
    ----------
    gold, model
        The rows, and the model whose contested terms are meant.
    attested
        Texts of the labels; ``None`` withholds nothing.
    """
    features = [_features(row["text"], model.matcher) for row in gold.rows]
    if attested is None:
        return features
    sources = [str(row.get("source", number)) for number, row in enumerate(gold.rows)]
    users: dict[tuple[str, str], set[str]] = {}
    labelled = ((_features(text, model.matcher), "") for text in attested)
    for found, source in chain(zip(features, sources, strict=True), labelled):
        for match in found.matches:
            users.setdefault((match.concept, match.term), set()).add(source)
    for source in set(sources):
        lonely = {term for term, known in users.items() if known == {source}}
        matcher = TermMatcher(_without(model.concepts, lonely))
        for number, row in enumerate(gold.rows):
            if sources[number] == source and any((m.concept, m.term) in lonely for m in features[number].matches):
                features[number] = _features(row["text"], matcher)
    return features


def _features(text: str, matcher: TermMatcher) -> SentenceFeatures:
    return extract(text, sentence_cues(text), matcher)


def _without(concepts: Iterable[Concept], terms: Container[tuple[str, str]]) -> list[Concept]:
    return [
        replace(one, terms={s: tuple(t for t in ts if (one.id, t) not in terms) for s, ts in one.terms.items()})
        for one in concepts
    ]


def calibrate_on(
    gold: Gold, model: Model, precision: float, only: Mapping[str, str], attested: Iterable[str]
) -> dict[str, Calibration]:
    """Measure the calibration that real text asks for, to be kept in ``calibration.toml``.

    Voice is left out: its shares in the labels are those of real text, and offsets measured on
    real text made it no better (DECISIONS.md).

    Parameters
    ----------
    gold
        Real sentences with right labels.
    model
        A trained model; the calibration that it carries is undone first.
    precision
        Share of right answers, a fraction 0-1, that sets where to abstain.
    only
        Column to value: the rows to measure on, such as those drawn at random.
    attested
        Texts of the labels, to withhold terms as :func:`gold_features` does.
    """
    measured = {}
    features = gold_features(gold, model, attested)
    drawn = [i for i, row in enumerate(gold.rows) if all(row.get(key) == value for key, value in only.items())]
    for name in ("framing", "stance"):
        head = model.heads[name]
        kept = [i for i in drawn if gold.rows[i].get(name) is not None]
        rows = [gold.rows[i] for i in kept]
        carried = Calibration(**model.meta["calibration"][name])
        values = decision_values((row_of(features[i], model.blocks) for i in kept), head)
        raw = (values - np.array(carried.offset)) / carried.scale
        truth = [head.labels.index(row[name]) for row in rows]
        clusters = len({row.get("source") for row in rows})
        words = f"{len(rows)} sentences of {clusters} sources in {gold.name}, SHA-256 {gold.digest[:12]}"
        measured[name] = fit_calibration(raw, truth, precision, words)
    return measured


def _clusters(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(row.get("event") or row.get("source") or number) for number, row in enumerate(rows)]


def _slices(row: Mapping[str, Any]) -> dict[str, str]:
    known = {"source": str(row.get("source") or "unknown"), "length": length_of(row["text"])}
    return known | ({"voice": str(row["voice"])} if row.get("voice") else {"voice": "unknown"})


def _rows(path: Path, content: bytes, model: Model) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(content.splitlines(), start=1):
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(place, f"is not JSON ({error})", "correct the row") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise InputError(place, "has no 'text'", "give an object with a text")
        for task, head in model.heads.items():
            if row.get(task) is not None and row[task] not in head.labels:
                fact = f"{task} {row[task]!r} is not one of {', '.join(head.labels)}"
                raise InputError(place, fact, "correct the row")
        yield row
