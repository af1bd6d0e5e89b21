"""Model folders: data only, checked before anything of them is used, the same bytes every time.

Format 1. The number rises when a reader of the old number would misread a new folder; a new field
that old readers may ignore in ``meta.json`` does not raise it.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.annotation.codebook import Codebook, codebook_data, codebook_from
from pipeline.annotation.terms import concepts_data, concepts_from
from pipeline.classifier.model import Block, Floats, Head, Model
from pipeline.errors import LabelsError, ModelError

FORMAT = 1
META = "meta.json"
TERMS = "contested_terms.json"
VOCABULARY = "vocabulary.txt"
WEIGHTS = "weights.npz"
CARD = "README.md"
FILES = (META, TERMS, VOCABULARY, WEIGHTS, CARD)
REBUILD = "rebuild it with 'counterframe train'"


def save_model(model: Model, folder: Path, card: str) -> None:
    """Write a model folder; equal models give equal bytes.

    Parameters
    ----------
    model
        What to save.
    folder
        Made if it is missing; files of an earlier model in it are replaced.
    card
        The model card, Markdown.
    """
    folder.mkdir(parents=True, exist_ok=True)
    meta = {
        "format": FORMAT,
        "codebook": codebook_data(model.codebook),
        "blocks": [{"name": b.name, "normalised": b.normalised, "features": len(b.vocabulary)} for b in model.blocks],
        "heads": [{"task": h.task, "abstain_below": h.abstain_below} for h in model.heads.values()],
        **model.meta,
    }
    vocabulary = "".join(f"{feature}\n" for block in model.blocks for feature in block.vocabulary)
    (folder / META).write_text(_json(meta), "utf-8")
    (folder / TERMS).write_text(_json(concepts_data(model.concepts)), "utf-8")
    (folder / VOCABULARY).write_text(vocabulary, "utf-8", newline="\n")
    (folder / CARD).write_text(card, "utf-8")
    np.savez_compressed(folder / WEIGHTS, allow_pickle=False, **_arrays(model))


def load_model(folder: Path) -> Model:
    """Read a model folder, with NumPy only; nothing in it is ever run.

    Raises
    ------
    ModelError
        A file is missing, is one too many, is damaged, or does not fit the others.
    """
    _check_files(folder)
    meta = _read_json(folder / META)
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        found = meta.get("format") if isinstance(meta, dict) else None
        raise ModelError(str(folder / META), f"format {found!r} is not {FORMAT}", REBUILD)
    try:
        codebook = codebook_from(meta["codebook"], str(folder / META))
        concepts = concepts_from(_read_json(folder / TERMS), codebook.task("framing").sides, str(folder / TERMS))
        layout = [(str(b["name"]), bool(b["normalised"]), int(b["features"])) for b in meta["blocks"]]
        thresholds = {str(h["task"]): float(h["abstain_below"]) for h in meta["heads"]}
    except LabelsError as error:
        raise ModelError(error.place, error.fact, REBUILD) from None
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(str(folder / META), f"lacks or garbles {error}", REBUILD) from None
    if set(thresholds) != {task.name for task in codebook.tasks}:
        raise ModelError(str(folder / META), f"has the heads {sorted(thresholds)}", REBUILD)
    arrays = _read_arrays(folder / WEIGHTS, _shapes(codebook, [size for *_, size in layout]))
    blocks = _blocks(folder / VOCABULARY, layout, arrays["idf"])
    heads = {
        task.name: Head(
            task.name,
            task.names,
            arrays[f"{task.name}_weights"],
            arrays[f"{task.name}_intercept"],
            thresholds[task.name],
        )
        for task in codebook.tasks
    }
    known = {"format", "codebook", "blocks", "heads"}
    return Model(codebook, concepts, blocks, heads, {k: v for k, v in meta.items() if k not in known})


def default_folder() -> Path:
    """Where the model that ships is: in the installed package, else in the repository."""
    packaged = Path(str(files("pipeline"))) / "models" / "default"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "models" / "default"


@cache
def load_default_model() -> Model:
    """Load the model that ships with the package.

    Raises
    ------
    ModelError
        As :func:`load_model`.
    """
    return load_model(default_folder())


def model_digest(folder: Path) -> str:
    """SHA-256 over the files of a model folder that decide predictions, in hexadecimal."""
    digest = hashlib.sha256()
    for name in FILES[:-1]:
        content = (folder / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _arrays(model: Model) -> dict[str, Floats]:
    arrays = {"idf": np.concatenate([block.idf for block in model.blocks])}
    for task, head in model.heads.items():
        arrays[f"{task}_weights"], arrays[f"{task}_intercept"] = head.weights, head.intercept
    return arrays


def _shapes(codebook: Codebook, sizes: list[int]) -> dict[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {"idf": (sum(sizes),)}
    for task in codebook.tasks:
        shapes[f"{task.name}_weights"] = (sum(sizes), len(task.names))
        shapes[f"{task.name}_intercept"] = (len(task.names),)
    return shapes


def _check_files(folder: Path) -> None:
    if not folder.is_dir():
        raise ModelError(str(folder), "is not a folder", "name a model folder with --model, or train one")
    present = sorted(path.name for path in folder.iterdir())
    missing = sorted(set(FILES) - set(present))
    extra = sorted(set(present) - set(FILES))
    if missing:
        raise ModelError(str(folder), f"lacks {', '.join(missing)}", REBUILD)
    if extra:
        raise ModelError(str(folder), f"holds {', '.join(extra)}, which no model has", "remove it")
    linked = [name for name in FILES if (folder / name).is_symlink() or not (folder / name).is_file()]
    if linked:
        raise ModelError(str(folder), f"{', '.join(linked)} is not a plain file", REBUILD)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelError(str(path), f"is not JSON ({error})", REBUILD) from None


def _read_arrays(path: Path, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Floats]:
    """Read the arrays, each only after its declared shape and type proved right."""
    wanted = {f"{name}.npy" for name in shapes}
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if sorted(names) != sorted(wanted):
                raise ModelError(str(path), f"holds {sorted(names)}, not {sorted(wanted)}", REBUILD)
            for name in shapes:
                _check_header(path, archive, name, shapes[name])
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: np.asarray(stored[name], dtype=np.float64) for name in shapes}
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, zlib.error) as error:
        raise ModelError(str(path), f"cannot be read ({error})", REBUILD) from None
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            raise ModelError(str(path), f"{name} holds values that are not numbers", REBUILD)
    return arrays


def _check_header(path: Path, archive: zipfile.ZipFile, name: str, shape: tuple[int, ...]) -> None:
    with archive.open(f"{name}.npy") as file:
        np.lib.format.read_magic(file)
        found, _, dtype = np.lib.format.read_array_header_1_0(file)
    if found != shape or dtype != np.dtype("<f8"):
        raise ModelError(str(path), f"{name} is {dtype} {found}, not float64 {shape}", REBUILD)


def _blocks(path: Path, layout: list[tuple[str, bool, int]], idf: Floats) -> tuple[Block, ...]:
    try:
        features = path.read_text("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise ModelError(str(path), f"is not UTF-8 ({error})", REBUILD) from None
    if len(features) != len(idf) + 1 or features.pop() != "":
        raise ModelError(str(path), f"has {len(features)} lines for {len(idf)} weights", REBUILD)
    blocks: list[Block] = []
    at = 0
    for name, normalised, size in layout:
        vocabulary = tuple(features[at : at + size])
        if len(set(vocabulary)) != size:
            raise ModelError(str(path), f"block {name!r} has a feature twice", REBUILD)
        blocks.append(Block(name, vocabulary, idf[at : at + size], normalised))
        at += size
    return tuple(blocks)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
