"""Fixtures: a small labels folder that trains in a second, a model of it, and outside data."""

import csv
from pathlib import Path

import pytest

from pipeline import Settings, load_default_model, read_labels, save_model, train
from pipeline.classifier.model import Model
from pipeline.report.card import model_card

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SMALL = 12  # one sentence in so many


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the outside data in ../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def model() -> Model:
    return load_default_model()


@pytest.fixture(scope="session")
def small_labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A labels folder with every twelfth sentence of the real one."""
    folder = tmp_path_factory.mktemp("labels")
    for name in ("codebook.toml", "contested_terms.toml", "minimal_pairs.csv"):
        (folder / name).write_bytes((ROOT / "labels" / name).read_bytes())
    kept: set[str] = set()
    for name in ("sentences.csv", "codings.csv"):
        with (ROOT / "labels" / name).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        kept = kept or {row[0] for row in rows[::SMALL]}
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *(r for r in rows if r[0] in kept)])
    return folder


@pytest.fixture(scope="session")
def small_model(small_labels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved model of the small labels."""
    folder = tmp_path_factory.mktemp("models") / "small"
    trained = train(read_labels(small_labels), Settings(folds=3, strengths=(1.0,)), {})
    save_model(trained, folder, model_card(trained))
    return folder
