"""The multi-agency meeting: choose the children, put the agenda in order, write down what is said.

Every step is a page of its own and can be left at any time. What is typed is a draft of the person
and the day of the meeting; what is recorded stands in the cases.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cse_workbook.case.events import MacseListed
from cse_workbook.casework import AGENCY
from cse_workbook.errors import WorkbookError
from cse_workbook.meeting import PURPOSE, meeting_days, moved
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble, date_troubles
from cse_workbook.views.form import date_of
from cse_workbook.views.office import choices
from cse_workbook.views.office.meeting_agenda import (
    agenda_blocks,
    children_blocks,
    heard_already,
    hearing_blocks,
    placed,
    sheet_id,
)
from cse_workbook.views.office.meeting_choosing import (
    PAGE,
    STEPS,
    choosing_blocks,
    day_blocks,
    many,
    offered,
    steps,
)
from cse_workbook.views.office.meeting_day import MeetingDay
from cse_workbook.views.office.meeting_forms import (
    ACTIONS_AT_MOST,
    HEARD,
    MEETING,
    action_rows,
    trouble,
)
from cse_workbook.views.office.sections import Page, Press
from cse_workbook.views.office.troubles import placed as said
from cse_workbook.views.pages import written

if TYPE_CHECKING:
    from cse_workbook.views.office.office import Office

AGENDA: Final = "agenda"
HEARING: Final = "hearing"
DAY: Final = choices.box(PAGE, "on")


class MeetingPages:
    """The meeting that one window prepares, and the child that is heard in it."""

    names: tuple[str, ...] = (PAGE, AGENDA, HEARING)

    def begin(self, office: "Office") -> None:
        """Hear which office it is in."""
        self.office = office
        self.meeting: MeetingDay | None = None
        self._ref = ""
        self._announced = ""

    @property
    def presses(self) -> Mapping[str, Press]:
        """Give what its buttons and links do; but for the day, only once there is a meeting."""
        with_meeting: Mapping[str, Callable[[MeetingDay, str], None]] = {
            "another": self._offer,
            "list": self._list,
            "up": lambda meeting, ref: self._move(meeting, ref, -1),
            "down": lambda meeting, ref: self._move(meeting, ref, 1),
            "hear": self._turn_to,
        }
        return {
            "meeting": lambda day, _page: self._choose_day(day),
            "another_day": lambda _rest, _page: self._leave_day(),
            "more_actions": lambda _rest, _page: self._make_room(),
            "heard": lambda outcome, _page: self._record(outcome),
            **{verb: self._once_chosen(act) for verb, act in with_meeting.items()},
        }

    def _once_chosen(self, act: Callable[[MeetingDay, str], None]) -> Press:
        def press(rest: str, _page: str) -> None:
            if self.meeting is not None:
                act(self.meeting, rest)

        return press

    def page(self, name: str) -> Page:
        """Give a page. Raises CASE_02 for anybody but a lead officer."""
        self._remember()
        meeting, called = self.meeting, self.office.casework.instrument.names["meeting"]
        if meeting is None:
            return Page(title=called, heading=called, blocks=list(self._days()), under=PAGE)
        parts = {PAGE: self._choosing, AGENDA: self._agenda, HEARING: self._hearing}
        inner = list(parts[name](meeting))
        refs = [each.ref for each in meeting.items] if name == AGENDA else []
        words = f"{called} of {written(meeting.on)}"
        return Page(
            title=STEPS[name],
            heading=STEPS[name],
            caption=words,
            blocks=[steps(name), *inner],
            under=PAGE,
            on_this_page=[(sheet_id(ref), ref) for ref in refs],
            foot=f"{words}. Purpose: {PURPOSE}.",
        )

    def _remember(self) -> None:
        """Know from the form that lies open which meeting it is, also after a restart."""
        office = self.office
        form, on = office.writing.form, str(office.desk.answers.get("meeting_on", ""))
        if form is None or form.key not in (MEETING.key, HEARD.key):
            return
        self._ref = office.writing.ref if form.key == HEARD.key else self._ref
        if self.meeting is None or self.meeting.on.isoformat() != on:
            self.meeting = MeetingDay(office.casework, date.fromisoformat(on))

    def _lay_open(self, meeting: MeetingDay, form: str, ref: str, **given: Any) -> None:
        """Have a form of this meeting before one, as it was left."""
        office, on = self.office, meeting.on.isoformat()
        key = office.writing.form.key if office.writing.form else ""
        if (key, office.writing.ref, office.desk.answers.get("meeting_on")) != (form, ref, on):
            version = office.case.version if office.case and office.case.ref == ref else None
            office.writing.begin(form, ref, version, meeting_on=on, **given)

    # The day

    def _days(self) -> Iterator[Block]:
        casework = self.office.casework
        typed = self.office.choices.boxes(PAGE)
        return day_blocks(typed, meeting_days(casework.cases()), casework.today)

    def _choose_day(self, day: str) -> None:
        """Take the day of a link, or the one that is typed."""
        office = self.office
        typed = {choices.box(PAGE, k): v for k, v in office.choices.boxes(PAGE).items()}
        parts = dict(zip(("year", "month", "day"), day.split("-"), strict=False))
        answers = {f"{DAY}.{part}": value for part, value in parts.items()} if day else typed
        troubles = list(date_troubles(answers, DAY, ("FORM_06", "FORM_08"), "The day"))
        on = date_of(answers, DAY)
        if on is None:
            asked = Trouble(f"{DAY}.day", "CASE_04", "Enter the day of the meeting")
            office.show(PAGE, troubles or [asked])
            return
        office.desk.leave()
        self.meeting, self._ref = MeetingDay(office.casework, on), ""
        office.show(PAGE)

    def _leave_day(self) -> None:
        self.office.desk.leave()
        self.meeting = None
        self.office.show(PAGE)

    # Choose children

    def _choosing(self, meeting: MeetingDay) -> Iterator[Block]:
        office = self.office
        if office.at != office.came_from:
            meeting.read_again()
        self._lay_open(meeting, MEETING.key, AGENCY)
        views = {route.key: route.view_label for route in office.casework.instrument.routes}
        return choosing_blocks(meeting.rows, meeting.items, office.desk.answers, views)

    def _offer(self, meeting: MeetingDay, _rest: str) -> None:
        """Offer a child that was named, if there is one and it is not on the agenda."""
        office, field = self.office, "meeting.another"
        self._lay_open(meeting, MEETING.key, AGENCY)
        answers = office.desk.answers
        ref = str(answers.get(field, "")).strip().upper()
        found = self._against_offering(meeting, ref)
        if found is not None:
            office.show(PAGE, [Trouble(field, found.code, found.text)])
            return
        chosen = dict.fromkeys([*answers.get("meeting.children", ()), ref])
        self._keep(**{"added": [*answers.get("added", ()), ref]})
        self._keep(**{"meeting.children": list(chosen), field: ""})
        office.show(PAGE)

    def _against_offering(self, meeting: MeetingDay, ref: str) -> Trouble | None:
        casework = self.office.casework
        if not ref:
            return Trouble("", "CASE_04", "Enter a child's reference")
        if ref in [each.ref for each in meeting.items]:
            return trouble("", "MEETING_03", ref=ref)
        try:
            found = casework.against(ref, MacseListed(meeting.on, "to be asked for"))
        except WorkbookError as error:
            found = list(error.problems)
        return said(MEETING, self.office.writing.sheet(None), found[0]) if found else None

    def _list(self, meeting: MeetingDay, _rest: str) -> None:
        """Record for each chosen child that it is to be heard: all of them, or none."""
        office = self.office
        self._lay_open(meeting, MEETING.key, AGENCY)
        answers = dict(office.desk.answers)
        refs = offered(meeting.rows, [each.ref for each in meeting.items], answers)
        chosen = {
            ref: MacseListed(meeting.on, str(answers.get(f"meeting.why.{ref}", "")).strip())
            for ref in answers.get("meeting.children", ())
            if ref in refs
        }
        troubles = [] if chosen else [trouble("meeting.children", "MEETING_02")]
        for ref, event in chosen.items():
            for problem in office.casework.against(ref, event):
                found = said(MEETING, office.writing.sheet(None), problem)
                troubles.append(Trouble(f"meeting.why.{ref}", found.code, found.text))
        if troubles:
            office.show(PAGE, troubles)
            return
        for ref, event in chosen.items():
            office.casework.add(ref, event, based_on=None)
        self._keep(**{"meeting.children": [], **{f"meeting.why.{ref}": "" for ref in chosen}})
        meeting.read_again()
        are = "is" if len(chosen) == 1 else "are"
        office.show(PAGE, notice=f"{many(len(chosen))} {are} listed for {written(meeting.on)}.")

    def _keep(self, **given: Any) -> None:
        for field, value in given.items():
            self.office.desk.keep(self.office.desk.draft_id or "", field, value)

    # The agenda

    def _agenda(self, meeting: MeetingDay) -> Iterator[Block]:
        self._lay_open(meeting, MEETING.key, AGENCY)
        announced, self._announced = self._announced, ""
        return agenda_blocks([meeting.child(each) for each in meeting.items], announced)

    def _move(self, meeting: MeetingDay, ref: str, step: int) -> None:
        order = [each.ref for each in meeting.items]
        if ref in order:
            order = moved(order, ref, step)
            self._lay_open(meeting, MEETING.key, AGENCY)
            self._keep(order=order)
            self._announced = placed(ref, order)
            self.office.show(AGENDA)

    # In the meeting

    def _hearing(self, meeting: MeetingDay) -> Iterator[Block]:
        """Show the child that was chosen, or the first that is still to be heard."""
        items = meeting.items
        waiting = [each for each in items if each.heard is None]
        named = [each for each in items if each.ref == self._ref]
        shown = next(iter([*named, *waiting]), None)
        yield from children_blocks(items, shown.ref if shown else "")
        if shown is None:
            words = (
                "Every child on the agenda has been heard or put off."
                if items
                else ("Nobody is listed yet. Choose the children first.")
            )
            yield blocks.text(words)
            return
        child = meeting.child(shown, self.office.new)
        yield blocks.heading(shown.ref, id="child")
        if shown.heard is not None:
            self.office.desk.leave()
            yield from heard_already(child, shown.heard)
            return
        self.office.case = child.reading.case
        self._lay_open(meeting, HEARD.key, shown.ref, at=HEARING)
        yield from hearing_blocks(child, self.office.writing.sheet(self.office.case))

    def _turn_to(self, meeting: MeetingDay, ref: str) -> None:
        if ref in [each.ref for each in meeting.items]:
            self.office.desk.leave()
            self._ref = ref
            self.office.show(HEARING, focus="child")

    def _is_hearing(self) -> bool:
        form = self.office.writing.form
        return form is not None and form.key == HEARD.key

    def _make_room(self) -> None:
        """Make room for another action."""
        if self._is_hearing():
            rows = action_rows(self.office.writing.sheet(self.office.case))
            self._keep(rows=str(min(rows + 1, ACTIONS_AT_MOST)))
            self.office.show(HEARING)

    def _record(self, outcome: str) -> None:
        """Record what became of the child; then the next one stands there."""
        if self._is_hearing():
            self._ref = ""
            self._keep(outcome=outcome)
            self.office.add()
