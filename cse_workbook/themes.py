"""What does an agency keep meeting, and what stops it acting?

Themes and blockages are read from the cases one may see, and from what is noted of the agency's
work as a whole. A row counts children and names none: references are left out of its words too.
`cases_behind` alone gives references, for those who may read these cases. Small numbers are hidden
where they are shown, by `disclosure`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

import msgspec

from cse_workbook.case import Case, Entry, Thread
from cse_workbook.case.events import BlockageNoted, BlockageResolved, ThemeNoted
from cse_workbook.months import month

# Stands for no child: the case of what is noted of the agency's work as a whole.
AGENCY: Final = "agency"
Part = Literal["kind", "place", "school"]

_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_REFERENCE: Final = re.compile(r"[A-Za-z]-[0-9]{4,}")  # as the store makes them


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which part is looked at: months like “2026-11”, a kind, a place, a school.

    What is blank leaves nothing out. A blockage has no kind and no place, and is chosen by months
    and school alone.
    """

    first: str = ""
    last: str = ""
    kind: str = ""
    place: str = ""
    school: str = ""


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme as it was noted once, by the number of its entry. Its words hold no reference."""

    school: str
    entry: int
    on: date
    theme: str
    kind: str
    place: str
    done: str

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Theme(entry {self.entry})"


class Blockage(msgspec.Struct, frozen=True, kw_only=True):
    """A blockage, by the number of its entry; it lasts where it has no end. Its words hold no
    reference.
    """

    school: str
    entry: int
    stops: str
    agency: str
    since_on: date
    would_end: str
    ended_on: date | None
    how: str

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Blockage(entry {self.entry})"

    @property
    def span(self) -> tuple[str, str]:
        """The first and the last month in which it lasted."""
        return month(self.since_on), month(self.ended_on or date.max)

    def days_open(self, today: date) -> int:
        """Count the days for which it has lasted."""
        return ((self.ended_on or today) - self.since_on).days


class Gathered(msgspec.Struct, frozen=True):
    """All that was noted, in the order of the record, and which case an entry is of."""

    themes: tuple[Theme, ...]
    blockages: tuple[Blockage, ...]
    case_of: Mapping[int, str]

    def __repr__(self) -> str:
        """Show how much there is, never of whom."""
        return f"Gathered({len(self.themes)} themes, {len(self.blockages)} blockages)"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One theme, however often it was noted: its kind and places, when, about how many children,
    and what was done about it as it was written, if anything was. `entry` noted it first.
    """

    entry: int
    theme: str
    kind: str
    places: tuple[str, ...]
    first_on: date
    last_on: date
    children: int
    done: tuple[str, ...]


def gathered(cases: Iterable[Case], schools: Mapping[str, str]) -> Gathered:
    """Read what was noted; `schools` gives the school of a child by reference."""
    refs: set[str] = set()
    entries: list[Entry] = []
    threads: list[Thread] = []
    for case in cases:
        refs.add(case.ref.casefold())
        entries += case.themes
        threads += case.blockages
    known = frozenset(refs - {AGENCY})
    found = [_theme(e, e.event, schools, known) for e in entries if isinstance(e.event, ThemeNoted)]
    blocked = [
        _blockage(thread, thread.start.event, schools, known)
        for thread in threads
        if isinstance(thread.start.event, BlockageNoted)
    ]
    found.sort(key=lambda each: each.entry)
    blocked.sort(key=lambda each: each.entry)
    case_of = {entry.seq: entry.case_ref for entry in (*entries, *(t.start for t in threads))}
    return Gathered(tuple(found), tuple(blocked), case_of)


def _theme(
    entry: Entry, noted: ThemeNoted, schools: Mapping[str, str], refs: frozenset[str]
) -> Theme:
    return Theme(
        school=schools.get(entry.case_ref, ""),
        entry=entry.seq,
        on=entry.happened_on,
        theme=unnamed(noted.theme, refs),
        kind=unnamed(noted.of_kind, refs),
        place=unnamed(noted.place, refs),
        done=unnamed(noted.done, refs),
    )


def _blockage(
    thread: Thread, noted: BlockageNoted, schools: Mapping[str, str], refs: frozenset[str]
) -> Blockage:
    events = (entry.event for entry in thread.after)
    end = next((event for event in events if isinstance(event, BlockageResolved)), None)
    return Blockage(
        school=schools.get(thread.start.case_ref, ""),
        entry=thread.start.seq,
        stops=unnamed(noted.stops, refs),
        agency=unnamed(noted.agency, refs),
        since_on=noted.since_on,
        would_end=unnamed(noted.would_end, refs),
        ended_on=end.ended_on if end else None,
        how=unnamed(end.how, refs) if end else "",
    )


