"""The rows of the frame of screenings."""

from collections.abc import Iterator
from itertools import zip_longest

from cse_workbook.case.events import SecondReading
from cse_workbook.frames.kinds import NOT_APPLICABLE
from cse_workbook.frames.lens import Lens
from cse_workbook.frames.reading import (
    A_YEAR,
    Made,
    Read,
    Row,
    days,
    first_referral,
    groups,
    route_given,
    word,
)
from cse_workbook.frames.working_days import working_days
from cse_workbook.screening import Screening


def screenings(one: Read, lens: Lens) -> Iterator[Row]:
    """Give a row for each screening of a case."""
    before: Made | None = None
    for number, (made, after) in enumerate(zip_longest(one.made, one.made[1:]), 1):
        start = made.thread.start
        yield {
            "child": one.case.ref,
            "case": one.case.ref,
            "number": number,
            "screened_on": made.day,
            **groups(made, start.agency),
            **_routes(made, before, lens),
            **_answers(made.screening, lens),
            **_worth(made),
            "n_blaming_terms": one.n_blaming[number - 1],
            "n_corrections": len(one.case.corrections.get(start.seq, ())),
            **_around(one, made, before, after),
        }
        before = made


def _routes(made: Made, before: Made | None, lens: Lens) -> Row:
    """Say what the rules gave, and what people thought."""
    told, given = made.told, route_given(made)
    beside = lens.beside(given, told.route)
    reason = made.view.lower_because if made.view else ""
    readings = [e.event for e in made.thread.after if isinstance(e.event, SecondReading)]
    second = readings[-1].route if readings else ""
    return {
        "instrument": told.instrument.key,
        "edition": told.instrument.edition,
        "route": lens.route(told.route),
        "route_confirmed": lens.route(told.route_confirmed),
        "route_possible": lens.route(told.route_possible),
        "view": lens.route(given),
        "view_beside": beside,
        "is_lower_explained": word(bool(reason.strip())) if beside == "lower" else NOT_APPLICABLE,
        "second_view": lens.route(second),
        "second_beside": lens.beside(second, given),
        "view_since_last": lens.beside(given, route_given(before) if before else ""),
        "n_decisive_not_known": len(told.decisive_unknowns),
        "n_decisive_blank": len(told.decisive_blanks),
        "n_drivers": _n_drivers(made),
    }


def _n_drivers(made: Made) -> int:
    view = made.view or made.screening.view
    return len(view.drivers) + bool(view.other_driver) if view else 0


def _answers(screening: Screening, lens: Lens) -> Row:
    """Count the answers by what they are, and blanks where an answer was to be expected."""
    given = [each.answer for each in screening.answers.values()]
    n_blank = len(lens.expected.difference(screening.answers))
    return {
        "n_asked": len(given) + n_blank,
        "n_yes": given.count("yes"),
        "n_possible": given.count("possible"),
        "n_no": given.count("no"),
        "n_not_known": given.count("not_known"),
        "n_blank": n_blank,
        "n_all_at_once": len(screening.all_at_once),
    }


def _worth(made: Made) -> Row:
    """Count what stands behind the answers of concern, and whether the child is heard."""
    concerns = [
        each for each in made.screening.answers.values() if each.answer in ("yes", "possible")
    ]
    evidence = [each for each in concerns if each.evidence.strip()]
    return {
        "n_concerns": len(concerns),
        "n_concerns_with_evidence": len(evidence),
        "n_concerns_with_date": sum(each.seen_on is not None for each in concerns),
        "n_concerns_with_both": sum(each.seen_on is not None for each in evidence),
        "n_concerns_with_source": sum(bool(each.source.strip()) for each in concerns),
        "has_child_voice": bool(made.screening.child_said.strip()),
        "has_protective": bool(made.screening.protective.strip()),
    }


def _around(one: Read, made: Made, before: Made | None, after: Made | None) -> Row:
    """Say how far away the screenings beside it and the referral are."""
    since = days(before.day, made.day) if before else None
    seq = made.thread.start.seq
    referred_on = first_referral(one.case, seq, after.thread.start.seq if after else None)
    return {
        "days_since_last_screening": since,
        "days_to_next_screening": days(made.day, after.day) if after else None,
        "is_repeat_12_months": since is not None and since < A_YEAR,
        "referred_on": referred_on,
        "working_days_to_referral": working_days(made.day, referred_on),
    }
