"""Features and labels to fitted heads: the shared matrix, the regressions, the out-of-fold scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pipeline.annotation.codebook import Task
from pipeline.annotation.labels import LabelSet
from pipeline.annotation.terms import TermMatcher
from pipeline.classifier.features import BLOCKS, SentenceFeatures, extract
from pipeline.classifier.folds import Indices
from pipeline.classifier.model import Block, Floats, Head
from pipeline.text.voice import sentence_cues

Matrix = Any  # scipy.sparse.csr_matrix: scipy ships no types
# Which blocks each head reads. Voice by its cues alone: on 3,741 real sentences macro-F1 0.85
# against 0.80 with the words added and 0.77 for rules (DECISIONS.md).
BLOCKS_OF = {"framing": ("words", "terms"), "stance": ("words", "terms"), "voice": ("cues",)}
# Weights are stored with this many decimals: below the noise between machines' summation orders.
DECIMALS = 5


@dataclass(frozen=True)
class Settings:
    """What training may be told.

    Parameters
    ----------
    seed
        Of the folds.
    folds
        Number of folds by split group.
    strengths
        Candidates for C, the inverse of the regularisation; chosen by grouped cross-validation.
        None above 1: there it fits what is composed about the labels (log loss on real text 0.607
        at 1, 0.614 at 4, though the labels' own folds like 4).
    min_sentences
        A word feature must stand in this many sentences.
    term_scale
        Weight of contested-term counts beside word values of length one.
    precision
        Share of right answers, a fraction 0-1, that decides where to abstain.
    """

    seed: int = 0
    folds: int = 5
    strengths: tuple[float, ...] = (0.25, 0.5, 1.0)
    min_sentences: int = 2
    term_scale: float = 1.0
    precision: float = 0.85


@dataclass(frozen=True)
class Counted:
    """One block of all rows, counted once so that folds need not count again.

    Parameters
    ----------
    vocabulary
        Every feature of any row, sorted.
    matrix
        Counts, sparse, shape (rows, features).
    """

    vocabulary: tuple[str, ...]
    matrix: Matrix


@dataclass(frozen=True)
class LabelledFeatures:
    """Features and labels, row by row, ready to fit.

    Parameters
    ----------
    tasks
        The tasks, in the codebook's order.
    features
        Features of each sentence.
    counted
        Block name to the counts of all sentences.
    labels
        Task name to the label of each sentence.
    """

    tasks: tuple[Task, ...]
    features: Sequence[SentenceFeatures]
    counted: Mapping[str, Counted]
    labels: Mapping[str, Sequence[str]]


def labelled_features(labels: LabelSet) -> LabelledFeatures:
    """Compute the features of every labelled sentence."""
    matcher = TermMatcher(labels.concepts)
    features = [extract(s.text, sentence_cues(s.text), matcher) for s in labels.sentences]
    counted = {name: _count([one.counts[name] for one in features]) for name in BLOCKS}
    tasks = labels.codebook.tasks
    return LabelledFeatures(tasks, features, counted, {task.name: labels.labels_of(task.name) for task in tasks})


def _count(counts: Sequence[Mapping[str, int]]) -> Counted:
    from sklearn.feature_extraction import DictVectorizer

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(counts)
    return Counted(tuple(map(str, vectorizer.get_feature_names_out())), matrix)


def fit_blocks(counted: Mapping[str, Counted], rows: Indices, settings: Settings) -> tuple[tuple[Block, ...], Matrix]:
    """Fit vocabularies and TF-IDF on some rows and give the shared matrix of all rows.

    Parameters
    ----------
    counted
        Counts of all rows, by block.
    rows
        The rows to fit on; the others enter neither vocabulary nor weights.
    settings
        How often a word must occur, and how much a term weighs.
    """
    from sklearn.feature_extraction.text import TfidfTransformer

    blocks: list[Block] = []
    parts: list[Matrix] = []
    for name in BLOCKS:
        words = name == "words"
        known = counted[name].matrix[rows]
        kept = np.flatnonzero(known.getnnz(axis=0) >= (settings.min_sentences if words else 1))
        vocabulary = tuple(counted[name].vocabulary[column] for column in kept)
        weigher = TfidfTransformer(norm="l2" if words else None, use_idf=words, sublinear_tf=True)
        scale = settings.term_scale if name == "terms" else 1.0
        if vocabulary:
            weigher.fit(known[:, kept])
            parts.append(weigher.transform(counted[name].matrix[:, kept]) * scale)
        idf = weigher.idf_ if words and vocabulary else np.full(len(vocabulary), scale)
        blocks.append(Block(name, vocabulary, np.round(idf, DECIMALS), words))
    return tuple(blocks), sparse.hstack(parts).tocsr()


def fit_head(matrix: Matrix, blocks: Sequence[Block], task: Task, labels: Sequence[str], strength: float) -> Head:
    """Fit one multinomial logistic regression on the blocks that its task reads."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    columns = _columns(blocks, BLOCKS_OF[task.name])
    weights = np.zeros((matrix.shape[1], len(task.names)))
    intercept = np.full(len(task.names), -20.0)  # a label without examples is never the answer
    # One thread: the order of a sum, and with it the last bit, must not depend on the machine.
    with threadpool_limits(1):
        fitted = LogisticRegression(C=strength, max_iter=2000, tol=1e-5).fit(matrix[:, columns], list(labels))
    coefficients, constants = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:  # scikit-learn keeps one column for two labels
        coefficients = np.vstack([-coefficients / 2, coefficients / 2])
        constants = np.array([-constants[0] / 2, constants[0] / 2])
    for row, label in enumerate(fitted.classes_):
        place = task.names.index(str(label))
        weights[columns, place] = coefficients[row]
        intercept[place] = constants[row]
    return Head(task.name, task.names, weights, intercept, 0.0)


def _columns(blocks: Sequence[Block], wanted: Sequence[str]) -> Indices:
    names = np.repeat([block.name for block in blocks], [len(block.vocabulary) for block in blocks])
    return np.flatnonzero(np.isin(names, wanted))


def out_of_fold(
    rows: LabelledFeatures,
    folds: Iterable[tuple[Indices, Indices]],
    settings: Settings,
    strengths: Mapping[str, Sequence[float]],
) -> dict[str, dict[float, Floats]]:
    """Score every row with heads that were not trained on its group.

    Returns
    -------
    dict
        Task to strength to decision values, shape (rows, labels); 0 for rows in no fold.
    """
    scores = {
        task.name: {c: np.zeros((len(rows.features), len(task.names))) for c in strengths[task.name]}
        for task in rows.tasks
    }
    for train, test in folds:
        blocks, matrix = fit_blocks(rows.counted, train, settings)
        seen, unseen = matrix[train], matrix[test]
        for task in rows.tasks:
            known = [rows.labels[task.name][row] for row in train]
            for strength in strengths[task.name]:
                head = fit_head(seen, blocks, task, known, strength)
                scores[task.name][strength][test] = unseen @ head.weights + head.intercept
    return scores
