"""The rows of the frame of actions: actions set, reviews, meetings, agreements to lower a view."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cse_workbook.case import Case, Entry
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    MacseHeard,
    MacseListed,
    ReviewHeld,
    StepDownAgreed,
)
from cse_workbook.frames.kinds import NOT_APPLICABLE, NOT_GIVEN, NOT_YET
from cse_workbook.frames.lens import Lens
from cse_workbook.frames.reading import Read, Row, as_of, days, groups, word
from cse_workbook.frames.working_days import working_days
from cse_workbook.stepdown import objections

OWN: Final = "own"
_NO_EVIDENCE: Final = {"CASE_08", "CASE_15", "CASE_16"}
_NO_READER: Final = {"CASE_06", "CASE_17"}
_SAFEGUARDS: Final = ("has_evidence", "has_child_view", "has_second_reader", "has_all_safeguards")
_OF_OTHER_KINDS: Final[Row] = {
    "step": NOT_APPLICABLE,
    "from_view": NOT_GIVEN,
    "to_view": NOT_GIVEN,
    "view_direction": NOT_APPLICABLE,
    "n_steps_fallen": 0,
    **dict.fromkeys(_SAFEGUARDS, NOT_APPLICABLE),
}


def actions(one: Read, lens: Lens) -> Iterator[Row]:
    """Give a row for each thing that was to be done about a case, or was agreed."""
    for thread in one.case.actions:
        event, done = thread.start.event, thread.last(ActionDone)
        if isinstance(event, ActionSet):
            step = event.step if event.step in lens.steps else OWN
            ended = done.happened_on if done else None
            of = _row(one, "action", thread.start, lens, due_on=event.due_on, done_on=ended)
            yield {**of, "step": step}
    yield from _reviews(one, lens)
    yield from _meetings(one, lens)
    for entry in one.case.views:
        if isinstance(entry.event, StepDownAgreed):
            of = _row(one, "step_down", entry, lens, done_on=entry.happened_on)
            views = _views(entry.event.to_route, entry.event.from_route, lens)
            yield {**of, **views, **safeguards(one.case, entry, entry.event, lens)}


def _row(
    one: Read,
    kind: str,
    entry: Entry,
    lens: Lens,
    *,
    set_on: date | None = None,
    due_on: date | None = None,
    done_on: date | None = None,
) -> Row:
    """Give what every row has; the entry says who wrote it, and by when what was known."""
    since = set_on or entry.happened_on
    return {
        **_OF_OTHER_KINDS,
        "child": one.case.ref,
        "case": one.case.ref,
        "kind": kind,
        "set_on": since,
        **groups(one.last_by(entry.seq), entry.agency),
        "due_on": due_on,
        "done_on": done_on,
        "is_done": done_on is not None,
        "is_on_time": _on_time(due_on, done_on, lens.today),
        "days_overdue": days(due_on, done_on or lens.today),
        "working_days_to_done": working_days(since, done_on),
    }


def _on_time(due_on: date | None, done_on: date | None, today: date) -> str:
    if due_on is None:
        return NOT_APPLICABLE
    if done_on is None and today <= due_on:
        return NOT_YET
    return word(done_on is not None and done_on <= due_on)


def _views(route: str, before: str, lens: Lens) -> Row:
    return {
        "from_view": lens.route(before),
        "to_view": lens.route(route),
        "view_direction": lens.beside(route, before),
        "n_steps_fallen": lens.fallen(route, before),
    }


def _reviews(one: Read, lens: Lens) -> Iterator[Row]:
    """Count each review from the one before, or from the opening, and the next one of an open case.

    A case that is closed, and perhaps opened again, waits for no review in between.
    """
    last = due_on = None
    stood = ""
    for entry in one.reviewed:
        now = one.standing_by(entry.seq)
        if isinstance(entry.event, ReviewHeld) and last is not None:
            of = {"set_on": last.happened_on, "due_on": due_on, "done_on": entry.happened_on}
            yield {**_row(one, "review", entry, lens, **of), **_views(now, stood, lens)}
        last, due_on, stood = entry, next_review(entry, lens), now
    if one.case.is_open and last is not None:
        yield _row(one, "review", last, lens, due_on=due_on)


def next_review(entry: Entry, lens: Lens) -> date:
    """Give the day of the review after an opening or a review: the one named, or by the policy."""
    named = entry.event.next_on if isinstance(entry.event, ReviewHeld) else None
    return named or entry.happened_on + timedelta(days=lens.policy.times.review_days)


def review_due(one: Read, lens: Lens) -> date | None:
    """Give the day of the next review of an open case."""
    return next_review(one.reviewed[-1], lens) if one.case.is_open else None


def _meetings(one: Read, lens: Lens) -> Iterator[Row]:
    """Follow each place on an agenda until it was heard; put off, it waits for the other day."""
    listed: dict[date, Entry] = {}
    for entry in one.case.meetings:
        event = entry.event
        if isinstance(event, MacseListed):
            listed[event.meeting_on] = entry
        elif isinstance(event, MacseHeard):
            first = listed.pop(event.meeting_on, entry)
            if event.put_off_to is not None:
                listed[event.put_off_to] = first
                continue
            held = event.meeting_on
            yield _row(one, "meeting", first, lens, due_on=held, done_on=held)
    for meeting_on, entry in listed.items():
        yield _row(one, "meeting", entry, lens, due_on=meeting_on)


def safeguards(case: Case, entry: Entry, event: StepDownAgreed, lens: Lens) -> Row:
    """Say which of its safeguards an agreement to lower a view has, as it stood then."""
    before = as_of(case, entry.seq - 1)
    found = objections(event, before, entry.recorded_by, entry.happened_on, lens.instrument)
    codes = {each.code for each in found}
    claims = (
        bool(event.evidence) and not codes & _NO_EVIDENCE,
        bool(event.child_view.strip()),
        not codes & _NO_READER,
    )
    return dict(zip(_SAFEGUARDS, map(word, (*claims, all(claims))), strict=True))
