"""The caseload: a list to work down in the morning, and a link to each case.

A child stands once, with all that it waits for, under what presses most. The order is by what is
overdue longest; it never follows how much is recorded about a child.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, Run, go, strong
from cse_workbook.views.office import choices
from cse_workbook.views.office.reading import capital
from cse_workbook.views.office.sections import Page, Press
from cse_workbook.views.pages import clock, written
from cse_workbook.waiting import Reason, Row, Waiting, When, chosen, counts

if TYPE_CHECKING:
    from cse_workbook.views.office.office import Office

PAGE: Final = "caseload"
ROWS: Final = 100  # on one page
_COLUMNS: Final = ("Child", "Waiting for", "Since or due", "Standing view", "Worker")
_WIDTHS: Final = ("12%", "37%", "19%", "17%", "15%")  # the same in each table of the page
_GROUPS: Final[Mapping[When, str]] = {
    When.OVERDUE: "Overdue",
    When.TODAY: "Today",
    When.THIS_WEEK: "This week",
    When.NO_DATE: "Without a date",
}


class CaseloadPages:
    """The caseload of one window: read when the page is opened, or again when asked for."""

    names: tuple[str, ...] = (PAGE,)

    def begin(self, office: "Office") -> None:
        """Hear which office it is in."""
        self.office = office
        self.rows: tuple[Row, ...] = ()
        self.read_at: datetime | None = None
        self.first = 0
        self.undated = self.idle = False
        self.filters: dict[str, Sequence[str]] = {}

    @property
    def presses(self) -> Mapping[str, Press]:
        """Give what its buttons and links do."""
        return {
            "again": lambda _rest, _page: self._again(),
            "reason": lambda key, _page: self._only(key),
            "rows": lambda first, _page: self._turn(first),
            "undated": lambda _rest, _page: self._show_undated(),
            "all": lambda _rest, _page: self._show_all(),
        }

    def page(self, name: str) -> Page:
        """Give the page. Raises CASE_02 for anybody but a lead officer."""
        if self.office.at != self.office.came_from or self.read_at is None:
            self._read()
        if (filters := self._filters()) != self.filters:
            self.filters, self.first = filters, 0
            # Once they are cleared, it is those who wait that are shown again.
            self.idle = self.idle and not filters
        return Page(
            title="Caseload",
            heading="Caseload",
            blocks=list(self._blocks()),
            under=PAGE,
            state=(f"Up to date at {clock(self.read_at)}", [go("again", "Read again")])
            if self.read_at
            else None,
        )

    def _read(self) -> None:
        self.rows = self.office.casework.caseload()
        self.read_at = self.office.now()
        self.first, self.undated, self.idle = 0, False, False

    def _again(self) -> None:
        self.read_at = None
        self.office.show(PAGE)

    def _only(self, key: str) -> None:
        if key in [reason.name.lower() for reason in Reason]:
            self.first = 0
            self.office.choices.choose(PAGE, reason=[key])
            self.office.show(PAGE, focus="showing")

    def _turn(self, first: str) -> None:
        if first.isdigit() and int(first) < len(self.rows):
            self.first = int(first)
            self.office.show(PAGE, focus="showing")

    def _show_undated(self) -> None:
        self.undated = True
        self.office.show(PAGE, focus=When.NO_DATE.name)

    def _show_all(self) -> None:
        self.first, self.undated, self.idle = 0, True, True
        self.office.choices.choose(PAGE)
        self.office.show(PAGE, focus="showing")

    def _filters(self) -> dict[str, Sequence[str]]:
        """Give what is to be shown, as far as it is one of the things that are offered."""
        applied = self.office.choices.applied(PAGE)
        offered = {name: [key for key, _ in options] for name, (_, options) in self._offered()}
        on = {
            name: [key for key in offered[name] if key in applied.get(name, ())] for name in offered
        }
        return {name: values for name, values in on.items() if values}

    def _found(self) -> tuple[Row, ...]:
        """Give the rows that fit each filter by one of its values. Whoever waits for nothing is
        among them only where all are asked for, or others than those who wait for something.
        """
        found = self.rows
        for name, values in self.filters.items():
            fit = {row.ref for value in values for row in chosen(found, **{name: value})}
            found = tuple(row for row in found if row.ref in fit)
        everybody = self.idle or bool(self.filters.keys() - {"reason"})
        return found if everybody else tuple(row for row in found if row.waiting)

    def _blocks(self) -> Iterator[Block]:
        casework, total = self.office.casework, len(self.rows)
        waiting = sum(1 for row in self.rows if row.waiting)
        today = casework.today
        where = f"{casework.who.agency}, {today:%A} {written(today)}. "
        if not total:
            yield blocks.text(where, strong("No children yet."))
            return
        if not waiting:
            yield blocks.text(where, strong("Nobody is waiting for anything today."))
            yield blocks.text(f"{_many(total)} in your caseload.")
        else:
            yield blocks.text(
                where,
                strong(f"{waiting} of {_many(total)} {_are(waiting)} waiting for something."),
                " The order is by what is overdue longest. It never ranks children by how much is"
                " recorded about them.",
            )
            yield from self._reasons(waiting)
        yield self._filter()
        found = self._found()
        yield self._showing(found)
        yield from self._tables(found)
        yield blocks.heading("Take this further")
        yield {
            "kind": "links",
            "items": [
                {"text": f"Prepare the {casework.instrument.names['meeting']}", "to": "go:macse"},
                {"text": "See themes and blockages", "to": "go:themes"},
                {"text": "Open another record by its reference", "to": "which"},
            ],
        }

    def _reasons(self, waiting: int) -> Iterator[Block]:
        yield blocks.heading("What they are waiting for")
        found = counts(self.rows)
        yield blocks.counts(
            [
                blocks.count(f"reason:{reason.name.lower()}", str(reason), found[reason])
                for reason in Reason
                if found.get(reason)
            ]
        )
        if sum(found.values()) > waiting:
            yield blocks.text(
                "A child can wait for more than one thing, so the numbers add up to more than"
                f" {waiting}.",
                style="small",
            )

    def _offered(self) -> Iterator[tuple[str, tuple[str, Sequence[tuple[str, str]]]]]:
        """Give the filters that there are: name, and label with what can be chosen."""
        routes = self.office.casework.instrument.routes
        yield "reason", ("Reason", [(r.name.lower(), str(r)) for r in Reason])
        yield "agency", ("Agency", _same(a for row in self.rows for a in row.agencies))
        yield "worker", ("Worker", _same(row.worker for row in self.rows))
        yield "school", ("School", _same(row.school for row in self.rows))
        yield "route", ("Standing view", [(route.key, route.view_label) for route in routes])

    def _filter(self) -> Block:
        boxes = self.office.choices.boxes(PAGE)
        parts = [
            {
                **blocks.radios(choices.box(PAGE, name), label, options, boxes.get(name, [])),
                "kind": "checkboxes",
            }
            for name, (label, options) in self._offered()
            if options
        ]
        return choices.folded("Filter this list", PAGE, parts)

    def _showing(self, found: Sequence[Row]) -> Block:
        names = {r.name.lower(): str(r) for r in Reason}
        names |= {r.key: r.view_label for r in self.office.casework.instrument.routes}
        on = [names.get(value, value) for values in self.filters.values() for value in values]
        filters = f"Filter: {'; '.join(on)}. " if on else "No filter is on. "
        total = len(self.rows)
        line: list[Run] = [f"Showing {len(found)} of {_many(total)}. {filters}"]
        if len(found) < total:
            line.append(go("all", f"Show all {total}"))
        return blocks.status(*line, id="showing")

    def _tables(self, found: Sequence[Row]) -> Iterator[Block]:
        today = self.office.casework.today
        dated = [row for row in found if row.when(today) is not When.NO_DATE]
        undated = [row for row in found if row.waiting and row.when(today) is When.NO_DATE]
        idle = [row for row in found if not row.waiting]
        unfolded = self.undated or bool(self.filters)
        shown = [*dated, *(undated if unfolded else ()), *idle]
        self.first = self.first if self.first < len(shown) else 0
        page = shown[self.first : self.first + ROWS]
        for when, words in _GROUPS.items():
            part = [row for row in page if row.waiting and row.when(today) is when]
            if part:
                yield blocks.heading(words, id=when.name)
                yield self._table(words, part)
        if part := [row for row in page if not row.waiting]:
            yield blocks.heading("Waiting for nothing")
            yield self._table("Waiting for nothing", part)
        if undated and not unfolded:
            more = "child is" if len(undated) == 1 else "children are"
            words = f"{len(undated)} {'more ' if dated else ''}{more} waiting without a date. "
            yield blocks.text(words, go("undated", "Show them"))
        yield from self._turning(len(shown))

    def _turning(self, total: int) -> Iterator[Block]:
        """Lead to the rows before and after."""
        items = []
        if self.first:
            items.append({"text": "Previous", "to": f"rows:{max(self.first - ROWS, 0)}"})
        if self.first + ROWS < total:
            items.append({"text": "Next", "to": f"rows:{self.first + ROWS}"})
        if items:
            last = min(self.first + ROWS, total)
            yield blocks.text(f"Rows {self.first + 1} to {last} of {total}.", style="small")
            yield {"kind": "links", "items": items}

    def _table(self, caption: str, part: Sequence[Row]) -> Block:
        labels = {r.key: r.view_label for r in self.office.casework.instrument.routes}
        today = self.office.casework.today
        rows = [
            [
                [go(f"case:{row.ref}", row.ref)],
                _reasons(row.waiting, today),
                [_since(row.waiting[0], today) if row.waiting else ""],
                [labels.get(row.view, "None yet")],
                [capital(row.worker)],
            ]
            for row in part
        ]
        return blocks.table(caption, _COLUMNS, rows, row_headers=True, widths=_WIDTHS)


def _reasons(found: Sequence[Waiting], today: date) -> Rich | Sequence[Rich]:
    """Say what a child waits for, a line each; the day of the first has a column of its own."""
    if len(found) < 2:
        return [each.words for each in found]
    first, *others = found
    days = [_since(each, today) for each in others]
    ends = [f" ({day[0].lower()}{day[1:]})" if day else "" for day in days]
    more = [f"{each.words}{end}" for each, end in zip(others, ends, strict=True)]
    return [[words] for words in (first.words, *more)]


def _same(values: Iterator[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in sorted({value for value in values if value})]


def _many(number: int) -> str:
    return "1 child" if number == 1 else f"{number} children"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _since(waiting: Waiting, today: date) -> str:
    """Say since when or by which day: Due Wednesday 18 November, Since Friday 20 November."""
    day, word = (waiting.due_on, "Due") if waiting.due_on else (waiting.since_on, "Since")
    if day is None:
        return ""
    if day == today:
        return "Today" if word == "Since" else "Due today"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{word} {day:%A} {day.day} {day:%B}{year}"
