"""The rows of the frame of referrals."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from cse_workbook.case import Thread
from cse_workbook.case.events import (
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
)
from cse_workbook.frames.kinds import NOT_YET
from cse_workbook.frames.lens import Lens
from cse_workbook.frames.reading import (
    A_YEAR,
    Read,
    Row,
    days,
    groups,
    heard_on,
    route_given,
    word,
)
from cse_workbook.frames.working_days import working_days

_DECIDES: Final = (ReferralAccepted, ReferralDeclined, ReferralClosed)
_STATUS: Final[Mapping[type, str]] = {
    ReferralAcknowledged: "acknowledged",
    ReferralAccepted: "accepted",
    ReferralDeclined: "declined",
    ReferralClosed: "closed",
}


def referrals(one: Read, lens: Lens) -> Iterator[Row]:
    """Give a row for each referral of a case."""
    before: date | None = None
    for number, thread in enumerate(one.case.referrals, 1):
        start = thread.start
        sent_on, made = start.happened_on, one.last_by(start.seq)
        since = days(before, sent_on)
        yield {
            "child": one.case.ref,
            "case": one.case.ref,
            "number": number,
            "sent_on": sent_on,
            **groups(made, start.agency),
            "route": lens.route(made.told.route if made else ""),
            "view": lens.route(route_given(made) if made else ""),
            "status": _status(thread),
            "screened_on": made.day if made else None,
            "working_days_from_screening": working_days(made.day, sent_on) if made else None,
            **_steps(one, thread, lens),
            "days_since_last_referral": since,
            # Who else is told on the same day belongs to the same referral.
            "is_rereferral_12_months": since is not None and 0 < since < A_YEAR,
        }
        before = sent_on


def _status(thread: Thread) -> str:
    kinds: list[type] = [type(entry.event) for entry in thread.after]
    known = [_STATUS[kind] for kind in kinds if kind in _STATUS]
    return known[-1] if known else "waiting"


def _steps(one: Read, thread: Thread, lens: Lens) -> Row:
    """Say when each step came after the referral, and how long it took."""
    sent_on = thread.start.happened_on
    said_on = _first(thread, (ReferralAcknowledged,))
    decided_on = _first(thread, _DECIDES)
    answered_on = min((day for day in (said_on, decided_on) if day), default=None)
    meeting_on = _next(heard_on(one.case), decided_on or sent_on)
    held = sorted(entry.happened_on for entry in one.case.reviews)
    reviewed_on = _next(held, meeting_on)
    return {
        "is_acknowledged": answered_on is not None,
        "is_decided": decided_on is not None,
        "acknowledged_on": said_on,
        "decided_on": decided_on,
        "meeting_on": meeting_on,
        "reviewed_on": reviewed_on,
        "working_days_to_acknowledgement": working_days(sent_on, answered_on),
        "working_days_to_decision": working_days(said_on or sent_on, decided_on),
        "working_days_to_meeting": working_days(decided_on, meeting_on),
        "working_days_to_review": working_days(meeting_on, reviewed_on),
        "is_acknowledged_in_time": _in_time(sent_on, answered_on, lens),
    }


def _first(thread: Thread, kinds: tuple[type, ...]) -> date | None:
    found = (entry.happened_on for entry in thread.after if isinstance(entry.event, kinds))
    return min(found, default=None)


def _next(in_order: Sequence[date], since: date | None) -> date | None:
    return next((day for day in in_order if since is not None and day >= since), None)


def _in_time(sent_on: date, answered_on: date | None, lens: Lens) -> str:
    due_on = sent_on + timedelta(days=lens.policy.times.acknowledge_days)
    if answered_on is None and lens.today <= due_on:
        return NOT_YET
    return word(answered_on is not None and answered_on <= due_on)
