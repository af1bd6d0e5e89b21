"""Training: the same bytes in another process, and the scorer equal to scikit-learn."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from pipeline.annotation.labels import read_labels
from pipeline.classifier.calibration import abstain_threshold, fit_calibration, read_calibration
from pipeline.classifier.features import extract
from pipeline.classifier.fitting import Settings, fit_blocks, fit_head, labelled_features
from pipeline.classifier.folds import group_folds, leave_one_out_folds, random_folds
from pipeline.classifier.model import Model, softmax
from pipeline.classifier.scorer import row_of, score
from pipeline.errors import LabelsError
from pipeline.text.voice import sentence_cues


def test_two_processes_write_the_same_bytes(small_labels: Path, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        command = [sys.executable, "-m", "pipeline.cli", "train", "--labels", str(small_labels), "--out", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
    names = [sorted(path.name for path in folder.iterdir()) for folder in folders]
    assert names[0] == names[1]
    assert all((folders[0] / name).read_bytes() == (folders[1] / name).read_bytes() for name in names[0])


def test_rows_and_probabilities_equal_scikit_learn(small_labels: Path) -> None:
    rows = labelled_features(read_labels(small_labels))
    blocks, matrix = fit_blocks(rows.counted, np.arange(len(rows.features)), Settings())
    dense = np.zeros(matrix.shape)
    for number, features in enumerate(rows.features):
        columns, values = row_of(features, blocks)
        dense[number, columns] = values
    # The stored idf has five decimals; that, and nothing else, parts the two.
    assert np.abs(dense - matrix.toarray()).max() < 1e-5
    for task in rows.tasks:
        head = fit_head(matrix, blocks, task, rows.labels[task.name], 1.0)
        used = np.flatnonzero(np.abs(head.weights).sum(axis=1))
        oracle = LogisticRegression(C=1.0, max_iter=2000, tol=1e-5).fit(matrix[:, used], rows.labels[task.name])
        order = [list(oracle.classes_).index(name) for name in task.names]
        assert (
            np.abs(
                softmax(matrix @ head.weights + head.intercept) - oracle.predict_proba(matrix[:, used])[:, order]
            ).max()
            < 1e-4
        )


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_gets_probabilities(model: Model, text: str) -> None:
    scores = score([extract(text, sentence_cues(text), model.matcher)], model)
    for values in scores.values():
        assert np.isfinite(values).all()
        assert values.sum() == pytest.approx(1.0)


def test_folds_never_part_a_group() -> None:
    groups = [f"g{number % 17}" for number in range(300)]
    strata = ["a" if number % 3 else "b" for number in range(300)]
    for folds in (list(group_folds(groups, strata, 5, 0)), list(leave_one_out_folds(groups))):
        assert sorted(i for _, test in folds for i in test) == list(range(300))
        for train, test in folds:
            assert {groups[i] for i in train}.isdisjoint(groups[i] for i in test)
    assert sorted(i for _, test in random_folds(300, 5, 0) for i in test) == list(range(300))


def test_calibration_finds_a_planted_temperature() -> None:
    random = np.random.default_rng(0)
    honest = random.normal(0, 2, (20000, 3))
    truth = [int(random.choice(3, p=row)) for row in softmax(honest)]
    fitted = fit_calibration(honest * 4, truth, 0.9, "planted")
    assert fitted.scale == pytest.approx(0.25, abs=0.02)
    assert max(map(abs, fitted.offset)) < 0.1


def test_the_threshold_reaches_its_precision_or_refuses_everything() -> None:
    confidence = np.array([0.5, 0.6, 0.7, 0.8])
    assert abstain_threshold(confidence, [False, False, True, True], 0.9) == pytest.approx(0.61)
    assert abstain_threshold(confidence, [False] * 4, 0.9) == 1.0


def test_a_broken_calibration_is_refused(tmp_path: Path, model: Model) -> None:
    (tmp_path / "calibration.toml").write_text('[framing]\nscale = "much"\n', "utf-8")
    with pytest.raises(LabelsError, match=r"calibration\.toml: cannot be used"):
        read_calibration(tmp_path, model.codebook)
