"""Many articles: classify a stream, write it to a folder row by row, account for every input."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.classifier.classify import (
    ClassifiedArticle,
    article_columns,
    classify_article,
    sentence_columns,
)
from pipeline.classifier.model import Model
from pipeline.output import Table
from pipeline.text.article import Article, Reject
from pipeline.text.reading import read_articles

UNITS = ("article", "sentence")
REJECT_COLUMNS: Mapping[str, type] = {"input": str, "row": int, "reason": str}


# A summary lists this many articles at most.
_LISTED = 20


@dataclass
class Counts:
    """What a run has seen so far, for its summary and for progress displays.

    Parameters
    ----------
    articles, sentences, rejects, framings
        How many; ``framings`` by label, over all voices.
    first
        The first articles, without their sentences: id and (all, own) counts by framing.
    """

    articles: int = 0
    sentences: int = 0
    rejects: int = 0
    framings: dict[str, int] = field(default_factory=dict)
    first: list[tuple[str, Mapping[str, Mapping[str, int]]]] = field(default_factory=list)

    def add(self, item: ClassifiedArticle | Reject) -> None:
        """Count one result."""
        if isinstance(item, Reject):
            self.rejects += 1
            return
        self.articles += 1
        self.sentences += len(item.sentences)
        for framing, count in item.counts["all"].items():
            self.framings[framing] = self.framings.get(framing, 0) + count
        if len(self.first) < _LISTED:
            self.first.append((item.article.id, item.counts))


def classify_inputs(
    inputs: Iterable[str | Path], model: Model, unit: str = "article"
) -> Iterator[ClassifiedArticle | Reject]:
    """Read and classify inputs one article at a time; rejects pass through.

    Parameters
    ----------
    inputs
        As :func:`~pipeline.text.reading.read_articles` takes them.
    model
        A trained model.
    unit
        ``article``: texts are split into sentences; ``sentence``: each text is one sentence.
    """
    for item in read_articles(inputs):
        if isinstance(item, Article):
            yield classify_article(item, model, whole=unit == "sentence")
        else:
            yield item


def segment_inputs(inputs: Iterable[str | Path], model: Model) -> Iterator[list[dict[str, Any]] | Reject]:
    """Read inputs and split them into sentences: one list of rows an article; rejects pass through.

    Rows hold ``article_id, sentence_id, start, end, text, voice, speaker``.
    """
    kept = ("article_id", "sentence_id", "start", "end", "text", "voice", "speaker")
    for item in classify_inputs(inputs, model):
        if isinstance(item, Reject):
            yield item
        else:
            rows = (sentence.row() for sentence in item.sentences)
            yield [{name: row[name] for name in kept} for row in rows]


def write_run(
    results: Iterable[ClassifiedArticle | Reject],
    model: Model,
    folder: Path,
    file_format: str,
    about: Mapping[str, Any],
    seen: Callable[[Counts], None] = lambda counts: None,
) -> Counts:
    """Write ``sentences``, ``articles`` and ``rejects`` in one format, and ``run.json``.

    Files appear under their names only when they are complete.

    Parameters
    ----------
    results
        What :func:`classify_inputs` yields.
    model
        The model that classified, for the columns.
    folder
        Made if it is missing.
    file_format
        ``jsonl``, ``csv`` or ``parquet``.
    about
        What ``run.json`` tells besides the counts.
    seen
        Called after each article, for progress.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts = Counts()
    columns = {
        "sentences": sentence_columns(model.codebook),
        "articles": article_columns(model.codebook),
        "rejects": REJECT_COLUMNS,
    }
    with ExitStack() as stack:
        table = {
            name: stack.enter_context(Table(folder / f"{name}.{file_format}", file_format, wanted))
            for name, wanted in columns.items()
        }
        for item in results:
            if isinstance(item, Reject):
                table["rejects"].add(asdict(item))
            else:
                for sentence in item.sentences:
                    table["sentences"].add(sentence.row())
                table["articles"].add(item.row())
            counts.add(item)
            seen(counts)
    totals = {name: getattr(counts, name) for name in ("articles", "sentences", "rejects", "framings")}
    run = {**about, "format": file_format, "counts": totals}
    (folder / "run.json").write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return counts
