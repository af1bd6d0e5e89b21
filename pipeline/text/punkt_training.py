"""Learn the Punkt parameters from our own text with NLTK and write them as data.

Run once when labels or seeds change much: ``python -m pipeline.text.punkt_training``.
"""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.text.wordlists import read_words

# What a corpus of this size cannot show: the usual abbreviations of news English.
TITLES = read_words("pipeline.text", "titles.txt")
NUMBER_SIGNS = read_words("pipeline.text", "number_signs.txt")
STARTERS = read_words("pipeline.text", "starters.txt")
ABBREVIATIONS = read_words("pipeline.text", "abbreviations.txt")


def learn(texts: Iterable[str]) -> dict[str, Any]:
    """Train Punkt and keep what ``segment`` asks for.

    Parameters
    ----------
    texts
        Articles or sentences of news English.

    Returns
    -------
    dict
        ``abbreviations``, ``never_final``, ``number_signs``, ``starters`` and ``collocations``, sorted.
    """
    from nltk.tokenize import punkt

    trainer = punkt.PunktTrainer()
    trainer.INCLUDE_ALL_COLLOCS = False
    trainer.train("\n\n".join(texts), finalize=False)
    trainer.finalize_training()
    parameters = trainer.get_params()
    return {
        "abbreviations": sorted({*ABBREVIATIONS, *TITLES, *parameters.abbrev_types} - {*NUMBER_SIGNS}),
        "never_final": sorted(TITLES),
        "number_signs": sorted(NUMBER_SIGNS),
        "starters": sorted({*STARTERS, *parameters.sent_starters}),
        "collocations": sorted(map(list, parameters.collocations)),
    }


def main() -> None:
    """Rebuild ``pipeline/text/punkt.json`` from ``labels/`` and ``seeds/`` of the repository."""
    root = Path(__file__).parents[2]
    with (root / "labels/sentences.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    texts += [path.read_text("utf-8") for path in sorted((root / "seeds").glob("*.md"))]
    target = Path(__file__).with_name("punkt.json")
    target.write_text(json.dumps(learn(texts), ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
