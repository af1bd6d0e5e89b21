"""Who speaks in a sentence: its own author, a quoted or a reported speaker, and who that is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.text.quotation import QuotedPart, quoted_parts
from pipeline.text.segment import Span
from pipeline.text.tokens import stem
from pipeline.text.wordlists import read_words

_VERBS = read_words("pipeline.text", "attribution_verbs.txt")
_SAY_RE = re.compile(rf"\b(?:{'|'.join(_VERBS)})\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|let me|us|my|our|My|Our)\b")
_NAME = r"[A-ZÀ-Ž][\w’'.-]*"
_PEOPLE = rf"{_NAME}(?:\s+(?:(?:of|for|de|von|der|al|bin)\s)?{_NAME})*"
_WHO = r"(?:the |The |an? |An? )?([^,.;:—–“”\"«»]{2,60}?)"
_END = r"(?=[,.;:—–“”\"«»]|$|\s(?:on|in|at|during|after|before|as|while|when|who|which|that|to)\b)"
# _SAY_THAT finds speech with its content: "emphasized that", "told reporters on Monday that".
_SPEECH = read_words("pipeline.text", "speech_verbs.txt")
_SAY_THAT = re.compile(rf"\b(?:{'|'.join(_SPEECH)})\b(?:\W+[\w’'-]+){{0,5}}?\W+that\b")
_SPEECH_STEMS = frozenset(map(stem, _SPEECH))
_SPEECH_VERB = rf"(?:{'|'.join(word for word in _SPEECH if word not in ('according', 'reportedly'))})"
_SPOKE = rf"(?:(?:also|again|later|further|has|had|have|then)\s)?{_SPEECH_VERB}"
_SPEAKERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[Aa]ccording to {_WHO}{_END}",
        rf"(?:[,?!”\"’»]|^)\s*{_SPEECH_VERB}\s+{_WHO}{_END}",
        rf"({_PEOPLE})(?:,[^,]{{2,80}},)?\s{_SPOKE}\b",
        rf"\b[Tt]he\s((?:[\w’'-]+\s){{1,6}}?){_SPOKE}\b",
        rf"\b[Aa]n?\s((?:[\w’'-]+\s){{1,6}}?){_SPOKE}\b",
        r"\s[—–-]\s*([^—–,.;:!?]{2,50})$",
        rf"^({_PEOPLE}):\s",
    )
)
_TAIL = re.compile(r"\s[—–-]{1,2}\s*[^—–,.;:!?]{2,50}$")
_HEAD = re.compile(r"^[^—–,.;:!?\"“]{2,40}:\s")


@dataclass(frozen=True)
class Cues:
    """What a sentence shows of who speaks; the voice head reads these as features.

    Parameters
    ----------
    quoted_share
        Share of the sentence's letters inside quotation marks, a fraction 0-1.
    running
        Whether the sentence lies wholly inside a quotation opened before it.
    names
        Names of the cues found, in a fixed order.
    speaker
        The speaker's name or office where the sentence tells one, else ``""``.
    """

    quoted_share: float
    running: bool
    names: tuple[str, ...]
    speaker: str

    @property
    def attributed(self) -> bool:
        """Whether the words outside quotation marks attribute the sentence to somebody else."""
        return any(cue in self.names for cue in ("speech/they", "dash-tail", "colon-head"))


def article_cues(text: str, spans: Sequence[Span]) -> list[Cues]:
    """Collect the cues of every sentence, following running quotations across sentences.

    The sentences of one quotation share its speaker, whichever of them names it.

    Examples
    --------
    >>> from pipeline.text.segment import split_sentences
    >>> text = "“We won. They lost,” said the envoy."
    >>> [(cue.running, cue.speaker) for cue in article_cues(text, split_sentences(text))]
    [(False, 'envoy'), (False, 'envoy')]
    """
    parts = quoted_parts(text, spans)
    cues = [sentence_cues(text[s.start : s.end], part) for s, part in zip(spans, parts, strict=True)]
    first = 0
    for number in range(1, len(cues) + 1):
        if number == len(cues) or not parts[number].starts_inside:
            speaker = next((cue.speaker for cue in cues[first:number] if cue.speaker), "")
            cues[first:number] = [replace(cue, speaker=cue.speaker or speaker) for cue in cues[first:number]]
            first = number
    return cues


def sentence_cues(text: str, part: QuotedPart | None = None) -> Cues:
    """Collect the cues of one sentence.

    Examples
    --------
    >>> sentence_cues("“No talks,” said a KCNA commentator.").speaker
    'KCNA commentator'
    """
    part = part or quoted_parts(text, [Span(0, len(text))])[0]
    letters = sum(map(str.isalpha, text)) or 1
    quoted = sum(sum(map(str.isalpha, text[a:b])) for a, b in part.inside)
    share = quoted / letters
    outside = _without(text, part.inside)
    names = list(_cue_names(text, outside, share, part))
    return Cues(share, part.starts_inside and share > 0.99, tuple(names), _speaker(outside))


def _cue_names(text: str, outside: str, share: float, part: QuotedPart) -> list[str]:
    verbs = [stem(m.group().lower()) for m in _SAY_RE.finditer(outside)]
    first = bool(_FIRST_PERSON.search(outside))
    names = [f"say={verb}" for verb in verbs]
    names += [f"say/{'I' if first else 'they'}"] if verbs else []
    if verbs and not first:
        names.append("speech/they" if not _SPEECH_STEMS.isdisjoint(verbs) else "act/they")
    if _SAY_THAT.search(outside):
        names.append(f"speech-that/{'I' if first else 'they'}")
    names += ["first-person"] if first else []
    names += ["dash-tail"] if _TAIL.search(outside) else []
    names += ["colon-head"] if _HEAD.search(outside) else []
    names.append(f"quoted={min(9, int(share * 10))}")
    names += ["starts-inside"] if part.starts_inside else []
    names += ["opens-quoted"] if part.inside and part.inside[0][0] <= 1 else []
    names += ["no-stop"] if text[-1:] not in '.!?”"’' else []
    return names


def _without(text: str, inside: tuple[tuple[int, int], ...]) -> str:
    kept, at = [], 0
    for begin, end in inside:
        kept.append(text[at:begin])
        at = end
    return "".join((*kept, text[at:]))


def _speaker(outside: str) -> str:
    for pattern in _SPEAKERS:
        match = pattern.search(outside)
        if match:
            return match.group(1).strip()
    return ""
