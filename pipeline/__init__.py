"""Counterframe: whose words is this text using? Sentence by sentence, with the words that decided it.

Every command of ``counterframe`` has its twin here. Names are loaded when they are first used, so
that classifying imports neither scikit-learn nor pandas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.analysis.choices import term_choices as term_choices
    from pipeline.analysis.crossval import cross_validate as cross_validate
    from pipeline.analysis.explain import explain as explain
    from pipeline.analysis.gold import evaluate_gold as evaluate_gold
    from pipeline.analysis.gold import read_gold as read_gold
    from pipeline.annotation.labels import read_labels as read_labels
    from pipeline.batch import classify_inputs as classify_inputs
    from pipeline.batch import write_run as write_run
    from pipeline.classifier.classify import classify_article as classify_article
    from pipeline.classifier.fitting import Settings as Settings
    from pipeline.classifier.store import load_default_model as load_default_model
    from pipeline.classifier.store import load_model as load_model
    from pipeline.classifier.store import save_model as save_model
    from pipeline.classifier.training import train as train
    from pipeline.text.article import Article as Article
    from pipeline.text.reading import read_articles as read_articles
    from pipeline.text.segment import split_sentences as split_sentences

_HOME = {
    "Article": "text.article",
    "Settings": "classifier.fitting",
    "classify_article": "classifier.classify",
    "classify_inputs": "batch",
    "cross_validate": "analysis.crossval",
    "evaluate_gold": "analysis.gold",
    "explain": "analysis.explain",
    "load_default_model": "classifier.store",
    "load_model": "classifier.store",
    "read_articles": "text.reading",
    "read_gold": "analysis.gold",
    "read_labels": "annotation.labels",
    "save_model": "classifier.store",
    "split_sentences": "text.segment",
    "term_choices": "analysis.choices",
    "train": "classifier.training",
    "write_run": "batch",
}
__all__ = sorted(_HOME)  # noqa: PLE0605
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(f"pipeline.{_HOME[name]}"), name)
