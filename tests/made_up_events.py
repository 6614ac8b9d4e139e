"""Made-up entries: a few fixed ones for sentences, and every kind drawn at random.

A drawn history may hold anything the record can hold: entries that refer to others or to none, two
written in the same moment, corrections of what stands, bodies erased.
"""

import types
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final, get_args

import msgspec
from hypothesis import strategies as st

from cse_workbook import instrument, policy
from cse_workbook.case import AnyEvent, Case, Entry, Event, fold
from cse_workbook.case.events import (
    BodyErased,
    CaseOpened,
    Corrected,
    Evidence,
    JudgementRecorded,
    RecordRead,
    Screened,
)
from cse_workbook.outcome import explain
from cse_workbook.screening import ANSWERS, read_screening

POLICY: Final = policy.load()
OCC: Final = policy.applied(instrument.load(), POLICY)
KEYS: Final = [indicator.key for indicator in OCC.asked()]
ROUTES: Final = [route.key for route in OCC.routes]
KINDS: Final[tuple[type[Event], ...]] = get_args(AnyEvent)

START: Final = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
OPENED: Final = CaseOpened("A made-up reason")
MARKUP: Final = "<script>alert('&')</script>"


def screened(beside: Mapping[str, str] | None = None, /, age: int = 14, **answers: Any) -> Screened:
    """Make up a screening with these answers, and what the rules say about it."""
    raw = {"child_ref": "C-0001", "age": age, "answers": answers}
    screening = read_screening(raw, "made up", OCC)
    return Screened.of(screening, explain(screening, OCC, POLICY), beside)


def view(route: str, *drivers: str, **others: Any) -> JudgementRecorded:
    return JudgementRecorded(route, drivers, **others)


def entry(seq: int, event: AnyEvent | None, **others: Any) -> Entry:
    """Make up the entry of this number: a day after the one before it."""
    at = START + timedelta(days=seq - 1)
    details = {
        "case_ref": "C-0001",
        "case_version": seq,
        "kind": type(event).__name__,
        "happened_on": at.date(),
        "recorded_at": at,
        "recorded_by": "t.example",
        "role": "teacher",
        "agency": "Example School",
        **others,
    }
    return Entry(seq=seq, event=event, **details)


def entries_of(*events: AnyEvent) -> list[Entry]:
    """Make up the entries of one case, numbered from 1."""
    return [entry(seq, event) for seq, event in enumerate(events, 1)]


def morning(on: date) -> datetime:
    return datetime.combine(on, time(10), tzinfo=UTC)


def case_on(*events: tuple[date, AnyEvent]) -> Case:
    """Fold events that happened on these days."""
    return fold(
        entry(seq, event, happened_on=on, recorded_at=morning(on))
        for seq, (on, event) in enumerate(events, 1)
    )


def erased(entries: list[Entry], seq: int) -> list[Entry]:
    """Give the entries after the body of one was erased, under an entry that says so."""
    kept = [
        msgspec.structs.replace(each, event=None) if each.seq == seq else each for each in entries
    ]
    return [*kept, entry(len(entries) + 1, BodyErased(seq, "A made-up decision"))]


# Drawn at random

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
routes = st.sampled_from(ROUTES)
keys = st.sampled_from(KEYS)
numbers = st.integers(1, 12)
_OF_TYPE: Final[Mapping[Any, st.SearchStrategy[Any]]] = {
    str: texts,
    int: numbers,
    bool: st.booleans(),
    date: days,
    datetime: moments,
    date | None: st.none() | days,
    datetime | None: st.none() | moments,
    tuple[str, ...]: st.lists(keys, max_size=3).map(tuple),
    tuple[Evidence, ...]: st.lists(
        st.builds(Evidence, driver=keys, changed=texts, seen_on=days, source=texts), max_size=2
    ).map(tuple),
    dict[str, Any]: st.dictionaries(texts, texts | numbers, max_size=2),
}


def _made_up_screenings() -> list[Screened]:
    random = Random(7)
    return [
        screened(**{key: random.choice(sorted(ANSWERS)) for key in random.sample(KEYS, 12)})
        for _ in range(8)
    ]


SCREENINGS: Final = _made_up_screenings()


def of_kind(kind: type[Event]) -> st.SearchStrategy[Any]:
    """Draw events of a kind."""
    if kind is Screened:
        return st.sampled_from(SCREENINGS)
    fields = {
        field.name: routes if "route" in field.name else _OF_TYPE[field.type]
        for field in msgspec.structs.fields(kind)
    }
    return st.builds(kind, **fields)


events = st.sampled_from(KINDS).flatmap(of_kind)


def _value(kind: Any) -> st.SearchStrategy[str] | None:
    """Draw what a person would write to put a field of this type right, if it can be."""
    kinds = get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if kinds[0] in (date, datetime):
        return _OF_TYPE[kinds[0]].map(lambda given: given.isoformat())
    if kinds[0] in (int, bool):
        return _OF_TYPE[kinds[0]].map(lambda given: str(given).lower())
    return texts if kinds[0] is str else None


@st.composite
def corrections(draw: st.DrawFn, target: Entry) -> Corrected:
    """Draw a correction that fits an entry: of one of its fields, or of its day."""
    fields = {"happened_on": days.map(date.isoformat)}
    if isinstance(target.event, Screened):
        fields |= {f"answers.{key}": st.sampled_from(sorted(ANSWERS)) for key in KEYS[:5]}
    elif target.event is not None:
        typed = {f.name: _value(f.type) for f in msgspec.structs.fields(type(target.event))}
        fields |= {name: values for name, values in typed.items() if values is not None}
    field = draw(st.sampled_from(sorted(fields)))
    return Corrected(target.seq, field, draw(fields[field]), draw(texts))


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> list[Entry]:
    """Draw the entries of one case, in their order."""
    made: list[Entry] = []
    at = START
    for seq in range(1, draw(st.integers(1, most)) + 1):
        at += timedelta(minutes=draw(st.integers(0, 2)))
        event = draw(events)
        rights = [each for each in made if not isinstance(each.event, Corrected | RecordRead)]
        if isinstance(event, Corrected):
            event = draw(corrections(draw(st.sampled_from(rights)))) if rights else OPENED
        made.append(entry(seq, event, recorded_at=at, happened_on=draw(days)))
    gone = draw(st.sets(numbers, max_size=2))
    return [msgspec.structs.replace(e, event=None) if e.seq in gone else e for e in made]
