"""Minimal pairs with a floor for each kind: it may rise, it may not fall."""

import pytest

from pipeline import read_labels
from pipeline.analysis.behaviour import pass_rates, run_pairs
from pipeline.classifier.model import Model
from tests.conftest import ROOT

# Share of pairs passed, just under what the shipped model reaches. The aim is 0.95 for every kind;
# minimum functionality asks for both labels right and is far from it (DECISIONS.md).
FLOORS = {"minimum_functionality": 0.42, "directional": 0.95, "invariance": 0.95}


@pytest.mark.parametrize("kind", FLOORS)
def test_floor(model: Model, kind: str) -> None:
    labels = read_labels(ROOT / "labels")
    assert len(labels.pairs) >= 400
    passed, total = pass_rates(run_pairs(labels.pairs, model))[kind]["all"]
    assert passed / total >= FLOORS[kind]
