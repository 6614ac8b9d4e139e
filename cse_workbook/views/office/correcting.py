"""The form for putting right what one has written oneself: the old entry stays, and the reason."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from textwrap import shorten
from typing import Any, Final, get_args

import msgspec

from cse_workbook.adding import HAPPENED_ON, correctable
from cse_workbook.case import Entry
from cse_workbook.case.events import Corrected, Screened
from cse_workbook.timeline import rows
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble, trouble
from cse_workbook.views.form import date_of
from cse_workbook.views.office import boxes
from cse_workbook.views.office.writing import Form, Sheet
from cse_workbook.views.pages import written

_ANSWER: Final = "answers."
_SHORT: Final = 90  # letters of an entry, to know it again
_YES_NO: Final = {"yes": "true", "no": "false"}


def _own(sheet: Sheet) -> Sequence[Entry]:
    """Give the entries that the person can put right, the last one first."""
    mine = [
        entry
        for entry in (sheet.case.entries if sheet.case else ())
        if entry.recorded_by == sheet.casework.who.name and _fields(sheet, entry)
    ]
    named = [entry for entry in mine if entry.seq == sheet.follows]
    return named or mine[::-1]


def _fields(sheet: Sheet, entry: Entry) -> list[str]:
    """Give what can be put right in an entry. Of a screening, it is the answers."""
    found = correctable(entry, sheet.instrument)
    if isinstance(entry.event, Screened):
        return [field for field in found if field.startswith(_ANSWER)]
    return found


def _bar(sheet: Sheet) -> str | None:
    return None if _own(sheet) else "You have written nothing in this record that can be corrected."


def _called(sheet: Sheet, field: str) -> str:
    """Name a field in words."""
    labels = {f"{_ANSWER}{each.key}": each.label for each in sheet.instrument.asked()}
    plain = field.replace("_", " ").capitalize()
    return labels.get(field, "The day it happened" if field == HAPPENED_ON else plain)


def _blocks(sheet: Sheet) -> Iterator[Block]:
    own = _own(sheet)
    yield blocks.text("The entry stays as it was written. Your correction is shown beside it.")
    yield _which(sheet, own)
    for entry in own:
        fields = [(field, _called(sheet, field)) for field in _fields(sheet, entry)]
        field, asked = f"correct.field.{entry.seq}", "What is wrong in it?"
        yield boxes.radios(sheet, field, asked, fields, **_while(sheet, [entry]))
    screened = [entry for entry in own if isinstance(entry.event, Screened)]
    answers = [(choice.key, choice.label) for choice in sheet.instrument.answers]
    asked, shown = "What is the right answer?", _while(sheet, screened)
    yield boxes.radios(sheet, "correct.answer", asked, answers, **shown)
    hint = "A day as 10 11 2026, with a time as 10 11 2026 14:30; or Yes or No, where it is that"
    others = [entry for entry in own if entry not in screened]
    value = boxes.area(sheet, "correct.value", "How should it read?", hint)
    yield {**value, **_while(sheet, others)}
    yield boxes.area(sheet, "correct.reason", "Why is it corrected?", rows=2)


def _which(sheet: Sheet, own: Sequence[Entry]) -> Block:
    """Ask which entry is wrong, or name the one that the form was opened for."""
    says = {row.entry: row.what for row in rows(sheet.case, sheet.instrument)} if sheet.case else {}
    words = {e.seq: f"Entry {e.seq}: {shorten(says[e.seq], _SHORT, placeholder=' …')}" for e in own}
    if sheet.follows in words:
        return blocks.text(words[sheet.follows])
    options = [
        (str(e.seq), words[e.seq], f"Written {written(e.recorded_at.astimezone().date())}")
        for e in own
    ]
    return boxes.radios(sheet, "correct.entry", "Which entry is wrong?", options)


def _while(sheet: Sheet, found: Sequence[Entry]) -> Mapping[str, Any]:
    """Show a box only while one of these entries is the one to be put right."""
    if sheet.follows in [entry.seq for entry in found]:
        return {}
    return blocks.when("correct.entry", *(str(entry.seq) for entry in found))


def _chosen(sheet: Sheet) -> tuple[Entry | None, str]:
    """Give the entry and the field that are to be put right, as far as they are chosen."""
    own = _own(sheet)
    wanted = (sheet.words("correct.entry"), str(sheet.follows))
    entry = next((each for each in own if str(each.seq) in wanted), None)
    return entry, sheet.words(f"correct.field.{entry.seq}") if entry else ""


def _event(sheet: Sheet) -> Corrected:
    entry, field = _chosen(sheet)
    typed = sheet.words("correct.value")
    if field.startswith(_ANSWER):
        value = sheet.words("correct.answer")
    elif entry is not None and field:
        value = as_kept(typed, _type(entry, field))
    else:
        value = typed
    seq = entry.seq if entry else 0
    return Corrected(seq, field, value, sheet.words("correct.reason"))


def _type(entry: Entry, field: str) -> Any:
    if field == HAPPENED_ON or entry.event is None:
        return date
    return next((f.type for f in msgspec.structs.fields(entry.event) if f.name == field), str)


def as_kept(typed: str, kind: Any) -> str:
    """Give what a person typed as a field of this type is kept; what cannot be read stays as it is.

    >>> as_kept("10 November 2026", date)
    '2026-11-10'
    >>> as_kept("Yes", bool)
    'true'
    """
    kinds = get_args(kind) or (kind,)
    if bool in kinds:
        return _YES_NO.get(typed.casefold(), typed)
    first, _, second = typed.rpartition(" ") if datetime in kinds else (typed, "", "")
    day, clock = _day(first), boxes.TIME.fullmatch(second)
    if date in kinds and day is not None:
        return day.isoformat()
    if day is not None and clock is not None:
        at = time(int(clock[1]), int(clock[2]))
        return datetime.combine(day, at).astimezone().isoformat()
    return typed


def _day(typed: str) -> date | None:
    parts = re.split(r"[\s./-]+", typed)
    return date_of(dict(zip(("d.day", "d.month", "d.year"), parts, strict=False)), "d")


def _places(sheet: Sheet) -> Mapping[str, str]:
    entry, field = _chosen(sheet)
    asked = f"correct.field.{entry.seq}" if entry else "correct.entry"
    value = "correct.answer" if field.startswith(_ANSWER) else "correct.value" if field else asked
    return {"field": asked, "value": value}


def _checks(sheet: Sheet) -> Iterator[Trouble]:
    entry, field = _chosen(sheet)
    if entry is None:
        yield Trouble("correct.entry", "CASE_05", "Select the entry that is wrong")
    elif not field:
        yield Trouble(f"correct.field.{entry.seq}", "CASE_12", "Select what is wrong in it")
    if field.startswith(_ANSWER) and not sheet.words("correct.answer"):
        yield trouble("correct.answer", "FORM_32")


CORRECT: Final = Form(
    key="correct",
    button="Correct an entry of mine",
    heading="Correct an entry of mine",
    fields=dict.fromkeys(
        ("correct.entry", "correct.field.*", "correct.answer", "correct.value", "correct.reason")
    ),
    blocks=_blocks,
    event=_event,
    checks=_checks,
    places=_places,
    bar=_bar,
    after_closing=True,
)
