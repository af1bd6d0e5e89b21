"""What the model must beat: majority, contested terms alone, naive Bayes, plain TF-IDF."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from pipeline.annotation.codebook import Task
from pipeline.classifier.features import SentenceFeatures
from pipeline.classifier.folds import Indices
from pipeline.classifier.model import Floats

# Takes texts and features to train on with their labels, and those to predict; gives probabilities.
Baseline = Callable[
    [Sequence[str], Sequence[SentenceFeatures], Sequence[str], Sequence[str], Sequence[SentenceFeatures]], Floats
]


def baselines(task: Task) -> Mapping[str, Baseline]:
    """The baselines for one task, by name."""
    return {
        "majority": lambda texts, known, labels, new, unseen: _majority(task, labels, len(new)),
        "contested terms alone": lambda texts, known, labels, new, unseen: _terms_alone(task, unseen),
        "multinomial naive Bayes": lambda texts, known, labels, new, unseen: _naive_bayes(task, texts, labels, new),
        "TF-IDF + logistic regression": lambda texts, known, labels, new, unseen: _plain(task, texts, labels, new),
    }


def baseline_scores(
    baseline: Baseline,
    texts: Sequence[str],
    features: Sequence[SentenceFeatures],
    labels: Sequence[str],
    folds: Iterable[tuple[Indices, Indices]],
    width: int,
) -> Floats:
    """Out-of-fold probabilities of a baseline, shape (rows, labels)."""
    scores = np.zeros((len(texts), width))
    for train, test in folds:
        scores[test] = baseline(
            [texts[i] for i in train],
            [features[i] for i in train],
            [labels[i] for i in train],
            [texts[i] for i in test],
            [features[i] for i in test],
        )
    return scores


def _majority(task: Task, labels: Sequence[str], rows: int) -> Floats:
    counts = Counter(labels)
    shares = np.array([counts[name] for name in task.names]) / len(labels)
    return np.tile(shares, (rows, 1))


def _terms_alone(task: Task, unseen: Sequence[SentenceFeatures]) -> Floats:
    """The side with more terms, the unmarked label on a tie; no training at all."""
    scores = np.zeros((len(unseen), len(task.names)))
    for row, features in enumerate(unseen):
        counts = Counter(match.side for match in features.matches)
        ranked = counts.most_common(2)
        tie = not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1])
        scores[row, task.names.index(task.unmarked if tie else ranked[0][0])] = 1.0
    return scores


def _naive_bayes(task: Task, texts: Sequence[str], labels: Sequence[str], new: Sequence[str]) -> Floats:
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.pipeline import make_pipeline

    return _aligned(task, make_pipeline(CountVectorizer(), MultinomialNB()), texts, labels, new)


def _plain(task: Task, texts: Sequence[str], labels: Sequence[str], new: Sequence[str]) -> Floats:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    return _aligned(task, make_pipeline(vectorizer, LogisticRegression(C=4.0, max_iter=2000)), texts, labels, new)


def _aligned(task: Task, pipeline, texts, labels, new) -> Floats:  # type: ignore[no-untyped-def]
    """Fit, predict, and put the columns in the codebook's order."""
    fitted = pipeline.fit(list(texts), list(labels))
    scores = np.zeros((len(new), len(task.names)))
    scores[:, [task.names.index(label) for label in fitted.classes_]] = fitted.predict_proba(list(new))
    return scores
