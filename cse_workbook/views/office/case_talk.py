"""What people said and decided about a case: sharing, advice, meetings, themes and blockages."""

from collections.abc import Iterator
from typing import Any

from cse_workbook.case import Entry, Thread
from cse_workbook.case.events import (
    AdviceGiven,
    BlockageResolved,
    MacseHeard,
    MacseListed,
    PackReleased,
    ReviewHeld,
    RiskAssessed,
    SharingDecision,
    ThemeNoted,
)
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, go, strong
from cse_workbook.views.office.reading import Reading, lines


def blockage_blocks(reading: Reading) -> Iterator[Block]:
    """Give what stops action, open first, and the themes noted with this case."""
    case = reading.case
    if not case.blockages and not case.themes:
        yield blocks.text("No theme and no blockage is noted with this case.")
        return
    if case.blockages:
        threads = sorted(case.blockages, key=lambda each: each.last(BlockageResolved) is not None)
        rows = [_blockage(reading, thread, thread.start.event) for thread in threads]
        columns = ["What stops action", "Agency", "Since", "What would end it", "Ended"]
        yield blocks.table("Blockages", columns, rows, row_headers=True)
    rows = [
        [
            [e.event.theme],
            [e.event.of_kind],
            [e.event.place],
            [e.event.done or "Nothing recorded yet"],
        ]
        for e in case.themes
        if isinstance(e.event, ThemeNoted)
    ]
    if rows:
        columns = ["Theme", "Kind", "Place", "What was done"]
        yield blocks.table("Themes", columns, rows, row_headers=True)


def _blockage(reading: Reading, thread: Thread, event: Any) -> list[Any]:
    since: Rich = [reading.day(event.since_on)]
    ended: list[Rich]
    last = thread.last(BlockageResolved)
    if last is not None and isinstance(last.event, BlockageResolved):
        ended = [[reading.day(last.event.ended_on)], [last.event.how]]
    else:
        days = (reading.today - event.since_on).days
        since = [reading.day(event.since_on), f", {days} day{'' if days == 1 else 's'}"]
        ended = [[strong("Open")]]
        if reading.may_add and reading.casework.is_lead:
            to = f"write:ended:{thread.start.seq}"
            ended.append([go(to, "Mark as ended", hidden=f": {event.stops}")])
    return [[event.stops], [event.agency], since, [event.would_end], ended]


def sharing_blocks(reading: Reading) -> Iterator[Block]:
    """Give the decisions on sharing information."""
    rows: list[list[Any]] = [
        [
            [e.event.what],
            [e.event.with_whom],
            [
                [strong("Shared" if e.event.is_shared else "Not shared")],
                *lines(("Why", e.event.because)),
            ],
            [f"{reading.day(e.happened_on)}, {e.by}"],
        ]
        for e in reading.case.sharing
        if isinstance(e.event, SharingDecision)
    ]
    if not rows:
        yield blocks.text("No decision on sharing information is recorded.")
        return
    columns = ["What", "With whom", "Decision", "When and by whom"]
    yield blocks.table("Sharing decisions", columns, rows, row_headers=True)


def advice_blocks(reading: Reading) -> Iterator[Block]:
    """Give the advice given, oldest first."""
    rows: list[list[Any]] = [
        [
            [reading.day(e.happened_on)],
            [e.event.asked],
            [[e.event.advice], *lines(("Signposts", "; ".join(e.event.signposts)))],
            [e.event.to],
            [e.by],
        ]
        for e in reading.case.advice
        if isinstance(e.event, AdviceGiven)
    ]
    if not rows:
        yield blocks.text("No advice is recorded.")
        return
    columns = ["Day", "What was asked", "Advice", "Given to", "By"]
    yield blocks.table("Advice given", columns, rows, row_headers=True)


def meeting_blocks(reading: Reading) -> Iterator[Block]:
    """Give assessments, reviews and meetings in the order they were written."""
    case = reading.case
    entries = sorted(
        (*case.assessments, *case.reviews, *case.meetings, *case.releases), key=lambda e: e.seq
    )
    items = [said for entry in entries if (said := _meeting(reading, entry))]
    if items:
        yield blocks.bullets(*items)
    else:
        yield blocks.text("No assessment, review or meeting is recorded.")


def _meeting(reading: Reading, entry: Entry) -> Rich:
    event, day = entry.event, reading.day(entry.happened_on)
    meeting = reading.instrument.names.get("meeting", "meeting")
    if isinstance(event, RiskAssessed):
        plan = [" Plan: ", event.plan] if event.plan else []
        return [strong(f"Risk assessed on {day}: "), event.found, *plan]
    if isinstance(event, ReviewHeld):
        again = [f" Next on {reading.when(event.next_on)}."] if event.next_on else []
        return [strong(f"Reviewed on {day}: "), event.concluded, *again]
    if isinstance(event, MacseListed):
        on = reading.when(event.meeting_on)
        return [strong(f"Listed on {day} for the {meeting} of {on}: "), event.because]
    if isinstance(event, MacseHeard):
        return _heard(reading, event, meeting)
    if isinstance(event, PackReleased):
        return [f"Papers for the {meeting} of {reading.when(event.meeting_on)} released on {day}."]
    return []


def _heard(reading: Reading, event: MacseHeard, meeting: str) -> Rich:
    on = reading.day(event.meeting_on)
    if event.put_off_to:
        to = reading.when(event.put_off_to)
        return [strong(f"Put off by the {meeting} of {on} to {to}: "), event.because]
    there = [" Present: ", event.present] if event.present else []
    return [strong(f"Heard by the {meeting} of {on}: "), event.decided, *there]


def signpost_blocks(reading: Reading) -> Iterator[Block]:
    """Give the services of the local directory that fit this case."""
    rows = [
        [[c.who], [c.what], [c.where], [c.hours], [c.how]]
        for c in reading.casework.offered(reading.case)
    ]
    if rows:
        columns = ["Who", "For what", "Where", "When", "How"]
        yield blocks.table("Signposts that fit this case", columns, rows, row_headers=True)