def unnamed(words: str, refs: frozenset[str]) -> str:
    """Write “a child” in place of every reference in a text; `refs` are folded to small letters.

    >>> unnamed("  Seen with C-0012 at the park", frozenset())
    'Seen with a child at the park'
    """

    def instead(match: re.Match[str]) -> str:
        word = match[0]
        return "a child" if word.casefold() in refs or _REFERENCE.fullmatch(word) else word

    return _WORD.sub(instead, words.strip())


def folded(words: str) -> str:
    """Give words as they are compared: whatever their case and spacing."""
    return " ".join(words.casefold().split())


def narrowed(found: Gathered, wanted: Wanted) -> Gathered:
    """Give the part of it that is looked at."""
    return Gathered(
        tuple(
            each
            for each in found.themes
            if _touches(wanted, month(each.on), month(each.on))
            and folded(wanted.kind) in ("", folded(each.kind))
            and folded(wanted.place) in ("", folded(each.place))
            and wanted.school in ("", each.school)
        ),
        tuple(
            each
            for each in found.blockages
            if _touches(wanted, *each.span) and wanted.school in ("", each.school)
        ),
        found.case_of,
    )


def _touches(wanted: Wanted, first: str, last: str) -> bool:
    """Tell whether what lasted from one month to another touches the months looked at."""
    return (not wanted.last or first <= wanted.last) and last >= wanted.first


def first_month(found: Gathered) -> str:
    """Give the month in which the first of all this was noted or began; blank if nothing was."""
    begun = [month(each.on) for each in found.themes] + [each.span[0] for each in found.blockages]
    return min(begun, default="")


def schools_of(found: Gathered) -> list[str]:
    """Name the schools of children about whom anything was noted."""
    schools = {each.school for each in found.themes} | {each.school for each in found.blockages}
    return sorted(schools - {""})


def themes(found: Gathered) -> tuple[Row, ...]:
    """Give a row for each theme of each kind, the one noted last first."""
    rows = [_row(group, found) for group in _groups(found)]
    return tuple(sorted(rows, key=lambda row: row.last_on, reverse=True))


def _groups(found: Gathered) -> Iterable[list[Theme]]:
    groups: dict[tuple[str, str], list[Theme]] = {}
    for each in found.themes:
        groups.setdefault((folded(each.theme), folded(each.kind)), []).append(each)
    return groups.values()


def _row(group: Sequence[Theme], found: Gathered) -> Row:
    return Row(
        entry=group[0].entry,
        theme=group[0].theme,
        kind=group[0].kind,
        places=_each_once(each.place for each in group),
        first_on=min(each.on for each in group),
        last_on=max(each.on for each in group),
        children=len(_refs(group, found)),
        done=_each_once(each.done for each in group),
    )


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for each in words:
        first.setdefault(folded(each), each)
    return tuple(each for key, each in first.items() if key)


def _refs(group: Iterable[Theme], found: Gathered) -> set[str]:
    """Give the children about whom any of these was noted."""
    return {found.case_of[each.entry] for each in group} - {AGENCY}


def blockages(found: Gathered, today: date) -> tuple[Blockage, ...]:
    """Give the blockages that last and then those that ended, each by days open, longest first."""
    return tuple(
        sorted(found.blockages, key=lambda each: (bool(each.ended_on), -each.days_open(today)))
    )


def children_by_month(found: Gathered, over: Sequence[str]) -> dict[str, int]:
    """Count the children about whom a theme was noted, for each of some months."""
    groups: dict[str, list[Theme]] = {each: [] for each in over}
    for each in found.themes:
        groups.setdefault(month(each.on), []).append(each)
    return {each: len(_refs(groups[each], found)) for each in over}


def blockages_by_month(found: Gathered, over: Sequence[str]) -> dict[str, int]:
    """Count the blockages that lasted on some day of a month, for each of some months."""
    spans = [each.span for each in found.blockages]
    return {each: sum(first <= each <= last for first, last in spans) for each in over}


def children_by(found: Gathered, part: Part) -> dict[str, int]:
    """Count the children about whom a theme was noted, by its kind, its place or their school."""
    groups: dict[str, list[Theme]] = {}
    for each in found.themes:
        groups.setdefault(folded(getattr(each, part)), []).append(each)
    named = {getattr(group[0], part): group for key, group in groups.items() if key}
    return {name: len(_refs(group, found)) for name, group in sorted(named.items())}


def cases_behind(found: Gathered, entry: int) -> tuple[Row, tuple[str, ...]] | None:
    """Give the theme that an entry noted, and the references behind it, for those who may read the
    cases; nothing where the entry noted none of these.
    """
    for group in _groups(found):
        if any(each.entry == entry for each in group):
            return _row(group, found), tuple(sorted(_refs(group, found)))
    return None
