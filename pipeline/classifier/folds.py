"""Cross-validation folds that keep groups whole, so that no story is on both sides of a split."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]


def group_folds(
    groups: Sequence[str], strata: Sequence[str], folds: int, seed: int
) -> Iterator[tuple[Indices, Indices]]:
    """Split rows into folds by group, each fold with about the same share of every stratum.

    Parameters
    ----------
    groups
        Group of each row; a group is never parted.
    strata
        Label of each row.
    folds
        Number of folds; with fewer groups than that, one fold a group.
    seed
        Of the shuffle.

    Yields
    ------
    tuple
        Row numbers to train on and to test on.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    count = min(folds, len(set(groups)))
    splitter = StratifiedGroupKFold(n_splits=count, shuffle=True, random_state=seed)
    yield from splitter.split(np.zeros(len(groups)), list(strata), list(groups))


def leave_one_out_folds(groups: Sequence[str]) -> Iterator[tuple[Indices, Indices]]:
    """Leave one whole group out at a time, in alphabetical order."""
    values = np.array(groups)
    for group in sorted(set(groups)):
        yield np.flatnonzero(values != group), np.flatnonzero(values == group)


def random_folds(count: int, folds: int, seed: int) -> Iterator[tuple[Indices, Indices]]:
    """Split rows at random, blind to groups: the flattering figure, printed for contrast only."""
    order = np.random.default_rng(seed).permutation(count)
    for part in np.array_split(order, folds):
        mask = np.ones(count, dtype=bool)
        mask[part] = False
        yield np.flatnonzero(mask), np.sort(part)
