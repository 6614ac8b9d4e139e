"""Which view stands, what the guidance says beside it, who differs, which harm is recorded."""

from collections.abc import Iterator
from typing import Any, Final

from cse_workbook.case import Entry, Thread
from cse_workbook.case.events import JudgementRecorded, SecondReading, StepDownAgreed
from cse_workbook.outcome import Outcome
from cse_workbook.screening import Answer
from cse_workbook.standing import (
    Standing,
    harm_recorded,
    outcome_today,
    route_of,
    screened,
    standing,
    view_at,
)
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, Run, strong
from cse_workbook.views.office.reading import Reading, capital, lines
from cse_workbook.views.reasons import lowered

Side = dict[str, Any]

NO_SCREENING: Final = "No screening has been recorded yet."


def view_blocks(reading: Reading) -> Iterator[Block]:
    """Give the view that stands and what the guidance says, side by side, and what goes with it."""
    view = standing(reading.case, reading.instrument)
    yield blocks.pair(_view(reading, view), _guidance(reading), id="views")
    if view is not None:
        yield from _lowered(reading, view.entry)
        for entry in view.lower_since:
            yield _not_agreed(reading, entry)
    for thread in reading.case.screenings:
        yield from _second_readings(reading, thread)


def _view(reading: Reading, view: Standing | None) -> Side:
    heading = "Standing view"
    if view is None:
        return blocks.side(heading, "No view yet", ["Nobody has recorded a view of this child."])
    entry, event = view.entry, view.entry.event
    said: list[Rich] = [[f"{capital(entry.by)}, {reading.day(entry.happened_on)}."]]
    if isinstance(event, JudgementRecorded):
        said.append([f"Driven by: {reading.driven_by(event)}."])
        said += lines(("Why", event.because), ("Talked to", event.talked_to))
        said += list(_below(reading, event))
    elif isinstance(event, SecondReading):
        said.append([f"A second reading. Driven by: {reading.drivers(event.drivers)}."])
        said += lines(("Why", event.because))
    elif isinstance(event, StepDownAgreed):
        was, reader = reading.view(event.from_route), event.second_reader
        said.append([f"Lowered from {was}, with evidence. Second reader: {reader}."])
    return blocks.side(heading, reading.view(view.route), *said)


def _below(reading: Reading, view: JudgementRecorded) -> Iterator[Rich]:
    """Say that a view is below what the guidance says, and the reason given for it."""
    order = [route.key for route in reading.instrument.routes]
    outcome = _outcome(reading, -1)
    if outcome is None or not {view.route, outcome.route} <= set(order):
        return
    if order.index(view.route) >= order.index(outcome.route):
        return
    yield [strong("This is less than the guidance asks for.")]
    if not view.lower_because:
        yield [strong("No reason is recorded yet.")]
    talked = f"{view.consulted}. {view.consulted_said}".rstrip(". ")
    yield from lines(("Reason", view.lower_because), ("Looked at with", talked))


def _guidance(reading: Reading) -> Side:
    heading, threads = "What the guidance says", reading.case.screenings
    outcome = _outcome(reading, -1)
    if outcome is None:
        return blocks.side(heading, "Nothing yet", [NO_SCREENING])
    said: list[Rich] = [[*_reasons(reading, outcome), f" {readings(reading, outcome)}"]]
    said.append([f"Screened on {reading.day(threads[-1].start.happened_on)}."])
    recorded = screened(threads[-1]).outcome
    if recorded.route != outcome.route:
        words = lowered(reading.says(recorded.route))
        said.append([f"As it was recorded then, the guidance said: {words}."])
    before = _outcome(reading, -2)
    if before is not None:
        said.append([f"At the screening before: {lowered(reading.says(before.route))}."])
    return blocks.side(heading, reading.says(outcome.route), *said)


def _outcome(reading: Reading, place: int) -> Outcome | None:
    """Give what the rules say today about one of the screenings; of another instrument, what was
    recorded.
    """
    threads = reading.case.screenings
    if len(threads) < abs(place):
        return None
    made = screened(threads[place])
    return outcome_today(made.screening, reading.instrument, reading.policy) or made.outcome


