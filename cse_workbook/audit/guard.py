"""What of a table may be shown, by itself and with all that was shown before?"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from cse_workbook.audit.shown import Facts
from cse_workbook.disclosure.layout import BUT_NOT, Meaning
from cse_workbook.disclosure.ledger import Ledger, read_table, refuses
from cse_workbook.disclosure.tables import protect
from cse_workbook.measures import MEASURES, Measure
from cse_workbook.policy import Disclosure
from cse_workbook.quality import RULES

RATES: Final = ["ratio", "low", "high"]
_DIGITS: Final = 4  # of a rate
COUNTS: Final = ("numerator", "denominator", "n_not_known")
# What `protect` and the ledger refuse where it does not hold.
CHECKS: Final = (
    "every total can be the sum of its parts",
    "small numbers are protected",
    "nothing hidden can be told from it and what was shown before",
)
# Which rows each measure and each rule counts.
_ASKED: Final = (*MEASURES.values(), *(rule.measure for rule in RULES.values()))
_WHOLES: Final = {each.among for each in _ASKED if each.of_all}  # so much is named by many
STRATA: Final = "cases_by_stratum"


def _meaning(each: Measure) -> Meaning:
    """Give the names of the rows of a measure, with all that is said of them anywhere."""
    among, counts = each.among or f"{each.key}, asked", each.counts or each.key
    names = {among, each.unknown, *counts.split(BUT_NOT)} - _WHOLES
    told = sorted({other.nobody for other in _ASKED if names & {*other.nobody}})
    return Meaning(among, counts, each.unknown, tuple(told))


MEANINGS: Final = {each.key: _meaning(each) for each in _ASKED} | {
    STRATA: Meaning("cases", "cases")
}
_NO_TEXT: Final = re.compile(r"[^a-z0-9]+")


class Guard:
    """Protects table after table of one run, and remembers how they were printed.

    `within` names the one group of a column that all tables are about, such as an agency.
    """

    def __init__(self, limits: Disclosure, within: Mapping[str, str]) -> None:
        """Begin with nothing shown."""
        self.limits, self.within = limits, within
        self._before = Ledger()
        self._number = 0

    def passed(
        self, title: str, table: pd.DataFrame, margins: Mapping[str, str], shares: Sequence[bool]
    ) -> tuple[pd.DataFrame | None, Facts]:
        """Give a table as it may be shown, or None where it may not, and what the run keeps of it.

        `margins` and `shares` are those of `tables.protect`, which says what it raises.
        """
        self._number += 1
        name = f"{self._number:02}-{_NO_TEXT.sub('-', title.lower()).strip('-')}"
        counts = [each for each in COUNTS if each in table]
        some = [each for each in self.within if each not in margins]
        told = table.assign(**{each: self.within[each] for each in some})
        margins = {**margins, **dict.fromkeys(some, "")}
        before = self._before.printed
        data = protect(told, counts, margins, self.limits, shares, some, before, meanings=MEANINGS)
        printed = read_table(name, data, counts, margins, self.limits, shares, some, MEANINGS)
        if refuses(self._before, printed):
            return None, Facts(name=name, rows=0)
        self._before = self._before.remembering(printed)
        rates = [each for each in RATES if each in data]
        data[rates] = data[rates].round(_DIGITS)
        return data, Facts(name=name, rows=len(data), checks=CHECKS, table=printed)
