"""Does a measure change over time by more than chance alone would make it change?

A run chart: the points in order, their median, and two rules that need no model. The rules are
those of Perla, Provost and Murray, “The run chart: a simple analytical tool for learning from
variation in healthcare processes”, BMJ Qual. Saf. 20 (2011), doi 10.1136/bmjqs.2009.037895.
A signal says that something changed, not what, and not whether it is good. The rule on trends finds
little and is kept because readers expect it: Anhøj and Olesen, “Run Charts Revisited”, PLoS ONE 9
(2014), doi 10.1371/journal.pone.0113825.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final, Literal

import pandas as pd

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.measures.model import Measure
from cse_workbook.measures.period import Period
from cse_workbook.measures.running import Count, run

Value = Literal["ratio", "numerator", "median"]
SHIFT: Final = 6
TREND: Final = 5
ENOUGH: Final = 10
SOURCE: Final = "Perla, Provost and Murray 2011"
SHIFTED: Final = (
    f"Shift: {SHIFT} or more points in a row lie on one side of the median, which chance alone"
    f" seldom does. Ask what changed at that time, in practice or in recording ({SOURCE})."
)
TRENDING: Final = (
    f"Trend: {TREND} or more points in a row go the same way, which chance alone seldom does. Ask"
    f" what has been changing, in practice or in recording ({SOURCE})."
)
TOO_FEW: Final = (
    f"Fewer than {ENOUGH} points lie off the median: too few to tell a signal from chance"
    f" ({SOURCE})."
)


def series(
    frames: Mapping[str, pd.DataFrame],
    measure: Measure,
    periods: Sequence[Period],
    by: Sequence[str] = (),
    count: Count = run,
) -> pd.DataFrame:
    """Count a measure in each of several periods: the columns of `run`, a row a period and group.

    `count` is what counts: `run`, or what gives the same for frames of another kind.

    Raises MEASURE_04 as `run` does, and MEASURE_05 for a measure of how records stand on the day of
    the extract.
    """
    if measure.as_it_stands:
        raise WorkbookError(problem("MEASURE_05", f"measure “{measure.key}”"))
    table = pd.concat([count(frames, [measure], each, by) for each in periods], ignore_index=True)
    return table.sort_values([*by, "period_start"], ignore_index=True)


def marked(table: pd.DataFrame, by: Sequence[str] = (), *, value: Value = "ratio") -> pd.DataFrame:
    """Mark what a run chart shows in a series, also in one whose small numbers are protected.

    Adds, of the column named by `value`: `middle` (its median over all periods of the group),
    `shift` and `trend` (the point belongs to one), `signal` (in words). A point without a number
    breaks nothing and is never marked.
    """
    groups = [part for _, part in table.groupby(list(by), sort=False)] if by else [table]
    points = pd.concat([_marked(part.sort_values("period_start"), value) for part in groups])
    return points.sort_values([*by, "period_start"], ignore_index=True)


def _marked(points: pd.DataFrame, value: str) -> pd.DataFrame:
    """Mark the points of one chart."""
    known = pd.to_numeric(points[value], errors="coerce").dropna().astype("float64")
    middle = known.median()
    off = known[known != middle]
    is_enough = len(off) >= ENOUGH
    shift = _in_a_shift(off, middle) if is_enough else set()
    trend = _in_a_trend(known) if is_enough else set()
    return points.assign(
        middle=pd.array([middle if len(known) else None] * len(points), dtype="Float64"),
        shift=[place in shift for place in points.index],
        trend=[place in trend for place in points.index],
        signal=[_words(place in shift, place in trend, is_enough) for place in points.index],
    )


def _in_a_shift(off: pd.Series, middle: float) -> set[object]:
    """Find the points in a row on one side of the median; points on it are passed over."""
    sides = groupby(off.index, key=lambda place: off[place] > middle)
    rows = [list(row) for _, row in sides]
    return {place for row in rows if len(row) >= SHIFT for place in row}


def _in_a_trend(known: pd.Series) -> set[object]:
    """Find the points in a row that all rise or all fall; of equal neighbours the first counts."""
    steps = known[known.diff() != 0]
    places = list(steps.index)
    ways = groupby(range(1, len(places)), key=lambda n: steps[places[n]] > steps[places[n - 1]])
    rows = [list(row) for _, row in ways]
    # A row of steps joins one more point than it has steps.
    long = [(row[0] - 1, row[-1]) for row in rows if len(row) + 1 >= TREND]
    return {places[n] for first, last in long for n in range(first, last + 1)}


def _words(shift: bool, trend: bool, is_enough: bool) -> str:
    if not is_enough:
        return TOO_FEW
    return " ".join(words for marks, words in ((shift, SHIFTED), (trend, TRENDING)) if marks)
