"""Which children does a multi-agency meeting hear, and what is it told about each?

The agenda is worked out from the entries of the cases: who is listed for a day, who was heard, who
was put off. A sheet is what the meeting sees of one child. It says what it leaves out and why: the
meeting needs what each agency has to act on, and no more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import msgspec

from cse_workbook.case import AnyEvent, Case, Entry, Thread
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    JudgementRecorded,
    MacseHeard,
    MacseListed,
    RecordRead,
    SecondReading,
)
from cse_workbook.instrument import Instrument
from cse_workbook.screening import Screening
from cse_workbook.standing import Standing, screened, standing

PURPOSE: Final = "to prepare a meeting"


class Item(msgspec.Struct, frozen=True):
    """One child on the agenda of a day: why, the entry that put it there, what came of it."""

    ref: str
    because: str
    entry: int
    heard: MacseHeard | None = None

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Item(entry {self.entry})"


class Task(msgspec.Struct, frozen=True):
    """An action that is not done yet: what, who, by when."""

    what: str
    who: str
    due_on: date

    def __repr__(self) -> str:
        """Name the day only."""
        return f"Task(due {self.due_on})"


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What a meeting sees of one child.

    `view` is the one that stands; `last_heard` what the meeting before recorded, if there was one,
    and `since` the number of that entry; `compared` the screening that meeting knew (or the one
    before the last) and the last one; `child_said` the child's words with the day of the screening
    that holds them. `due` are actions due by the day of the meeting, `asked` all open ones by who
    is to do them. `left_out` says what is not here and why.
    """

    item: Item
    view: Standing | None
    last_heard: MacseHeard | None
    since: int
    compared: tuple[Screening, Screening] | None
    child_said: tuple[str, date] | None
    due: tuple[Task, ...]
    asked: Mapping[str, tuple[Task, ...]]
    left_out: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        """Name the entry only."""
        return f"Sheet(entry {self.item.entry})"


def item(case: Case, meeting_on: date) -> Item | None:
    """Give the place of a child on the agenda of a day, if it has one: listed for that day, or put
    off to it. What is recorded last counts.
    """
    found: Item | None = None
    for entry in case.meetings:
        event = entry.event
        if isinstance(event, MacseListed | MacseHeard) and _listed_for(event) == meeting_on:
            found = Item(case.ref, event.because, entry.seq)
        elif isinstance(event, MacseHeard) and event.meeting_on == meeting_on and found:
            found = msgspec.structs.replace(found, heard=event)
    return found


def _listed_for(event: AnyEvent | None) -> date | None:
    """Give the day for which an entry puts a child on the agenda."""
    if isinstance(event, MacseListed):
        return event.meeting_on
    return event.put_off_to if isinstance(event, MacseHeard) else None


def agenda(cases: Iterable[Case], meeting_on: date, order: Sequence[str] = ()) -> tuple[Item, ...]:
    """Give the agenda of a day: those in the order that was chosen, then as they were listed."""
    items = [each for case in cases if (each := item(case, meeting_on)) is not None]
    places = {ref: place for place, ref in enumerate(order)}
    return tuple(sorted(items, key=lambda each: (places.get(each.ref, len(places)), each.entry)))


def moved(order: Sequence[str], ref: str, step: int) -> list[str]:
    """Give an order after one child was moved: up by -1, down by 1. It stops at the ends.

    >>> moved(["C-0001", "C-0002", "C-0003"], "C-0003", -1)
    ['C-0001', 'C-0003', 'C-0002']
    """
    others = [each for each in order if each != ref]
    if len(others) == len(order):
        return others
    place = min(max(list(order).index(ref) + step, 0), len(others))
    return [*others[:place], ref, *others[place:]]


def meeting_days(cases: Iterable[Case]) -> dict[date, int]:
    """Give the days for which children are listed, with how many are still to be heard."""
    numbers: dict[date, int] = {}
    for case in cases:
        days = {day for entry in case.meetings if (day := _listed_for(entry.event))}
        for day in days:
            found = item(case, day)
            if found is not None and found.heard is None:
                numbers[day] = numbers.get(day, 0) + 1
    return dict(sorted(numbers.items()))


def read_for(case: Case, found: Item, who: str) -> Entry | None:
    """Give the entry with which a person opened a record to prepare this meeting, if they have."""
    return next(
        (
            entry
            for entry in reversed(case.reads)
            if entry.seq > found.entry
            and entry.recorded_by == who
            and isinstance(entry.event, RecordRead)
            and entry.event.purpose == PURPOSE
        ),
        None,
    )


