"""May the view of a child be lowered?

Stepping down is harder than stepping up: it takes dated evidence of change for each driver of the
view that stands, the child's or the family's view, and a second reader who is neither the person
who writes nor the one who screened. Lowering fast is pointed out, and never refused. Harm recorded
earlier stays visible.
"""

import re
from collections.abc import Iterator
from datetime import date

from cse_workbook.case import Case
from cse_workbook.case.events import Evidence, StepDownAgreed
from cse_workbook.errors import Problem, problem
from cse_workbook.instrument import Instrument
from cse_workbook.instrument.model import Route
from cse_workbook.policy import Policy
from cse_workbook.standing import OTHER, Standing, standing

_TWO = 2  # steps that are pointed out; also the routes that count as low, and those above as high


def drivers_of(view: Standing) -> tuple[str, ...]:
    """Give what evidence is asked for: each driver, or what else drives a view that names none."""
    return view.drivers or (OTHER,)


def driver_label(driver: str, instrument: Instrument) -> str:
    """Give the words for a driver of a view."""
    labels = {indicator.key: indicator.label for indicator in instrument.indicators}
    return labels.get(driver, "what else drives the view")


def routes_below(view: Standing, instrument: Instrument) -> tuple[Route, ...]:
    """Give the routes that ask for less than a view, lowest first."""
    keys = [route.key for route in instrument.routes]
    return instrument.routes[: keys.index(view.route)] if view.route in keys else ()


def screeners(case: Case, view: Standing) -> frozenset[str]:
    """Give who made the last screening, and the one that the view was given about."""
    starts = [thread.start for thread in case.screenings]
    about = [start for start in starts if start.seq < view.entry.seq]
    return frozenset(start.recorded_by for start in (*about[-1:], *starts[-1:]))


def objections(
    event: StepDownAgreed, case: Case, writer: str, today: date, instrument: Instrument
) -> Iterator[Problem]:
    """Find what stands against lowering a view (CASE_06, _08, _14 to _17)."""
    where, view = f"Case {case.ref}", standing(case, instrument)
    if view is None:
        yield problem("CASE_14", f"{where}, to_route", label="none yet")
        return
    for driver in drivers_of(view):
        yield from _lacking(event, driver, view.entry.happened_on, today, where, instrument)
    below = [route.key for route in routes_below(view, instrument)]
    if event.to_route and (event.to_route not in below or event.from_route != view.route):
        label = next((r.view_label for r in instrument.routes if r.key == view.route), view.route)
        yield problem("CASE_14", f"{where}, to_route", label=label)
    made = screeners(case, view)
    if _is_one_of(event.second_reader, {writer, *made}):
        yield problem("CASE_17", f"{where}, second_reader")
    if writer in made:
        yield problem("CASE_06", where)


def _lacking(
    event: StepDownAgreed,
    driver: str,
    since: date,
    today: date,
    where: str,
    instrument: Instrument,
) -> Iterator[Problem]:
    """Say what the evidence for one driver lacks."""
    place, label = f"{where}, evidence.{driver}", driver_label(driver, instrument)
    given = {each.driver: each for each in event.evidence}
    found = given.get(driver, Evidence(driver, "", today, ""))
    if not found.changed.strip():
        words = "Write what has changed for"
        yield problem("CASE_15", f"{place}.changed", words=words, driver=label)
    if found.seen_on > today:
        yield problem("CASE_08", f"{place}.seen_on")
    elif found.seen_on < since:
        yield problem("CASE_16", f"{place}.seen_on", driver=label)
    if not found.source.strip():
        words = "Enter the source of the evidence for"
        yield problem("CASE_15", f"{place}.source", words=words, driver=label)


def _is_one_of(reader: str, names: set[str]) -> bool:
    """Tell whether nobody is named, or somebody who cannot be the second reader."""
    said = reader.casefold()
    words = {said.strip(), *re.findall(r"[^\s,;()]+", said)}
    return not said.strip() or bool(words & {name.casefold() for name in names})


def interruption(
    case: Case, to_route: str, today: date, instrument: Instrument, policy: Policy
) -> str | None:
    """Give the words that point out a fast lowering, or nothing.

    Two steps or more are pointed out; so is a view that comes down from refer now or above to the
    lowest two inside one review interval, also in several agreements of one step each.
    """
    view = standing(case, instrument)
    order = {route.key: place for place, route in enumerate(instrument.routes)}
    if view is None or to_route not in order:
        return None
    to = order[to_route]
    place, since = order.get(view.route, 0), view.entry.happened_on
    recent = [
        (order.get(entry.event.from_route, 0), entry.happened_on)
        for entry in case.views
        if isinstance(entry.event, StepDownAgreed)
        and (today - entry.happened_on).days < policy.times.review_days
    ]
    high = [each for each in recent if each[0] > _TWO > to and each[0] > place]
    if high and place > to:
        place, since = max(high)
    steps = place - to
    if steps < _TWO:
        return None
    words = {_TWO: "two", 3: "three", 4: "four"}.get(steps, str(steps))
    return f"You are lowering this view by {words} steps {_in((today - since).days)}"


def _in(days: int) -> str:
    if days < 1:
        return "in less than a day"
    return f"in {days} day{'' if days == 1 else 's'}"
