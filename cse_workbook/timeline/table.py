"""Every entry of a case in a row of its own, oldest first, with what was written.

An entry reads as corrected; each correction stands under the entry it corrects and shows both
values. An erased entry keeps its row, and says that it was erased.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec

from cse_workbook.case import AnyEvent, Case, Entry, put_right
from cse_workbook.case.events import Corrected, Screened
from cse_workbook.instrument import Instrument
from cse_workbook.standing import OTHER
from cse_workbook.timeline.lanes import written

# What each kind of entry is called, and what else is said of it: a part with a blank is left out.
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "CaseOpened": ("Case opened", ": {reason}"),
    "Screened": ("Screened", ", the guidance said: {outcome}"),
    "JudgementRecorded": (
        *("View", ": {route}", ". Driven by: {drivers}", ". Also driven by: {other_driver}"),
        *(". {because}", ". Talked to: {talked_to}", ". Lower because: {lower_because}"),
        *(". Consulted: {consulted}", ", on {consulted_on}", ". They said: {consulted_said}"),
    ),
    "ReferralDrafted": ("Referral drafted", ", to {to}"),
    "ReferralSent": ("Referral sent", " to {to}", ", {how}", ". Told: {told_at}", ". {will_do}"),
    "ReferralAcknowledged": ("Referral acknowledged", " by {by}", ", entry {referral}"),
    "ReferralAccepted": ("Referral accepted", ", worker: {worker}", ", entry {referral}"),
    "ReferralDeclined": ("Referral declined", ", entry {referral}", ": {because}"),
    "ReferralClosed": ("Referral ended", ", entry {referral}", ": {because}"),
    "RiskAssessed": (
        *("Risk assessed", ": {found}", ". Plan: {plan}"),
        ". Seen by the Independent Reviewing Officer on {iro_seen_on}",
        ". Host CSE lead in the care plan on {host_lead_in_plan_on}",
    ),
    "AdviceGiven": ("Advice given", " to {to}", ". Asked: {asked}", ". Advised: {advice}"),
    "SecondReading": (
        *("Second reading", ": {route}", ". Driven by: {drivers}", ". {because}"),
        ". Read: entry {screening}",
    ),
    "StepDownAgreed": (
        *("View lowered", " from {from_route}", " to {to_route}", ". {evidence}"),
        *(". The child's or family's view: {child_view}", ". Second reader: {second_reader}"),
    ),
    "ReviewHeld": ("Review held", ": {concluded}", ". Next on {next_on}"),
    "MacseListed": ("Listed for the meeting", " of {meeting_on}", ": {because}"),
    "MacseHeard": (
        *("At the meeting", " of {meeting_on}", ": {decided}", ". Present: {present}"),
        *(". Put off to {put_off_to}", ", because: {because}"),
    ),
    "MissingEpisode": (
        *("Missing", " from {missing_at}", " to {returned_at}"),
        ". Reported to: {reported_to}",
    ),
    "ReturnInterview": (
        *("Return interview", ", entry {episode}", ". Offered on {offered_on}", ". By: {by}"),
        *(". Done on {done_at}", ". Not done because: {because_not}"),
    ),
    "ActionSet": ("Action set", ": {what}", ". Who: {who}", ". Due {due_on}"),
    "ActionDone": ("Action done", ", entry {action}", ": {note}"),
    "ThemeNoted": ("Theme noted", ": {theme}", ". Kind: {of_kind}", ", {place}", ". Done: {done}"),
    "BlockageNoted": (
        *("Blockage noted", ": {stops}", ". Since {since_on}", ", {agency}"),
        ". Would end it: {would_end}",
    ),
    "BlockageResolved": ("Blockage ended", ", entry {blockage}", " on {ended_on}", ": {how}"),
    "SharingDecision": (
        *("Sharing decided", ": {what}", ", with {with_whom}", ". {is_shared}", ": {because}"),
    ),
    "PackReleased": ("Pack released", " for the meeting of {meeting_on}", " ({digest})"),
    "TableReleased": ("Table released", ": {name}", " ({digest})"),
    "RecordRead": ("Record read", "{identity}", ", {purpose}"),
    "Corrected": (
        *("Corrected", " what entry {entry} says", " of {field}", ": {value}", ". {reason}"),
    ),
    "CaseClosed": ("Case closed", ": {because}"),
    "BodyErased": ("Erased", " what entry {entry} said", ": {decision}"),
}
_CLAIMS: Final[Mapping[str, tuple[str, str]]] = {
    "is_shared": ("Not shared", "Shared"),
    "identity": ("", " with who the child is"),
}
_FIELDS: Final[Mapping[str, str]] = {"happened_on": "day", "of_kind": "kind"}
_ROUTES: Final = frozenset({"route", "from_route", "to_route"})


class Row(msgspec.Struct, frozen=True):
    """One entry: the day it happened, what it says, who wrote it (role, agency), its number, and
    the number of the entry it stands under and corrects, if it does.
    """

    day: date
    what: str
    who: str
    entry: int
    corrects: int | None = None

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Row(entry {self.entry})"


def rows(case: Case, instrument: Instrument) -> tuple[Row, ...]:
    """Give every entry of a case once, oldest first, corrections under what they correct."""
    words = _Words(instrument)
    numbers = {each.seq for each in case.entries if not isinstance(each.event, Corrected)}
    under = {seq: each for seq, each in case.corrections.items() if seq in numbers}
    placed = {each.seq for corrections in under.values() for each in corrections}
    ordered = sorted(case.entries, key=lambda each: (each.happened_on, each.seq))
    found: list[Row] = []
    for entry in ordered:
        if entry.seq not in placed:
            found.append(Row(entry.happened_on, words.of(entry), entry.by, entry.seq))
            if entry.seq in under:
                found += _corrections(case.written[entry.seq], under[entry.seq], words)
    return tuple(found)


def _corrections(entry: Entry, corrections: Sequence[Entry], words: "_Words") -> Iterator[Row]:
    """Give a row a correction, each with the value it found and the one it put in its place."""
    changes = ((each, each.event) for each in corrections)
    for each, change in ((e, change) for e, change in changes if isinstance(change, Corrected)):
        then, entry = entry, put_right(entry, change)
        what = words.corrected(then, entry, change)
        yield Row(each.happened_on, what, each.by, each.seq, entry.seq)


class _Words:
    """The words of an instrument for what entries hold."""

    def __init__(self, instrument: Instrument) -> None:
        self.routes = {route.key: route.view_label for route in instrument.routes}
        self.guidance = {route.key: route.label for route in instrument.routes}
        self.answers = {choice.key: choice.label for choice in instrument.answers}
        self.indicators = {each.key: each.label for each in instrument.indicators}

    def of(self, entry: Entry) -> str:
        """Say what an entry says."""
        if entry.event is None:
            return f"{_WORDS.get(entry.kind, ('An entry',))[0]}. What it said was erased"
        return "".join(self._filled(part, entry.event) for part in _WORDS[entry.kind])

    def _filled(self, part: str, event: AnyEvent) -> str:
        """Fill a part of a sentence in, or leave it out where its value is blank."""
        name = part.partition("{")[2].partition("}")[0]
        if not name:
            return part
        if isinstance(event, Screened):
            route = event.outcome.route
            value = self.guidance.get(route, route)
        else:
            value = self.shown(name, getattr(event, name))
        return part.format(**{name: value}) if value else ""

    def shown(self, name: str, value: Any) -> str:
        """Write one value as a person reads it; blank for none."""
        if isinstance(value, bool):
            return _CLAIMS[name][value]
        if isinstance(value, datetime):
            return f"{written(value.astimezone().date())} at {value.astimezone():%H:%M}"
        if isinstance(value, date):
            return written(value)
        if isinstance(value, tuple):
            return "; ".join(self._one(each) for each in value)
        if name in _ROUTES:
            return self.routes.get(value, str(value))
        text = "" if value is None else str(value).strip().rstrip(".")
        return text[:1].lower() + text[1:] if name == "purpose" else text

    def _one(self, value: Any) -> str:
        if isinstance(value, str):
            return self.indicators.get(value, value)
        driver = "What else drove it" if value.driver == OTHER else self._one(value.driver)
        return f"{driver}: {value.changed}, {written(value.seen_on)}, {value.source}"

    def corrected(self, then: Entry, now: Entry, correction: Corrected) -> str:
        """Say what a correction changed: the field, both values, and why."""
        field = correction.field
        key = field.removeprefix("answers.")
        words = field.removesuffix("_on").removesuffix("_at").replace("route", "view")
        name = self.indicators.get(key, _FIELDS.get(field, words.replace("_", " ")))
        if then.event is None and field != "happened_on":
            return f"Corrected, {name}. What it said was erased. {correction.reason}"
        was, is_ = (self._value(each, field) or "blank" for each in (then, now))
        return f"Corrected, {name}: was “{was}”, is “{is_}”. {correction.reason}"

    def _value(self, entry: Entry, field: str) -> str:
        if field == "happened_on":
            return written(entry.happened_on)
        if isinstance(entry.event, Screened):
            given = entry.event.screening.answers.get(field.removeprefix("answers."))
            return self.answers.get(given.answer, given.answer) if given else "No answer"
        return self.shown(field, getattr(entry.event, field))
