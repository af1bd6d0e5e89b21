"""Plots as matplotlib axes that a caller can restyle, and as SVG text for pages."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.analysis.metrics import TaskScores

Axes = Any  # matplotlib.axes.Axes; typed loosely so that importing this costs no matplotlib
_BLUE, _ORANGE, _GREY = "#2f6690", "#d1662b", "#888888"


def svg(draw: Callable[[Axes], None], width: float = 5.0, height: float = 3.4) -> str:
    """Draw on fresh axes and give the picture as SVG without a date, so equal data give equal bytes."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    with plt.rc_context({"svg.hashsalt": "counterframe", "svg.fonttype": "none", "font.size": 9}):
        figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
        draw(axes)
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
        plt.close(figure)
    text = file.getvalue()
    return text[text.index("<svg") :]


def score_intervals(axes: Axes, rows: Sequence[tuple[str, TaskScores]]) -> None:
    """Macro-F1 with 95 % intervals, one row a name, the first on top."""
    for place, (_, score) in enumerate(reversed(rows)):
        f1 = score.macro_f1
        axes.plot([f1.low, f1.high], [place, place], color=_BLUE, lw=2)
        axes.plot([f1.value], [place], "o", color=_BLUE)
        axes.annotate(f"{f1.value:.2f}", (f1.value, place), (0, 6), textcoords="offset points", ha="center")
    axes.set_yticks(range(len(rows)), [name for name, _ in reversed(rows)])
    axes.set_ylim(-0.6, len(rows) - 0.3)
    axes.set_xlim(0, 1)
    axes.set_xlabel("macro-F1, 95 % interval")
    axes.spines[["top", "right"]].set_visible(False)


def reliability_diagram(axes: Axes, bins: Sequence[tuple[float, float, int]]) -> None:
    """Share right against mean confidence; on the diagonal the probabilities are honest."""
    axes.plot([0, 1], [0, 1], color=_GREY, lw=1, ls="--")
    axes.plot([b[0] for b in bins], [b[1] for b in bins], "o-", color=_BLUE)
    axes.set_xlim(0.3, 1.01)
    axes.set_ylim(0.3, 1.01)
    axes.set_xlabel("mean probability of the label given")
    axes.set_ylabel("share right")
    axes.spines[["top", "right"]].set_visible(False)


def coverage_plot(axes: Axes, curve: Sequence[tuple[float, float]]) -> None:
    """Macro-F1 on the surest share of the rows."""
    axes.plot([c[0] for c in curve], [c[1] for c in curve], "o-", color=_ORANGE)
    axes.set_xlim(0, 1.03)
    axes.set_ylim(min(0.5, *(c[1] for c in curve)) - 0.02, 1.01)
    axes.set_xlabel("share of sentences answered, the surest first")
    axes.set_ylabel("macro-F1")
    axes.spines[["top", "right"]].set_visible(False)


def learning_curve_plot(axes: Axes, curve: Sequence[tuple[int, float]]) -> None:
    """Framing macro-F1 against the number of labelled sentences."""
    axes.plot([c[0] for c in curve], [c[1] for c in curve], "o-", color=_BLUE)
    axes.set_xlim(0)
    axes.set_xlabel("sentences in the stories trained on")
    axes.set_ylabel("macro-F1, stories left out")
    axes.spines[["top", "right"]].set_visible(False)


def confusion_plot(axes: Axes, score: TaskScores) -> None:
    """Rows of the right label, columns of the label given, shares by row."""
    names = list(score.confusion)
    for i, truth in enumerate(names):
        total = max(1, sum(score.confusion[truth].values()))
        for j, given in enumerate(names):
            share = score.confusion[truth][given] / total
            axes.add_patch(_square(j, i, share))
            axes.text(
                j,
                i,
                f"{score.confusion[truth][given]:,}\n{share:.0%}",
                ha="center",
                va="center",
                color="white" if share > 0.5 else "black",
            )
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("label given")
    axes.set_ylabel("right label")
    axes.set_aspect("equal")


def _square(x: int, y: int, share: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=_BLUE, alpha=0.08 + 0.92 * share, edgecolor="white")
