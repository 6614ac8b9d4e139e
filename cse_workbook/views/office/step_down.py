"""The form with which it is agreed to lower the view of a child: hard, and never refused.

What is asked for stands in `cse_workbook.stepdown`; here it is asked.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from cse_workbook.case.events import Evidence, JudgementRecorded, StepDownAgreed
from cse_workbook.standing import OTHER, Standing, harm_recorded, standing
from cse_workbook.stepdown import driver_label, drivers_of, interruption, routes_below, screeners
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble
from cse_workbook.views.office import boxes
from cse_workbook.views.office.troubles import day_troubles, sentence
from cse_workbook.views.office.writing import Form, Sheet
from cse_workbook.views.pages import written

WARNING: Final = (
    "Children have been harmed after being lowered too fast. Past harm stays in the record."
)
_EVIDENCE: Final = "step_down.evidence"


def _view(sheet: Sheet) -> Standing | None:
    return standing(sheet.case, sheet.instrument) if sheet.case else None


def _bar(sheet: Sheet) -> str | None:
    """Say, before anything is typed, why this person cannot lower this view."""
    view = _view(sheet)
    if sheet.case is None or view is None or not routes_below(view, sheet.instrument):
        return "There is no view that can be lowered."
    own = sheet.casework.who.name in screeners(sheet.case, view)
    return f"{sentence('CASE_06')}." if own else None


def _heading(sheet: Sheet, driver: str) -> str:
    """Name a driver; what is not an indicator has the words of whoever gave the view."""
    view = _view(sheet)
    event = view.entry.event if view else None
    if driver == OTHER and isinstance(event, JudgementRecorded) and event.other_driver:
        return event.other_driver
    label = driver_label(driver, sheet.instrument)
    return f"{label[0].upper()}{label[1:]}"


def _blocks(sheet: Sheet) -> Iterator[Block]:
    view = _view(sheet)
    if view is None:
        return
    below = routes_below(view, sheet.instrument)
    names = {route.key: route.view_label for route in sheet.instrument.routes}
    yield blocks.text(
        f"The view that stands is {names.get(view.route, view.route)}, given"
        f" {written(view.entry.happened_on)} by {view.entry.by}. Say for each thing that drives it"
        " what has changed since."
    )
    for driver in drivers_of(view):
        yield from _evidence_blocks(sheet, driver)
    asked = "What is the child's or the family's view?"
    yield boxes.area(sheet, "step_down.child_view", asked, "Or why it could not be asked")
    hint = "Name and role. It cannot be you or the person who screened"
    yield boxes.line(sheet, "step_down.second_reader", "Who is the second reader?", hint)
    options = [(route.key, route.view_label, route.view_hint) for route in below]
    yield boxes.radios(sheet, "step_down.to_route", "What should the view be now?", options)


def _evidence_blocks(sheet: Sheet, driver: str) -> Iterator[Block]:
    label, field = driver_label(driver, sheet.instrument), f"{_EVIDENCE}.{driver}"
    yield blocks.heading(_heading(sheet, driver), 3)
    yield boxes.area(sheet, f"{field}.changed", f"What has changed for: {label}?", rows=2)
    yield boxes.day(sheet, f"{field}.seen_on", f"Date of the evidence for: {label}")
    asked = f"Where is it written, or who can confirm it, for: {label}?"
    yield boxes.line(sheet, f"{field}.source", asked)


def _drivers(sheet: Sheet) -> Sequence[str]:
    view = _view(sheet)
    return drivers_of(view) if view else ()


def _checks(sheet: Sheet) -> Iterator[Trouble]:
    for driver in _drivers(sheet):
        label = driver_label(driver, sheet.instrument)
        asked = f"Enter the date of the evidence for: {label}"
        field, codes = f"{_EVIDENCE}.{driver}.seen_on", ("FORM_16", "FORM_15")
        yield from day_troubles(sheet, field, label, asked, codes)


def _event(sheet: Sheet) -> StepDownAgreed:
    view = _view(sheet)
    return StepDownAgreed(
        from_route=view.route if view else "",
        to_route=sheet.words("step_down.to_route"),
        evidence=tuple(_evidence(sheet, driver, sheet.today) for driver in _drivers(sheet)),
        child_view=sheet.words("step_down.child_view"),
        second_reader=sheet.words("step_down.second_reader"),
    )


def _evidence(sheet: Sheet, driver: str, today: date) -> Evidence:
    field = f"{_EVIDENCE}.{driver}"
    return Evidence(
        driver=driver,
        changed=sheet.words(f"{field}.changed"),
        seen_on=sheet.date(f"{field}.seen_on") or today,
        source=sheet.words(f"{field}.source"),
    )


def _interruption(sheet: Sheet) -> tuple[str, Sequence[str]] | None:
    to, case = sheet.words("step_down.to_route"), sheet.case
    heading = case and interruption(case, to, sheet.today, sheet.instrument, sheet.policy)
    return (heading, [WARNING]) if heading else None


def _after(sheet: Sheet) -> str:
    """Say what the view is now, and that harm recorded earlier stays visible."""
    names = {route.key: route.view_label for route in sheet.instrument.routes}
    harm = harm_recorded(sheet.case, sheet.instrument) if sheet.case else {}
    listed = ", ".join(driver_label(key, sheet.instrument) for key in harm)
    stays = f" Harm recorded earlier stays visible: {listed}." if listed else ""
    return f"The view is now {names[sheet.words('step_down.to_route')]}.{stays}"


STEP_DOWN: Final = Form(
    key="step_down",
    button="Agree to lower the view",
    heading="Agree to lower the view",
    fields=dict.fromkeys(
        (
            f"{_EVIDENCE}.*",
            *("step_down.child_view", "step_down.second_reader", "step_down.to_route"),
        )
    ),
    blocks=_blocks,
    event=_event,
    checks=_checks,
    bar=_bar,
    interruption=_interruption,
    after=_after,
)
