"""The codebook: which tasks coders decide and which labels each task has."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LabelsError

FILE = "codebook.toml"
TASKS = ("framing", "stance", "voice")
VOICES = ("author", "quoted", "reported")


@dataclass(frozen=True)
class Label:
    """One answer to a task: its name in files, its title for readers, definition and example."""

    name: str
    title: str
    definition: str
    example: str


@dataclass(frozen=True)
class Task:
    """One question that coders answer for every sentence.

    Parameters
    ----------
    name
        ``framing``, ``stance`` or ``voice``.
    question
        The question in plain words.
    unmarked
        The label that takes no side (framing, stance) or is the text's own voice.
    labels
        The labels in the order in which every table and file gives them.
    """

    name: str
    question: str
    unmarked: str
    labels: tuple[Label, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Label names in order."""
        return tuple(label.name for label in self.labels)

    @property
    def sides(self) -> tuple[str, ...]:
        """Label names without the unmarked one."""
        return tuple(name for name in self.names if name != self.unmarked)


@dataclass(frozen=True)
class Codebook:
    """The tasks of one subject, in order."""

    title: str
    version: str
    tasks: tuple[Task, ...]

    def task(self, name: str) -> Task:
        """Find a task by name."""
        return next(task for task in self.tasks if task.name == name)


def read_codebook(folder: Path) -> Codebook:
    """Read ``codebook.toml`` of a labels folder.

    Raises
    ------
    LabelsError
        The file is missing, is not TOML, or lacks something that the program needs.
    """
    path = folder / FILE
    try:
        return codebook_from(tomllib.loads(path.read_text("utf-8")), str(path))
    except FileNotFoundError:
        raise LabelsError(str(path), "not found", "name a labels folder with --labels") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LabelsError(str(path), f"is not TOML ({error})", "correct it there") from None


def codebook_from(raw: Mapping[str, Any], place: str) -> Codebook:
    """Build a codebook from plain data, as TOML files and saved models hold it.

    Raises
    ------
    LabelsError
        A field is missing, or a task is not one of the three or has unfit labels.
    """
    try:
        tasks = tuple(_task(task) for task in raw["task"])
        codebook = Codebook(str(raw["title"]), str(raw["version"]), tasks)
    except (KeyError, TypeError) as error:
        raise LabelsError(place, f"lacks {error}", "see labels/codebook.toml for the form") from None
    names = tuple(task.name for task in tasks)
    if names != TASKS:
        raise LabelsError(place, f"has the tasks {', '.join(names)}", f"give {', '.join(TASKS)}")
    for task in tasks:
        if task.unmarked not in task.names or len(set(task.names)) != len(task.names):
            fact = f"task {task.name!r}: {task.unmarked!r} and its labels {task.names} do not fit"
            raise LabelsError(place, fact, "name every label once, the unmarked one among them")
    if tasks[2].names != VOICES:
        raise LabelsError(place, f"task 'voice' has {tasks[2].names}", f"give {VOICES}")
    return codebook


def codebook_data(codebook: Codebook) -> dict[str, Any]:
    """Turn a codebook into plain data that :func:`codebook_from` reads back."""
    tasks = [
        {
            "name": task.name,
            "question": task.question,
            "unmarked": task.unmarked,
            "label": [vars(label) for label in task.labels],
        }
        for task in codebook.tasks
    ]
    return {"title": codebook.title, "version": codebook.version, "task": tasks}


def _task(raw: Mapping[str, Any]) -> Task:
    labels = tuple(
        Label(str(r["name"]), str(r["title"]), str(r["definition"]), str(r["example"])) for r in raw["label"]
    )
    return Task(str(raw["name"]), str(raw["question"]), str(raw["unmarked"]), labels)
