"""What is a rule of record quality?

A small pure function from the rows of a declared frame to two true/false columns: the rows that
break the rule, and those it looks at. It looks at each row by itself and at no column that it does
not name. To be counted it is a measure like any other.
"""

from collections.abc import Callable, Mapping
from typing import Final, Unpack

import msgspec

from cse_workbook.measures import Measure
from cse_workbook.measures.model import Count, FrameName, Rows

# The day that puts a row of a frame into a period. A case is looked at as it stands.
DATES: Final[Mapping[FrameName, str]] = {
    "screenings": "screened_on",
    "cases": "opened_on",
    "referrals": "sent_on",
    "episodes": "missing_on",
    "actions": "set_on",
}
_DOES_NOT_SHOW: Final = "Whether what is written is right, and whether the child was helped."


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: its code, frame and columns, what is wrong where it is broken, and the repair.

    `count` gives the rows that break it as `numerator`, and those it looks at as `denominator`; the
    names of these rows are those of `Measure`.
    """

    code: str
    frame: FrameName
    fields: tuple[str, ...]
    message: str
    repair: str
    source: str
    count: Count
    among: str = ""
    counts: str = ""
    unknown: str = ""
    nobody: tuple[str, ...] = ()

    @property
    def measure(self) -> Measure:
        """The rule as a measure: how many of the rows it looks at break it."""
        return Measure(
            key=self.code,
            frame=self.frame,
            date=DATES[self.frame],
            question=self.message,
            source=self.source,
            does_not_show=_DOES_NOT_SHOW,
            count=self.count,
            as_it_stands=self.frame == "cases",
            among=self.among,
            counts=self.counts,
            unknown=self.unknown,
            nobody=self.nobody,
        )


RULES: Final[dict[str, Rule]] = {}


def rule(
    *,
    code: str,
    frame: FrameName,
    fields: tuple[str, ...],
    message: str,
    repair: str,
    source: str,
    **more: Unpack[Rows],
) -> Callable[[Count], Count]:
    """Register a function as a rule under its code, and give it back as it is."""

    def register(count: Count) -> Count:
        if code in RULES:
            raise ValueError(f"two rules have the code {code}")
        RULES[code] = Rule(
            code=code,
            frame=frame,
            fields=fields,
            message=message,
            repair=repair,
            source=source,
            count=count,
            **more,
        )
        return count

    return register
