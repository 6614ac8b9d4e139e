"""What did the readers answer, and is it a table of readings?

One row in is one reader's reading of one child. What comes out holds, for each question and child,
the answers in the order of their scale: the readers are not in it, not even as numbers.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from typing import Final

import msgspec
import pandas as pd

from cse_workbook.errors import Problem, near, problem
from cse_workbook.filled import listed, refuse, words_of
from cse_workbook.frames.kinds import NOT_GIVEN
from cse_workbook.instrument import Instrument
from cse_workbook.screening import ANSWERS, shown

CHILD, READER, VIEW = "child", "reader", "view"
TABLE: Final = "readings"
_LEADING: Final = (CHILD, READER, VIEW)


class Asked(msgspec.Struct, frozen=True):
    """A question that was read: its key, its label, and its scale with a label for each word."""

    key: str
    label: str
    scale: Mapping[str, str]


class Readings(msgspec.Struct, frozen=True):
    """All readings. `answers` has a table a question: one row a child, its answers in order of the
    scale, blank after the last.
    """

    asked: tuple[Asked, ...]
    answers: Mapping[str, pd.DataFrame]

    def __repr__(self) -> str:
        """Show how many questions there are, never what was answered."""
        return f"Readings({len(self.asked)} questions)"

    def counts(self, asked: Asked) -> pd.DataFrame:
        """Count the answers: one row a child, one column a word of the scale."""
        given = self.answers[asked.key]
        words = {word: (given == word).sum(axis="columns") for word in asked.scale}
        return pd.DataFrame(words, index=given.index).astype("int64")


def read(table: pd.DataFrame, instrument: Instrument, children: Collection[str] = ()) -> Readings:
    """Check a table of readings, and take the readers out of it.

    Takes `child`, `reader` (any code), `view` (a route or not_given), and a column for each
    indicator that was read (yes, possible, no or not_known; blank where it was left out).
    `children` are the codes that may stand there; any may, if none is given. Raises CALIBRATION_01
    to CALIBRATION_06, TABLE_08, TABLE_14 and TABLE_15 with all that is wrong, by row.
    """
    known = {each.key: each for each in _questions(instrument)}
    refuse(_columns([str(each) for each in table], list(known), instrument))
    text = words_of(table)
    asked = tuple(each for key, each in known.items() if key in text)
    words = (bad for each in asked for bad in _words(text[each.key], each))
    refuse([*_unknown(text[CHILD], children), *_people(text), *words])
    return Readings(asked, {each.key: _alone(text, each) for each in asked})


def _questions(instrument: Instrument) -> Iterator[Asked]:
    yield Asked(VIEW, "The view", {each.key: each.view_label for each in instrument.routes})
    labels = {each.key: each.label for each in instrument.answers}
    scale = {key: labels[key] for key in ANSWERS}
    for each in instrument.asked():
        yield Asked(each.key, each.label, scale)


def _columns(given: list[str], known: list[str], instrument: Instrument) -> Iterator[Problem]:
    for each in _LEADING:
        if each not in given:
            yield problem("CALIBRATION_01", TABLE, key=each, near=near(each, given))
    indicators = {each.key for each in instrument.indicators}
    for each in dict.fromkeys(given):
        where = f"{TABLE}, column “{shown(each)}”"
        if given.count(each) > 1:
            yield problem("TABLE_08", where)
        if each in indicators and each not in known:
            yield problem("TABLE_15", where)
        elif each not in (*_LEADING, *known):
            yield problem("TABLE_14", where, near=near(each, [*_LEADING, *known]))


def _people(text: pd.DataFrame) -> Iterator[Problem]:
    """Find rows that do not say who read whom, or say it again, and a table of too few readers."""
    blank = (text[CHILD] == "") | (text[READER] == "")
    if blank.any():
        yield problem("CALIBRATION_02", f"{TABLE}, {listed('row', text.index[blank])}")
    named = text[~blank]
    again = named.duplicated([CHILD, READER], keep=False)
    for _, rows in named[again].groupby([CHILD, READER], sort=False):
        yield problem("CALIBRATION_03", f"{TABLE}, {listed('row', rows.index)}")
    if not (named.groupby(CHILD)[READER].nunique() >= 2).any():
        yield problem("CALIBRATION_05", TABLE)


def _unknown(given: "pd.Series[str]", children: Collection[str]) -> Iterator[Problem]:
    """Find rows about other children; what stands there may be a name, so it is not repeated."""
    others = given.index[~given.isin(["", *children])]
    if children and len(others):
        where = f"{TABLE}, {listed('row', others)}"
        yield problem("CALIBRATION_06", where, children=", ".join(children))


def _words(given: "pd.Series[str]", asked: Asked) -> Iterator[Problem]:
    words = [*asked.scale, *([NOT_GIVEN] if asked.key == VIEW else [])]
    for place, word in given[~given.isin(["", *words])].items():
        where = f"{TABLE}, row {place}, column “{asked.key}”"
        yield problem("CALIBRATION_04", where, near=near(word, words), words=", ".join(words))


def _alone(text: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Give the answers to one question, one row a child, in the order of the scale."""
    place = {word: number for number, word in enumerate(asked.scale)}
    given = text[text[asked.key].isin(list(asked.scale))]
    by_child = given.groupby(CHILD)[asked.key].agg(list)
    children = list(dict.fromkeys(text[CHILD]))
    rows = [sorted(by_child.get(child, []), key=place.__getitem__) for child in children]
    return pd.DataFrame(dict(enumerate(zip_longest(*rows))), index=children, dtype=object)
