"""How does an entry get written on a lead officer's page?

A form is opened in the page and is a draft from its first answer: nothing typed is lost. Adding it
checks it, writes it behind the version that was read, and removes the draft. Where somebody else
has written since, what was typed stays, and the page shows what is new.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from cse_workbook.case import AnyEvent, Case, Entry
from cse_workbook.errors import WorkbookError
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, button
from cse_workbook.views.checks import Trouble
from cse_workbook.views.form import TYPED_AT_MOST, Draft, date_of
from cse_workbook.views.office.troubles import (
    boxes_of,
    day_troubles,
    longer,
    one_each,
    placed,
    sentence,
)

if TYPE_CHECKING:
    from cse_workbook.casework import Casework
    from cse_workbook.store import Recorded
    from cse_workbook.views.desk import Desk

CONFLICT: Final = "STORE_02"
PARTS: Final = ("day", "month", "year")


class Sheet(msgspec.Struct, frozen=True):
    """What a form sees: what is typed, and the case it is about where that is the open one."""

    casework: "Casework"
    case: Case | None
    answers: Draft

    def __repr__(self) -> str:
        """Show the case, never what is typed."""
        return f"Sheet({self.case})"

    @property
    def instrument(self) -> Instrument:
        """The instrument as it stands under the policy."""
        return self.casework.instrument

    @property
    def policy(self) -> Policy:
        """The local policy."""
        return self.casework.policy

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return self.casework.today

    @property
    def follows(self) -> int:
        """The number of the entry that the form follows up, or 0."""
        return int(self.answers.get("entry") or 0)

    @property
    def followed(self) -> Entry | None:
        """The entry that the form follows up, if it is one of the open case."""
        return self.case.entry(self.follows) if self.case else None

    def words(self, field: str) -> str:
        """Give what is typed in a box, without blanks around it."""
        return str(self.answers.get(field, "")).strip()

    def chosen(self, field: str) -> tuple[str, ...]:
        """Give what is ticked in a field that holds several."""
        return tuple(self.answers.get(field, ()))

    def date(self, field: str) -> date | None:
        """Give the day typed in three boxes, if it is one."""
        return date_of(self.answers, field)


def _nothing(_sheet: Sheet) -> Iterator[Trouble]:
    """Find nothing to put right."""
    return iter(())


def _no_other(_sheet: Sheet) -> Iterator[AnyEvent]:
    """Write nothing beside the entry."""
    return iter(())


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One form: its words, its fields, and the entry that it makes.

    `fields` maps each field to the values that may be chosen, or None for words; a field that ends
    with `.*` stands for all that begin so, and `many` names those that hold several values. `dates`
    maps a field of three boxes to its name in messages and to the words that ask for it, blank
    where it may be left empty. `event` gives the entry, with today in place of a day that is not
    there; `others` gives entries of the same case that are written with it, all or none; `checks`
    finds what no entry can tell. `places` maps a field of the entry to the field of
    the form where it was typed, if that has another name. `bar` says why nothing can be written at
    all. `interruption` may give a page of its own to be shown once before adding: heading and
    words. `after` says what has come of it. While a `blind` form lies open, nobody's view is shown.
    """

    key: str
    button: str
    heading: str
    fields: Mapping[str, tuple[str, ...] | None]
    blocks: Callable[[Sheet], Iterator[Block]]
    event: Callable[[Sheet], AnyEvent]
    others: Callable[[Sheet], Iterable[AnyEvent]] = _no_other
    many: tuple[str, ...] = ()
    dates: Mapping[str, tuple[str, str]] = {}
    checks: Callable[[Sheet], Iterable[Trouble]] = _nothing
    places: Callable[[Sheet], Mapping[str, str]] = lambda _sheet: {}
    happened_on: Callable[[Sheet], date | None] | None = None
    add: str = "Add"
    press: str = "add"
    blind: bool = False
    after_closing: bool = False
    bar: Callable[[Sheet], str | None] | None = None
    interruption: Callable[[Sheet], tuple[str, Sequence[str]] | None] | None = None
    after: Callable[[Sheet], str] | None = None

    def takes(self, field: str, value: object) -> bool:
        """Tell whether a value may be kept in a field of this form."""
        stems = [each[:-1] for each in self.fields if each.endswith(".*")]
        is_date = any(field == f"{each}.{part}" for each in self.dates for part in PARTS)
        if not is_date and field not in self.fields and not field.startswith(tuple(stems)):
            return False
        if isinstance(value, list) is not (field in self.many):
            return False
        options = self.fields.get(field)
        values = value if isinstance(value, list) else [value]
        return all(isinstance(each, str) and len(each) <= TYPED_AT_MOST for each in values) and (
            options is None or all(each in (*options, "") for each in values)
        )

    def dated(self, sheet: Sheet) -> Iterator[Trouble]:
        """Check the days: real where they are given, given where they are asked for."""
        for field, (label, words) in self.dates.items():
            yield from day_troubles(sheet, field, label, words)


