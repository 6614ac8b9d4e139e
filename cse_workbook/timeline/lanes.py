"""Which marks stand in which lane of the timeline, and the sentences that say the same.

Words come from the instrument and the policy alone: nothing that a person wrote is taken over.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Final

import msgspec

from cse_workbook.case import Case, Entry
from cse_workbook.case.events import (
    MacseHeard,
    MacseListed,
    MissingEpisode,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReferralSent,
    SecondReading,
    StepDownAgreed,
)
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.standing import route_of

_REFERRALS: Final[Mapping[type, str]] = {
    ReferralSent: "sent",
    ReferralAcknowledged: "acknowledged",
    ReferralAccepted: "accepted",
    ReferralDeclined: "declined",
    ReferralClosed: "ended",
}


class Mark(msgspec.Struct, frozen=True):
    """One mark: its day, the day on which it ended (the same for what did not last, None where no
    end is recorded), its words, and the number of its entry.
    """

    on: date
    until: date | None
    words: str
    entry: int

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Mark(entry {self.entry})"


class Lane(msgspec.Struct, frozen=True):
    """The marks of one subject, oldest first."""

    name: str
    marks: tuple[Mark, ...]


class Timeline(msgspec.Struct, frozen=True):
    """The lanes in their order, and the first and the last day on which anything happened."""

    first_on: date
    last_on: date
    lanes: tuple[Lane, ...]


def timeline(case: Case, instrument: Instrument, policy: Policy) -> Timeline:
    """Lay the screenings, views, referrals, missing episodes, meetings and advice of a case out."""
    names = {**instrument.names, **policy.names}
    lanes = {
        "Screenings": (_mark(thread.start, "") for thread in case.screenings),
        "Views": _views(case, instrument),
        "Referrals": _referrals(case),
        "Missing": _missing(case),
        "Meetings": _meetings(case, names.get("meeting", "")),
        "Advice": (_mark(entry, "") for entry in case.advice),
    }
    laid = tuple(Lane(name, _in_order(marks)) for name, marks in lanes.items())
    marks = [mark for lane in laid for mark in lane.marks]
    days = [
        *(entry.happened_on for entry in case.entries),
        *(day for mark in marks for day in (mark.on, mark.until) if day is not None),
    ]
    return Timeline(min(days), max(days), laid)


def _in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(marks, key=lambda mark: (mark.on, mark.entry)))


def _mark(entry: Entry, words: str) -> Mark:
    return Mark(entry.happened_on, entry.happened_on, words, entry.seq)


def _views(case: Case, instrument: Instrument) -> Iterator[Mark]:
    labels = {route.key: route.view_label for route in instrument.routes}
    for entry in case.views:
        label = labels.get(route_of(entry), "another view")
        is_lower = isinstance(entry.event, StepDownAgreed)
        yield _mark(entry, f"lowered to {label}" if is_lower else label)
    for thread in case.screenings:
        for entry in thread.after:
            if isinstance(entry.event, SecondReading):
                label = labels.get(route_of(entry), "another view")
                yield _mark(entry, f"second reading: {label}")


def _referrals(case: Case) -> Iterator[Mark]:
    for thread in case.referrals:
        for entry in (thread.start, *thread.after):
            if type(entry.event) in _REFERRALS:
                yield _mark(entry, _REFERRALS[type(entry.event)])


def _missing(case: Case) -> Iterator[Mark]:
    starts = ((thread.start.seq, thread.start.event) for thread in case.missing)
    for seq, event in ((n, event) for n, event in starts if isinstance(event, MissingEpisode)):
        on, back = _day(event.missing_at), event.returned_at
        until = None if back is None else max(on, _day(back))
        yield Mark(on, until, _lasted(on, until), seq)


def _day(at: datetime) -> date:
    return at.astimezone().date()


def _lasted(on: date, until: date | None) -> str:
    if until is None:
        return "no return recorded"
    nights = (until - on).days
    return {0: "the same day", 1: "one night"}.get(nights, f"{nights} nights")


def _meetings(case: Case, name: str) -> Iterator[Mark]:
    """Mark each day of a meeting once, with what is recorded last about it."""
    short = name.removesuffix(" meeting") or "meeting"
    marks: dict[date, Mark] = {}
    for seq, event in ((entry.seq, entry.event) for entry in case.meetings):
        listed_on = event.meeting_on if isinstance(event, MacseListed) else None
        if isinstance(event, MacseHeard):
            on, listed_on = event.meeting_on, event.put_off_to
            marks[on] = Mark(on, on, f"{short}, put off" if listed_on else short, seq)
        if listed_on is not None:
            marks.setdefault(listed_on, Mark(listed_on, listed_on, f"{short}, listed", seq))
    yield from marks.values()


def written(on: date) -> str:
    """Write a day as a person reads it: 23 November 2026."""
    return f"{on.day} {on:%B %Y}"


def sentences(timeline: Timeline) -> tuple[str, ...]:
    """Say what the picture says: the days it spans, then lane by lane, oldest first."""
    first, last = written(timeline.first_on), written(timeline.last_on)
    span = f"Timeline of {first}." if first == last else f"Timeline from {first} to {last}."
    return (span, *(_sentence(lane) for lane in timeline.lanes))


def _sentence(lane: Lane) -> str:
    if not lane.marks:
        return f"{lane.name}: none."
    said = "; ".join(_said(mark) for mark in lane.marks)
    return f"{lane.name}, {len(lane.marks)}: {said}."


def _said(mark: Mark) -> str:
    if mark.until is None:
        return f"from {written(mark.on)}, {mark.words}"
    if mark.until != mark.on:
        return f"from {written(mark.on)} to {written(mark.until)}, {mark.words}"
    return f"{mark.words} on {written(mark.on)}".strip()
