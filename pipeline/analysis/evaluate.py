"""What a model is worth: out-of-fold scores, baselines, slices, behaviour, and an outside file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.analysis.behaviour import PairResult
from pipeline.analysis.metrics import Interval, TaskScores, coverage_curve, reliability, task_scores
from pipeline.annotation.codebook import Task
from pipeline.classifier.model import ABSTAIN, Floats

SHORT, LONG = 12, 25


@dataclass(frozen=True)
class Prediction:
    """One row with its right label and what a model that never saw its group says of it."""

    text: str
    truth: str
    predicted: str
    decided: str
    probability: float
    slices: Mapping[str, str]


@dataclass(frozen=True)
class Slice:
    """Scores of the rows that share one property, such as one register."""

    property: str
    value: str
    n: int
    macro_f1: Interval


@dataclass(frozen=True)
class Evaluation:
    """Everything an evaluation report shows; views only read it.

    Parameters
    ----------
    subject, data, digest, model
        The codebook's title, what was measured on, the SHA-256 of that data and of the model.
    tasks
        The tasks that have rows.
    scores
        One for each task and split; the first of a task is the headline.
    baselines
        Baseline name to its framing scores on the headline split.
    predictions
        Task to rows of the headline split.
    reliability
        Task to (mean confidence, share right, rows) of each bin.
    coverage
        Task to (share of rows kept, macro-F1 on them).
    abstention
        Task to (share of rows decided, share of those that are right).
    slices
        Framing scores by property.
    pairs
        Minimal pairs with results.
    learning
        (Sentences trained on, framing macro-F1 on the headline split), empty for an outside file.
    """

    subject: str
    data: str
    digest: str
    model: str
    tasks: tuple[Task, ...]
    scores: tuple[TaskScores, ...]
    baselines: Mapping[str, TaskScores]
    predictions: Mapping[str, tuple[Prediction, ...]]
    reliability: Mapping[str, Sequence[tuple[float, float, int]]]
    coverage: Mapping[str, Sequence[tuple[float, float]]]
    abstention: Mapping[str, tuple[float, float]]
    slices: tuple[Slice, ...]
    pairs: tuple[PairResult, ...]
    learning: tuple[tuple[int, float], ...]

    def headline(self, task: str) -> TaskScores:
        """The first split's scores of a task."""
        return next(score for score in self.scores if score.task == task)


@dataclass(frozen=True)
class ScoredRows:
    """Rows with right labels and probabilities of one task, ready to be summed up."""

    task: Task
    split: str
    texts: Sequence[str]
    truth: Sequence[str]
    probabilities: Floats
    clusters: Sequence[str]
    slices: Sequence[Mapping[str, str]]
    threshold: float

    def scores(self, seed: int) -> TaskScores:
        """Scores with intervals."""
        return task_scores(
            self.task.name, self.split, self.task.names, self.truth, self.probabilities, self.clusters, seed
        )

    def truth_columns(self) -> list[int]:
        """Right labels as columns."""
        return [self.task.names.index(label) for label in self.truth]

    def predictions(self) -> tuple[Prediction, ...]:
        """One record a row."""
        best = self.probabilities.argmax(axis=1)
        top = self.probabilities.max(axis=1)
        return tuple(
            Prediction(
                self.texts[i],
                self.truth[i],
                self.task.names[best[i]],
                self.task.names[best[i]] if top[i] >= self.threshold else ABSTAIN,
                float(top[i]),
                self.slices[i],
            )
            for i in range(len(self.texts))
        )

    def abstention(self) -> tuple[float, float]:
        """Share of rows decided, and the share of those that are right."""
        decided = [p for p in self.predictions() if p.decided != ABSTAIN]
        right = sum(p.decided == p.truth for p in decided)
        return len(decided) / len(self.texts), right / len(decided) if decided else 0.0


def length_of(text: str) -> str:
    """Class of a sentence's length in words, for slices."""
    words = len(text.split())
    if words <= SHORT:
        return f"up to {SHORT} words"
    return f"over {LONG} words" if words > LONG else f"{SHORT + 1} to {LONG} words"


def summarise(
    headline: Mapping[str, ScoredRows],
    further: Sequence[ScoredRows],
    seed: int,
    *,
    about: tuple[str, str, str, str],
    compared: Mapping[str, TaskScores],
    pairs: Sequence[PairResult],
    learning: Sequence[tuple[int, float]] = (),
) -> Evaluation:
    """Sum scored rows up into an evaluation.

    Parameters
    ----------
    headline
        Task to its rows on the split that counts.
    further
        Rows on other splits, for contrast.
    seed
        Of the bootstrap.
    about
        Subject, data, digest of the data, digest of the model.
    compared
        Baselines on the headline split.
    pairs
        Behaviour tests.
    learning
        The learning curve.
    """
    subject, data, digest, model = about
    return Evaluation(
        subject=subject,
        data=data,
        digest=digest,
        model=model,
        tasks=tuple(rows.task for rows in headline.values()),
        scores=tuple(rows.scores(seed) for rows in (*headline.values(), *further)),
        baselines=compared,
        predictions={task: rows.predictions() for task, rows in headline.items()},
        reliability={task: reliability(r.truth_columns(), r.probabilities) for task, r in headline.items()},
        coverage={task: coverage_curve(r.task.names, r.truth, r.probabilities) for task, r in headline.items()},
        abstention={task: rows.abstention() for task, rows in headline.items()},
        slices=tuple(_slices(headline["framing"], seed)) if "framing" in headline else (),
        pairs=tuple(pairs),
        learning=tuple(learning),
    )


def _slices(rows: ScoredRows, seed: int, smallest: int = 20) -> list[Slice]:
    """Framing scores by every property, for values with enough rows to say anything."""
    found = []
    for name in rows.slices[0]:
        values = [slices[name] for slices in rows.slices]
        for value, count in sorted(Counter(values).items()):
            if count >= smallest:
                kept = [i for i, other in enumerate(values) if other == value]
                found.append(Slice(name, value, count, _subset(rows, kept).scores(seed).macro_f1))
    return found


def _subset(rows: ScoredRows, kept: Sequence[int]) -> ScoredRows:
    def take(values: Sequence[str]) -> list[str]:
        return [values[i] for i in kept]

    return replace(
        rows,
        texts=take(rows.texts),
        truth=take(rows.truth),
        probabilities=rows.probabilities[list(kept)],
        clusters=take(rows.clusters),
        slices=[rows.slices[i] for i in kept],
    )
