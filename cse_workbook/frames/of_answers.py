"""What was answered in each screening, so that it can be scored again?

The columns follow from the instrument, so the table is declared for the keys of one, and is no
frame that a measure counts. A row is a screening, and belongs to the same row of the frame of
screenings. Answers read as corrected. What the edition of a screening did not ask is blank, like
what was left open; what the instrument does not ask today is not there.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pa

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.frames.kinds import answer, count, key, name
from cse_workbook.frames.reading import Read
from cse_workbook.frames.tables import Table
from cse_workbook.instrument import Instrument
from cse_workbook.screening import ANSWERS, Answer, Screening

_BLANK: Final = 255
_OF_SCREENING: Final = {
    "case": key("The case: the same case has the same key in every frame."),
    "number": count("The place of the screening among those of the case, from 1.", "place"),
    "age": count("Completed years at the screening.", "years", personal=True),
    "instrument": name("The instrument that was used."),
    "edition": count("The edition of the instrument.", "edition"),
}


def answers_schema(keys: Sequence[str]) -> pa.DataFrameSchema:
    """Declare the table for an instrument with these indicators, in its order.

    Raises EXTRACT_09 for an indicator that is named like another column.
    """
    taken = [each for each in keys if each in _OF_SCREENING]
    if taken:
        raise WorkbookError([problem("EXTRACT_09", "answers", key=each) for each in taken])
    of_each = {each: answer(f"The answer to “{each}”, or what the age says.") for each in keys}
    return pa.DataFrameSchema({**_OF_SCREENING, **of_each}, strict=True, ordered=True)


def keys_in(answers: pd.DataFrame) -> list[str]:
    """Give the keys of the indicators that a table of answers has a column for."""
    return [str(each) for each in answers if each not in _OF_SCREENING]


class Answers:
    """The table of answers while screenings are added, each answer a byte."""

    def __init__(self, instrument: Instrument) -> None:
        """Begin with a column for every indicator of an instrument, and no row."""
        self._indicators = instrument.indicators
        self._places = {each.key: place for place, each in enumerate(instrument.indicators)}
        ages = {place: each.set_from_age for place, each in enumerate(instrument.indicators)}
        self._from_age = {place: each for place, each in ages.items() if each is not None}
        self._screenings = Table(pa.DataFrameSchema(_OF_SCREENING))
        self._levels = bytearray()

    def add(self, one: Read) -> None:
        """Add a row for each screening of a case."""
        for number, made in enumerate(one.made, 1):
            used = made.told.instrument
            row = {"case": one.case.ref, "number": number, "age": made.screening.age}
            self._screenings.add([{**row, "instrument": used.key, "edition": used.edition}])
            self._levels += self._row(made.screening)

    def _row(self, screening: Screening) -> bytearray:
        row = bytearray([_BLANK]) * len(self._indicators)
        for asked, given in screening.answers.items():
            if asked in self._places:
                row[self._places[asked]] = ANSWERS[given.answer]
        for place, ages in self._from_age.items():
            is_inside = ages.from_ <= screening.age <= ages.to
            row[place] = Answer.YES if is_inside else Answer.NO
        return row

    def whole(self) -> pd.DataFrame:
        """Give the table."""
        screenings = self._screenings.whole()
        levels = np.frombuffer(bytes(self._levels), np.uint8)
        columns = levels.reshape(len(screenings), len(self._indicators)).T
        given = {
            each.key: pd.arrays.IntegerArray(column.copy(), column == _BLANK)
            for each, column in zip(self._indicators, columns, strict=True)
        }
        return screenings.assign(**given)
