"""The forms with which a record is opened, advice is given, and a second reading."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cse_workbook.case import Thread
from cse_workbook.case.events import AdviceGiven, RecordRead, SecondReading
from cse_workbook.policy import Contact
from cse_workbook.screening import Recorded
from cse_workbook.standing import screened, view_at
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, button, strong
from cse_workbook.views.checks import Trouble, trouble
from cse_workbook.views.office import boxes
from cse_workbook.views.office.troubles import sentence
from cse_workbook.views.office.writing import Form, Sheet
from cse_workbook.views.pages import written

DRIVERS_AT_MOST: Final = 3
# What may be chosen, the words on the page, and the purpose that is entered in the record.
PURPOSES: Final = (
    ("advice", "To give advice", "to give advice"),
    ("meeting", "To prepare a meeting", "to prepare a meeting"),
    ("reading", "A second reading", "for a second reading"),
    ("audit", "An audit", "for an audit"),
)


# Opening a record


def _opening_blocks(sheet: Sheet) -> Iterator[Block]:
    options = [(key, words) for key, words, _ in PURPOSES]
    why = "Why are you opening this record?"
    yield boxes.radios(sheet, "opening.purpose", why, [*options, ("other", "Another reason")])
    told = "Which reason?"
    yield boxes.line(sheet, "opening.other", told, **blocks.when("opening.purpose", "other"))


def _opening(sheet: Sheet) -> RecordRead:
    chosen = sheet.words("opening.purpose")
    given = {key: purpose for key, _, purpose in PURPOSES}
    return RecordRead(sheet.words("opening.other") if chosen == "other" else given.get(chosen, ""))


def _opening_places(sheet: Sheet) -> Mapping[str, str]:
    return {"purpose": "opening.other"} if sheet.words("opening.purpose") == "other" else {}


def _opening_checks(sheet: Sheet) -> Iterator[Trouble]:
    if sheet.words("opening.purpose") == "other" and not sheet.words("opening.other"):
        yield Trouble("opening.other", "CASE_04", "Write why you are opening this record")


OPENING: Final = Form(
    key="opening",
    button="Open the record",
    heading="Why are you opening this record?",
    fields={
        "opening.purpose": (*(key for key, _, _ in PURPOSES), "other"),
        "opening.other": None,
    },
    blocks=_opening_blocks,
    event=_opening,
    checks=_opening_checks,
    places=_opening_places,
    add="Open the record",
    press="open_record",
    after_closing=True,
)


# Advice


def _advice_blocks(sheet: Sheet) -> Iterator[Block]:
    yield boxes.area(sheet, "advice.asked", "What was asked?")
    yield boxes.area(sheet, "advice.advice", "Your advice", rows=5)
    yield boxes.line(sheet, "advice.to", "Whom it was given to", "A role is enough")
    fitting = sheet.casework.offered(sheet.case) if sheet.case else ()
    if fitting:
        label = "Services that fit what is recorded"
        hint = "Choose those that your advice names"
        options = [(each.who, each.who, _in_a_line(each)) for each in fitting]
        yield boxes.ticks(sheet, "advice.signposts", label, options, hint)
    yield blocks.details("Search the whole directory of services", _directory(sheet))


def _directory(sheet: Sheet) -> Iterator[Block]:
    yield boxes.line(sheet, "advice.search", "Words to look for", "Leave it empty to see them all")
    yield blocks.buttons(button("Search", "search", "secondary"))
    found = sheet.casework.signposts(words=sheet.words("advice.search"))
    count = {0: "No service has", 1: "1 service has"}.get(len(found), f"{len(found)} services have")
    if sheet.words("advice.search"):
        yield blocks.status(f"{count} these words.")
    rows: list[list[Rich]] = [
        [[strong(c.who)], [c.what], [c.where], [c.hours], [c.how]] for c in found
    ]
    if rows:
        yield blocks.table("Services", ["Who", "For what", "Where", "Hours", "How"], rows)


def _in_a_line(contact: Contact) -> str:
    return f"{contact.what}. {contact.where}. {contact.hours}. {contact.how}."


def _advice(sheet: Sheet) -> AdviceGiven:
    ticked = sheet.chosen("advice.signposts")
    known = [each.who for each in sheet.policy.contact]
    return AdviceGiven(
        asked=sheet.words("advice.asked"),
        advice=sheet.words("advice.advice"),
        to=sheet.words("advice.to"),
        signposts=tuple(who for who in known if who in ticked),
    )


ADVICE: Final = Form(
    key="advice",
    button="Give advice",
    heading="Give advice",
    fields=dict.fromkeys(
        ("advice.asked", "advice.advice", "advice.to", "advice.signposts", "advice.search")
    ),
    many=("advice.signposts",),
    blocks=_advice_blocks,
    event=_advice,
)


# A second reading


def _read(sheet: Sheet) -> Thread | None:
    """Give the screening that is read: the one that was named, or the last."""
    threads = sheet.case.screenings if sheet.case else ()
    named = [thread for thread in threads if thread.start.seq == sheet.follows]
    return next(iter((*named, *reversed(threads))), None)


def _reading_bar(sheet: Sheet) -> str | None:
    """Say, before anything is typed, why there is nothing to read for this person."""
    thread = _read(sheet)
    if thread is None:
        return "There is no screening to read yet."
    own = thread.start.recorded_by == sheet.casework.who.name
    return f"{sentence('CASE_06')}." if own else None


def _reading_blocks(sheet: Sheet) -> Iterator[Block]:
    thread = _read(sheet)
    if thread is None:
        return
    yield blocks.text(
        "Read the answers and say what you think. You see the first view when you have added yours."
    )
    yield from _answers(sheet, thread)
    routes = [(r.key, r.view_label, r.view_hint) for r in sheet.instrument.routes]
    asked = "What do you think should happen now?"
    yield boxes.radios(sheet, "reading.route", asked, routes)
    if drivers := _drivers(sheet, thread):
        hint = f"Select up to {DRIVERS_AT_MOST}"
        yield boxes.ticks(sheet, "reading.drivers", "What drives your view?", drivers, hint)
    yield boxes.area(sheet, "reading.because", "Why?")


def _answers(sheet: Sheet, thread: Thread) -> Iterator[Block]:
    """Show what was answered and said, and nothing of what anybody concluded."""
    screening = screened(thread).screening
    day = written(thread.start.happened_on)
    yield blocks.text(f"Screening of {day}. The child was {screening.age}.", style="small")
    said = (
        ("The worry", screening.worry),
        ("Anything else", screening.other_concern),
        ("The child's words", screening.child_said),
        ("What protects the child", screening.protective),
    )
    for label, words in said:
        if words:
            yield blocks.text(strong(f"{label}: "), words)
    labels = {choice.key: choice.label for choice in sheet.instrument.answers}
    rows: list[list[Rich]] = [
        [[each.label], [strong(labels[given.answer])], [_behind(given)]]
        for each in sheet.instrument.asked()
        if (given := screening.answers.get(each.key)) is not None
    ]
    if rows:
        yield blocks.table("The answers", ["Question", "Answer", "What stands behind it"], rows)
    blank = len(sheet.instrument.asked()) - len(rows)
    yield blocks.text(f"{blank} question{' has' if blank == 1 else 's have'} no answer.")


def _behind(given: Recorded) -> str:
    parts = (given.evidence, written(given.seen_on) if given.seen_on else "", given.source)
    return ". ".join(part.rstrip(".") for part in parts if part)


def _drivers(sheet: Sheet, thread: Thread) -> Sequence[tuple[str, str]]:
    """Give the concerns that were answered yes or possible, in the order of the instrument."""
    answers = screened(thread).screening.answers
    return [
        (each.key, each.label)
        for each in sheet.instrument.asked()
        if each.key in answers and answers[each.key].answer in ("yes", "possible")
    ]


def _chosen_drivers(sheet: Sheet) -> tuple[str, ...]:
    thread = _read(sheet)
    offered = [key for key, _ in _drivers(sheet, thread)] if thread else []
    return tuple(key for key in offered if key in sheet.chosen("reading.drivers"))


def _reading(sheet: Sheet) -> SecondReading:
    thread = _read(sheet)
    return SecondReading(
        screening=thread.start.seq if thread else 0,
        route=sheet.words("reading.route"),
        drivers=_chosen_drivers(sheet),
        because=sheet.words("reading.because"),
    )


def _reading_checks(sheet: Sheet) -> Iterator[Trouble]:
    thread, chosen = _read(sheet), _chosen_drivers(sheet)
    if thread and _drivers(sheet, thread) and not chosen:
        yield trouble("reading.drivers", "FORM_22")
    elif len(chosen) > DRIVERS_AT_MOST:
        yield trouble("reading.drivers", "FORM_23", count=len(chosen))


def _both_views(sheet: Sheet) -> str:
    """Show the two views side by side, now that both are given."""
    labels = {route.key: route.view_label for route in sheet.instrument.routes}
    thread = _read(sheet)
    first = view_at(sheet.case, thread) if sheet.case and thread else None
    mine = f"You said {labels[sheet.words('reading.route')]}."
    theirs = (
        f" The person who screened said {labels.get(first.route, first.route)}." if first else ""
    )
    return f"{mine}{theirs} Both stand in the record."


READING: Final = Form(
    key="reading",
    button="Give a second reading",
    heading="Give a second reading",
    fields=dict.fromkeys(("reading.route", "reading.drivers", "reading.because")),
    many=("reading.drivers",),
    blocks=_reading_blocks,
    event=_reading,
    checks=_reading_checks,
    blind=True,
    bar=_reading_bar,
    after=_both_views,
)
