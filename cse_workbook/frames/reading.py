"""What does a case say that several frames need?

Each case is read once: its screenings, with the outcome that was recorded beside each and the view
that stands of it, its reviews, and the view that stood at any time. Nothing is worked out again by
today's rules: an audit looks at what people were told at the time.
"""

import math
from bisect import bisect
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import zip_longest
from typing import Final

import msgspec

from cse_workbook.case import Case, Entry, Thread
from cse_workbook.case.events import (
    CaseOpened,
    JudgementRecorded,
    MacseHeard,
    ReferralSent,
    SecondReading,
)
from cse_workbook.frames.blaming import n_blaming_terms, texts_in, texts_of
from cse_workbook.frames.kinds import NO, NOT_KNOWN, YES
from cse_workbook.frames.lens import Lens
from cse_workbook.instrument import Instrument
from cse_workbook.screening import Recorded, Screening
from cse_workbook.standing import screened, standing, view_at

# Indicators by which an audit breaks its figures down.
LOOKED_AFTER: Final = "looked_after"
PLACED_OUT: Final = "placed_outside_home_authority"
DISABLED: Final = "disabled"
_UP_TO: Final = ((9, "under_10"), (12, "10_to_12"), (15, "13_to_15"), (17, "16_to_17"))
A_YEAR: Final = 365

Row = dict[str, object]
_NO_GROUPS: Final[Row] = dict.fromkeys(
    ("age_band", "sex", "ethnicity", "disability", "looked_after", "placed_out", "school_type"),
    NOT_KNOWN,
)


class Asked(msgspec.Struct, frozen=True):
    """A step that the rules asked for."""

    key: str


class Edition(msgspec.Struct, frozen=True):
    """The instrument that was used."""

    key: str
    edition: int


