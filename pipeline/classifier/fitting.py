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
from pipeline.classifier.scorer import decision_values, row_of
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
class LabelledFeatures:
    """Features and labels, row by row, ready to fit.

    Parameters
    ----------
    tasks
        The tasks, in the codebook's order.
    features
        Features of each sentence.
    labels
        Task name to the label of each sentence.
    """

    tasks: tuple[Task, ...]
    features: Sequence[SentenceFeatures]
    labels: Mapping[str, Sequence[str]]

    def subset(self, rows: Indices) -> "LabelledFeatures":
        """Take some rows."""
        labels = {task: [values[row] for row in rows] for task, values in self.labels.items()}
        return LabelledFeatures(self.tasks, [self.features[row] for row in rows], labels)


def labelled_features(labels: LabelSet) -> LabelledFeatures:
    """Compute the features of every labelled sentence."""
    matcher = TermMatcher(labels.concepts)
    features = [extract(s.text, sentence_cues(s.text), matcher) for s in labels.sentences]
    tasks = labels.codebook.tasks
    return LabelledFeatures(tasks, features, {task.name: labels.labels_of(task.name) for task in tasks})


class _Elements:
    """Hands a block's counted features to scikit-learn's vectorizer."""

    def __init__(self, block: str) -> None:
        self.block = block

    def __call__(self, features: SentenceFeatures) -> Iterable[str]:
        return features.counts[self.block].elements()


def fit_blocks(features: Sequence[SentenceFeatures], settings: Settings) -> tuple[tuple[Block, ...], Matrix]:
    """Fit the TF-IDF vocabularies and give the shared matrix of the rows they were fitted on."""
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    blocks: list[Block] = []
    parts: list[Matrix] = []
    for name in BLOCKS:
        words = name == "words"
        vectorizer = CountVectorizer(analyzer=_Elements(name), min_df=settings.min_sentences if words else 1)
        weigher = TfidfTransformer(norm="l2" if words else None, use_idf=words, sublinear_tf=True)
        try:
            matrix = weigher.fit_transform(vectorizer.fit_transform(features))
        except ValueError:  # scikit-learn refuses an empty vocabulary; a block may be empty
            blocks.append(Block(name, (), np.zeros(0), words))
            parts.append(sparse.csr_matrix((len(features), 0)))
            continue
        scale = settings.term_scale if name == "terms" else 1.0
        vocabulary = tuple(map(str, vectorizer.get_feature_names_out()))
        idf = weigher.idf_ if words else np.full(len(vocabulary), scale)
        blocks.append(Block(name, vocabulary, np.round(idf, DECIMALS), words))
        parts.append(matrix * scale)
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
        known = rows.subset(train)
        blocks, matrix = fit_blocks(known.features, settings)
        unseen = [row_of(rows.features[row], blocks) for row in test]
        for task in rows.tasks:
            for strength in strengths[task.name]:
                head = fit_head(matrix, blocks, task, known.labels[task.name], strength)
                scores[task.name][strength][test] = decision_values(unseen, head)
    return scores
