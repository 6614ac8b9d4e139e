"""How many phrases that put blame on a child stand in what was written?

The phrases are the local policy's (`wording`). What the child said, in their own words, is left
alone. Only a number leaves this module: no text does.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

import msgspec

from cse_workbook.case import Event
from cse_workbook.policy import Wording
from cse_workbook.screening import Screening
from cse_workbook.wording import advice, folded

# Words of the child or the family, which nobody is to word otherwise.
_THEIR_OWN: Final = {"child_said", "child_view"}


def n_blaming_terms(written: Sequence[Sequence[str]], words: tuple[Wording, ...]) -> list[int]:
    """Count the phrases in each of several lists of texts; of phrases that overlap, the longest."""
    # Most records hold no word of any phrase: seeing that is much faster than reading them.
    held = _held("\n".join(text for texts in written for text in texts), _needles(words))
    if not held:
        return [0] * len(written)
    return [
        sum(len(advice(text, words)) for text in texts if _held(text, held)) for texts in written
    ]


def _held(text: str, needles: Sequence[str]) -> list[str]:
    plain = text.replace("’", "'").casefold()
    return [needle for needle in needles if needle in plain]


@cache
def _needles(words: tuple[Wording, ...]) -> tuple[str, ...]:
    """Give words of which at least one stands in any text that holds a phrase."""
    found: set[str] = set()
    for phrase in (each for wording in words for each in wording.phrases):
        parts = [part.split("|") for part in re.split(r"[\s-]+", phrase.strip())]
        longest = max(parts, key=lambda each: min(map(len, each)))
        found.update("".join(folded(word)) for word in longest)
    return tuple(sorted(found))


def texts_of(event: Event) -> list[str]:
    """Give what a person wrote in an entry; of a screening see `texts_in`."""
    found: list[str] = []
    for name in _text_fields(type(event)):
        value = getattr(event, name)
        if value and isinstance(value, str):
            found.append(value)
        elif value:
            found.extend(_strings(value))
    return found


def texts_in(screening: Screening) -> Iterator[str]:
    """Give what a person wrote in a screening, but for the words of the child."""
    yield from filter(None, (screening.worry, screening.other_concern, screening.protective))
    for given in screening.answers.values():
        if given.evidence:
            yield given.evidence
        if given.source:
            yield given.source


@cache
def _text_fields(kind: type[Event]) -> Sequence[str]:
    """Give the fields of a kind that can hold words, as `_strings` can read them."""
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    simple = {str, dict[str, Any]}
    return [
        name
        for name, its in types.items()
        if name not in _THEIR_OWN and (its in simple or name == "evidence")
    ]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in _THEIR_OWN:
                yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, msgspec.Struct):
        yield from _strings(msgspec.structs.astuple(value))
