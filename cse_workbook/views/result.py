"""A recorded screening with all that its page shows. It finds words and decides nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from cse_workbook.case.events import Corrected, JudgementRecorded
from cse_workbook.instrument import Indicator, Instrument, Route, Rule
from cse_workbook.outcome import Outcome, Step, first, higher, shown, steps
from cse_workbook.screening import Screening
from cse_workbook.views.form import CONSULTED

WHO = dict(
    zip(
        CONSULTED,
        (
            "Safeguarding lead",
            "Lead officer for CSE",
            "Social worker",
            "Someone else",
            "Nobody yet",
        ),
        strict=True,
    )
)


class Result(msgspec.Struct, frozen=True):
    """A recorded screening with everything its page shows.

    `first_outcome` is the one recorded, `outcome` the one after the corrections; without any
    they are the same. `published` is the route the instrument gives as published, without the local
    policy.
    """

    instrument: Instrument
    screening: Screening
    outcome: Outcome
    first_outcome: Outcome
    corrections: Sequence[tuple[datetime, Corrected]]
    published: str
    circumstances: Mapping[str, str]
    judgements: Sequence[tuple[datetime, JudgementRecorded]]
    told: Sequence[str]

    def route(self, key: str) -> Route:
        """Give a route by its key."""
        return next(route for route in self.instrument.routes if route.key == key)

    def rule(self, key: str) -> Rule:
        """Give a rule by its key."""
        return next(rule for rule in self.instrument.rules if rule.key == key)

    def indicator(self, key: str) -> Indicator:
        """Give an indicator by its key."""
        return next(each for each in self.instrument.indicators if each.key == key)

    def place(self, route: str) -> int:
        """Give the place of a route, 0 for the lowest."""
        return [each.key for each in self.instrument.routes].index(route)

    @property
    def first_view(self) -> JudgementRecorded:
        """The view given before the outcome was shown."""
        return self.judgements[0][1]

    @property
    def view(self) -> JudgementRecorded:
        """The view as it stands."""
        return self.judgements[-1][1]

    @property
    def wanted(self) -> tuple[Step, ...]:
        """The steps of the higher view, without those another stands for or that name nothing."""
        route = higher(self.instrument, self.outcome.route, self.view.route)
        found = steps(self.instrument, self.outcome.findings, self.outcome.pathways, route)
        nothing = not (self.outcome.decisive_unknowns or self.outcome.decisive_blanks)
        left_out = {"find_out_unknowns"} if nothing else set()
        return tuple(s for s in shown(self.instrument, found) if s.key not in left_out)

    @property
    def first_step(self) -> Step | None:
        """The step to begin with."""
        return first(self.instrument, self.wanted, self.outcome.pathways)

    @property
    def is_lower(self) -> bool:
        """Whether the view as it stands is below the outcome."""
        return self.place(self.view.route) < self.place(self.outcome.route)
