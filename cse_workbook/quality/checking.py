"""How many rows break each rule, and what does a rule ask for?

Counted by the runner of measures, so the table has its columns and is protected as any other. The
words of the rules are put beside the figures last: they are no part of what is counted.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from cse_workbook.measures import Count, Period, run
from cse_workbook.quality.model import RULES

FIGURES: Final = ("numerator", "denominator", "ratio", "low", "high")
WORDS: Final = ("message", "repair")


def check(
    frames: Mapping[str, pd.DataFrame],
    period: Period,
    by: Sequence[str] = (),
    count: Count = run,
) -> pd.DataFrame:
    """Count for each rule the rows of a period that it looks at, and those that break it.

    One row a rule and group, in the order of the codes: `measure` (the code), `period_start`,
    `period_end`, the columns of `by`, `numerator` (rows that break it), `denominator` (rows it
    looks at), `ratio`, `low`, `high` (Wilson, 95 %). Cases are looked at as they stand on the day
    of the extract. `count` is that of `measures.series`. Raises MEASURE_04 for a group that a frame
    does not have.
    """
    measures = [RULES[code].measure for code in sorted(RULES)]
    table = count(frames, measures, period, by)
    return table[["measure", "period_start", "period_end", *by, *FIGURES]]


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Put beside each rule of a table, protected or not, what is wrong and how it is repaired."""
    words = {each: [getattr(RULES[code], each) for code in table["measure"]] for each in WORDS}
    return table.assign(**words)
