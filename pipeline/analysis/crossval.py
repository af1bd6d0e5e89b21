"""Evaluation on the labels themselves, each row scored by a model that never saw its group."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.analysis.baselines import baseline_scores, baselines
from pipeline.analysis.behaviour import run_pairs
from pipeline.analysis.evaluate import Evaluation, ScoredRows, length_of, summarise
from pipeline.analysis.metrics import TaskScores, macro_f1, task_scores
from pipeline.annotation.labels import LabelSet
from pipeline.classifier.fitting import LabelledFeatures, Settings, labelled_features, out_of_fold
from pipeline.classifier.folds import Indices, group_folds, leave_one_out_folds, random_folds
from pipeline.classifier.model import Floats, Model, softmax
from pipeline.classifier.training import Progress

BY_EVENT = "stories left out"
BY_REGISTER = "registers left out"
# Of the stories trained on; the whole is the headline split itself.
LEARNING_SHARES = (0.1, 0.25, 0.5, 0.75)
AT_RANDOM = "random rows (flatters)"
Folds = Sequence[tuple[Indices, Indices]]


def cross_validate(
    labels: LabelSet,
    model: Model,
    settings: Settings,
    digest: str,
    progress: Progress = lambda message: None,
) -> Evaluation:
    """Evaluate how well models trained as ``model`` was do on stories and registers left out.

    The models are scored as trained, for the class shares of the labels, like the baselines beside
    them. What the shipped offsets for real text are worth only an outside file can tell.

    Parameters
    ----------
    labels
        What :func:`~pipeline.annotation.labels.read_labels` gave.
    model
        The model trained on all of them: its settings are taken over, its behaviour is tested.
    settings
        Seed and folds.
    digest
        Of the model's folder.
    progress
        Called with a line at each step.
    """
    rows = labelled_features(labels)
    framing = rows.labels["framing"]
    groups = [sentence.split_group for sentence in labels.sentences]
    registers = [sentence.register for sentence in labels.sentences]
    by_event = list(group_folds(groups, framing, settings.folds, settings.seed))
    splits: dict[str, Folds] = {
        BY_EVENT: by_event,
        BY_REGISTER: list(leave_one_out_folds(registers)),
        AT_RANDOM: list(random_folds(len(framing), settings.folds, settings.seed)),
    }
    scored: list[dict[str, ScoredRows]] = []
    for split, folds in splits.items():
        progress(f"{split}: {len(folds)} folds")
        scored.append(_score_split(labels, rows, model, settings, split, folds))
    progress("learning curve")
    curve = _learning_curve(rows, groups, by_event, model, settings)
    curve.append((len(groups), _argmax_f1(rows, scored[0]["framing"].probabilities)))
    progress("baselines")
    return summarise(
        scored[0],
        [one for split in scored[1:] for one in split.values()],
        settings.seed,
        about=(labels.codebook.title, f"{len(framing):,} labelled sentences", labels.digest, digest),
        compared=_baselines(labels, rows, by_event, scored[0]["framing"], settings.seed),
        pairs=run_pairs(labels.pairs, model),
        learning=curve,
    )


def _score_split(
    labels: LabelSet,
    rows: LabelledFeatures,
    model: Model,
    settings: Settings,
    split: str,
    folds: Folds,
) -> dict[str, ScoredRows]:
    strengths = {task: (float(c),) for task, c in model.meta["strengths"].items()}
    scores = out_of_fold(rows, folds, settings, strengths)
    texts = [sentence.text for sentence in labels.sentences]
    slices = [
        {"register": s.register, "voice": voice, "length": length_of(s.text)}
        for s, voice in zip(labels.sentences, rows.labels["voice"], strict=True)
    ]
    found = {}
    for task in rows.tasks:
        (values,) = scores[task.name].values()
        found[task.name] = ScoredRows(
            task=task,
            split=split,
            texts=texts,
            truth=rows.labels[task.name],
            probabilities=softmax(values),
            clusters=[sentence.event for sentence in labels.sentences],
            slices=slices,
            threshold=model.heads[task.name].abstain_below,
        )
    return found


def _learning_curve(
    rows: LabelledFeatures, groups: Sequence[str], folds: Folds, model: Model, settings: Settings
) -> list[tuple[int, float]]:
    """Framing macro-F1 when only a share of the split groups is trained on."""
    order = np.random.default_rng(settings.seed).permutation(sorted(set(groups)))
    framing = rows.tasks[0]
    only = replace(rows, tasks=(framing,))
    curve = []
    for share in LEARNING_SHARES:
        kept = set(order[: max(3, round(share * len(order)))])
        smaller = [(np.array([row for row in train if groups[row] in kept]), test) for train, test in folds]
        strengths = {framing.name: (float(model.meta["strengths"][framing.name]),)}
        (values,) = out_of_fold(only, smaller, settings, strengths)[framing.name].values()
        curve.append((sum(group in kept for group in groups), _argmax_f1(rows, values)))
    return curve


def _argmax_f1(rows: LabelledFeatures, scores: Floats) -> float:
    """Framing macro-F1 of the likeliest labels."""
    task = rows.tasks[0]
    return macro_f1(task.names, rows.labels[task.name], [task.names[column] for column in scores.argmax(axis=1)])


def _baselines(
    labels: LabelSet, rows: LabelledFeatures, folds: Folds, headline: ScoredRows, seed: int
) -> dict[str, TaskScores]:
    texts = [sentence.text for sentence in labels.sentences]
    task = headline.task
    found = {}
    for name, baseline in baselines(task).items():
        scores = baseline_scores(baseline, texts, rows.features, rows.labels[task.name], folds, len(task.names))
        found[name] = task_scores(
            task.name, headline.split, task.names, headline.truth, scores, headline.clusters, seed
        )
    return found
