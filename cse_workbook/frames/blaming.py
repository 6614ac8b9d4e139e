"""How many phrases that put blame on a child stand in what was written?

The phrases are the local policy's (`wording`). What the child said, in their own words, is left
alone. Only a number leaves this module: no text does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

import msgspec

from cse_workbook.case import Entry, Event
from cse_workbook.policy import Wording
from cse_workbook.screening import Screening
from cse_workbook.wording import advice, folded

# Words of the child or the family, which nobody is to word otherwise.
_THEIR_OWN: Final = {"child_said", "child_view"}


def n_blaming_terms(texts: Iterable[str], words: tuple[Wording, ...]) -> int:
    """Count the phrases in texts; of phrases that overlap, the longest."""
    # Most texts hold no word of any phrase: seeing that is much faster than reading them.
    given, needles = list(texts), _needles(words)
    if not _may_hold("\n".join(given), needles):
        return 0
    return sum(len(advice(text, words)) for text in given if _may_hold(text, needles))


def _may_hold(text: str, needles: Sequence[str]) -> bool:
    plain = text.replace("’", "'").casefold()
    return any(needle in plain for needle in needles)


@cache
def _needles(words: tuple[Wording, ...]) -> tuple[str, ...]:
    """Give words of which at least one stands in any text that holds a phrase."""
    found: set[str] = set()
    for phrase in (each for wording in words for each in wording.phrases):
        parts = [part.split("|") for part in re.split(r"[\s-]+", phrase.strip())]
        longest = max(parts, key=lambda each: min(map(len, each)))
        found.update("".join(folded(word)) for word in longest)
    return tuple(sorted(found))


def texts_of(entry: Entry) -> Iterator[str]:
    """Give what a person wrote in an entry; of a screening see `texts_in`."""
    if entry.event is not None:
        for name in _text_fields(type(entry.event)):
            yield from _strings(getattr(entry.event, name))


def texts_in(screening: Screening) -> Iterator[str]:
    """Give what a person wrote in a screening, but for the words of the child."""
    yield from (screening.worry, screening.other_concern, screening.protective)
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
