"""May this be written down about this child, by this person, today?

`objections` finds everything that stands against an entry before it is written: who may write it,
what it has to say, which dates fit, which entries it may refer to. It decides nothing about the
child, and nothing here stops a referral.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

import msgspec

from cse_workbook.case import AnyEvent, Case, Entry, events, put_right
from cse_workbook.errors import Problem, near, problem
from cse_workbook.instrument import Instrument
from cse_workbook.stepdown import objections as step_down_objections


class Author(msgspec.Struct, frozen=True):
    """Who writes: the account, the role and agency shown to others, and which job they do."""

    name: str
    role: str
    agency: str
    works_as: str


LEAD_OFFICERS_ONLY: Final = (
    *(
        events.AdviceGiven,
        events.SecondReading,
        events.StepDownAgreed,
        events.ThemeNoted,
        events.BlockageNoted,
        events.BlockageResolved,
    ),
    *(events.ActionSet, events.ReviewHeld, events.MacseListed, events.MacseHeard),
)
# What may be added to a closed case: its opening, corrections, the notice that it was read, and a
# referral, which nothing ever stops.
_AFTER_CLOSING: Final = (
    events.CaseOpened,
    events.Corrected,
    events.RecordRead,
    events.ReferralDrafted,
    events.ReferralSent,
)
# What has to be there, and the words that ask for it.
REQUIRED: Final[Mapping[type, Mapping[str, str]]] = {
    events.AdviceGiven: {"advice": "Write your advice"},
    events.ActionSet: {"what": "Write what is to be done", "who": "Enter who will do it"},
    events.ThemeNoted: {"theme": "Describe the theme without names of children. Use references"},
    events.BlockageNoted: {"stops": "Write what stops action", "agency": "Enter which agency"},
    events.BlockageResolved: {"how": "Write how it ended"},
    events.StepDownAgreed: {
        "child_view": "Write the child's or the family's view, or why it could not be asked",
        "to_route": "Select what you think should happen now",
    },
    events.ReferralDeclined: {"because": "Write why the service did not take it up"},
    events.ReferralClosed: {"because": "Write how it ended"},
    events.RiskAssessed: {"found": "Write what the assessment found"},
    events.SharingDecision: {
        "what": "Write what it is about",
        "with_whom": "Enter with whom",
        "because": "Write why",
    },
    events.MacseListed: {"because": "Write why {ref} is to be heard"},
    events.ReviewHeld: {"concluded": "Write what the review concluded"},
    events.CaseClosed: {"because": "Write why the case is closed"},
    events.CaseOpened: {"reason": "Write why the case is opened"},
    events.Corrected: {"reason": "Write why it is corrected"},
    events.RecordRead: {"purpose": "Select why you are opening this record"},
}
# A field that names an entry, and the kind that entry has to be.
_NAMES: Final[Mapping[type, tuple[str, type]]] = {
    events.SecondReading: ("screening", events.Screened),
    events.ReferralAcknowledged: ("referral", events.ReferralSent),
    events.ReferralAccepted: ("referral", events.ReferralSent),
    events.ReferralDeclined: ("referral", events.ReferralSent),
    events.ReferralClosed: ("referral", events.ReferralSent),
    events.ActionDone: ("action", events.ActionSet),
    events.ReturnInterview: ("episode", events.MissingEpisode),
    events.BlockageResolved: ("blockage", events.BlockageNoted),
}
# Days and moments that cannot lie ahead.
_PAST: Final[Mapping[type, tuple[str, ...]]] = {
    events.RiskAssessed: ("iro_seen_on", "host_lead_in_plan_on"),
    events.MissingEpisode: ("missing_at", "returned_at"),
    events.ReturnInterview: ("offered_on", "done_at"),
    events.BlockageNoted: ("since_on",),
    events.BlockageResolved: ("ended_on",),
}
# Ended once, and not again.
_ENDS: Final = (events.ActionDone, events.BlockageResolved)
HAPPENED_ON: Final = "happened_on"  # of the row of an entry: it can be put right like a field
# Types of field that a correction can hold in words.
_PLAIN: Final = (str, bool, date, datetime, date | None, datetime | None)
# What a view rests on.
_RESTS_ON: Final = frozenset({"route", "from_route", "to_route", "second_reader"})
# Entries that nobody words: they stand as they were made.
_AS_WRITTEN: Final = (
    events.Corrected,
    events.RecordRead,
    events.PackReleased,
    events.TableReleased,
    events.BodyErased,
)


def objections(
    event: AnyEvent, case: Case, author: Author, today: date, instrument: Instrument
) -> Iterator[Problem]:
    """Find what stands against an entry; `where` of each problem ends with the field it is about.

    Gives CASE_02 to CASE_17, each once a field; a problem of the whole entry names no field.
    """
    where = f"Case {case.ref}"
    if author.works_as != "lead_officer" and isinstance(event, LEAD_OFFICERS_ONLY):
        yield problem("CASE_02", where, needed="a lead officer")
        return
    if not case.is_open and not isinstance(event, _AFTER_CLOSING):
        yield problem("CASE_03", where)
        return
    if zoneless := _zoneless(event, where):
        yield from zoneless
        return
    yield from _blank(event, case, where)
    if isinstance(event, events.SecondReading) and event.route not in {
        r.key for r in instrument.routes
    }:
        words = "Select what you think should happen now"
        yield problem("CASE_04", f"{where}, route", words=words)
    yield from _named(event, case, author, where)
    yield from _dated(event, case, today, where)
    if isinstance(event, events.StepDownAgreed):
        yield from step_down_objections(event, case, author.name, today, instrument)
    if isinstance(event, events.Corrected):
        yield from _correcting(event, case, author, today, instrument)


def _zoneless(event: AnyEvent, where: str) -> list[Problem]:
    """Say which moments do not tell their time zone: they cannot be compared with others."""
    given = msgspec.structs.asdict(event)
    moments = {name: each for name, each in given.items() if isinstance(each, datetime)}
    return [
        problem("CASE_13", f"{where}, {name}", field=name)
        for name, each in moments.items()
        if each.tzinfo is None
    ]


def _blank(event: AnyEvent, case: Case, where: str) -> Iterator[Problem]:
    for field, words in REQUIRED.get(type(event), {}).items():
        if not str(getattr(event, field)).strip():
            yield problem("CASE_04", f"{where}, {field}", words=words.format(ref=case.ref))
    if isinstance(event, events.MacseHeard):
        said = event.because if event.put_off_to else event.decided
        if not said.strip():
            words = "Write what was decided, or put it off and say why"
            yield problem("CASE_04", f"{where}, decided", words=words)
    if isinstance(event, events.ReturnInterview) and not (
        event.offered_on or event.done_at or event.because_not.strip()
    ):
        words = "Enter when the interview was offered or done, or write why it was not"
        yield problem("CASE_04", f"{where}, offered_on", words=words)


def _named(event: AnyEvent, case: Case, author: Author, where: str) -> Iterator[Problem]:
    if type(event) not in _NAMES:
        return
    field, kind = _NAMES[type(event)]
    seq = getattr(event, field)
    entry = case.entry(seq)
    if entry is None or not isinstance(entry.event, kind):
        yield problem("CASE_05", f"{where}, {field}", entry=seq)
        return
    if isinstance(event, events.SecondReading) and entry.recorded_by == author.name:
        yield problem("CASE_06", where)
    threads = (*case.actions, *case.blockages)
    ended = next((t.last(type(event)) for t in threads if t.start.seq == seq), None)
    if isinstance(event, _ENDS) and ended is not None:
        yield problem("CASE_07", f"{where}, {field}", entry=ended.seq)


def _dated(event: AnyEvent, case: Case, today: date, where: str) -> Iterator[Problem]:
    yield from _ahead(event, today, where)
    if isinstance(event, events.ActionSet) and event.due_on < today:
        yield problem("CASE_09", f"{where}, due_on")
    if isinstance(event, events.ReviewHeld) and event.next_on and event.next_on < today:
        yield problem("CASE_09", f"{where}, next_on")
    yield from _backwards(event, case, where)


def _ahead(event: AnyEvent, today: date, where: str) -> Iterator[Problem]:
    """Say which days lie ahead that cannot."""
    for field in _PAST.get(type(event), ()):
        given = getattr(event, field)
        if given is not None and _day(given) > today:
            yield problem("CASE_08", f"{where}, {field}")


def _backwards(event: AnyEvent, case: Case, where: str) -> Iterator[Problem]:
    """Say what ends before it begins."""
    for field, begun, ended in _spans(event, case):
        if ended < begun:
            day = _day(begun)
            yield problem("CASE_10", f"{where}, {field}", begun=f"{day.day} {day:%B %Y}")


def _spans(event: AnyEvent, case: Case) -> Iterator[tuple[str, date, date]]:
    """Give what ends: the field, when it began and when it ended, both days or both moments."""
    if isinstance(event, events.BlockageResolved):
        begun = case.entry(event.blockage)
        if begun is not None and isinstance(begun.event, events.BlockageNoted):
            yield "ended_on", begun.event.since_on, event.ended_on
    elif isinstance(event, events.MissingEpisode) and event.returned_at:
        yield "returned_at", event.missing_at, event.returned_at
    elif isinstance(event, events.ReturnInterview) and event.done_at:
        begun = case.entry(event.episode)
        if begun is not None and isinstance(begun.event, events.MissingEpisode):
            yield "done_at", begun.event.returned_at or begun.event.missing_at, event.done_at
    elif isinstance(event, events.MacseHeard) and event.put_off_to:
        yield "put_off_to", event.meeting_on, event.put_off_to


def _day(value: date) -> date:
    """Give the day of a day or of a moment, where the person is."""
    return value.astimezone().date() if isinstance(value, datetime) else value


def _correcting(
    event: events.Corrected, case: Case, author: Author, today: date, instrument: Instrument
) -> Iterator[Problem]:
    where = f"Case {case.ref}"
    entry = case.entry(event.entry)
    if entry is None or not (fields := correctable(entry, instrument)):
        yield problem("CASE_05", f"{where}, entry", entry=event.entry)
        return
    if entry.recorded_by != author.name:
        yield problem("CASE_11", where, by=entry.by)
    if event.field not in fields:
        close = near(event.field, fields)
        yield problem("CASE_12", f"{where}, field", field=event.field[:60], near=close)
        return
    try:
        right = put_right(entry, event)
    except (msgspec.ValidationError, LookupError):
        yield problem("CASE_13", f"{where}, value", field=event.field)
        return
    for each in [*_wrong_still(right, event.field, case, today)][:1]:
        yield msgspec.structs.replace(each, where=f"{where}, value")


def _wrong_still(right: Entry, field: str, case: Case, today: date) -> Iterator[Problem]:
    """Say what is wrong with an entry as corrected. What else was blank then may stay blank."""
    if right.event is None or field == HAPPENED_ON:
        if right.happened_on > today:
            yield problem("CASE_08", field)
        return
    zoneless = _zoneless(right.event, field)
    yield from zoneless
    yield from (e for e in _blank(right.event, case, "") if e.where == f", {field}")
    yield from _ahead(right.event, today, field)
    yield from () if zoneless else _backwards(right.event, case, field)


def correctable(entry: Entry, instrument: Instrument) -> list[str]:
    """Give the fields of an entry that a correction can put right, and the day it happened.

    What an entry follows, and what a view rests on, is not corrected: another entry says it. So no
    view is lowered by a correction.
    """
    event = entry.event
    if event is None or isinstance(event, _AS_WRITTEN):
        return []
    if isinstance(event, events.Screened):
        return [*(f"answers.{indicator.key}" for indicator in instrument.asked()), HAPPENED_ON]
    fields = [
        field.name
        for field in msgspec.structs.fields(event)
        if field.type in _PLAIN and field.name not in _RESTS_ON
    ]
    return [*fields, HAPPENED_ON]
