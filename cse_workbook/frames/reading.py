"""What does a case say that several frames need?

The screenings of a case are decoded once, with the outcome that was recorded beside each and the
view that stands of it. Nothing is worked out again by today's rules: an audit looks at what people
were told at the time.
"""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import msgspec

from cse_workbook.case import Case, Thread
from cse_workbook.case.events import JudgementRecorded, MacseHeard, ReferralSent
from cse_workbook.frames.blaming import n_blaming_terms, texts_in, texts_of
from cse_workbook.frames.kinds import NO, NOT_GIVEN, NOT_KNOWN, YES
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.screening import Answer, Screening
from cse_workbook.standing import screened, standing, view_at

# Indicators by which an audit breaks its figures down.
LOOKED_AFTER: Final = "looked_after"
PLACED_OUT: Final = "placed_outside_home_authority"
DISABLED: Final = "disabled"
_UP_TO: Final = ((9, "under_10"), (12, "10_to_12"), (15, "13_to_15"), (17, "16_to_17"))
A_YEAR: Final = 365

Row = dict[str, object]


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
    """One screening of a case: the thread, what was answered, what the rules said, the view."""

    thread: Thread
    screening: Screening
    told: Told
    view: JudgementRecorded | None

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Made(entry {self.thread.start.seq})"

    @property
    def day(self) -> date:
        """The day of the screening."""
        return self.thread.start.happened_on


class Lens(msgspec.Struct, frozen=True):
    """With what a case is looked at; the policy has been applied to the instrument.

    `places` orders the routes, lowest first; `expected` are the questions that everybody is
    expected to answer.
    """

    instrument: Instrument
    policy: Policy
    today: date
    places: Mapping[str, int]
    expected: tuple[str, ...]

    @classmethod
    def of(cls, instrument: Instrument, policy: Policy, today: date) -> "Lens":
        """Look with an instrument and a policy, on a day."""
        places = {route.key: place for place, route in enumerate(instrument.routes)}
        return cls(instrument, policy, today, places, tuple(_expected(instrument)))

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

    def standing_by(self, case: Case, seq: int) -> str:
        """Give the route of the view that stood once an entry was written, blank if none did."""
        is_first = not case.views or case.views[0].seq > seq
        if is_first and not any(thread.after for thread in case.screenings):
            return ""
        stood = standing(as_of(case, seq), self.instrument)
        return stood.route if stood else ""


def _expected(instrument: Instrument) -> Iterator[str]:
    normal = {group.key for group in instrument.groups if group.blanks_are_normal}
    for each in instrument.asked():
        is_usual = each.group not in normal and each.blank_counts_as != Answer.NO.key
        if is_usual and each.asked_under is None:
            yield each.key


class Read(msgspec.Struct, frozen=True):
    """A case with its screenings decoded, and how many phrases that put blame on the child stand
    in each of them, with the views given of it, and in the rest of the record.
    """

    case: Case
    made: tuple[Made, ...]
    n_blaming: tuple[int, ...]
    n_blaming_beside: int

    def __repr__(self) -> str:
        """Show the case as it shows itself."""
        return f"Read({self.case!r})"

    def last_by(self, seq: int) -> Made | None:
        """Give the last screening before an entry of the record."""
        return next((each for each in reversed(self.made) if each.thread.start.seq < seq), None)


_TOLD: Final = msgspec.json.Decoder(Told)


def read(case: Case, policy: Policy) -> Read:
    """Decode the screenings of a case, and read what is written in it."""
    made = tuple(_made(case, thread) for thread in case.screenings)
    starts = [each.thread.start.seq for each in made]
    # In the first place stands what belongs to no screening.
    written: list[list[str]] = [[], *(list(texts_in(each.screening)) for each in made)]
    views = {entry.seq for entry in case.views}
    for entry in case.entries:
        place = bisect(starts, entry.seq) if entry.seq in views else 0
        written[place].extend(texts_of(entry))
    beside, *of_each = (n_blaming_terms(texts, policy.wording) for texts in written)
    return Read(case, made, tuple(of_each), beside)


def _made(case: Case, thread: Thread) -> Made:
    event = screened(thread)
    told = _TOLD.decode(event.outcome_json)
    return Made(thread, event.screening, told, view_at(case, thread))


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
    answers = made.screening.answers if made else {}
    cared = _answer(answers.get(LOOKED_AFTER))
    return {
        "agency": agency or NOT_KNOWN,
        "age_band": band(made.screening.age) if made else NOT_KNOWN,
        "sex": NOT_KNOWN,
        "ethnicity": NOT_KNOWN,
        "disability": _answer(answers.get(DISABLED)),
        "looked_after": cared,
        # Only a child who is looked after is placed anywhere.
        "placed_out": NO if cared == NO else _answer(answers.get(PLACED_OUT)),
        "school_type": NOT_KNOWN,
    }


def _answer(given: object) -> str:
    return str(getattr(given, "answer", NOT_KNOWN))


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
