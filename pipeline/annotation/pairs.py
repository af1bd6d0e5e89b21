"""Minimal pairs: two sentences that differ in one respect, and what must change or stay."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.annotation.codebook import Codebook
from pipeline.annotation.tables import read_rows
from pipeline.errors import LabelsError

FILE = "minimal_pairs.csv"
COLUMNS = ("pair_id", "kind", "capability", "task", "first", "second", "first_label", "second_label")
KINDS = ("minimum_functionality", "invariance", "directional")


@dataclass(frozen=True)
class MinimalPair:
    """A behavioural test in the manner of CheckList (Ribeiro et al. 2020, ACL).

    Parameters
    ----------
    pair_id
        Unique name.
    kind
        ``minimum_functionality``: both sentences must get their labels. ``invariance``: both must
        get the same label, whichever. ``directional``: the probability of ``second_label`` must
        be higher for the second sentence than for the first.
    capability
        What differs: a term, an actor, the place, the negation ...
    task
        The task whose labels are meant.
    first, second
        The two sentences.
    first_label, second_label
        Their right labels.
    """

    pair_id: str
    kind: str
    capability: str
    task: str
    first: str
    second: str
    first_label: str
    second_label: str


def read_pairs(folder: Path, codebook: Codebook) -> tuple[MinimalPair, ...]:
    """Read ``minimal_pairs.csv`` of a labels folder; a folder without the file has none.

    Raises
    ------
    LabelsError
        A row has an unknown kind, task or label, or an id stands twice.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    pairs: dict[str, MinimalPair] = {}
    labels = {task.name: task.names for task in codebook.tasks}
    for place, row in read_rows(path, COLUMNS):
        pair = MinimalPair(*(row[column] for column in COLUMNS))
        if pair.kind not in KINDS:
            raise LabelsError(place, f"kind {pair.kind!r} is not one of {', '.join(KINDS)}", "correct it")
        for label in (pair.first_label, pair.second_label):
            if label not in labels.get(pair.task, ()):
                fact = f"{label!r} is not a label of task {pair.task!r}"
                raise LabelsError(place, fact, "correct the row or codebook.toml")
        if pair.pair_id in pairs:
            raise LabelsError(place, f"pair_id {pair.pair_id!r} stands twice", "rename one")
        pairs[pair.pair_id] = pair
    return tuple(pairs.values())