class Writing:
    """The form that lies open in a window, if one does."""

    def __init__(self, casework: "Casework", desk: "Desk", forms: Mapping[str, Form]) -> None:
        """Take the records, the desk that keeps drafts, and the forms there are."""
        self.casework, self.desk, self.forms = casework, desk, forms
        self.troubles: Sequence[Trouble] = ()
        self.interrupted = False

    @property
    def form(self) -> Form | None:
        """The open form."""
        return self.forms.get(str(self.desk.answers.get("form", "")))

    @property
    def ref(self) -> str:
        """The case that the open form is about."""
        return str(self.desk.answers.get("about", ""))

    @property
    def based_on(self) -> int | None:
        """The version of the case that was read when the form was opened."""
        given = self.desk.answers.get("based_on")
        return int(given) if given else None

    def begin(self, form: str, ref: str, version: int | None, **given: str) -> None:
        """Open a form about a case, or the draft of it that the person left; `entry` may name the
        entry that it follows up.
        """
        if form not in self.forms:
            return
        self.troubles, self.interrupted = (), False
        wanted = {"form": form, "about": ref, **given}
        mine = self.casework.store.drafts.of(self.casework.who.name)
        left = (d for d in mine if all(d.answers.get(k) == v for k, v in wanted.items()))
        if (found := next(left, None)) is not None:
            self.desk.leave()
            self.desk.take_up(found.draft_id, from_another=True)
            if version is not None and not any(k.startswith(f"{form}.") for k in found.answers):
                self.rebase(version)  # nothing was typed before what the person has read now
        else:
            based_on = "" if version is None else str(version)
            self.desk.start(None, based_on=based_on, **wanted)

    def close(self) -> None:
        """Throw the open form away."""
        self.troubles, self.interrupted = (), False
        if self.form is not None:
            self.desk.throw_away()

    def sheet(self, case: Case | None) -> Sheet:
        """Give what the open form sees: the open case, where the form is about that one."""
        is_about = case is not None and case.ref == self.ref
        return Sheet(self.casework, case if is_about else None, self.desk.answers)

    def add(self, case: Case | None, *, anyway: bool = False) -> "Recorded | None":
        """Write the entry, or say in `troubles` what is to be put right first.

        Raises STORE_02 where somebody has written since: what is typed stays, and is based on what
        is there now from then on.
        """
        form, sheet = self.form, self.sheet(case)
        if form is None or self.desk.draft_id is None:
            return None
        self.interrupted = False
        events = (form.event(sheet), *form.others(sheet))
        day = form.happened_on(sheet) if form.happened_on else None
        try:
            self.troubles = self._troubles(form, sheet, events, day)
            if self.troubles:
                return None
            if form.interruption and not anyway and form.interruption(sheet):
                self.interrupted = True
                return None
            recorded = self.casework.add(
                self.ref,
                *events,
                based_on=self.based_on,
                happened_on=day,
                draft=(self.desk.draft_id, self.desk.window),
            )
        except WorkbookError as error:
            if any(not each.code.startswith("CASE_") for each in error.problems):
                raise
            self.troubles = [placed(form, sheet, each) for each in error.problems]
            return None
        self.desk.clear()
        return recorded

    def _troubles(
        self, form: Form, sheet: Sheet, events: Iterable[AnyEvent], day: date | None
    ) -> list[Trouble]:
        """Find what is to be put right: one thing a box, in the order of the boxes."""
        boxes = list(boxes_of(form.blocks(sheet)))
        found = [*longer(sheet, boxes), *form.dated(sheet), *form.checks(sheet)]
        for event in events:
            against = self.casework.against(self.ref, event, happened_on=day)
            found += [placed(form, sheet, each) for each in against]
        return one_each(found, [box["field"] for box in boxes])

    def rebase(self, version: int) -> None:
        """Say that what the person reads now is this version of the case."""
        self.desk.keep(self.desk.draft_id or "", "based_on", str(version))

    def blocks(self, case: Case | None) -> list[Block]:
        """Give the open form as it stands in the page: heading, boxes, Add and Cancel."""
        form, sheet = self.form, self.sheet(case)
        if form is None:
            return []
        inner = [blocks.heading(form.heading, id="writing")]
        barred = form.bar(sheet) if form.bar else None
        if barred is not None:
            close = button("Close", "cancel", "secondary")
            return [blocks.box("panel", [*inner, blocks.text(barred), blocks.buttons(close)])]
        if sheet.case is not None and not sheet.case.is_open and not form.after_closing:
            inner.append(blocks.box("inset", [blocks.text(sentence("CASE_03") + ".")]))
        inner += form.blocks(sheet)
        add = button(form.add, form.press, working="Adding…")
        inner.append(blocks.buttons(add, button("Cancel", "cancel", "link")))
        return [blocks.box("panel", inner)]
