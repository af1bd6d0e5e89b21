"""Run every notebook and save it with its outputs: ``make notebooks``."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

for path in sorted(Path(__file__).parent.glob("*.ipynb")):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parents[1])}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times of day: the same run shall give the same file
    nbformat.write(notebook, path)
