"""Themes and blockages: what the agency keeps meeting, and what stops it acting.

The page counts children and names none. A link leads to the cases behind a theme, on a page of its
own, for those who may open them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from cse_workbook import bars, themes
from cse_workbook.casework import AGENCY
from cse_workbook.disclosure import Shown, protected
from cse_workbook.months import before, month, months, name_of
from cse_workbook.store import Head
from cse_workbook.themes import Blockage, Gathered, Part, Row, Wanted
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, button, go
from cse_workbook.views.office import choices, dates
from cse_workbook.views.office.sections import Page, Press
from cse_workbook.views.pages import clock

if TYPE_CHECKING:
    from cse_workbook.views.office.office import Office

PAGE: Final = "themes"
BEHIND: Final = "theme"  # the cases behind one theme
TITLE: Final = "Themes and blockages"
_PERIODS: Final[Mapping[str, str]] = {
    "3": "The last 3 months",
    "12": "The last 12 months",
    "all": "Everything recorded",
}
_USUAL: Final = "12"
_PARTS: Final[Mapping[Part, str]] = {"kind": "Kind", "place": "Place", "school": "School"}
_FORMS: Final = ("theme", "blockage", "ended")
_THEMES: Final = (
    *("Theme", "Kind and place", "First and last noted"),
    *("Children", "What was done", "Cases"),
)
_BLOCKAGES: Final = (
    *("What stops action", "Agency", "Since"),
    *("Days open", "What would end it", "Ended"),
)


class ThemePages:
    """The themes and blockages that one window looks at."""

    names: tuple[str, ...] = (PAGE, BEHIND)

    def begin(self, office: "Office") -> None:
        """Hear which office it is in."""
        self.office = office
        self._read: tuple[Head, Gathered] | None = None
        self._behind = 0

    @property
    def presses(self) -> Mapping[str, Press]:
        """Give what its buttons and links do."""
        return {
            "note": lambda form, _page: self._note(form),
            "ended": lambda entry, _page: self._end(entry),
            "behind": lambda entry, _page: self._show_behind(entry),
        }

    def page(self, name: str) -> Page:
        """Give a page. Raises CASE_02 for anybody but a lead officer."""
        found = self._gathered()
        behind = themes.cases_behind(found, self._behind)
        if name == BEHIND and behind is not None:
            row, refs = behind
            inner = _cases(refs)
            return Page(title=TITLE, heading=row.theme, blocks=inner, under=PAGE, back="go:themes")
        at = clock(self.office.now())
        return Page(
            title=TITLE,
            heading=TITLE,
            blocks=list(self._blocks(found)),
            under=PAGE,
            on_this_page=[("themes", "Themes"), ("blockages", "Blockages")],
            state=(f"Up to date at {at}", [go("go:themes", "Read again")]),
        )

    def _gathered(self) -> Gathered:
        """Read what was noted, and again where anything has been written since."""
        casework = self.office.casework
        head = casework.store.head()
        if self._read is None or self._read[0] != head:
            self._read = (head, casework.noted())
        return self._read[1]

    def _note(self, form: str) -> None:
        if form in _FORMS[:2]:
            self.office.write(form, AGENCY)

    def _end(self, entry: str) -> None:
        """Open the form for the end of a blockage; its case is found by the number of its entry."""
        case_of = self._gathered().case_of
        if entry.isdigit() and int(entry) in case_of:
            self.office.write("ended", case_of[int(entry)], entry=entry)

    def _show_behind(self, entry: str) -> None:
        if entry.isdigit():
            self._behind = int(entry)
            self.office.show(BEHIND)

    def _wanted(self, found: Gathered) -> Wanted:
        applied = self.office.choices.applied(PAGE)
        last = month(self.office.casework.today)
        period = str(applied.get("period", _USUAL))
        first = before(last, int(period) - 1) if period in ("3", "12") else _begun(found, last)
        kind, place, school = (str(applied.get(name, "")) for name in _PARTS)
        return Wanted(first=first, last=last, kind=kind, place=place, school=school)

    def _blocks(self, found: Gathered) -> Iterator[Block]:
        office, wanted = self.office, self._wanted(found)
        part = themes.narrowed(found, wanted)
        over = months(wanted.first, wanted.last)
        yield blocks.text(
            f"What {office.casework.who.agency} keeps meeting, and what stops it acting."
            " Small numbers are hidden so that no child can be recognised."
        )
        if office.writing.form is not None and office.writing.form.key in _FORMS:
            yield from office.writing.blocks(None)
        else:
            blockage = button("Note a blockage", "note:blockage", "secondary")
            yield blocks.buttons(button("Note a theme", "note:theme"), blockage)
        yield self._filter(found)
        yield _showing(wanted)
        yield blocks.heading("Themes", id="themes")
        label = "Children about whom a theme was noted, by month"
        yield from self._over_months(themes.children_by_month(part, over), label)
        yield from self._themes(part)
        yield blocks.heading("Blockages", id="blockages")
        label = "Blockages that lasted, by month"
        yield from self._over_months(themes.blockages_by_month(part, over), label)
        yield from self._blockages(part)

    def _filter(self, found: Gathered) -> Block:
        boxes = self.office.choices.boxes(PAGE)
        offered: dict[str, tuple[str, list[tuple[str, str]]]] = {
            "period": ("Period", list(_PERIODS.items())),
            "kind": (_PARTS["kind"], _same(themes.children_by(found, "kind"))),
            "place": (_PARTS["place"], _same(themes.children_by(found, "place"))),
            "school": (_PARTS["school"], _same(themes.schools_of(found))),
        }
        parts = [
            blocks.radios(choices.box(PAGE, name), label, options, boxes.get(name))
            for name, (label, options) in offered.items()
            if options
        ]
        beside = blocks.text("A blockage has no kind and no place.", style="small")
        return choices.folded("Filter themes and blockages", PAGE, [*parts, beside])

    def _protected(self, numbers: Mapping[str, int]) -> dict[str, Shown]:
        limits = self.office.policy.disclosure
        return {name: protected(number, limits) for name, number in numbers.items()}

    def _over_months(self, numbers: Mapping[str, int], label: str) -> Iterator[Block]:
        """Draw numbers over months, and say the same in words and in a table."""
        shown = self._protected(numbers)
        said = f"{label}. {bars.in_words(shown)}"
        yield blocks.text(f"{label}.", style="small")
        yield blocks.picture(bars.picture(shown), said, label, bars.size(shown))
        named = {name_of(each): number for each, number in shown.items()}
        yield _numbers("The same as a table", label, ("Month", "Number"), named)

    def _themes(self, part: Gathered) -> Iterator[Block]:
        rows = themes.themes(part)
        if not rows:
            yield blocks.text("No theme is noted in what is shown here.")
            return
        cells = [self._theme_cells(row) for row in rows]
        yield blocks.table("Themes", _THEMES, cells, row_headers=True)
        for name, label in _PARTS.items():
            if numbers := themes.children_by(part, name):
                words = f"Children by {label.lower()}"
                yield _numbers(words, words, (label, "Children"), self._protected(numbers))

    def _theme_cells(self, row: Row) -> list[Rich]:
        span = dates.days(row.first_on, row.last_on, self.office.casework.today)
        return [
            [row.theme],
            ["; ".join(words for words in (row.kind, *row.places) if words) or "Not written"],
            [span],
            [protected(row.children, self.office.policy.disclosure).words],
            ["; ".join(row.done) or "Nothing recorded yet"],
            [go(f"behind:{row.entry}", "See the cases", f" behind: {row.theme}")],
        ]

    def _blockages(self, part: Gathered) -> Iterator[Block]:
        rows = themes.blockages(part, self.office.casework.today)
        if not rows:
            yield blocks.text("No blockage is noted in what is shown here.")
            return
        cells = [self._blockage_cells(row) for row in rows]
        yield blocks.table("Blockages", _BLOCKAGES, cells, row_headers=True)

    def _blockage_cells(self, row: Blockage) -> list[Rich]:
        today = self.office.casework.today
        end: Rich = [go(f"ended:{row.entry}", "Mark as ended", f": {row.stops}")]
        if row.ended_on is not None:
            end = [f"{dates.day(row.ended_on, today)}: {row.how}"]
        return [
            [row.stops],
            [row.agency],
            [dates.day(row.since_on, today)],
            [str(row.days_open(today))],
            [row.would_end or "Not written"],
            end,
        ]


def _begun(found: Gathered, last: str) -> str:
    """Give the month in which the record begins, if that is not ahead."""
    return min(themes.first_month(found) or last, last)


def _showing(wanted: Wanted) -> Block:
    parts: dict[str, str] = {"kind": wanted.kind, "place": wanted.place, "school": wanted.school}
    chosen = [f"{name}: {value}" for name, value in parts.items() if value]
    filters = f"Filter: {'; '.join(chosen)}." if chosen else "All kinds, places and schools."
    span = f"{name_of(wanted.first)} to {name_of(wanted.last)}"
    return blocks.status(f"Showing {span}. {filters}", id="showing")


def _numbers(
    summary: str, caption: str, columns: tuple[str, str], shown: Mapping[str, Shown]
) -> Block:
    """Fold a table of numbers away."""
    rows: list[list[Rich]] = [[[name], [number.words]] for name, number in shown.items()]
    return blocks.details(summary, [blocks.table(caption, columns, rows, row_headers=True)])


def _cases(refs: Sequence[str]) -> list[Block]:
    if not refs:
        return [blocks.text("It was noted of the agency's work as a whole, about no child.")]
    words = "It was noted in these cases. Opening one asks what for, and is entered in its record."
    links = [{"text": ref, "to": f"case:{ref}"} for ref in refs]
    return [blocks.text(words), {"kind": "links", "items": links}]


def _same(values: Mapping[str, int] | Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]
