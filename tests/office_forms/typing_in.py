"""Who is at work on which case, and what a person does in a form."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cse_workbook.case import AnyEvent, Event, events
from cse_workbook.store import Who
from tests import made_up_events
from tests.office_window import MORNING, Window, entries, write

OPENED = events.CaseOpened("A made-up reason")
SIGN = made_up_events.screened(self_harm="yes", homeless="possible", young_carer="no")
GIVEN_AT = MORNING - timedelta(days=19)
TODAY = MORNING.date()
NURSE = Who("n.example", "nurse", "Example Clinic")
MARKUP = "<img src=x onerror=alert(1)> & <b>bold</b>"


def last(window: Window) -> Event | None:
    return entries(window.store)[-1].event


def also(window: Window, *made: AnyEvent, by: Who = NURSE) -> str:
    """Let somebody write, read the record again, and give the number of the last entry."""
    seqs = write(window.store, *made, at=MORNING, who=by)
    window.press("reread")
    return str(seqs[-1])


def day(field: str, on: date) -> dict[str, str]:
    """Type a day in three boxes."""
    return {
        f"{field}.day": str(on.day),
        f"{field}.month": str(on.month),
        f"{field}.year": str(on.year),
    }


def type_in(window: Window, **given: Any) -> None:
    """Fill in fields of the open form by their names without its key; a day as a date."""
    form = window.office.writing.form
    assert form is not None
    for name, value in given.items():
        field = f"{form.key}.{name.replace('__', '.')}"
        for each, typed in (
            day(field, value) if isinstance(value, date) else {field: value}
        ).items():
            assert window.save(each, typed)["kind"] == "saved", each


def added(window: Window, press: str, **given: Any) -> Event | None:
    """Open a form, fill it in, add it, and give the entry that the record then ends with."""
    window.press(f"write:{press}")
    type_in(window, **given)
    page = window.press("add")
    assert page["problems"] == []
    return last(window)


def problems(window: Window) -> list[tuple[str, str]]:
    return [(each["field"], each["text"]) for each in window.press("add")["problems"]]


def panel(page: Mapping[str, Any]) -> Mapping[str, Any]:
    return next(block for block in page["blocks"] if block["kind"] == "panel")


def boxes(found: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in found:
        if "field" in block:
            yield block
        yield from boxes(block.get("blocks", ()))


def box(window: Window, field: str) -> Mapping[str, Any]:
    """Give a part of the open form that is filled in."""
    return next(b for b in boxes(panel(window.page)["blocks"]) if b["field"] == field)


def local(on: date, hour: int, minute: int) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute).astimezone(UTC)
