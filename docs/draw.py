"""Draw the README's picture from the shipped model: ``.venv/bin/python docs/draw.py``."""

import re
from pathlib import Path

from rich.console import Console

from pipeline import display, explain, load_default_model

SENTENCE = (
    "The forces did not “intervene” in Europe but took part in liberation operations against the neo-Nazis who had "
    "invaded the ally’s territory, the commentator wrote."
)

display.out = Console(record=True, width=96, highlight=False, force_terminal=True)
model = load_default_model()
display.explanation(explain(SENTENCE, model), model)
picture = display.out.export_svg(title="counterframe explain", unique_id="explain")
# Rich asks a server for its font; a picture must not.
picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
Path(__file__).with_name("explain.svg").write_text(re.sub(r"[ \t]+$", "", picture, flags=re.MULTILINE), "utf-8")
