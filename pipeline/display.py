"""What the terminal shows: tables, explanations, progress. Rich draws; nothing is computed here."""

import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from pipeline.analysis.behaviour import pass_rates
from pipeline.analysis.choices import TermChoice
from pipeline.analysis.evaluate import Evaluation
from pipeline.analysis.explain import Explanation
from pipeline.annotation.codebook import Codebook
from pipeline.batch import Counts
from pipeline.classifier.classify import ClassifiedArticle
from pipeline.classifier.model import ABSTAIN, Model

# Labels differ by mark as well as by colour, for readers who cannot tell the colours apart.
_STYLES = ("blue", "red", "dim", "green", "magenta")
_MARKS = ("◆", "■", "·", "▲", "●")
_SHOWN = 12
# Files and pipes have no width; 80 columns would break every table.
_WIDTH = None if sys.stdout.isatty() else 120
out = Console(highlight=False, width=_WIDTH)
err = Console(stderr=True, highlight=False)


@contextmanager
def steps(title: str) -> Iterator[Callable[[str], None]]:
    """Show the steps of long work on stderr: a live line on a terminal, plain lines elsewhere."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        bar = progress.add_task(title)

        def step(message: str) -> None:
            if err.is_terminal:
                progress.update(bar, description=f"{title}: {message}")
            else:
                err.print(f"{title}: {message}", soft_wrap=True)

        yield step


@contextmanager
def counting(title: str) -> Iterator[Callable[[Counts], None]]:
    """Show how many articles and sentences a run has seen."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        bar = progress.add_task(title)

        def seen(counts: Counts) -> None:
            words = f"{title}: {counts.articles:,} articles, {counts.sentences:,} sentences"
            progress.update(bar, description=words)

        yield seen


def mark(codebook: Codebook, label: str, task: str = "framing") -> Text:
    """A label with its mark and colour."""
    names = codebook.task(task).names
    if label == ABSTAIN:
        return Text("? abstain", style="yellow")
    place = names.index(label) % len(_MARKS)
    return Text(f"{_MARKS[place]} {label}", style=_STYLES[place])


def article_table(article: ClassifiedArticle, codebook: Codebook) -> None:
    """Print one classified article."""
    table = Table(title=escape(article.article.title or article.article.id), title_justify="left")
    for name in ("framing", "p", "stance", "voice", "sentence"):
        table.add_column(name, overflow="fold")
    for sentence in article.sentences:
        table.add_row(
            mark(codebook, sentence.labels["framing"]),
            f"{max(sentence.probabilities['framing'].values()):.2f}",
            sentence.labels["stance"],
            sentence.labels["voice"],
            _underlined(sentence.text, sentence.terms),
        )
    out.print(table)
    out.print(shares_line(article))


def shares_line(article: ClassifiedArticle) -> str:
    """Shares of one article, a line for all voices and one for its own voice."""
    lines = []
    for voices, counts in article.counts.items():
        shares = ", ".join(f"{name} {_percent(counts, name)}" for name in counts)
        lines.append(f"{voices} voices ({sum(counts.values())} sentences): {shares}")
    return "\n".join(lines).replace("own voices", "own voice")


def _underlined(text: str, terms: Sequence[str]) -> Text:
    shown = Text(text)
    at = 0
    for term in terms:
        at = text.find(term, at)
        shown.stylize("underline bold", at, at + len(term))
        at += len(term)
    return shown


def run_summary(counts: Counts, codebook: Codebook, folder: Path) -> None:
    """Print what a run to a folder did: the first articles with their shares, and the totals."""
    names = (*codebook.task("framing").names, ABSTAIN)
    table = Table(title="share of sentences, all voices (own voice)", title_justify="left")
    table.add_column("article")
    for name in ("sentences", *names):
        table.add_column(name if name == "sentences" else mark(codebook, name), justify="right")
    for article, found in counts.first:
        shares = (f"{_percent(found['all'], name)} ({_percent(found['own'], name)})" for name in names)
        table.add_row(escape(article), str(sum(found["all"].values())), *shares)
    if counts.first:
        out.print(table)
    if counts.articles > len(counts.first):
        out.print(f"... and {counts.articles - len(counts.first):,} more articles")
    shares = (f"{name} {_percent(counts.framings, name)}" for name in names)
    line = f"{counts.articles:,} articles, {counts.sentences:,} sentences: {', '.join(shares)}; written to {folder}"
    out.print(line, soft_wrap=True)


def _percent(counts: Mapping[str, int], name: str) -> str:
    total = sum(counts.values())
    return f"{counts.get(name, 0) / total:.0%}" if total else "–"


def explanation(found: Explanation, model: Model) -> None:
    """Print why a sentence got its label."""
    out.print(_underlined(found.text, [term.words for term in found.terms]))
    table = Table(title=f"{found.task}: weight × value per feature", title_justify="left")
    table.add_column("feature")
    for label in found.labels:
        table.add_column(mark(model.codebook, label, found.task), justify="right")
    table.add_row("(intercept)", *(f"{x:+.3f}" for x in found.intercept))
    for part in found.contributions[:_SHOWN]:
        table.add_row(escape(part.feature), *(f"{x:+.3f}" for x in part.per_label))
    rest = found.contributions[_SHOWN:]
    if rest:
        sums = (sum(part.per_label[i] for part in rest) for i in range(len(found.labels)))
        table.add_row(f"({len(rest)} more features)", *(f"{x:+.3f}" for x in sums))
    table.add_section()
    table.add_row("sum", *(f"{x:+.3f}" for x in found.decision_values))
    table.add_row("probability", *(f"{x:.3f}" for x in found.probabilities))
    out.print(table)
    for term in found.terms:
        concept = model.matcher.by_id[term.concept].name
        out.print(f"“{escape(term.words)}”: a {term.side} term for {escape(concept)}")
    for change in found.counterfactuals:
        pairs = zip(found.labels, found.probabilities, change.probabilities, strict=True)
        moved = ", ".join(f"{label} {old:.2f} → {new:.2f}" for label, old, new in pairs)
        out.print(f"with “{escape(change.rival)}” for “{escape(change.found.words)}”: {moved}")


def choices_table(choices: Sequence[TermChoice], codebook: Codebook) -> None:
    """Print the term-choice table."""
    sides = codebook.task("framing").sides
    table = Table(title="whose term for the same thing: uses in all voices (in the source's own voice)")
    for name in ("source", "concept", *sides):
        table.add_column(name)
    for choice in choices:
        cells = (f"{choice.counts[side]} ({choice.own[side]})" for side in sides)
        table.add_row(escape(choice.source), escape(choice.name), *cells)
    out.print(table)


def choices_csv(choices: Sequence[TermChoice], file: IO[str]) -> None:
    """Write the term-choice table as CSV."""
    rows = [choice.row() for choice in choices]
    if rows:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def evaluation(found: Evaluation) -> None:
    """Print the scores of an evaluation."""
    table = Table(title=escape(f"{found.data}, data {found.digest[:12]}"), title_justify="left")
    for name in ("task", "split", "n", "macro-F1 [95 %]", "ECE"):
        table.add_column(name)
    for score in found.scores:
        table.add_row(score.task, score.split, f"{score.n:,}", str(score.macro_f1), f"{score.ece.value:.3f}")
    for name, score in found.baselines.items():
        table.add_row(f"{score.task}: {name}", score.split, f"{score.n:,}", str(score.macro_f1), "")
    out.print(table)
    for kind, rates in pass_rates(found.pairs).items():
        passed, total = rates["all"]
        out.print(f"minimal pairs, {kind}: {passed} of {total} passed")
