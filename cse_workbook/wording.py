"""Point out words that put blame on a child, and offer better ones. No text is changed here.

The words are the local policy's. A phrase is found as whole words, in capitals or not, with a
straight or a curly apostrophe, and over a hyphen or the end of a line.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import msgspec

from cse_workbook.policy import Wording

# A word, or one mark that parts words. Spaces and hyphens part nothing.
_TOKEN: Final = re.compile(r"\w+(?:['’]\w+)*|[^\w\s\-\u2010\u2011]")


class Advice(msgspec.Struct, frozen=True):
    """A phrase exactly as it is written, what to say about it, and the words to offer."""

    phrase: str
    sentence: str
    instead: str


class _Phrase(NamedTuple):
    """For each word of a phrase those that may stand there, and what the policy says of it."""

    parts: tuple[frozenset[str], ...]
    wording: Wording


def folded(text: str) -> tuple[str, ...]:
    """Give the words of a text as they are compared; equal ones make the same phrase."""
    return tuple(_same(token) for token in _TOKEN.findall(text))


def advice(text: str, words: tuple[Wording, ...]) -> tuple[Advice, ...]:
    """Give the advice on a text in its order; where phrases overlap, the longest that begins first.

    The time it takes grows with the length of the text and no faster.
    """
    return tuple(_advice(written, wording) for written, wording in _found(text, words))


def _found(text: str, words: tuple[Wording, ...]) -> Iterator[tuple[str, Wording]]:
    tokens, known = list(_TOKEN.finditer(text)), _by_first_word(words)
    plain = [_same(token[0]) for token in tokens]
    place = 0
    while place < len(plain):
        phrases = known.get(plain[place], ())
        phrase = next((each for each in phrases if _stands(each, plain, place)), None)
        if phrase is None:
            place += 1
            continue
        begin, place = tokens[place].start(), place + len(phrase.parts)
        yield text[begin : tokens[place - 1].end()], phrase.wording


def _same(word: str) -> str:
    return word.replace("’", "'").casefold()


@cache
def _by_first_word(words: tuple[Wording, ...]) -> Mapping[str, Sequence[_Phrase]]:
    """Find for each first word the phrases that begin with it, the longest first."""
    found = defaultdict(list)
    for wording in words:
        for phrase in wording.phrases:
            choices = [each.split("|") for each in re.split(r"[\s-]+", phrase.strip())]
            parts = tuple(frozenset(_same(word) for word in each) for each in choices)
            for first in parts[0]:
                found[first].append(_Phrase(parts, wording))
    return {
        first: sorted(phrases, key=lambda each: -len(each.parts))
        for first, phrases in found.items()
    }


def _stands(phrase: _Phrase, plain: Sequence[str], place: int) -> bool:
    here = plain[place : place + len(phrase.parts)]
    return len(here) == len(phrase.parts) and all(
        word in part for word, part in zip(here, phrase.parts, strict=True)
    )


def _advice(written: str, wording: Wording) -> Advice:
    instead = wording.instead
    if written[0].isupper():
        instead = instead[0].upper() + instead[1:]
    shown = " ".join(written.split())
    sentence = f"‘{shown}’ {wording.why}. You could write: ‘{instead}’."
    return Advice(phrase=written, sentence=sentence, instead=instead)
