"""What do the entries of a case add up to?

Most entries stand by themselves. Some begin a thread (a screening, a referral, an action, a missing
episode, a blockage) and others follow one: an acknowledgement, an action done, an interview. A
correction changes how an entry reads from then on; the entry as it was written stays beside it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec

from cse_workbook.case import events
from cse_workbook.case.events import AnyEvent, CaseClosed, CaseOpened, Corrected, Screened
from cse_workbook.screening import Recorded, Screening


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One entry of the record as it is read; `event` is None where its body was erased."""

    seq: int
    case_ref: str
    case_version: int
    kind: str
    happened_on: date
    recorded_at: datetime
    recorded_by: str
    role: str
    agency: str
    event: AnyEvent | None

    def __repr__(self) -> str:
        """Show the place of the entry, never what it says."""
        return f"Entry({self.seq}, {self.case_ref}, {self.kind})"

    @property
    def by(self) -> str:
        """Who wrote it, as shown to others: role and agency, never a name."""
        return f"{self.role}, {self.agency}"


class Thread(msgspec.Struct, frozen=True):
    """An entry and those that follow it up, in order."""

    start: Entry
    after: tuple[Entry, ...] = ()

    def last(self, kind: type) -> Entry | None:
        """Give the last entry of a kind that follows."""
        return next((e for e in reversed(self.after) if isinstance(e.event, kind)), None)


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """All that is recorded about one child, each list in the order it was written.

    Entries read as corrected; `written` holds the corrected ones as they were written, and
    `corrections` what corrected them, by entry number.
    """

    ref: str
    version: int
    opened_on: date
    is_open: bool
    entries: tuple[Entry, ...]
    screenings: tuple[Thread, ...] = ()
    referrals: tuple[Thread, ...] = ()
    actions: tuple[Thread, ...] = ()
    missing: tuple[Thread, ...] = ()
    blockages: tuple[Thread, ...] = ()
    views: tuple[Entry, ...] = ()
    assessments: tuple[Entry, ...] = ()
    advice: tuple[Entry, ...] = ()
    reviews: tuple[Entry, ...] = ()
    meetings: tuple[Entry, ...] = ()
    themes: tuple[Entry, ...] = ()
    sharing: tuple[Entry, ...] = ()
    releases: tuple[Entry, ...] = ()
    drafted: tuple[Entry, ...] = ()
    reads: tuple[Entry, ...] = ()
    erased: tuple[Entry, ...] = ()
    corrections: Mapping[int, tuple[Entry, ...]] = {}
    written: Mapping[int, Entry] = {}

    def __repr__(self) -> str:
        """Show the reference and the version, never what is recorded."""
        return f"Case({self.ref}, version {self.version})"

    def entry(self, seq: int) -> Entry | None:
        """Give the entry with this number in the record, if it is one of this case."""
        return next((e for e in self.entries if e.seq == seq), None)


# A kind of entry that begins a thread, and the list of threads it stands in.
_BEGINS: Final[Mapping[type, str]] = {
    Screened: "screenings",
    events.ReferralSent: "referrals",
    events.ActionSet: "actions",
    events.MissingEpisode: "missing",
    events.BlockageNoted: "blockages",
}
# A kind that follows a thread, and the field that names the entry where the thread begins.
_FOLLOWS: Final[Mapping[type, str]] = {
    events.SecondReading: "screening",
    events.ReferralAcknowledged: "referral",
    events.ReferralAccepted: "referral",
    events.ReferralDeclined: "referral",
    events.ReferralClosed: "referral",
    events.ActionDone: "action",
    events.ReturnInterview: "episode",
    events.BlockageResolved: "blockage",
}
# A kind that stands by itself, and its list.
_STANDS: Final[Mapping[type, str]] = {
    events.JudgementRecorded: "views",
    events.StepDownAgreed: "views",
    events.RiskAssessed: "assessments",
    events.AdviceGiven: "advice",
    events.ReviewHeld: "reviews",
    events.MacseListed: "meetings",
    events.MacseHeard: "meetings",
    events.ThemeNoted: "themes",
    events.SharingDecision: "sharing",
    events.PackReleased: "releases",
    events.TableReleased: "releases",
    events.ReferralDrafted: "drafted",
    events.RecordRead: "reads",
    events.BodyErased: "erased",
}
# A kind that opens or closes the case. The row tells it, also where the body was erased.
_OPENS: Final[Mapping[str, bool]] = {CaseOpened.__name__: True, CaseClosed.__name__: False}


