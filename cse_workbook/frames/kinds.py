"""Which kinds of column are there in a frame?

A kind says the type of a column and what may stand in it; unit, meaning and whether it is personal
are kept with it. What is not known is always the word `not_known`, or its place among the answers.
A blank day or number means that it has not happened or does not apply, never that nobody knows.
Text that a person wrote is no kind of column.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import pandera.pandas as pa

from cse_workbook.screening import Answer

NOT_KNOWN: Final = "not_known"
NOT_GIVEN: Final = "not_given"
NOT_APPLICABLE: Final = "does_not_apply"
NOT_YET: Final = "not_yet"
YES, NO, POSSIBLE = "yes", "no", "possible"

DAY_TYPE: Final = "datetime64[us]"
NUMBER_TYPE: Final = "Int64"
ANSWER_TYPE: Final = "UInt8"
WORD_TYPE: Final = "str"
FLAG_TYPE: Final = "bool"


def key(meaning: str) -> pa.Column:
    """Declare what names a child or a case: a pseudonym in an extract."""
    return _column(WORD_TYPE, "key", meaning, pa.Check.str_length(min_value=1), personal=True)


def name(meaning: str, *, personal: bool = False) -> pa.Column:
    """Declare the name of an agency, an instrument, a rule or a step; never of a person."""
    check = pa.Check.str_length(min_value=1)
    return _column(WORD_TYPE, "word", meaning, check, personal=personal)


def word(choices: Sequence[str], meaning: str, *, personal: bool = False) -> pa.Column:
    """Declare one of a few words."""
    check = pa.Check.isin(list(choices))
    return _column(WORD_TYPE, "word", meaning, check, personal=personal, words=choices)


def flag(meaning: str) -> pa.Column:
    """Declare a claim that holds or does not."""
    return _column(FLAG_TYPE, "true or false", meaning)


def count(meaning: str, unit: str = "count", *, personal: bool = False) -> pa.Column:
    """Declare a whole number that is always there, not below zero."""
    return _column("int64", unit, meaning, pa.Check.ge(0), personal=personal)


def answer(meaning: str) -> pa.Column:
    """Declare an answer: 0 no, 1 not known, 2 possible, 3 yes; blank where none was given."""
    check = pa.Check.isin([int(each) for each in Answer])
    return _column(ANSWER_TYPE, "answer", meaning, check, blank=True, personal=True)


def span(unit: str, meaning: str) -> pa.Column:
    """Declare a time between two days or moments in whole units; blank where one is not there.

    A negative time is written down wrongly: it is blank too.
    """
    return _column(NUMBER_TYPE, unit, meaning, pa.Check.ge(0), blank=True)


def day(meaning: str, *, blank: bool = False) -> pa.Column:
    """Declare a day, in an extract perhaps coarsened; `blank` where it may not have come."""
    return _column(DAY_TYPE, "day", meaning, blank=blank, personal=True)


def type_of(column: pa.Column) -> str:
    """Give the type of a declared column as pandas writes it."""
    return str((column.metadata or {})["type"])


def in_order(column: pa.Column, found: Iterable[str]) -> list[str]:
    """Put words of a column in the order of their declaration, and names in that of the alphabet.

    >>> in_order(word(["under_10", "10_to_12"], "Years."), ["10_to_12", "under_10"])
    ['under_10', '10_to_12']
    """
    places = {each: place for place, each in enumerate((column.metadata or {})["words"])}
    return sorted(found, key=lambda each: (places.get(each, len(places)), each))


def _column(
    dtype: str,
    unit: str,
    meaning: str,
    *checks: pa.Check,
    blank: bool = False,
    personal: bool = False,
    words: Sequence[str] = (),
) -> pa.Column:
    # pandera takes one kind of text or day for another: what is meant exactly is kept beside it.
    metadata = {"type": dtype, "unit": unit, "personal": personal, "words": tuple(words)}
    return pa.Column(
        dtype, list(checks), nullable=blank, description=meaning, metadata=metadata, coerce=False
    )