def _reasons(reading: Reading, outcome: Outcome) -> Rich:
    labels = {rule.key: rule.label for rule in reading.instrument.rules}
    keys = [found.rule for found in outcome.findings if found.route == outcome.route]
    names = [labels.get(key, key.replace("_", " ")) for key in keys]
    if not names:
        return ["Nothing recorded reaches a threshold. This does not rule out exploitation."]
    return [f"{'. '.join(names)}."]


def readings(reading: Reading, outcome: Outcome) -> str:
    """Say the three readings of an outcome in one sentence."""
    confirmed, possible = outcome.route_confirmed, outcome.route_possible
    if confirmed == outcome.route == possible:
        return "The three readings agree."
    said = []
    if confirmed != outcome.route:
        said.append(f"counting only Yes it would be {lowered(reading.says(confirmed))}")
    if possible != outcome.route:
        words = lowered(reading.says(possible))
        said.append(f"if everything not known turned out to be Yes, {words}")
    return f"{capital(', and '.join(said))}."


def _lowered(reading: Reading, entry: Entry) -> Iterator[Block]:
    """Show what a view was lowered upon."""
    event = entry.event
    if not isinstance(event, StepDownAgreed):
        return
    items: list[Rich] = [
        [
            strong(f"{reading.label(each.driver)}: "),
            each.changed,
            f" (seen on {reading.day(each.seen_on)}, known from: ",
            each.source,
            ")",
        ]
        for each in event.evidence
    ]
    yield blocks.heading("Why the view was lowered", 3)
    yield blocks.bullets(*items, *lines(("The child or the family", event.child_view)))


def _not_agreed(reading: Reading, entry: Entry) -> Block:
    event = entry.event
    why = event.because if isinstance(event, JudgementRecorded | SecondReading) else ""
    said: list[Run] = [
        strong(f"{capital(entry.by)} said {reading.view(route_of(entry))}"),
        f" on {reading.day(entry.happened_on)}; lowering has not been agreed.",
        *([" Why: ", why] if why else []),
    ]
    return blocks.box("inset", [blocks.text(*said)])


def _second_readings(reading: Reading, thread: Thread) -> Iterator[Block]:
    """Put each second reading beside the first view of the same screening."""
    first = view_at(reading.case, thread)
    for entry in thread.after:
        event = entry.event
        if not isinstance(event, SecondReading):
            continue
        second = blocks.side(
            "Second reading",
            reading.view(event.route),
            [f"{capital(entry.by)}, {reading.day(entry.happened_on)}."],
            [f"Driven by: {reading.drivers(event.drivers)}."],
            *lines(("Why", event.because)),
        )
        yield blocks.pair(_first_view(reading, thread, first), second)
        if first is not None and first.route != event.route:
            yield blocks.text(
                strong("Two people differ."),
                " The view that asks for more stands until they agree.",
            )


def _first_view(reading: Reading, thread: Thread, view: JudgementRecorded | None) -> Side:
    heading = "First view"
    if view is None:
        return blocks.side(heading, "No view", ["No view was recorded with this screening."])
    return blocks.side(
        heading,
        reading.view(view.route),
        [f"{capital(thread.start.by)}, {reading.day(thread.start.happened_on)}."],
        [f"Driven by: {reading.driven_by(view)}."],
        *lines(("Why", view.because)),
    )


def harm_blocks(reading: Reading) -> Iterator[Block]:
    """Name the harm recorded earlier that the last screening does not show any more."""
    if not reading.case.screenings:
        return
    last = screened(reading.case.screenings[-1])
    shown = {k for k, given in last.screening.answers.items() if given.level >= Answer.POSSIBLE}
    found = harm_recorded(reading.case, reading.instrument)
    past = [(key, on) for key, on in found.items() if key not in shown]
    if past:
        words = "The last screening does not show this any more. It was recorded, and it counts."
        yield blocks.text(words)
        yield blocks.bullets(
            *([strong(reading.label(k)), f", last recorded on {reading.day(on)}"] for k, on in past)
        )