def fold(entries: Iterable[Entry], until: datetime | None = None) -> Case:
    """Add up the entries of one case, in their order; `until` leaves out what was written later.

    Raises ValueError where no entry is left: there was no case then.
    """
    kept = tuple(e for e in entries if until is None or e.recorded_at <= until)
    if not kept:
        raise ValueError("a case has at least one entry")
    corrections = _corrections(kept)
    read = [_as_corrected(e, corrections) for e in kept] if corrections else kept
    lists: dict[str, list[Any]] = {}
    threads: dict[int, list[Entry]] = {}
    is_open = True
    for entry in read:
        kind = type(entry.event)
        if (name := _STANDS.get(kind)) is not None:
            lists.setdefault(name, []).append(entry)
        elif (name := _BEGINS.get(kind)) is not None:
            threads[entry.seq] = [entry]
            lists.setdefault(name, []).append(threads[entry.seq])
        elif (name := _FOLLOWS.get(kind)) is not None:
            # Where the first entry of a thread was erased, nothing can be said of what follows.
            threads.get(getattr(entry.event, name), []).append(entry)
        elif entry.kind in _OPENS:
            is_open = _OPENS[entry.kind]
    begun = set(_BEGINS.values())
    summed: dict[str, Any] = {
        name: tuple(Thread(each[0], tuple(each[1:])) for each in found)
        if name in begun
        else tuple(found)
        for name, found in lists.items()
    }
    return Case(
        ref=kept[0].case_ref,
        version=kept[-1].case_version,
        opened_on=read[0].happened_on,
        is_open=is_open,
        entries=tuple(read),
        corrections=corrections,
        written={e.seq: e for e in kept if e.seq in corrections} if corrections else {},
        **summed,
    )


def fold_all(entries: Iterable[Entry]) -> Iterator[Case]:
    """Fold entries of many cases, in the order of the record, a case at a time."""
    by_case: dict[str, list[Entry]] = {}
    for entry in entries:
        by_case.setdefault(entry.case_ref, []).append(entry)
    # Each is let go once it is folded.
    for ref in list(by_case):
        yield fold(by_case.pop(ref))


def _corrections(entries: Sequence[Entry]) -> dict[int, tuple[Entry, ...]]:
    found: dict[int, tuple[Entry, ...]] = {}
    for entry in entries:
        if isinstance(entry.event, Corrected):
            seq = entry.event.entry
            found[seq] = (*found.get(seq, ()), entry)
    return found


def _as_corrected(entry: Entry, corrections: Mapping[int, Sequence[Entry]]) -> Entry:
    if isinstance(entry.event, Corrected):
        return entry  # a mistake in it is put right by correcting its entry once more
    changes = [e.event for e in corrections.get(entry.seq, ()) if isinstance(e.event, Corrected)]
    for change in changes:
        entry = put_right(entry, change)
    return entry


def put_right(entry: Entry, change: Corrected) -> Entry:
    """Give an entry as it reads after a correction: of its day, or of what it says.

    Raises as `corrected` does. Of an erased entry, only the day can be put right.
    """
    if change.field == "happened_on":
        return msgspec.structs.replace(entry, happened_on=msgspec.convert(change.value, date))
    if entry.event is None:
        return entry
    return msgspec.structs.replace(entry, event=corrected(entry.event, change))


def corrected(event: AnyEvent, correction: Corrected) -> AnyEvent:
    """Give an event as it reads after a correction; of a screening, only answers are corrected.

    What the rules said at the time stays as it was said. Raises LookupError for a field that the
    event has not, and msgspec.ValidationError for a value that does not fit it.
    """
    if isinstance(event, Screened):
        screening = right_answers(event.screening, [correction])
        return Screened.of(screening, event.outcome, event.circumstances)
    types = {field.name: field.type for field in msgspec.structs.fields(event)}
    value = msgspec.convert(correction.value, types[correction.field], strict=False)
    return msgspec.structs.replace(event, **{correction.field: value})


def right_answers(screening: Screening, corrections: Iterable[Corrected]) -> Screening:
    """Give a screening with the answers that corrections put right, in their order.

    What stands behind an answer, its evidence and day and source, stays with it.
    """
    answers = dict(screening.answers)
    for each in corrections:
        key = each.field.removeprefix("answers.")
        right = msgspec.convert({"answer": each.value}, Recorded)
        answers[key] = msgspec.structs.replace(answers.get(key, right), answer=right.answer)
    return msgspec.structs.replace(screening, answers=answers)
