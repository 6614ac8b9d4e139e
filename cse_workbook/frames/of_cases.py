"""The rows of the frame of cases."""

from collections.abc import Sequence

from cse_workbook.case import Case
from cse_workbook.case.events import (
    ActionDone,
    ActionSet,
    CaseClosed,
    RecordRead,
    SecondReading,
    StepDownAgreed,
)
from cse_workbook.frames.kinds import NO, NOT_APPLICABLE, YES
from cse_workbook.frames.lens import Lens
from cse_workbook.frames.of_actions import review_due, safeguards
from cse_workbook.frames.reading import (
    Made,
    Read,
    Row,
    first_referral,
    groups,
    heard_on,
    word,
)
from cse_workbook.frames.working_days import working_days
from cse_workbook.standing import HOST_LEAD, IRO, told


def case_row(one: Read, missing: Sequence[Row], lens: Lens) -> Row:
    """Give the row of a case, whose episodes of being missing have these rows."""
    case, last = one.case, one.made[-1] if one.made else None
    view = one.standing_by(case.entries[-1].seq)
    return {
        "child": case.ref,
        "case": case.ref,
        "opened_on": case.opened_on,
        "is_open": case.is_open,
        "closed_on": None if case.is_open else _closed_on(case),
        **groups(last, case.entries[0].agency),
        "route": lens.route(last.told.route if last else ""),
        "view": lens.route(view),
        "view_beside": lens.beside(view, last.told.route if last else ""),
        **_numbers(one, lens),
        **_reads(case),
        **_reviews(one, view, lens),
        **_interviews(missing),
        **_told(case, last),
        **_actions(case, lens),
        **_days(one),
    }


def _closed_on(case: Case) -> object:
    closed = (e for e in reversed(case.entries) if e.kind == CaseClosed.__name__)
    return next(each.happened_on for each in closed)


def _numbers(one: Read, lens: Lens) -> Row:
    """Count what stands in the record."""
    case = one.case
    lowered = [(e, e.event) for e in case.views if isinstance(e.event, StepDownAgreed)]
    kept = [safeguards(case, entry, event, lens) for entry, event in lowered]
    return {
        "n_entries": len(case.entries) - len(case.reads),
        "n_screenings": len(case.screenings),
        "n_referrals": len(case.referrals),
        "n_reviews": len(case.reviews),
        "n_meetings": len(heard_on(case)),
        "n_advice": len(case.advice),
        "n_second_readings": sum(
            isinstance(e.event, SecondReading) for t in case.screenings for e in t.after
        ),
        "n_step_downs": len(lowered),
        "n_step_downs_safeguarded": sum(each["has_all_safeguards"] == YES for each in kept),
        "n_corrections": sum(len(each) for each in case.corrections.values()),
        "n_blaming_terms": sum(one.n_blaming) + one.n_blaming_beside,
    }


def _reads(case: Case) -> Row:
    reads = [entry.event for entry in case.reads if isinstance(entry.event, RecordRead)]
    return {
        "n_reads": len(case.reads),
        "n_reads_without_purpose": sum(not each.purpose.strip() for each in reads),
        "n_identity_shown": sum(each.identity for each in reads),
    }


def _reviews(one: Read, view: str, lens: Lens) -> Row:
    """Say when the last and the next review are, and how the view has moved since."""
    last = max(one.case.reviews, key=lambda each: (each.happened_on, each.seq), default=None)
    then = one.standing_by(last.seq) if last else ""
    due_on = review_due(one, lens)
    return {
        "last_review_on": last.happened_on if last else None,
        "review_due_on": due_on,
        "is_review_overdue": due_on is not None and due_on < lens.today,
        "view_at_last_review": lens.route(then),
        "view_since_review": lens.beside(view, then),
        "n_steps_fallen": lens.fallen(view, then),
    }


def _interviews(rows: Sequence[Row]) -> Row:
    """Add up what became of the interviews after each return."""
    back = [row for row in rows if row["is_returned"]]
    return {
        "n_episodes": len(rows),
        "n_returns": len(back),
        "n_interviews_offered": _number(back, "interview_offered"),
        "n_interviews_accepted": _number(back, "interview_accepted"),
        "n_interviews_done": _number(back, "interview_done"),
        "n_interviews_in_time": _number(back, "interview_in_time"),
        "n_interviews_late": _number(back, "interview_in_time", NO),
    }


def _number(rows: Sequence[Row], name: str, value: str = YES) -> int:
    return sum(row[name] == value for row in rows)


def _told(case: Case, last: Made | None) -> Row:
    """Say who was told of a looked-after child, where the last screening asks for it."""
    asked = {each.key for each in last.told.actions} if last else set()
    return {
        name: word(told(case, step) is not None) if step in asked else NOT_APPLICABLE
        for name, step in (("host_lead_named", HOST_LEAD), ("iro_sighted", IRO))
    }


def _actions(case: Case, lens: Lens) -> Row:
    waiting = [t.start.event for t in case.actions if t.last(ActionDone) is None]
    overdue = (each for each in waiting if isinstance(each, ActionSet))
    return {
        "n_actions": len(case.actions),
        "n_actions_open": len(waiting),
        "n_actions_overdue": sum(each.due_on < lens.today for each in overdue),
    }


def _days(one: Read) -> Row:
    first = one.made[0] if one.made else None
    referred_on = first_referral(one.case, first.thread.start.seq) if first else None
    return {
        "first_screened_on": first.day if first else None,
        "last_screened_on": one.made[-1].day if first else None,
        "working_days_to_first_referral": working_days(first.day, referred_on) if first else None,
    }
