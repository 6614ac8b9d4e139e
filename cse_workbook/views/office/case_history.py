"""What happened in a case: since one last looked, while one was writing, and from the beginning."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from cse_workbook.adding import correctable
from cse_workbook.case import Entry
from cse_workbook.case.events import JudgementRecorded, MissingEpisode, RecordRead, Screened
from cse_workbook.changes import compare
from cse_workbook.standing import route_of, screened
from cse_workbook.timeline import HEIGHT, WIDTH, Row, picture, rows, sentences, timeline
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, Run, go, mark, strong
from cse_workbook.views.office import dates
from cse_workbook.views.office.case_lists import open_until
from cse_workbook.views.office.reading import Reading, capital, listed
from cse_workbook.views.reasons import lowered
from cse_workbook.waiting import Waiting, When, waiting

RAISED: Final = ("yes", "possible")
# What is still open, by the kind of entry that it began with.
_OPEN: Final[Mapping[str, str]] = {
    "ActionSet": "not done yet",
    "MissingEpisode": "no return interview recorded",
    "ReferralSent": "no answer yet",
}


# Since one last looked


def last_look(reading: Reading) -> Entry | None:
    """Give the entry of the time before at which this person read the record."""
    mine = (e for e in reading.case.reads if e.recorded_by == reading.opened.recorded_by)
    return next((e for e in reversed([*mine]) if e.seq < reading.opened.seq), None)


def since_heading(reading: Reading) -> str:
    """Say since when: the day on which one last looked."""
    before = last_look(reading)
    if before is None:
        return "Since you last looked"
    return f"Since you last looked, {reading.day(before.recorded_at.astimezone().date())}"


def since_blocks(reading: Reading) -> Iterator[Block]:
    """Say what was added since this person last read the record, and what it waits for today."""
    before = last_look(reading)
    if before is None:
        yield blocks.text("You have not opened this record before.")
    else:
        span = (before.seq, reading.opened.seq)
        added = [e for e in reading.case.entries if span[0] < e.seq < span[1]]
        added = [e for e in added if not isinstance(e.event, RecordRead)]
        words = {row.entry: row.what for row in rows(reading.case, reading.instrument)}
        if added:
            yield blocks.bullets(*(_added(reading, e, words.get(e.seq, "")) for e in added))
        else:
            yield blocks.text("Nothing was added since.")
    things = waiting(reading.case, reading.instrument, reading.policy, reading.casework.now())
    if things:
        yield blocks.text("This record waits for:")
        yield blocks.bullets(*(_waits(reading, each) for each in things))


def _waits(reading: Reading, thing: Waiting) -> Rich:
    if thing.due_on is not None:
        is_late = thing.when(reading.today) is When.OVERDUE
        return [f"{thing.words}, due ", *reading.deadline(thing.due_on, is_late=is_late)]
    since = f", since {reading.day(thing.since_on)}" if thing.since_on else ""
    return [f"{thing.words}{since}"]


def _added(reading: Reading, entry: Entry, words: str) -> Rich:
    """Say what was added in one line; what is late of it in bold."""
    event = entry.event
    if isinstance(event, Screened):
        return [_screened(reading, entry)]
    if isinstance(event, JudgementRecorded):
        return [_viewed(reading, entry, event)]
    if isinstance(event, MissingEpisode):
        return [_missed(reading, event), *_late(reading, entry)]
    when = f" ({reading.day(entry.happened_on)}, {entry.by})"
    return [words, *_late(reading, entry), when]


def _screened(reading: Reading, entry: Entry) -> str:
    """Say that there is a screening, and which concerns are yes or possible that were not."""
    threads = reading.case.screenings
    place = [thread.start.seq for thread in threads].index(entry.seq)
    on = f"on {reading.day(entry.happened_on)}"
    if place == 0:
        return f"Screened {on}"
    one, other = (screened(thread).screening for thread in threads[place - 1 : place + 1])
    found = compare(one, other, reading.instrument)
    labels = {choice.key: choice.label for choice in reading.instrument.answers}
    parts = []
    for answer in RAISED:
        keys = [each.key for each in (*found.moved, *found.known) if each.now == answer]
        if keys:
            names = listed([lowered(reading.label(key)) for key in keys])
            parts.append(f"{names} {'is' if len(keys) == 1 else 'are'} now {labels[answer]}")
    return f"Screened again {on}{': ' if parts else ''}{'; '.join(parts)}"


def _viewed(reading: Reading, entry: Entry, view: JudgementRecorded) -> str:
    """Say a view, and whether it asks for more or for less than the one before."""
    order = [route.key for route in reading.instrument.routes]
    before = [route_of(e) for e in reading.case.views if e.seq < entry.seq][-1:]
    name, was = reading.view(view.route), "".join(reading.view(each) for each in before)
    said = f"View: {name}"
    if before == [view.route]:
        said = f"View again: {name}"
    elif {view.route, *before} <= set(order) and before:
        is_higher = order.index(view.route) > order.index(before[0])
        said = f"View raised from {was} to {name}" if is_higher else f"View after {was}: {name}"
    reason = f". Reason for the lower view: {view.lower_because}" if view.lower_because else ""
    return f"{said}, by {entry.by}{reason}"


def _missed(reading: Reading, event: MissingEpisode) -> str:
    first = event.missing_at.astimezone().date()
    if event.returned_at is None:
        return f"Missing since {reading.day(first)}, no return recorded"
    last = event.returned_at.astimezone().date()
    words = dates.days(first, last, reading.today)
    return f"Missing {'on' if first == last else 'from'} {words}"


def _late(reading: Reading, entry: Entry) -> list[Run]:
    """Say what is still open of what began with an entry; in bold where it is late."""
    case = reading.case
    threads = (*case.actions, *case.missing, *case.referrals)
    thread = next((each for each in threads if each.start.seq == entry.seq), None)
    until = open_until(reading, thread) if thread else None
    if until is None or not case.is_open:
        return []
    name = _OPEN[entry.kind]
    is_late = until < reading.today
    return ["; ", strong(name) if is_late else name, f", due {reading.due(until)}"]


# While one was writing, and from the beginning


def entry_blocks(reading: Reading, entries: Iterable[Entry]) -> Iterator[Block]:
    """Give entries as they stand in the record, newest last."""
    found = {row.entry: row for row in rows(reading.case, reading.instrument)}
    items = [found[entry.seq] for entry in entries if entry.seq in found]
    yield blocks.bullets(
        *([strong(f"{capital(row.who)}, {reading.day(row.day)}: "), row.what] for row in items)
    )


def timeline_blocks(reading: Reading) -> Iterator[Block]:
    """Give the picture with what it says in words, and every entry in a table behind it."""
    drawn = timeline(reading.case, reading.instrument, reading.policy)
    said = sentences(drawn)
    yield blocks.picture(picture(drawn), " ".join(said), "Timeline", (WIDTH, HEIGHT))
    yield blocks.details("The same in sentences", [blocks.bullets(*([each] for each in said))])
    found = [_row(reading, row) for row in rows(reading.case, reading.instrument)]
    table = blocks.table("Every entry in order", ["Day", "What", "By", "Entry"], found)
    yield blocks.details("The same as a table, with every entry in order", [table])


def _row(reading: Reading, row: Row) -> list[Rich | list[Rich]]:
    """Give one entry; a correction stands under what it corrects. One's own can be corrected."""
    what: Rich = [row.what] if row.corrects is None else [mark("↳"), row.what]
    number: list[Rich] = [[str(row.entry)]]
    entry = reading.case.entry(row.entry)
    is_own = entry is not None and entry.recorded_by == reading.opened.recorded_by
    if entry is not None and is_own and correctable(entry, reading.instrument):
        to = f"write:correct:{row.entry}"
        number.append([go(to, "Correct", hidden=f" entry {row.entry}")])
    return [[reading.day(row.day)], what, [row.who], number]
