"""End to end, as a user types it."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from tests.conftest import ROOT

SEED = "seeds/02-pyongyang-rebuttal.md"


def run(*words: object, stdin: str = "", status: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "pipeline.cli", *map(str, words)]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_help_teaches() -> None:
    shown = run("--help").stdout
    assert "counterframe classify article.txt" in shown
    for command in ("segment", "train", "evaluate", "classify", "explain", "terms"):
        assert command in shown


def test_segment() -> None:
    found = rows(run("segment", SEED).stdout)
    assert list(found[0]) == ["article_id", "sentence_id", "start", "end", "text", "voice", "speaker"]
    assert {row["article_id"] for row in found} == {"02-pyongyang-rebuttal"}


def test_classify_to_stdout() -> None:
    found = rows(run("classify", SEED).stdout)
    expected = (
        "article_id sentence_id start end text framing framing_western framing_dprk_russian framing_neutral "
        "stance stance_favor stance_against stance_none voice speaker terms"
    )
    assert list(found[0]) == expected.split()
    assert {row["framing"] for row in found} <= {"western", "dprk_russian", "neutral", "abstain"}


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_classify_to_a_folder(tmp_path: Path, form: str) -> None:
    run("classify", "seeds", "-o", tmp_path / "out", "--format", form)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(
        [f"articles.{form}", f"rejects.{form}", "run.json", f"sentences.{form}"]
    )
    about = json.loads((tmp_path / "out/run.json").read_text("utf-8"))
    path = tmp_path / f"out/articles.{form}"
    if form == "jsonl":
        articles = rows(path.read_text("utf-8"))
    elif form == "csv":
        articles = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    else:
        articles = pyarrow.parquet.read_table(path).to_pylist()
    assert about["counts"]["articles"] == len(articles) == 10
    first = articles[0]
    assert int(first["all_sentences"]) == sum(
        int(first[f"all_{n}"]) for n in ("western", "dprk_russian", "neutral", "abstain")
    )


def test_one_row_a_sentence_with_ids_and_order_kept() -> None:
    given = "".join(json.dumps({"id": f"r{n}", "text": f"One. Two {n}."}) + "\n" for n in (3, 1, 2))
    found = rows(run("classify", "-", "--unit", "sentence", stdin=given).stdout)
    assert [(row["article_id"], row["text"]) for row in found] == [(f"r{n}", f"One. Two {n}.") for n in (3, 1, 2)]


def test_bad_input_never_loses_good_input(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The train left on Monday.", "utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01")
    (tmp_path / "latin.txt").write_bytes("Zürich".encode("latin-1"))
    (tmp_path / "other.csv").write_text("id,body\n1,x\n", "utf-8")
    (tmp_path / "long.txt").write_bytes(b"word " * 10_000_000)
    (tmp_path / "null.jsonl").write_text('{"id": "n", "text": null}\n{"id": "g", "text": "It rained."}\n', "utf-8")
    done = run("classify", tmp_path, "-o", tmp_path / "out", status=1)
    assert "6 inputs rejected" in done.stderr.splitlines()[-1]
    rejects = rows((tmp_path / "out/rejects.jsonl").read_text("utf-8"))
    assert {Path(str(row["input"])).name for row in rejects} == {
        "empty.txt", "binary.txt", "latin.txt", "other.csv", "long.txt", "null.jsonl"
    }  # fmt: skip
    assert all(row["reason"] for row in rejects)
    kept = rows((tmp_path / "out/sentences.jsonl").read_text("utf-8"))
    assert [row["article_id"] for row in kept] == ["good", "g"]


def test_explain() -> None:
    shown = run("explain", "They took part in liberation operations.").stdout
    assert "weight × value" in shown
    found = json.loads(run("explain", "-", "--json", stdin="They took part in liberation operations.").stdout)
    assert found["terms"][0]["side"] == "dprk_russian"


def test_terms() -> None:
    found = list(csv.DictReader(run("terms", "seeds", "--csv").stdout.splitlines()))
    assert {row["source"] for row in found} == {"composed"}
    assert "whose term" in run("terms", "seeds").stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("explain", " "), "TEXT: is empty"),
        (("explain", "x", "--task", "mood"), "'mood' is not one of framing, stance, voice"),
        (("classify", SEED, "--model", "seeds"), "error: seeds: lacks"),
        (("train", "--labels", "nowhere"), "codebook.toml: not found"),
        (("evaluate", "--withhold"), "--withhold: was given without --gold"),
        (("evaluate", "--gold", "nowhere.jsonl"), "nowhere.jsonl: cannot be read"),
    ],
)
def test_mistakes_end_in_one_line(words: tuple[str, ...], message: str) -> None:
    shown = run(*words, status=2).stderr
    assert message in " ".join(shown.split())


def test_evaluate_on_the_labels(small_labels: Path, small_model: Path, tmp_path: Path) -> None:
    run("evaluate", "--labels", small_labels, "--model", small_model, "--out", tmp_path)
    data = json.loads((tmp_path / "evaluation.json").read_text("utf-8"))
    splits = [score["split"] for score in data["scores"] if score["task"] == "framing"]
    assert splits == ["stories left out", "registers left out", "random rows (flatters)"]
    assert set(data["baselines"]) == {
        "majority", "contested terms alone", "multinomial naive Bayes", "TF-IDF + logistic regression"
    }  # fmt: skip
    page = (tmp_path / "evaluation.html").read_text("utf-8")
    assert "<svg" in page
    assert "http://" not in page.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "http://creativecommons.org", ""
    )
    assert "| framing | stories left out |" in (tmp_path / "evaluation.md").read_text("utf-8")


def test_evaluate_on_an_outside_file(small_model: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    texts = ["The invasion began.", "The train left.", "The special military operation goes on."] * 8
    labels = ["western", "neutral", "dprk_russian"] * 8
    gold.write_text(
        "".join(
            json.dumps({"text": f"{t} {n}", "framing": x, "source": f"s{n % 4}"}) + "\n"
            for n, (t, x) in enumerate(zip(texts, labels, strict=True))
        ),
        "utf-8",
    )
    run("evaluate", "--model", small_model, "--gold", gold, "--out", tmp_path / "report")
    data = json.loads((tmp_path / "report/evaluation.json").read_text("utf-8"))
    assert data["scores"][0]["n"] == 24
    gold.write_text('{"text": "x", "framing": "eastern"}\n', "utf-8")
    assert "'eastern' is not one of western" in run("evaluate", "--model", small_model, "--gold", gold, status=2).stderr
