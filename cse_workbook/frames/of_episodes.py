"""The rows of the frame of episodes of being missing."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from cse_workbook.case import Entry
from cse_workbook.case.events import MissingEpisode, ReturnInterview
from cse_workbook.frames.kinds import NO, NOT_APPLICABLE, NOT_KNOWN, NOT_YET, YES
from cse_workbook.frames.lens import Lens
from cse_workbook.frames.reading import Read, Row, days, groups, hours, local_day, word


def episodes(one: Read, lens: Lens) -> Iterator[Row]:
    """Give a row for each episode of a case."""
    for number, thread in enumerate(one.case.missing, 1):
        start, event = thread.start, thread.start.event
        if isinstance(event, MissingEpisode):
            yield {
                "child": one.case.ref,
                "case": one.case.ref,
                "number": number,
                "missing_on": local_day(event.missing_at),
                **groups(one.last_by(start.seq), start.agency),
                "is_returned": event.returned_at is not None,
                "returned_on": local_day(event.returned_at) if event.returned_at else None,
                "hours_missing": hours(event.missing_at, event.returned_at),
                **_interview(event, _offers(thread.after), lens),
            }


def _offers(after: Sequence[Entry]) -> list[ReturnInterview]:
    return [entry.event for entry in after if isinstance(entry.event, ReturnInterview)]


def _interview(event: MissingEpisode, offers: Sequence[ReturnInterview], lens: Lens) -> Row:
    back_at = event.returned_at
    done_at = min((each.done_at for each in offers if each.done_at), default=None)
    offered_on = min((each.offered_on for each in offers if each.offered_on), default=None)
    is_offered = bool(offered_on or done_at)
    row: Row = {
        "interview_offered": word(is_offered),
        "interview_accepted": _accepted(offers) if is_offered else NOT_APPLICABLE,
        "interview_done": word(done_at is not None),
        "interview_in_time": NOT_APPLICABLE,
        "days_to_offer": days(local_day(back_at), offered_on) if back_at else None,
        "hours_to_interview": hours(back_at, done_at),
    }
    if back_at is None:
        return {**row, **dict.fromkeys(list(row)[:4], NOT_APPLICABLE)}
    limit = timedelta(hours=lens.policy.times.return_interview_hours)
    if done_at is None and lens.today <= local_day(back_at + limit):
        return {**row, "interview_in_time": NOT_YET}
    in_time = done_at is not None and done_at - back_at <= limit
    return {**row, "interview_in_time": word(in_time)}


def _accepted(offers: Sequence[ReturnInterview]) -> str:
    if any(each.done_at for each in offers):
        return YES
    return NO if any(each.because_not.strip() for each in offers) else NOT_KNOWN
