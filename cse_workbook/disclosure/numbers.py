"""Which numbers may be shown without a child being recognised by them?

This is the one place that hides small numbers. The method is that of Hospital Episode Statistics
since September 2018: counts of 1 up to a limit are hidden, all others are rounded, a total is
rounded by itself, and zero is shown. Where the limit lies is local policy. Totals go beyond that
method: one that would tell something of a hidden number is left out. Whole tables are protected by
`tables`, and compared with one another by `ledger`.

Source: NHS Digital, “Change to disclosure control methodology for HES and ECDS from September
2018”, https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from cse_workbook.policy import Disclosure

NOT_SHOWN: Final = "not shown"


class Shown(msgspec.Struct, frozen=True):
    """A number as it may be read: in words, and as a number unless it is hidden."""

    words: str
    number: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether the number is hidden, which is not the same as zero."""
        return self.number is None


def protected(count: int, disclosure: Disclosure) -> Shown:
    """Give a count as it may be shown.

    Zero is “0”. From 1 to `suppress_up_to` it is hidden: “fewer than 8”. Any other is rounded to
    the nearest multiple of `round_to`, a half upwards, and never down to what would be hidden.

    >>> limits = Disclosure(suppress_up_to=7, round_to=5)
    >>> [protected(count, limits).words for count in (0, 1, 7, 8, 12, 13)]
    ['0', 'fewer than 8', 'fewer than 8', '10', '10', '15']
    """
    limit, unit = disclosure.suppress_up_to, disclosure.round_to
    if count < 0:
        raise ValueError("a count is never below zero")
    if 1 <= count <= limit:
        return Shown(f"fewer than {limit + 1}", None)
    least = (limit // unit + 1) * unit if count else 0
    number = max((2 * count + unit) // (2 * unit) * unit, least)
    return Shown(f"{number:,}", number)


def protected_line(counts: Sequence[int], disclosure: Disclosure) -> tuple[list[Shown], Shown]:
    """Give the counts of a row or a column, and their total, as they may be shown together.

    The total is left out (“not shown”) where exactly one count is hidden, and where what is printed
    would tell more of a hidden count than that it is hidden.
    """
    cells = [protected(count, disclosure) for count in counts]
    total = protected(sum(counts), disclosure)
    hidden = [cell for cell in cells if cell.is_hidden]
    if len(hidden) == 1 or (hidden and _narrows(cells, total, disclosure)):
        return cells, Shown(NOT_SHOWN, None)
    return cells, total


def _narrows(cells: Sequence[Shown], total: Shown, disclosure: Disclosure) -> bool:
    """Tell whether a printed total leaves less room to a hidden cell than the limit does."""
    limit = disclosure.suppress_up_to
    spans = [span(cell.number, disclosure) for cell in cells]
    least, most = span(total.number, disclosure)
    fewest, greatest = sum(low for low, _ in spans), sum(high for _, high in spans)
    # Of all hidden cells the room is the same: the others take at least, or at most, this much.
    return least - (greatest - limit) > 1 or most - (fewest - 1) < limit


def span(number: int | None, disclosure: Disclosure) -> tuple[int, int]:
    """Give the smallest and the largest count that is shown as this number, or hidden (None).

    >>> span(10, Disclosure(suppress_up_to=7, round_to=5))
    (8, 12)
    """
    limit, unit = disclosure.suppress_up_to, disclosure.round_to
    if number is None:
        return 1, limit
    if number == 0:
        return 0, 0
    is_least = number - unit <= limit
    low = limit + 1 if is_least else number - unit // 2
    return low, number + (unit - 1) // 2
