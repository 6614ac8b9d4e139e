"""With what is a case looked at: which instrument, which policy, which day?

What follows from them alone is worked out once, for all cases.
"""

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from cse_workbook.frames.kinds import NOT_GIVEN, NOT_KNOWN
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.screening import Answer


class Lens(msgspec.Struct, frozen=True):
    """With what a case is looked at; the policy has been applied to the instrument.

    `places` orders the routes, lowest first; `expected` are the questions that everybody is
    expected to answer; `steps` are the steps that the instrument knows.
    """

    instrument: Instrument
    policy: Policy
    today: date
    places: Mapping[str, int]
    expected: frozenset[str]
    steps: frozenset[str]

    @classmethod
    def of(cls, instrument: Instrument, policy: Policy, today: date) -> "Lens":
        """Look with an instrument and a policy, on a day."""
        places = {route.key: place for place, route in enumerate(instrument.routes)}
        steps = frozenset(action.key for action in instrument.actions)
        return cls(instrument, policy, today, places, frozenset(_expected(instrument)), steps)

    def route(self, route: str) -> str:
        """Give a route as a word of a frame."""
        return route if route in self.places else NOT_GIVEN if not route else NOT_KNOWN

    def beside(self, route: str, other: str) -> str:
        """Say how a route lies beside another: same, higher, lower, or not given."""
        here, there = self.places.get(route), self.places.get(other)
        if here is None or there is None:
            return NOT_GIVEN
        return "same" if here == there else "higher" if here > there else "lower"

    def fallen(self, route: str, before: str) -> int:
        """Count the steps that a route lies below the one before; 0 where it does not."""
        here, there = self.places.get(route), self.places.get(before)
        return 0 if here is None or there is None else max(there - here, 0)


def _expected(instrument: Instrument) -> Iterator[str]:
    normal = {group.key for group in instrument.groups if group.blanks_are_normal}
    for each in instrument.asked():
        is_usual = each.group not in normal and each.blank_counts_as != Answer.NO.key
        if is_usual and each.asked_under is None:
            yield each.key
