"""What does a step of an arc write down?

What an arc says is taken as it stands, with days worked out and one of several wordings chosen.
What depends on the screening (drivers, signposts, routes) is filled in here. An entry that follows
another names it by its place in the case, counted from 1, until `numbered` puts its number in the
record there.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final, get_args

import msgspec

from cse_workbook.case import AnyEvent, Event
from cse_workbook.case.events import (
    ActionDone,
    AdviceGiven,
    BlockageResolved,
    Corrected,
    Evidence,
    JudgementRecorded,
    PackReleased,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReturnInterview,
    Screened,
    SecondReading,
    StepDownAgreed,
)
from cse_workbook.outcome import explain
from cse_workbook.screening import Screening, View, whole_years
from cse_workbook.synthetic.screenings import (
    Sheet,
    explained,
    first_sheet,
    is_lower,
    next_sheet,
    view_of,
)
from cse_workbook.synthetic.stories import Step
from cse_workbook.synthetic.told import Told

Said = dict[str, Any]
_KINDS: Final = {kind.__name__: kind for kind in get_args(AnyEvent)}
# The field with which a kind names the entry it follows.
REFERS: Final[Mapping[type[Event], str]] = {
    SecondReading: "screening",
    ReferralAcknowledged: "referral",
    ReferralAccepted: "referral",
    ReferralDeclined: "referral",
    ReferralClosed: "referral",
    ActionDone: "action",
    ReturnInterview: "episode",
    BlockageResolved: "blockage",
    Corrected: "entry",
}
_SIGNPOSTS: Final = 3
_WORDINGS: Final = 60  # divides by the length of every list of wordings


def entries_of(step: Step, day: date, told: Told) -> tuple[Event, ...]:
    """Give the entries that one step writes on a day: of a screening, the view beside it too."""
    kind = _KINDS[step.kind]
    if kind is Screened:
        return _screened(step, day, told)
    said = _said(step, kind, told)
    if kind in REFERS:
        said[REFERS[kind]] = told.places[step.of]
    if kind in _FILLED:
        said = _FILLED[kind](said, day, told)
    event = msgspec.convert(said, kind)
    return (event,)


def numbered(event: Event, seqs: Sequence[int]) -> Event:
    """Give an event with the number in the record of the entry it names, for its place in the case.

    `seqs` are the numbers of the entries of the case so far.
    """
    field = REFERS.get(type(event))
    if field is None:
        return event
    return msgspec.structs.replace(event, **{field: seqs[getattr(event, field) - 1]})


@cache
def _types(kind: type[Event]) -> Mapping[str, tuple[type, ...]]:
    return {
        field.name: get_args(field.type) or (field.type,) for field in msgspec.structs.fields(kind)
    }


def _said(step: Step, kind: type[Event], told: Told) -> Said:
    """Work out what a step says; of wordings that stand in lists, those that stand together."""
    chosen, types = told.random.randrange(_WORDINGS), _types(kind)
    said = {}
    for name, value in step.says.items():
        if types.get(name) == (str,) and isinstance(value, list):
            value = value[chosen % len(value)]
        said[name] = _value(types.get(name, ()), value, told)
    return said


def _value(types: tuple[type, ...], value: Any, told: Told) -> Any:
    if date in types:
        return told.days.day(value)
    if datetime in types:
        return told.days.moment(value)
    return value.format(screener=told.screener.shown) if isinstance(value, str) else value


def _screened(step: Step, day: date, told: Told) -> tuple[Event, ...]:
    """Screen the child: the screening with its outcome, the view, and a reason if it is lower."""
    if told.story is None or told.child is None:
        raise ValueError("only a child is screened")
    sheet, rules = msgspec.convert(step.says, Sheet), told.rules
    if told.raw:
        told.raw = next_sheet(told.raw, sheet, told.random)
    else:
        told.raw = first_sheet(told.story, sheet, day, told.random, rules)
    age = whole_years(told.child.date_of_birth, day)
    raw = {**told.raw, "child_ref": told.ref, "age": age, "screened_on": day}
    screening = msgspec.convert(raw, Screening)
    outcome = explain(screening, rules.instrument, rules.policy)
    view = view_of(screening, outcome, sheet, told.random, rules)
    given = View(view.route, view.drivers, view.because, view.other_driver)
    whole = msgspec.structs.replace(screening, view=given)
    beside = {**told.story.circumstances, **sheet.circumstances}
    told.view, told.outcome = view, outcome
    screened = Screened.of(whole, outcome, beside)
    if not (sheet.is_explained and is_lower(view, outcome, rules)):
        return screened, view
    told.view = explained(view, day, told.random)
    return screened, view, told.view


def _view(said: Said, day: date, told: Told) -> Said:
    """Say the view again: what is not said otherwise stays as it was."""
    view, _ = told.screened()
    before = {"route": view.route, "drivers": view.drivers, "other_driver": view.other_driver}
    return {**before, **said}


def _reading(said: Said, day: date, told: Told) -> Said:
    view, _ = told.screened()
    route = told.rules.beside(view.route, said.get("route", "agree"))
    return {"drivers": view.drivers, **said, "route": route}


def _signposts(said: Said, day: date, told: Told) -> Said:
    """Name the services of the policy that fit what the screening recorded."""
    _, outcome = told.screened()
    found = (*outcome.findings, *outcome.pathways)
    fits = {key for finding in found for key in (finding.rule, *finding.counted)}
    services = [each.who for each in told.rules.policy.contact if fits & {*each.offered_on}]
    return {"signposts": tuple(services[:_SIGNPOSTS]), **said}


def _lowered(said: Said, day: date, told: Told) -> Said:
    """Lower the view, with what has changed about each of its drivers."""
    view, _ = told.screened()
    changed, source = said.pop("changed"), said.pop("source")
    seen_on = told.days.day(said.pop("seen"))
    evidence = tuple(
        Evidence(driver, changed[place % len(changed)], seen_on, source)
        for place, driver in enumerate(view.drivers)
    )
    told.view = msgspec.structs.replace(view, route=said["to_route"])
    return {**said, "from_route": view.route, "evidence": evidence}


def _pack(said: Said, day: date, told: Told) -> Said:
    digest = sha256(f"{told.ref} {said['meeting_on']}".encode()).hexdigest()
    return {**said, "digest": f"sha256:{digest}"}


_FILLED: Final[Mapping[type[Event], Callable[[Said, date, Told], Said]]] = {
    AdviceGiven: _signposts,
    JudgementRecorded: _view,
    PackReleased: _pack,
    SecondReading: _reading,
    StepDownAgreed: _lowered,
}
