"""The house rules that a reader relies on: imports point one way, light work stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"
LAYERS = ("errors", "text", "annotation", "classifier", "analysis", "report", "output", "batch", "display", "cli")
LONGEST_MODULE = 250


def _layer(name: str) -> int:
    return LAYERS.index(name.split(".")[1])


def test_imports_point_one_way() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        here = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if len(here) < 2 or here[1] == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline."):
                assert _layer(node.module) <= _layer(".".join(here)), f"{path} imports {node.module}"


def test_modules_stay_short() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE, path


@pytest.mark.parametrize("module", ["pipeline.classifier.store", "pipeline.classifier.classify", "pipeline.batch"])
def test_classifying_imports_no_training_library(module: str) -> None:
    code = f"import sys, {module}; print([m for m in ('sklearn', 'pandas', 'nltk', 'scipy') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
