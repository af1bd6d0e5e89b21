"""The model card that lies in every model folder (Mitchell et al. 2019, "Model Cards")."""

from pipeline.classifier.model import Model


def model_card(model: Model) -> str:
    """Write a model's card: what it is for, what it was made from, what it cannot do."""
    meta = model.meta
    tasks = "\n".join(f"- **{task.name}**: {task.question} ({', '.join(task.names)})" for task in model.codebook.tasks)
    calibrated = "\n".join(f"- {task}: {one['measured']}" for task, one in meta["calibration"].items())
    concepts, terms = len(model.concepts), sum(len(t) for c in model.concepts for t in c.terms.values())
    return f"""# {model.codebook.title}

Decides for one English sentence whose words it uses, which stance it takes and who says it.
TF-IDF and one logistic regression a task; every decision is a sum of weight times value.

{tasks}

## Made from
{meta["sentences"]:,} composed sentences, coded twice by reading (data digest `{meta["data_digest"]}`);
{concepts} concepts with {terms:,} contested terms. Rebuild: `counterframe train`.

Probabilities were calibrated on:
{calibrated}

## Intended use
Describing whose vocabulary news texts use, sentence by sentence, with the words shown; a first
reading that a person checks. Counts of labels are biased as estimates of shares.

## Not for
Judging whether a text is true, who wrote it, or what its author thinks; moderating, ranking or
blocking people or outlets; languages other than English; subjects other than the one above.

## Limits
Trained on composed sentences, so scores on real text are lower than on its own folds: see the
evaluation report. Irony, implication without catch-words and rebuttal over several sentences are
often missed.
"""