class Told(msgspec.Struct, frozen=True):
    """Of a recorded outcome, what an audit counts."""

    instrument: Edition
    route: str
    route_confirmed: str
    route_possible: str
    actions: tuple[Asked, ...] = ()
    decisive_unknowns: tuple[msgspec.Raw, ...] = ()
    decisive_blanks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Name the instrument only."""
        return f"Told({self.instrument.key}, …)"


class Made(msgspec.Struct, frozen=True):
    """One screening of a case: the thread, what was answered, what the rules said, the view, and
    the groups to which it puts the child.
    """

    thread: Thread
    screening: Screening
    told: Told
    view: JudgementRecorded | None
    groups: Row

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Made(entry {self.thread.start.seq})"

    @property
    def day(self) -> date:
        """The day of the screening."""
        return self.thread.start.happened_on


class Read(msgspec.Struct, frozen=True):
    """A case with its screenings decoded.

    `stood` holds, in order, the entries since which another view stands, and its route.
    `reviewed` holds openings and reviews: those of one opening by their day. `n_blaming` counts
    the phrases that put blame on the child in each screening, with the views given of it, and
    `n_blaming_beside` in the rest of the record.
    """

    case: Case
    made: tuple[Made, ...]
    stood: tuple[tuple[int, str], ...]
    reviewed: tuple[Entry, ...]
    n_blaming: tuple[int, ...]
    n_blaming_beside: int

    def __repr__(self) -> str:
        """Show the case as it shows itself."""
        return f"Read({self.case!r})"

    def last_by(self, seq: int) -> Made | None:
        """Give the last screening before an entry of the record."""
        for each in reversed(self.made):
            if each.thread.start.seq < seq:
                return each
        return None

    def standing_by(self, seq: int) -> str:
        """Give the route of the view that stood once an entry was written, blank if none did."""
        for since, route in reversed(self.stood):
            if since <= seq:
                return route
        return ""


_TOLD: Final = msgspec.json.Decoder(Told)
_SCREENING: Final = msgspec.json.Decoder(Screening)


def read(case: Case, lens: Lens) -> Read:
    """Decode the screenings of a case, and read what is written in it."""
    made = tuple(_made(case, thread) for thread in case.screenings)
    beside, *of_each = n_blaming_terms(_written(case, made), lens.policy.wording)
    stood, reviewed = _stood(case, lens.instrument), _reviewed(case)
    return Read(case, made, tuple(stood), tuple(reviewed), tuple(of_each), beside)


def _made(case: Case, thread: Thread) -> Made:
    event = screened(thread)
    screening = _SCREENING.decode(event.screening_json)
    told = _TOLD.decode(event.outcome_json)
    return Made(thread, screening, told, view_at(case, thread), _groups(screening))


def _written(case: Case, made: Sequence[Made]) -> list[list[str]]:
    """Give what was written, in the first place what belongs to no screening."""
    starts = [each.thread.start.seq for each in made]
    written = [[], *(list(texts_in(each.screening)) for each in made)]
    views = {entry.seq: bisect(starts, entry.seq) for entry in case.views}
    for entry in case.entries:
        if entry.event is not None:
            written[views.get(entry.seq, 0)] += texts_of(entry.event)
    return written


def _stood(case: Case, instrument: Instrument) -> Iterator[tuple[int, str]]:
    """Say since which entries which view stood."""
    after = [entry for thread in case.screenings for entry in thread.after]
    readings = [entry for entry in after if isinstance(entry.event, SecondReading)]
    for seq in sorted(entry.seq for entry in (*case.views, *readings)):
        found = standing(as_of(case, seq), instrument)
        yield seq, found.route if found else ""


def _reviewed(case: Case) -> Iterator[Entry]:
    first, *rest = case.entries
    opened = [first, *(each for each in rest if each.kind == CaseOpened.__name__)]
    for opening, following in zip_longest(opened, opened[1:]):
        yield opening
        end = following.seq if following else math.inf
        held = [each for each in case.reviews if opening.seq < each.seq < end]
        yield from sorted(held, key=lambda each: (each.happened_on, each.seq))


def as_of(case: Case, seq: int) -> Case:
    """Give the views and screenings of a case as they were once an entry was written."""
    screenings = tuple(
        Thread(thread.start, tuple(each for each in thread.after if each.seq <= seq))
        for thread in case.screenings
        if thread.start.seq <= seq
    )
    views = tuple(entry for entry in case.views if entry.seq <= seq)
    return msgspec.structs.replace(case, screenings=screenings, views=views)


def groups(made: Made | None, agency: str) -> Row:
    """Give the columns by which figures are broken down, from a screening if there is one."""
    return {**(made.groups if made else _NO_GROUPS), "agency": agency or NOT_KNOWN}


def _groups(screening: Screening) -> Row:
    answers = screening.answers
    cared = _answer(answers.get(LOOKED_AFTER))
    return {
        "age_band": band(screening.age),
        "sex": NOT_KNOWN,
        "ethnicity": NOT_KNOWN,
        "disability": _answer(answers.get(DISABLED)),
        "looked_after": cared,
        # Only a child who is looked after is placed anywhere.
        "placed_out": NO if cared == NO else _answer(answers.get(PLACED_OUT)),
        "school_type": NOT_KNOWN,
    }


def _answer(given: Recorded | None) -> str:
    return given.answer if given else NOT_KNOWN


def band(age: int) -> str:
    """Give the band of an age in completed years.

    >>> band(12), band(13)
    ('10_to_12', '13_to_15')
    """
    return next((name for most, name in _UP_TO if age <= most), NOT_KNOWN)


def word(claim: bool) -> str:
    """Say a claim as a word."""
    return YES if claim else NO


def days(start: date | None, end: date | None) -> int | None:
    """Count the days from one day to another; None where one is not there or they are reversed."""
    if start is None or end is None or end < start:
        return None
    return (end - start).days


def hours(start: datetime | None, end: datetime | None) -> int | None:
    """Count the whole hours from one moment to another, like `days`."""
    if start is None or end is None or end < start:
        return None
    return int((end - start).total_seconds() // 3600)


def local_day(at: datetime) -> date:
    """Give the day on which a moment fell where the record is kept."""
    return at.astimezone().date()


def route_given(made: Made) -> str:
    """Give the route of the practitioner's view of a screening, blank where there is none."""
    if made.view is not None:
        return made.view.route
    return made.screening.view.route if made.screening.view else ""


def heard_on(case: Case) -> Sequence[date]:
    """Give the days of the meetings that heard the child, in order."""
    events = (entry.event for entry in case.meetings)
    return sorted(
        event.meeting_on
        for event in events
        if isinstance(event, MacseHeard) and event.put_off_to is None
    )


def first_referral(case: Case, seq: int, before: int | None = None) -> date | None:
    """Give the day of the first referral written after an entry, and before another."""
    for thread in case.referrals:
        at = thread.start.seq
        if isinstance(thread.start.event, ReferralSent) and at > seq:
            return thread.start.happened_on if before is None or at < before else None
    return None
