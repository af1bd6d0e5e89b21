"""The errors this package raises on purpose; each says place, fact with values, and cure."""


class CounterframeError(Exception):
    """Base of every error that a user can cause and cure.

    Parameters
    ----------
    place
        Where it happened: a file, optionally with a line, or an option of a command.
    fact
        What was found there, with the values.
    cure
        What the user can do about it.

    Examples
    --------
    >>> print(InputError("news.csv", "has no column 'text'", "rename the column that holds the text"))
    news.csv: has no column 'text'; rename the column that holds the text
    """

    def __init__(self, place: str, fact: str, cure: str) -> None:
        super().__init__(place, fact, cure)
        self.place, self.fact, self.cure = place, fact, cure

    def __str__(self) -> str:
        return f"{self.place}: {self.fact}; {self.cure}"


class InputError(CounterframeError):
    """An input file, row or argument cannot be read as articles."""


class LabelsError(CounterframeError):
    """A file of the labels folder breaks the rules of its format or of the codebook."""


class ModelError(CounterframeError):
    """A model folder is not what training writes, so nothing of it is used."""
