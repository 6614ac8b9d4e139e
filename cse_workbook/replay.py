"""Who would have been told something else, if another instrument or policy had been in force?

The answers of an extract are scored again, and the route is set beside the one that was recorded.
Screenings are counted, not children. A screening is not compared where its route rests on something
else: on another instrument, on what was corrected since, or on a route that is no longer there.
Nothing is decided here, and no recorded outcome changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import numpy as np
import pandas as pd

from cse_workbook.disclosure.tables import protect
from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.frames import WithAnswers
from cse_workbook.frames.declared import SCREENINGS
from cse_workbook.frames.kinds import NOT_KNOWN, in_order
from cse_workbook.frames.of_answers import keys_in
from cse_workbook.instrument import Indicator, Instrument
from cse_workbook.measures import groups
from cse_workbook.policy import Disclosure
from cse_workbook.scoring import readings, score
from cse_workbook.screening import ANSWERS, Answer

NEW: Final = "new_route"
CHANGE: Final = "change"
HIGHER, SAME, LOWER, NOT_COMPARED = "higher", "same", "lower", "not_compared"
CHANGES: Final = (HIGHER, LOWER, SAME, NOT_COMPARED)
ALL: Final = "all"
COUNT: Final = "screenings"
GROUPS: Final = (*groups("screenings"), NEW)


class Apart(msgspec.Struct, frozen=True):
    """Keys of indicators that only one side has: the instrument, or the extract."""

    only_in_instrument: tuple[str, ...]
    only_in_extract: tuple[str, ...]


def replay(given: WithAnswers, instrument: Instrument) -> pd.DataFrame:
    """Score the answers of an extract again; the policy has been applied to the instrument.

    Gives the frame of screenings with `new_route` and `change` beside: higher, lower, same or
    not_compared. The same key of an indicator means the same observation; what the extract lacks
    counts as a blank. Raises REPLAY_01 where the extract knows another instrument only, and
    REPLAY_02 where the two have no indicator in common.
    """
    theirs = sorted(given.answers["instrument"].unique())
    if theirs and instrument.key not in theirs:
        raise WorkbookError(problem("REPLAY_01", instrument.key, theirs=", ".join(theirs)))
    if not {each.key for each in instrument.asked()} & {*keys_in(given.answers)}:
        raise WorkbookError(problem("REPLAY_02", instrument.key))
    columns = {each.key: _column(each, given.answers) for each in instrument.indicators}
    places = readings(score(columns, instrument), instrument)["route"]
    routes = np.array([route.key for route in instrument.routes])
    change = _change(given.screenings, places, instrument)
    return given.screenings.assign(**{NEW: routes[places], CHANGE: change})


def apart(answers: pd.DataFrame, instrument: Instrument) -> Apart:
    """Name the indicators that an instrument asks and the table of answers lacks, and those of the
    table that the instrument does not know.
    """
    held, known = keys_in(answers), {each.key for each in instrument.indicators}
    return Apart(
        tuple(each.key for each in instrument.asked() if each.key not in held),
        tuple(key for key in held if key not in known),
    )


def changes(
    replayed: pd.DataFrame, by: Sequence[str], instrument: Instrument, disclosure: Disclosure
) -> pd.DataFrame:
    """Count the changes as they may be printed: in all, and apart by each of several columns.

    Gives a row for each group and change, and for each group in all: `by` and `group` (blank for
    all screenings), `change`, and `screenings`, a whole number or one of the marks of
    `disclosure.tables`. Raises REPLAY_03 for a column that is not one of `GROUPS`, and
    DISCLOSURE_03 as `protect` does.
    """
    unknown = [each for each in by if each not in GROUPS]
    if unknown:
        raise WorkbookError(
            [problem("REPLAY_03", "--by", group=each, near=near(each, GROUPS)) for each in unknown]
        )
    splits = list(dict.fromkeys(by))
    margins = {**dict.fromkeys(splits, ""), CHANGE: ALL}
    counted = pd.DataFrame(list(_counted(replayed, splits, instrument)))
    shown = protect(counted, [COUNT], margins, disclosure)
    return pd.DataFrame([_named(row, splits) for row in shown.to_dict("records")])


def _column(indicator: Indicator, answers: pd.DataFrame) -> Any:
    """Give what an indicator counts as in each screening: see `screening.columns_of` for one."""
    if (ages := indicator.set_from_age) is not None:
        inside = answers["age"].between(ages.from_, ages.to)
        return np.where(inside, Answer.YES, Answer.NO).astype(np.uint8)
    blank = int(ANSWERS[indicator.blank_counts_as])
    if indicator.key not in keys_in(answers):
        return np.full(len(answers), blank, np.uint8)
    return answers[indicator.key].to_numpy(np.uint8, na_value=blank)


def _change(screenings: pd.DataFrame, places: Any, instrument: Instrument) -> Any:
    order = {route.key: place for place, route in enumerate(instrument.routes)}
    before = screenings["route"].map(order).astype("float64")
    same_basis = (screenings["instrument"] == instrument.key) & (screenings["n_corrections"] == 0)
    compared = same_basis & before.notna()
    cases = [~compared, places > before, places < before]
    return np.select(cases, [NOT_COMPARED, HIGHER, LOWER], SAME)


def _counted(
    replayed: pd.DataFrame, splits: Sequence[str], instrument: Instrument
) -> Iterator[Mapping[str, object]]:
    """Count all screenings, then by each column; unprotected, so only for `changes`."""
    everybody = dict.fromkeys(splits, "")
    for row in _rows(replayed[CHANGE].value_counts()):
        yield {**everybody, **row}
    for split in splits:
        found = pd.crosstab(replayed[split].astype("str"), replayed[CHANGE])
        for group, counts in found.loc[_in_order(split, found.index, instrument)].iterrows():
            for row in _rows(counts):
                yield {**everybody, split: group, **row}


def _rows(found: "pd.Series[int]") -> Iterator[Mapping[str, object]]:
    for change in CHANGES:
        yield {CHANGE: change, COUNT: int(found.get(change, 0))}
    yield {CHANGE: ALL, COUNT: int(found.sum())}


def _named(row: Mapping[Any, Any], splits: Sequence[str]) -> dict[str, Any]:
    """Say by which column a row is split, and which group it is."""
    by = next((each for each in splits if row[each]), "")
    return {"by": by, "group": row.get(by, ""), CHANGE: row[CHANGE], COUNT: row[COUNT]}


def _in_order(split: str, found: Iterable[str], instrument: Instrument) -> list[str]:
    """Put routes lowest first, other words in the order of their column, not known last."""
    order = {route.key: place for place, route in enumerate(instrument.routes)}
    words = in_order(SCREENINGS.columns["route" if split == NEW else split], found)
    return sorted(words, key=lambda each: (each == NOT_KNOWN, order.get(each, 0)))
