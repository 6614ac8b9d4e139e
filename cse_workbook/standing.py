"""Which view of a child stands, and what do the rules say about them today?

A view that asks for more stands at once, whoever gives it. A view that asks for less stands beside
it and lowers nothing: that takes evidence and a second reader (`StepDownAgreed`). Harm recorded
earlier stays visible. What a case looks like is worked out from its entries each time; nothing is
kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from cse_workbook.case import Case, Entry, Thread
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    JudgementRecorded,
    ReferralAccepted,
    RiskAssessed,
    Screened,
    SecondReading,
    StepDownAgreed,
)
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Outcome, explain
from cse_workbook.policy import Policy
from cse_workbook.screening import Answer, Screening

# The steps of an instrument that say who else has to know of a looked-after child.
HOST_LEAD: Final = "host_lead_in_care_plan"
IRO: Final = "tell_iro"
OTHER: Final = "other"


class Standing(msgspec.Struct, frozen=True):
    """The view that stands: its route and drivers, the entry that gave it, and views given since
    that ask for less and lower nothing. A driver in the practitioner's own words is `OTHER`.
    """

    route: str
    drivers: tuple[str, ...]
    entry: Entry
    lower_since: tuple[Entry, ...] = ()

    def __repr__(self) -> str:
        """Name the entry, never what the view is or what drives it."""
        return f"Standing(entry {self.entry.seq})"


def route_of(entry: Entry) -> str:
    """Give the route that a view, a second reading or a step-down names; blank for others."""
    event = entry.event
    if isinstance(event, JudgementRecorded | SecondReading):
        return event.route
    return event.to_route if isinstance(event, StepDownAgreed) else ""


def standing(case: Case, instrument: Instrument) -> Standing | None:
    """Give the view that stands, if anybody has given one."""
    order = {route.key: place for place, route in enumerate(instrument.routes)}
    readings = [e for t in case.screenings for e in t.after if isinstance(e.event, SecondReading)]
    found: Standing | None = None
    for entry in sorted((*case.views, *readings), key=lambda each: each.seq):
        if found is None or _replaces(entry, found, order):
            found = Standing(route_of(entry), _drivers(entry), entry)
        elif order.get(route_of(entry), 0) < order.get(found.route, 0):
            found = msgspec.structs.replace(found, lower_since=(*found.lower_since, entry))
    return found


def _replaces(entry: Entry, found: Standing, order: Mapping[str, int]) -> bool:
    """Tell whether a view stands from now on, in place of the one found before it."""
    stands, asked = order.get(found.route, 0), order.get(route_of(entry), 0)
    if isinstance(entry.event, StepDownAgreed):
        # Agreed about a view that asked for less than the one that stands, it says nothing of that.
        return order.get(entry.event.from_route, 0) >= stands
    # A second reading can only raise: where it asks for the same, the first view keeps its drivers.
    return asked > stands if isinstance(entry.event, SecondReading) else asked >= stands


def _drivers(entry: Entry) -> tuple[str, ...]:
    event = entry.event
    if isinstance(event, StepDownAgreed):
        return tuple(each.driver for each in event.evidence)
    if isinstance(event, JudgementRecorded):
        return (*event.drivers, OTHER) if event.other_driver else event.drivers
    return event.drivers if isinstance(event, SecondReading) else ()


def screened(thread: Thread) -> Screened:
    """Give what the first entry of a thread of screenings says."""
    event = thread.start.event
    if not isinstance(event, Screened):
        raise TypeError("not a screening")
    return event


def outcome_today(screening: Screening, instrument: Instrument, policy: Policy) -> Outcome | None:
    """Give what the rules say today about a screening, or None if it was asked with another
    instrument; the policy has been applied to the instrument.
    """
    if screening.instrument != instrument.key:
        return None
    return explain(screening, instrument, policy)


def view_at(case: Case, thread: Thread) -> JudgementRecorded | None:
    """Give the practitioner's view of a screening as it stands: before the next screening."""
    starts = [each.start.seq for each in case.screenings if each.start.seq > thread.start.seq]
    end = starts[0] if starts else None
    views = [
        entry.event
        for entry in case.views
        if entry.seq > thread.start.seq
        and (end is None or entry.seq < end)
        and isinstance(entry.event, JudgementRecorded)
    ]
    return views[-1] if views else None


def harm_recorded(case: Case, instrument: Instrument) -> Mapping[str, date]:
    """Give every concern that a rule counts and any screening answered yes or possible, and the
    latest day on which it was so.
    """
    conditions = (each for rule in instrument.rules if rule.route for each in rule.when)
    counted = {k for each in conditions for keys in instrument.counted_by_name(each) for k in keys}
    by_day = sorted(case.screenings, key=lambda thread: thread.start.happened_on)
    return {
        key: thread.start.happened_on
        for thread in by_day
        for key, given in screened(thread).screening.answers.items()
        if key in counted and given.level >= Answer.POSSIBLE
    }


def told(case: Case, step: str) -> date | None:
    """Give the day on which somebody who has to know of a looked-after child was told: an action
    for that step was done, an assessment says so, or the last screening does.
    """
    days: list[date] = []
    for thread in case.actions:
        done = thread.last(ActionDone)
        is_step = isinstance(thread.start.event, ActionSet) and thread.start.event.step == step
        if done is not None and is_step:
            days.append(done.happened_on)
    for each in (e.event for e in case.assessments if isinstance(e.event, RiskAssessed)):
        day = each.host_lead_in_plan_on if step == HOST_LEAD else each.iro_seen_on
        days += [day] if day else []
    if case.screenings:
        last = case.screenings[-1]
        beside = {HOST_LEAD: "host_lead_named", IRO: "iro_seen"}
        if screened(last).circumstances.get(beside[step]) == "yes":
            days.append(last.start.happened_on)
    return max(days) if days else None


def is_reached(outcome: Outcome, step: str) -> bool:
    """Tell whether an outcome asks for a step."""
    return any(action.key == step for action in outcome.actions)


def worker(case: Case) -> str:
    """Give the allocated worker by role and agency: who took a referral up, or who screened."""
    for thread in reversed(case.referrals):
        accepted = thread.last(ReferralAccepted)
        if accepted and isinstance(accepted.event, ReferralAccepted) and accepted.event.worker:
            return accepted.event.worker
    starts: Sequence[Thread] = case.screenings
    return starts[-1].start.by if starts else case.entries[0].by
