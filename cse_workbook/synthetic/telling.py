"""How does one made-up case go, from its first entry to the last day?

An arc is told step by step, with the pieces that happen beside it. What lies after the last day has
not happened yet.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final

import msgspec

from cse_workbook.case import Event
from cse_workbook.case.events import CaseOpened, JudgementRecorded, Screened
from cse_workbook.synthetic.entries import entries_of
from cse_workbook.synthetic.people import MadeUpChild
from cse_workbook.synthetic.stories import Arc, Step, arcs
from cse_workbook.synthetic.told import Told

_MORNING: Final = time(8)
_MINUTES: Final = 9 * 60  # of a working day
_SCREENED: Final = CaseOpened("A screening was recorded.")
_REFERRED: Final = CaseOpened("A referral was made before a screening.")
_CALLED: Final = {Screened: "screening", JudgementRecorded: "view"}


class MadeUp(msgspec.Struct, frozen=True, kw_only=True):
    """One recording: the events of one sitting, the case they belong to, and who wrote them.

    `child` stands with the first recording of a child.
    """

    case_ref: str
    at: datetime
    happened_on: date
    events: tuple[Event, ...]
    who_name: str
    who_role: str
    who_agency: str
    child: MadeUpChild | None = None


def tell(told: Told, steps: Sequence[Step]) -> Iterator[MadeUp]:
    """Tell a case, in the order of time, up to its last day."""
    for day, step in _in_order(told, steps):
        if day > told.days.last:
            return
        events = entries_of(step, day, told)
        if not told.count and not isinstance(events[0], CaseOpened):
            events = (_SCREENED if isinstance(events[0], Screened) else _REFERRED, *events)
        yield _recording(step, day, events, told)


def steps_of(arc: Arc, random: Random) -> Sequence[Step]:
    """Give the steps of an arc, and those of the pieces that happen beside it."""
    beside = [key for key, chance in arc.beside.items() if random.random() < chance]
    pieces = [piece for piece in arcs().piece if piece.key in beside]
    return [*arc.steps, *(step for piece in pieces for step in piece.steps)]


def _in_order(told: Told, steps: Sequence[Step]) -> list[tuple[date, Step]]:
    dated = []
    for step in steps:
        when = told.random.randint(*step.day) if isinstance(step.day, tuple) else step.day
        for number in range(step.times):
            later = when + number * step.every if isinstance(when, int) else when
            dated.append((told.days.written(later), step))
    return sorted(dated, key=lambda each: each[0])


def _recording(step: Step, day: date, events: tuple[Event, ...], told: Told) -> MadeUp:
    """Write down one step; what it wrote can be named by the steps after it."""
    is_first = told.count == 0
    for event in events:
        told.count += 1
        told.places[_CALLED.get(type(event), step.called)] = told.count
    told.at = _moment(day, told)
    who = told.who(step.by)
    return MadeUp(
        case_ref=told.ref,
        at=told.at,
        happened_on=day if step.happened is None else told.days.day(step.happened),
        events=events,
        who_name=who.name,
        who_role=who.role,
        who_agency=who.agency,
        child=told.child if is_first else None,
    )


def _moment(day: date, told: Told) -> datetime:
    """Give a moment of a working day, after the entry before it."""
    minutes = timedelta(minutes=told.random.randrange(_MINUTES))
    moment = datetime.combine(day, _MORNING, tzinfo=UTC) + minutes
    if told.at is None or moment > told.at:
        return moment
    return told.at + timedelta(minutes=told.random.randint(4, 20))
