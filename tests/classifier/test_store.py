"""Model folders: what is not what training writes is refused by name."""

import io
import json
import pickle
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pipeline.classifier.model import Model
from pipeline.classifier.store import default_folder, load_model, save_model
from pipeline.errors import ModelError


class Bomb:
    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return (exec, ("raise SystemExit('code ran')",))


def _arrays(folder: Path) -> dict[str, np.ndarray]:
    with np.load(folder / "weights.npz") as stored:
        return dict(stored)


def _pickled(folder: Path) -> None:
    arrays = _arrays(folder)
    arrays["idf"] = np.array([Bomb()] * len(arrays["idf"]), dtype=object)
    np.savez(folder / "weights.npz", allow_pickle=True, **arrays)


def _member(folder: Path) -> None:
    with zipfile.ZipFile(folder / "weights.npz", "a") as archive:
        archive.writestr("../escape.npy", b"x")


def _shape(folder: Path) -> None:
    arrays = _arrays(folder)
    arrays["framing_weights"] = arrays["framing_weights"][:-1]
    np.savez(folder / "weights.npz", **arrays)  # type: ignore[arg-type]


def _type(folder: Path) -> None:
    arrays = _arrays(folder)
    np.savez(folder / "weights.npz", **{k: v.astype(np.float32) for k, v in arrays.items()})  # type: ignore[arg-type]


def _nan(folder: Path) -> None:
    arrays = _arrays(folder)
    arrays["idf"][0] = np.nan
    np.savez(folder / "weights.npz", **arrays)  # type: ignore[arg-type]


def _meta(change: Callable[[dict], None]) -> Callable[[Path], None]:  # type: ignore[type-arg]
    def apply(folder: Path) -> None:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        change(meta)
        (folder / "meta.json").write_text(json.dumps(meta), "utf-8")

    return apply


BREAKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "pickle": (_pickled, "not float64"),
    "extra member": (_member, "holds"),
    "missing file": (lambda f: (f / "vocabulary.txt").unlink(), "lacks vocabulary.txt"),
    "extra file": (lambda f: (f / "model.pkl").write_bytes(pickle.dumps(Bomb())), "holds model.pkl"),
    "unknown format": (_meta(lambda m: m.update(format=99)), "format 99 is not 1"),
    "no format": (_meta(lambda m: m.pop("format")), "format None is not 1"),
    "no codebook": (_meta(lambda m: m.pop("codebook")), "lacks or garbles 'codebook'"),
    "head too few": (_meta(lambda m: m["heads"].pop()), "has the heads"),
    "wrong shape": (_shape, "not float64"),
    "wrong type": (_type, "not float64"),
    "not a number": (_nan, "not numbers"),
    "torn weights": (
        lambda f: (f / "weights.npz").write_bytes((f / "weights.npz").read_bytes()[:999]),
        "cannot be read",
    ),
    "no JSON": (lambda f: (f / "meta.json").write_text("{", "utf-8"), "is not JSON"),
    "deep JSON": (lambda f: (f / "contested_terms.json").write_text("[" * 100000, "utf-8"), "is not JSON"),
    "short vocabulary": (lambda f: (f / "vocabulary.txt").write_text("a\n", "utf-8"), "lines for"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_refused_by_name(small_model: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(small_model, folder)
    apply, message = BREAKS[name]
    apply(folder)
    with pytest.raises(ModelError) as raised:
        load_model(folder)
    assert message in str(raised.value)
    assert str(folder) in str(raised.value)


def test_links_are_refused(small_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(small_model, folder)
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to(small_model / "README.md")
    with pytest.raises(ModelError, match=r"README.md is not a plain file"):
        load_model(folder)


def test_saving_what_was_loaded_gives_the_same_bytes(tmp_path: Path) -> None:
    shipped = default_folder()
    save_model(load_model(shipped), tmp_path / "copy", (shipped / "README.md").read_text("utf-8"))
    for path in shipped.iterdir():
        assert (tmp_path / "copy" / path.name).read_bytes() == path.read_bytes(), path.name


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not a folder"):
        load_model(tmp_path / "nothing")


def test_weights_are_plain_arrays(model: Model) -> None:
    raw = io.BytesIO((default_folder() / "weights.npz").read_bytes())
    with np.load(raw, allow_pickle=False) as stored:
        assert sum(len(block.vocabulary) for block in model.blocks) == len(stored["idf"])
