"""Articles to classified sentences and to counts and shares per article."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.annotation.codebook import Codebook
from pipeline.classifier.features import extract
from pipeline.classifier.model import ABSTAIN, Floats, Model, decide
from pipeline.classifier.scorer import score
from pipeline.text.article import Article
from pipeline.text.segment import Span, split_sentences
from pipeline.text.voice import article_cues

# A sentence of the article's own: neither quoted nor reported.
OWN = "author"


@dataclass(frozen=True)
class ClassifiedSentence:
    """One sentence with its labels.

    Parameters
    ----------
    article_id, sentence_id
        The article, and the sentence's number in it, counted from 1.
    span, text
        ``article.text[span.start:span.end] == text``.
    labels
        Task to label; framing and stance may be ``abstain``.
    probabilities
        Task to label to probability, a fraction 0-1.
    speaker
        Who is quoted or reported, ``""`` where the text does not tell.
    terms
        The contested terms found, each as its words in the text.
    """

    article_id: str
    sentence_id: str
    span: Span
    text: str
    labels: Mapping[str, str]
    probabilities: Mapping[str, Mapping[str, float]]
    speaker: str
    terms: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        """The sentence as one flat row of the output."""
        row: dict[str, Any] = {
            "article_id": self.article_id,
            "sentence_id": self.sentence_id,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
        }
        for task in ("framing", "stance"):
            row[task] = self.labels[task]
            row |= {f"{task}_{label}": value for label, value in self.probabilities[task].items()}
        return row | {"voice": self.labels["voice"], "speaker": self.speaker, "terms": list(self.terms)}


@dataclass(frozen=True)
class ClassifiedArticle:
    """One article with its classified sentences."""

    article: Article
    sentences: tuple[ClassifiedSentence, ...]
    framings: tuple[str, ...]

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Sentences by framing (``abstain`` among them), for ``all`` voices and the ``own`` voice."""
        own = [s for s in self.sentences if s.labels["voice"] == OWN]
        names = (*self.framings, ABSTAIN)
        counted = {
            voices: Counter(s.labels["framing"] for s in group)
            for voices, group in (("all", self.sentences), ("own", own))
        }
        return {voices: {name: found[name] for name in names} for voices, found in counted.items()}

    def share(self, voices: str, framing: str) -> float | None:
        """Share of the sentences with a framing, a fraction 0-1; ``None`` where there are none."""
        total = sum(self.counts[voices].values())
        return self.counts[voices][framing] / total if total else None

    def row(self) -> dict[str, Any]:
        """The article as one flat row of the output."""
        article = self.article
        row: dict[str, Any] = {
            "article_id": article.id,
            "title": article.title,
            "source": article.source,
            "date": article.date,
        }
        for voices, counts in self.counts.items():
            row[f"{voices}_sentences"] = sum(counts.values())
            row |= {f"{voices}_{name}": count for name, count in counts.items()}
            row |= {f"{voices}_{name}_share": self.share(voices, name) for name in counts}
        return row


def sentence_columns(codebook: Codebook) -> dict[str, type]:
    """Columns of :meth:`ClassifiedSentence.row` with their types."""
    columns: dict[str, type] = {"article_id": str, "sentence_id": str, "start": int, "end": int, "text": str}
    for task in ("framing", "stance"):
        columns[task] = str
        columns |= {f"{task}_{label}": float for label in codebook.task(task).names}
    return columns | {"voice": str, "speaker": str, "terms": list}


def article_columns(codebook: Codebook) -> dict[str, type]:
    """Columns of :meth:`ClassifiedArticle.row` with their types."""
    names = (*codebook.task("framing").names, ABSTAIN)
    columns: dict[str, type] = dict.fromkeys(("article_id", "title", "source", "date"), str)
    for voices in ("all", "own"):
        columns[f"{voices}_sentences"] = int
        columns |= {f"{voices}_{name}": int for name in names}
        columns |= {f"{voices}_{name}_share": float for name in names}
    return columns


def classify_article(article: Article, model: Model, whole: bool = False) -> ClassifiedArticle:
    """Split an article into sentences and classify each.

    Parameters
    ----------
    article
        What to classify.
    model
        A trained model.
    whole
        Take the text as one sentence instead of splitting it.

    Examples
    --------
    >>> from pipeline import load_default_model
    >>> article = Article("note", "The talks opened on Monday. Both sides met in Istanbul.")
    >>> [s.labels["framing"] for s in classify_article(article, load_default_model()).sentences]
    ['neutral', 'neutral']
    """
    text = article.text
    spans = [_core(text)] if whole else split_sentences(text)
    cues = article_cues(text, spans)
    features = [extract(text[s.start : s.end], cue, model.matcher) for s, cue in zip(spans, cues, strict=True)]
    scores = score(features, model)
    labels = {task: decide(head, scores[task]) for task, head in model.heads.items()}
    sentences = []
    for number, (span, cue, feature) in enumerate(zip(spans, cues, features, strict=True)):
        here = {task: values[number] for task, values in labels.items()}
        if cue.running:
            here["voice"] = "quoted"
        piece = text[span.start : span.end]
        sentences.append(
            ClassifiedSentence(
                article_id=article.id,
                sentence_id=f"{article.id}-{number + 1}" if not whole else article.id,
                span=span,
                text=piece,
                labels=here,
                probabilities={task: _named(model, task, values[number]) for task, values in scores.items()},
                speaker=cue.speaker if here["voice"] != OWN else "",
                terms=tuple(piece[a:b] for a, b in feature.term_spans),
            )
        )
    return ClassifiedArticle(article, tuple(sentences), model.heads["framing"].labels)


def _core(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _named(model: Model, task: str, values: Floats) -> dict[str, float]:
    return dict(zip(model.heads[task].labels, map(float, values), strict=True))
