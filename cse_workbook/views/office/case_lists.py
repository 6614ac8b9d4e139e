"""What goes on in a case: actions, care, missing episodes, referrals. What is late is in bold."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from cse_workbook.case import Entry, Thread
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    MissingEpisode,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReferralDrafted,
    ReferralSent,
    ReturnInterview,
)
from cse_workbook.standing import HOST_LEAD, IRO, is_reached, outcome_today, screened, told
from cse_workbook.views import blocks
from cse_workbook.views.answers import written_so_far
from cse_workbook.views.blocks import Block, Rich, Run, go, strong
from cse_workbook.views.office.reading import Reading, lines


def action_blocks(reading: Reading) -> Iterator[Block]:
    """Give the actions: open ones first, by the day they are due; then those done."""
    if not reading.case.actions:
        yield blocks.text("No action is set.")
        return
    threads = sorted(reading.case.actions, key=_by_due_day)
    rows = [_action(reading, thread, thread.start.event) for thread in threads]
    yield blocks.table("Actions", ["What", "Who", "Due"], rows, row_headers=True)


def _by_due_day(thread: Thread) -> tuple[bool, date]:
    event = thread.start.event
    due_on = event.due_on if isinstance(event, ActionSet) else date.max
    return thread.last(ActionDone) is not None, due_on


def _action(reading: Reading, thread: Thread, event: Any) -> list[Any]:
    done = thread.last(ActionDone)
    if done is None:
        late = event.due_on < reading.today
        mark = go(f"write:done:{thread.start.seq}", "Mark as done", hidden=f": {event.what}")
        due: list[Rich] = [[*reading.deadline(event.due_on, is_late=late)]]
        due += [[mark]] if reading.may_add else []
        return [[event.what], [event.who], due]
    note = done.event.note if isinstance(done.event, ActionDone) else ""
    came = [f"Done {reading.day(done.happened_on)}", *([". ", note] if note else [])]
    return [[event.what], [event.who], came]


def care_blocks(reading: Reading) -> Iterator[Block]:
    """Say who has to know of a looked-after child, and whether they do."""
    case, child = reading.case, reading.casework.store.children.read(reading.case.ref)
    asked = {step for step in (HOST_LEAD, IRO) if _is_asked(reading, step)}
    known = {step: told(case, step) for step in (HOST_LEAD, IRO)}
    if not asked and not any(known.values()):
        yield blocks.text("Nothing recorded says that the child is looked after.")
        return
    home, host = (child.home_authority, child.host_authority) if child else ("", "")
    rows: Mapping[str, Rich] = {
        "Home authority": [home or "Not recorded"],
        "Host authority": [host or "Not recorded"],
        "Host CSE lead in the care plan": _told(reading, known[HOST_LEAD], HOST_LEAD in asked),
        "Independent Reviewing Officer has seen the assessment": _told(
            reading, known[IRO], IRO in asked
        ),
    }
    yield blocks.table(
        "In care", ["What", "Recorded"], [[[k], v] for k, v in rows.items()], row_headers=True
    )


def _is_asked(reading: Reading, step: str) -> bool:
    """Tell whether the last screening asks for a step."""
    if not reading.case.screenings:
        return False
    made = screened(reading.case.screenings[-1])
    outcome = outcome_today(made.screening, reading.instrument, reading.policy) or made.outcome
    return is_reached(outcome, step)


def _told(reading: Reading, on: date | None, is_asked: bool) -> Rich:
    if on is not None:
        return [f"Yes, {reading.day(on)}"]
    return [strong("Not recorded")] if is_asked else ["Not recorded"]


def missing_blocks(reading: Reading) -> Iterator[Block]:
    """Give the missing episodes, each with its return interview."""
    if not reading.case.missing:
        yield blocks.text("No missing episode is recorded.")
        return
    hours = reading.policy.times.return_interview_hours
    within = f"Within {hours} hours"
    columns = ["From", "To", "Return interview offered", "Done", within]
    rows = [_episode(reading, thread, thread.start.event) for thread in reading.case.missing]
    yield blocks.table("Missing episodes", columns, rows, row_headers=True)


def _episode(reading: Reading, thread: Thread, event: Any) -> list[Any]:
    given, done = _interviews(thread)
    away: Rich = [reading.moment(event.missing_at)]
    back: Rich = [reading.moment(event.returned_at)] if event.returned_at else [strong("Not yet")]
    held: list[Rich] = []
    if done is not None and done.done_at is not None:
        held = [[reading.moment(done.done_at), *_by(done.by)]]
    else:
        held = [["Not recorded"], *lines(*(("Why not", each.because_not) for each in given))]
        if reading.may_add:
            to = f"write:interview:{thread.start.seq}"
            held.append([go(to, "Record the return interview", hidden=f" of {away[0]}")])
    offered = [reading.day(each.offered_on) for each in given if each.offered_on]
    day = ["; ".join(offered) or "Not recorded"]
    return [away, back, day, held, _in_time(reading, thread, event, done)]


def _interviews(thread: Thread) -> tuple[list[ReturnInterview], ReturnInterview | None]:
    """Give what is recorded of the return interview of an episode, and the one that was done."""
    given = [each.event for each in thread.after if isinstance(each.event, ReturnInterview)]
    return given, next((each for each in given if each.done_at), None)


def _by(role: str) -> list[Run]:
    return [", by ", role] if role else []


def _in_time(
    reading: Reading, thread: Thread, episode: MissingEpisode, done: ReturnInterview | None
) -> Rich:
    if episode.returned_at is None:
        return ["The child has not come back"]
    limit = timedelta(hours=reading.policy.times.return_interview_hours)
    if done is not None and done.done_at is not None:
        return ["Yes"] if done.done_at <= episode.returned_at + limit else [strong("No")]
    until = open_until(reading, thread)
    if until is None:
        return [strong("No")]
    is_late = reading.casework.now() > episode.returned_at + limit
    return ["Due ", *reading.deadline(until, is_late=is_late)]


def open_until(reading: Reading, thread: Thread) -> date | None:
    """Give the day by which what a thread waits for is due: an action to be done, a referral to be
    answered, a return interview to be held or refused. None where it waits for nothing.
    """
    event, times = thread.start.event, reading.policy.times
    if isinstance(event, ActionSet):
        return None if thread.last(ActionDone) else event.due_on
    if isinstance(event, ReferralSent):
        due_on = thread.start.happened_on + timedelta(days=times.acknowledge_days)
        return None if any(_answer(reading, each) for each in thread.after) else due_on
    if isinstance(event, MissingEpisode) and event.returned_at:
        given, _ = _interviews(thread)
        until = event.returned_at + timedelta(hours=times.return_interview_hours)
        is_settled = any(each.done_at or each.because_not for each in given)
        return None if is_settled else until.astimezone().date()
    return None


def referral_blocks(reading: Reading) -> Iterator[Block]:
    """Give the referrals with what became of them, and those written and not sent."""
    case = reading.case
    if not case.referrals and not case.drafted:
        yield blocks.text("No referral is recorded.")
        return
    rows: list[list[Any]] = [
        [[e.event.to], ["Not sent"], [f"Drafted {reading.day(e.happened_on)}"]]
        for e in case.drafted
        if isinstance(e.event, ReferralDrafted)
    ]
    rows += [_referral(reading, thread, thread.start.event) for thread in case.referrals]
    yield blocks.table("Referrals", ["To", "Sent", "What became of it"], rows, row_headers=True)
    for thread in case.referrals:
        yield from _draft_sent(reading, thread.start)


def _referral(reading: Reading, thread: Thread, event: Any) -> list[Any]:
    sent: list[Rich] = [
        [reading.day(thread.start.happened_on), *([", ", event.how] if event.how else [])]
    ]
    sent += [[event.told_at]] if event.told_at else []
    sent += lines(("They will do", event.will_do))
    became = [words for each in thread.after if (words := _answer(reading, each))]
    until = open_until(reading, thread)
    if until is not None:
        due = reading.deadline(until, is_late=until < reading.today)
        became.append(["No answer yet, due ", *due])
    if reading.may_add and not thread.last(ReferralClosed):
        to = f"write:referral:{thread.start.seq}"
        became.append([go(to, "Say what became of it", hidden=f": {event.to}")])
    return [[event.to], sent, became]


def _answer(reading: Reading, entry: Entry) -> list[Run]:
    event, day = entry.event, reading.day(entry.happened_on)
    if isinstance(event, ReferralAcknowledged):
        return [f"Acknowledged {day}", *_by(event.by)]
    if isinstance(event, ReferralAccepted):
        return [f"Accepted {day}", *_by(event.worker)]
    if isinstance(event, ReferralDeclined):
        return [strong(f"Declined {day}: "), event.because]
    if isinstance(event, ReferralClosed):
        return [f"Closed {day}: ", event.because]
    return []


def _draft_sent(reading: Reading, entry: Entry) -> Iterator[Block]:
    """Show what stood in the draft that a referral was made from, before any screening."""
    event = entry.event
    if isinstance(event, ReferralSent) and event.written:
        inside = list(written_so_far(reading.instrument, event.written, entry.happened_on))
        words = f"What was written when the referral of {reading.day(entry.happened_on)} was made"
        if inside:
            yield blocks.details(words, inside)
