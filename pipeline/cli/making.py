"""Commands that make and measure models: train, evaluate."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import LabelsOption, ModelOption, app
from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.analysis.gold import Gold
    from pipeline.classifier.model import Model


@app.command()
def train(
    labels: LabelsOption = Path("labels"),
    out: Annotated[Path, typer.Option("--out", help="Model folder to write.")] = Path("models/default"),
    seed: Annotated[int, typer.Option(help="Of the cross-validation folds.")] = 0,
) -> None:
    """Train a model on a labels folder; bare defaults rebuild the shipped one byte for byte."""
    from pipeline import display
    from pipeline.annotation.labels import read_labels
    from pipeline.classifier import training
    from pipeline.classifier.calibration import read_calibration
    from pipeline.classifier.fitting import Settings
    from pipeline.classifier.store import model_digest, save_model
    from pipeline.report.card import model_card

    read = read_labels(labels)
    with display.steps("training") as step:
        settings = Settings(seed=seed)
        model = training.train(read, settings, read_calibration(labels, read.codebook), step)
    save_model(model, out, model_card(model))
    typer.echo(f"{out}: {len(read.sentences):,} sentences, digest {model_digest(out)[:12]}", err=True)


@app.command()
def evaluate(
    labels: LabelsOption = Path("labels"),
    model: ModelOption = None,
    gold: Annotated[Path | None, typer.Option(help="Outside JSONL file with text and right labels.")] = None,
    withhold: Annotated[
        bool, typer.Option("--withhold", help="With --gold: keep from each source the terms that only it uses.")
    ] = False,
    out: Annotated[Path, typer.Option("--out", help="Folder for the report.")] = Path("reports/evaluation"),
    seed: Annotated[int, typer.Option(help="Of folds and bootstrap.")] = 0,
    calibrate: Annotated[
        str | None,
        typer.Option(metavar="COLUMN=VALUE", help="Write calibration.toml into --labels from these --gold rows."),
    ] = None,
) -> None:
    """Evaluate out of fold on the labels, or on an outside file; JSON, Markdown and one HTML page."""
    from pipeline import display
    from pipeline.analysis.crossval import cross_validate
    from pipeline.analysis.gold import evaluate_gold, read_gold
    from pipeline.annotation.labels import read_labels
    from pipeline.classifier.fitting import Settings
    from pipeline.classifier.store import default_folder, load_model, model_digest
    from pipeline.report.evaluation import write_report

    if gold is None and (withhold or calibrate):
        option = "--withhold" if withhold else "--calibrate"
        raise InputError(option, "was given without --gold", "name the outside file with --gold")
    folder = model or default_folder()
    loaded = load_model(folder)
    with display.steps("evaluating") as step:
        if gold is None:
            settings = Settings(seed=seed)
            evaluation = cross_validate(read_labels(labels), loaded, settings, model_digest(folder), step)
        else:
            rows = read_gold(gold, loaded)
            texts = [sentence.text for sentence in read_labels(labels).sentences] if withhold or calibrate else []
            if calibrate:
                _write_calibration(rows, loaded, labels, calibrate, texts)
            attested = texts if withhold else None
            evaluation = evaluate_gold(rows, loaded, model_digest(folder), seed, attested)
        step("report")
        paths = write_report(evaluation, out)
    display.evaluation(evaluation)
    typer.echo(f"report: {', '.join(map(str, paths))}", err=True)


def _write_calibration(rows: "Gold", model: "Model", labels: Path, only: str, texts: list[str]) -> None:
    from pipeline.analysis.gold import calibrate_on
    from pipeline.classifier.calibration import FILE, calibration_toml
    from pipeline.classifier.fitting import Settings

    column, sign, value = only.partition("=")
    if not sign:
        raise InputError("--calibrate", f"{only!r} is not COLUMN=VALUE", "write for example drawn=random")
    measured = calibrate_on(rows, model, Settings().precision, {column: value}, texts)
    (labels / FILE).write_text(calibration_toml(measured, model.codebook), "utf-8")
    typer.echo(f"wrote {labels / FILE}; train again to use it", err=True)
