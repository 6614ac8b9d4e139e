"""What stands around every page: banner, help, foot, titles, buttons, and the pages of failure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cse_workbook.screening import ANSWERS
from cse_workbook.views import blocks
from cse_workbook.views.answers import check_blocks
from cse_workbook.views.aside import aside_blocks
from cse_workbook.views.blocks import Block, Rich, button, go
from cse_workbook.views.outcome_page import result_blocks
from cse_workbook.views.pages import (
    PROTECTIVE_TITLE,
    child_blocks,
    clock,
    missing,
    order,
    page_blocks,
    protective_blocks,
    sections_blocks,
    start_blocks,
    view_blocks,
    written,
)

if TYPE_CHECKING:
    from cse_workbook.views.journey import Journey

ASIDE = ("refer_now", "told", "correct", "adult", "delete", "paper", "elsewhere", "accessibility")
HEADINGS = {
    "start": "Screen a child",
    "sections": "Screen a child",
    "protective": PROTECTIVE_TITLE,
    "view": "Your view",
    "check": "Check your answers and record them",
    "outcome": "Outcome",
    "refer_now": "Refer now",
    "adult": "This workbook is for children",
    "delete": "Delete this draft?",
    "told": "Whom have you told?",
    "correct": "Correct a mistake",
    "paper": "Screening form on paper",
    "elsewhere": "This screening is already open",
    "accessibility": "Accessibility statement",
}


def page(journey: "Journey", name: str) -> dict[str, Any]:
    """Give a whole page as the widget takes it."""
    own = {each.key: each for each in journey.instrument.pages}
    heading = HEADINGS.get(name)
    if heading is None:
        group = next((g for g in journey.instrument.groups if g.key in own[name].groups), None)
        heading = group.heading if group and len(own[name].groups) < 3 else own[name].label
    title = HEADINGS.get(name) or own[name].label
    recorded = journey.recording.recorded_at(journey.desk.recorded_draft)
    at = {"at": clock(recorded.recorded_at), "entry": recorded.seq} if recorded else None
    return {
        **_frame(journey, name, drafted=recorded is None),
        **{"id": name, "title": title, "heading": heading, "caption": _caption(journey, name)},
        "section": HEADINGS["start"],
        **{"back": _back(journey, name), "draft": journey.desk.draft_id, "recorded": at},
        "saved_at": clock(journey.desk.saved_at) if journey.desk.saved_at else None,
        "blocks": [*_blocks(journey, name), *_foot(journey, name)],
    }


def closed(reference: str) -> dict[str, Any]:
    """Give the page that says that the records cannot be opened."""
    words = (
        "Nothing has been changed or lost. Tell your administrator and give this reference:"
        f" {reference}. If you are worried about a child, do not wait: speak to your safeguarding"
        " lead, and use the paper form."
    )
    heading = "The records cannot be opened"
    return {
        **{"id": "closed", "title": heading, "heading": heading, "caption": None, "back": None},
        **{"draft": None, "recorded": None, "saved_at": None, "blocks": [blocks.text(words)]},
        **{"focus": None, "problems": [], "alert": None, "read_only": False, "known": {}},
        "shell": {
            **{"signed_in": "", "foot": [], "refer_now": None, "on_this_page": []},
            **{"pause_minutes": 60, "nothing_yet": False},
        },
        "printing": {"head": None, "foot": []},
    }


def _frame(journey: "Journey", name: str, *, drafted: bool) -> dict[str, Any]:
    instrument, policy, who = journey.instrument, journey.policy, journey.who
    edition = f"{instrument.title}, edition {instrument.edition}"
    foot: Rich = [
        f"Instrument: {edition}. Policy: {policy.key}. ",
        go("go:accessibility", "Accessibility statement"),
    ]
    made = f"Made by {who.role}, {who.agency}, {_moment(journey.now())}."
    head = journey.store.head()
    on_this_page = (
        ("why", "Why"),
        ("how-sure", "How sure this is"),
        ("find-out", "What to find out"),
        ("what-to-do", "What to do"),
        ("documents", "Documents"),
    )
    in_draft = drafted and journey.desk.draft_id is not None and name != "refer_now"
    return {
        "shell": {
            "signed_in": f"{who.role}, {who.agency}",
            "foot": foot,
            "refer_now": "go:refer_now" if in_draft else None,
            "pause_minutes": policy.times.pause_after_minutes,
            "on_this_page": [
                {"focus": focus, "text": words}
                for focus, words in on_this_page
                if name == "outcome"
            ],
            "nothing_yet": journey.desk.draft_id is not None and not journey.desk.answers,
            **journey.around,
        },
        "printing": {
            "head": "Draft, not recorded" if in_draft else None,
            "foot": [
                f"{edition}. Policy: {policy.key}. Record: {head.short}. {made} Made to help a"
                " professional decide."
            ],
        },
        **{"focus": None, "problems": [], "alert": None, "read_only": False, "known": {}},
    }


def _caption(journey: "Journey", name: str) -> str | None:
    started, child = journey.desk.started_at, journey.desk.child_ref or "a child"
    if name == "outcome":
        result = journey.recording.result(journey.desk.recorded_draft)
        screening = result.screening
        on = written(screening.screened_on) if screening.screened_on else ""
        return f"Screening of {screening.child_ref}, aged {screening.age}, {on}"
    if journey.desk.draft_id is None or started is None:
        return None
    if name == "sections":
        day = written(started.astimezone().date())
        return f"Screening of {child}, started {day} at {clock(started)}"
    return f"Screening of {child}"


def _back(journey: "Journey", name: str) -> dict[str, str] | None:
    following = order(journey.instrument)
    if name in following:
        place = following.index(name)
        return {"to": f"go:{following[place - 1] if place else 'sections'}"}
    if name in ("refer_now", "delete", "adult"):
        return {"to": "go:child" if name == "adult" else "go:sections"}
    if name in ("told", "correct"):
        return {"to": "go:outcome"}
    if name in ("paper", "accessibility"):
        inside = "outcome" if "outcome" in journey.known_pages() else "sections"
        return {"to": f"go:{inside if journey.desk.draft_id else 'start'}"}
    return None


def _blocks(journey: "Journey", name: str) -> Iterator[Block]:
    instrument, draft, today = journey.instrument, journey.desk.answers, journey.desk.today
    if name == "start":
        yield from start_blocks(started(journey))
    elif name == "sections":
        yield from sections_blocks(instrument, draft, today, started(journey))
    elif name == "child":
        yield from child_blocks(instrument, draft, today, notice(journey), before(journey))
    elif name == "protective":
        yield from protective_blocks(draft)
    elif name == "view":
        yield from view_blocks(instrument, draft)
    elif name == "check":
        yield from check_blocks(instrument, draft, journey.desk.child_ref, today)
        lacking = missing(instrument, draft, today)
        if lacking:
            yield blocks.text(f"Before it can be recorded: {lacking}.")
    elif name == "outcome":
        result = journey.recording.result(journey.desk.recorded_draft)
        yield from result_blocks(result, draft)
    elif name in ASIDE:
        yield from aside_blocks(journey, name)
    else:
        own = next(each for each in instrument.pages if each.key == name)
        yield from page_blocks(own, instrument, draft, today, before(journey))


def _foot(journey: "Journey", name: str) -> Iterator[Block]:
    if name not in order(journey.instrument) or name == "check":
        return
    yield {"kind": "danger_line"}
    links = [button("Go to the list of sections", "go:sections", "link")]
    if name != "view":
        links.append(button("Go straight to your view", "go:view", "link"))
    yield blocks.buttons(button("Continue", "continue"), *links)


def started(journey: "Journey") -> list[tuple[str, str, str, str]]:
    """List the person's other drafts: id, reference, day started, when last saved."""
    mine = journey.store.drafts.of(journey.who.name)
    return [
        (
            draft.draft_id,
            draft.child_ref or "New child",
            written(draft.started_at.astimezone().date()),
            _moment(draft.saved_at),
        )
        for draft in mine
        if draft.draft_id != journey.desk.draft_id
        and not {"follows", "form"} & draft.answers.keys()
    ]


def _moment(at: datetime) -> str:
    return f"{written(at.astimezone().date())} at {clock(at)}"


def notice(journey: "Journey") -> str:
    """Say that the child has been screened before; nothing of it is carried over."""
    earlier = journey.recording.last_screening(journey.desk.child_ref)
    if earlier is None:
        return ""
    by = "you" if earlier.recorded_by == journey.who.name else "another person"
    day = written(earlier.happened_on)
    return (
        f"{journey.desk.child_ref} was screened on {day} by {by}. Your screening is your own:"
        " nothing is carried over."
    )


def before(journey: "Journey") -> Mapping[str, str]:
    """Give the words for each answer of the person's own last screening of this child."""
    earlier = journey.recording.last_screening(journey.desk.child_ref)
    if earlier is None or earlier.recorded_by != journey.who.name:
        return {}
    labels = {choice.key: choice.label for choice in journey.instrument.answers}
    day = written(earlier.happened_on)
    answers = journey.recording.answers_of(earlier)
    return {k: f"Last time, {day}: {labels[a]}" for k, a in answers.items() if a in ANSWERS}
