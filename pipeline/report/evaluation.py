"""The evaluation report: one evaluation as JSON, Markdown and a self-contained HTML page."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.analysis.behaviour import pass_rates
from pipeline.analysis.evaluate import Evaluation, Prediction
from pipeline.report import plots

_ERRORS_SHOWN = 20


def write_report(evaluation: Evaluation, folder: Path) -> list[Path]:
    """Write ``evaluation.json``, ``evaluation.md`` and ``evaluation.html`` into a folder.

    Returns
    -------
    list
        The paths written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "evaluation.json": json.dumps(evaluation_data(evaluation), ensure_ascii=False, indent=1) + "\n",
        "evaluation.md": _render("evaluation.md.jinja", evaluation),
        "evaluation.html": _render("evaluation.html.jinja", evaluation),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


def evaluation_data(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as plain data, rows of predictions left out but for the errors."""
    data = asdict(evaluation)
    data["pass_rates"] = pass_rates(evaluation.pairs)
    data["errors"] = {task: [asdict(p) for p in confident_errors(evaluation, task)] for task in data["predictions"]}
    data["pairs"] = [asdict(result) for result in evaluation.pairs if not result.passed]
    del data["predictions"]
    return data


def confident_errors(evaluation: Evaluation, task: str, count: int = _ERRORS_SHOWN) -> Sequence[Prediction]:
    """The wrong answers that the model was surest of, surest first."""
    wrong = [p for p in evaluation.predictions[task] if p.predicted != p.truth]
    return sorted(wrong, key=lambda p: -p.probability)[:count]


def _render(template: str, evaluation: Evaluation) -> str:
    environment = Environment(
        loader=PackageLoader("pipeline.report"),
        autoescape=template.endswith(".html.jinja"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(
        e=evaluation,
        rates=pass_rates(evaluation.pairs),
        errors={task: confident_errors(evaluation, task) for task in evaluation.predictions},
        pictures=_pictures(evaluation) if environment.autoescape else {},
    )


def _pictures(evaluation: Evaluation) -> dict[str, str]:
    """Every plot of the page, by name, as SVG."""
    head = evaluation.headline("framing")
    rows = [(f"model, {s.split}", s) for s in evaluation.scores if s.task == "framing"]
    rows += [(name, score) for name, score in evaluation.baselines.items()]
    found = {"intervals": plots.svg(lambda axes: plots.score_intervals(axes, rows), 7, 0.5 + 0.42 * len(rows))}
    found["confusion"] = plots.svg(lambda axes: plots.confusion_plot(axes, head), 4.6, 4.2)
    bins, curve = evaluation.reliability["framing"], evaluation.coverage["framing"]
    found["reliability"] = plots.svg(lambda axes: plots.reliability_diagram(axes, bins), 4.2, 3.6)
    found["coverage"] = plots.svg(lambda axes: plots.coverage_plot(axes, curve), 4.2, 3.6)
    if evaluation.learning:
        found["learning"] = plots.svg(lambda axes: plots.learning_curve_plot(axes, evaluation.learning), 4.2, 3.6)
    return found
