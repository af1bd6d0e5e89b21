"""Commands that read articles: segment, classify, explain, terms."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.app import Format, Inputs, ModelOption, Unit, app, finish, writer


@app.command()
def segment(
    inputs: Inputs,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write here, not to stdout.")] = None,
) -> None:
    """Split articles into sentences, with voice and speaker, as JSON Lines."""
    from pipeline.batch import segment_inputs
    from pipeline.classifier.store import load_default_model
    from pipeline.output import json_line
    from pipeline.text.article import Reject

    rejects = 0
    with writer(output) as write:
        for item in segment_inputs(inputs, load_default_model()):
            if isinstance(item, Reject):
                rejects += 1
                typer.echo(f"rejected: {item}", err=True)
            else:
                write("".join(map(json_line, item)))
    finish(rejects)


@app.command()
def classify(
    inputs: Inputs,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder for the tables and run.json.")] = None,
    model: ModelOption = None,
    unit: Annotated[Unit, typer.Option(help="Split articles, or take each row as one sentence.")] = Unit.article,
    format_: Annotated[Format, typer.Option("--format", help="Format of the tables in the folder.")] = Format.jsonl,
) -> None:
    """Classify every sentence: framing, stance, voice, contested terms.

    Without -o: a table on a terminal, JSON Lines in a pipe. Rejected inputs are listed with the
    reason, and the exit status is 1.
    """
    from pipeline import display
    from pipeline.batch import classify_inputs, write_run
    from pipeline.classifier.store import default_folder, load_model, model_digest
    from pipeline.output import json_line
    from pipeline.text.article import Reject

    folder = model or default_folder()
    loaded = load_model(folder)
    results = classify_inputs(inputs, loaded, unit.value)
    if output is not None:
        about = {"inputs": inputs, "unit": unit.value, "model_digest": model_digest(folder)}
        with display.counting("classifying") as seen:
            counts = write_run(results, loaded, output, format_.value, about, seen)
        display.run_summary(counts, loaded.codebook, output)
        finish(counts.rejects, listed=f"{output}/rejects.{format_.value}")
        return
    rejects = 0
    for item in results:
        if isinstance(item, Reject):
            rejects += 1
            typer.echo(f"rejected: {item}", err=True)
        elif sys.stdout.isatty():
            display.article_table(item, loaded.codebook)
        else:
            sys.stdout.writelines(json_line(sentence.row()) for sentence in item.sentences)
    finish(rejects)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="One sentence, or - for stdin.")],
    task: Annotated[str, typer.Option(help="framing, stance or voice.")] = "framing",
    model: ModelOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a readable view.")] = False,
) -> None:
    """Show why a sentence got its label: weight × value per feature, and the rival term's effect."""
    from dataclasses import asdict

    from pipeline import display
    from pipeline.analysis.explain import explain as explain_sentence
    from pipeline.classifier.store import default_folder, load_model
    from pipeline.errors import InputError

    loaded = load_model(model or default_folder())
    if task not in loaded.heads:
        raise InputError("--task", f"{task!r} is not one of {', '.join(loaded.heads)}", "name one of them")
    sentence = (sys.stdin.read() if text == "-" else text).strip()
    if not sentence:
        raise InputError("TEXT", "is empty", "give one sentence")
    found = explain_sentence(sentence, loaded, task)
    if as_json:
        typer.echo(json.dumps({**asdict(found), "decision_values": found.decision_values}, ensure_ascii=False))
    else:
        display.explanation(found, loaded)


@app.command()
def terms(
    inputs: Inputs,
    model: ModelOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV instead of a readable table.")] = False,
) -> None:
    """Show which side's term each source chooses for the same thing."""
    from pipeline import display
    from pipeline.analysis.choices import term_choices
    from pipeline.classifier.store import default_folder, load_model
    from pipeline.text.article import Article, Reject
    from pipeline.text.reading import read_articles

    loaded = load_model(model or default_folder())
    articles: list[Article] = []
    rejects: list[Reject] = []
    for item in read_articles(inputs):
        (articles if isinstance(item, Article) else rejects).append(item)  # type: ignore[arg-type]
    for reject in rejects:
        typer.echo(f"rejected: {reject}", err=True)
    choices = term_choices(articles, loaded.matcher)
    if as_csv:
        display.choices_csv(choices, sys.stdout)
    else:
        display.choices_table(choices, loaded.codebook)
    finish(len(rejects))