def sheet(case: Case, found: Item, meeting_on: date, instrument: Instrument) -> Sheet:
    """Give what a meeting sees of one child; the policy has been applied to the instrument."""
    since, last = _last_heard(case, meeting_on)
    tasks = _open(case)
    who = dict.fromkeys(task.who for task in sorted(tasks, key=lambda task: task.who.casefold()))
    return Sheet(
        item=found,
        view=standing(case, instrument),
        last_heard=last,
        since=since,
        compared=_compared(case, since),
        child_said=_said(case),
        due=tuple(task for task in tasks if task.due_on <= meeting_on),
        asked={each: tuple(task for task in tasks if task.who == each) for each in who},
        left_out=tuple((what, why) for is_there, what, why in _LEFT_OUT if is_there(case)),
    )


def _last_heard(case: Case, meeting_on: date) -> tuple[int, MacseHeard | None]:
    """Give what the last meeting before this one recorded of the child, if it was heard."""
    heard = [
        (entry.seq, entry.event)
        for entry in case.meetings
        if isinstance(entry.event, MacseHeard)
        and entry.event.put_off_to is None
        and entry.event.meeting_on < meeting_on
    ]
    return heard[-1] if heard else (0, None)


def _open(case: Case) -> list[Task]:
    """Give the actions that are not done, by the day they are due."""
    events = [t.start.event for t in case.actions if t.last(ActionDone) is None]
    tasks = [Task(e.what, e.who, e.due_on) for e in events if isinstance(e, ActionSet)]
    return sorted(tasks, key=lambda task: task.due_on)


def _compared(case: Case, since: int) -> tuple[Screening, Screening] | None:
    threads: Sequence[Thread] = case.screenings
    before = [t for t in threads if t.start.seq < since] if since else threads[:-1]
    if not before or before[-1] is threads[-1]:
        return None
    return screened(before[-1]).screening, screened(threads[-1]).screening


def _said(case: Case) -> tuple[str, date] | None:
    """Give the child's words from the last screening that holds any, and its day."""
    for thread in reversed(case.screenings):
        words = screened(thread).screening.child_said
        if words.strip():
            return words, thread.start.happened_on
    return None


def _has_evidence(case: Case) -> bool:
    given = (g for t in case.screenings for g in screened(t).screening.answers.values())
    return any(each.evidence or each.source for each in given)


def _has_worry(case: Case) -> bool:
    texts = (screened(thread).screening for thread in case.screenings)
    return any(each.worry or each.other_concern for each in texts)


def _has_reasons(case: Case) -> bool:
    readings = [e for t in case.screenings for e in t.after if isinstance(e.event, SecondReading)]
    return any(
        isinstance(entry.event, JudgementRecorded | SecondReading) and entry.event.because
        for entry in (*case.views, *readings)
    ) or any(isinstance(e.event, JudgementRecorded) and e.event.other_driver for e in case.views)


# What a sheet leaves out: whether a record holds it, what it is, and why it is left out.
_LEFT_OUT: Final[tuple[tuple[Callable[[Case], object], str, str], ...]] = (
    (
        lambda case: case,
        "Who the child is: name, date of birth, address, school, family names",
        "The meeting works with the reference. Whoever has to know opens the record, and that is"
        " entered in it.",
    ),
    (
        _has_evidence,
        "What is written behind the answers, and where it is known from",
        "It can name other people, and it was told to one agency for one purpose.",
    ),
    (
        _has_worry,
        "The worry in the words of the person who screened",
        "It can name other people. Whoever wrote it can tell the meeting what is needed.",
    ),
    (
        _has_reasons,
        "Why people gave their views, in their own words",
        "The view and what drives it are here. The reasons stay with those who gave them.",
    ),
    (
        lambda case: any(screened(t).screening.protective for t in case.screenings),
        "What protects the child, in words",
        "It names people the child trusts.",
    ),
    (
        lambda case: any(screened(thread).circumstances for thread in case.screenings),
        "What was asked beside the questions: needs, authorities, what happened",
        "It is for the allocated worker.",
    ),
    (
        lambda case: case.referrals or case.drafted,
        "What was written in referrals",
        "The service that was asked has it.",
    ),
    (
        lambda case: case.assessments,
        "The text of risk assessments",
        "A whole document is shared by the person who wrote it.",
    ),
    (
        lambda case: case.advice,
        "Advice given to colleagues",
        "It was meant for the person who asked.",
    ),
    (
        lambda case: case.sharing,
        "Decisions on sharing information",
        "Each agency answers for its own.",
    ),
    (
        lambda case: case.themes or case.blockages,
        "Themes and blockages",
        "They are about how agencies work. They have a page of their own, without any child.",
    ),
)
