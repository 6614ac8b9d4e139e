"""What stands around every page: banner, help, foot, titles, buttons, and the pages of failure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cse_workbook.screening import ANSWERS
from cse_workbook.store import Entry
from cse_workbook.views import blocks
from cse_workbook.views.answers import check_blocks, written_so_far
from cse_workbook.views.blocks import Block, Rich, button, go, strong
from cse_workbook.views.form import age_of
from cse_workbook.views.outcome_page import result_blocks
from cse_workbook.views.pages import (
    PROTECTIVE_TITLE,
    child_blocks,
    clock,
    missing,
    order,
    page_blocks,
    paper_blocks,
    protective_blocks,
    sections_blocks,
    start_blocks,
    view_blocks,
    written,
)

if TYPE_CHECKING:
    from cse_workbook.views.journey import Journey

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
    "paper": "Screening form on paper",
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
    recorded = journey.recording.recorded_at(
        str(journey.answers.get("follows") or journey.draft_id)
    )
    at = {"at": clock(recorded.recorded_at), "entry": recorded.seq} if recorded else None
    return {
        **_frame(journey, name, drafted=recorded is None),
        **{"id": name, "title": title, "heading": heading, "caption": _caption(journey, name)},
        **{"back": _back(journey, name), "draft": journey.draft_id, "recorded": at},
        "saved_at": clock(journey.saved_at) if journey.saved_at else None,
        "blocks": [*_blocks(journey, name), *_foot(journey, name)],
    }


def _frame(journey: "Journey", name: str, *, drafted: bool) -> dict[str, Any]:
    instrument, policy, who = journey.instrument, journey.policy, journey.who
    edition = f"{instrument.title}, edition {instrument.edition}"
    foot: Rich = [
        f"Instrument: {edition}. Policy: {policy.key}. ",
        go("go:accessibility", "Accessibility statement"),
    ]
    made = f"Made by {who.role}, {who.agency}, {written(journey.today)} at {clock(journey.now())}."
    head = journey.store.head()
    on_this_page = (
        ("why", "Why"),
        ("how-sure", "How sure this is"),
        ("find-out", "What to find out"),
        ("what-to-do", "What to do"),
        ("documents", "Documents"),
    )
    in_draft = drafted and journey.draft_id is not None and name != "refer_now"
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
            "nothing_yet": journey.draft_id is not None and not journey.answers,
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
    started, child = journey.started_at, journey.child_ref or "a child"
    if name == "outcome":
        result = journey.recording.result(journey.recorded_draft())
        screening = result.screening
        on = written(screening.screened_on) if screening.screened_on else ""
        return f"Screening of {screening.child_ref}, aged {screening.age}, {on}"
    if journey.draft_id is None or started is None:
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
    if name == "told":
        return {"to": "go:outcome"}
    if name in ("paper", "accessibility"):
        inside = "outcome" if "outcome" in journey.known_pages() else "sections"
        return {"to": f"go:{inside if journey.draft_id else 'start'}"}
    return None


def _blocks(journey: "Journey", name: str) -> Iterator[Block]:
    instrument, draft, today = journey.instrument, journey.answers, journey.today
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
        yield from check_blocks(instrument, draft, journey.child_ref, today)
        lacking = missing(instrument, draft, today)
        if lacking:
            yield blocks.text(f"Before it can be recorded: {lacking}.")
    elif name == "outcome":
        result = journey.recording.result(journey.recorded_draft())
        yield from result_blocks(result, draft)
    elif name in ("refer_now", "told", "adult", "delete", "paper", "accessibility"):
        yield from _aside(journey, name)
    else:
        own = next(each for each in instrument.pages if each.key == name)
        yield from page_blocks(own, instrument, draft, today, before(journey))


def _aside(journey: "Journey", name: str) -> Iterator[Block]:
    if name == "refer_now":
        yield from _refer_now(journey)
    elif name == "told":
        yield from _telling("Add", "told:add")
    elif name == "adult":
        age = age_of(journey.answers, journey.today)
        yield blocks.text(
            f"You entered {age}. For an adult at risk, speak to your safeguarding lead about adult"
            " safeguarding today. In immediate danger, call 999. What you wrote is kept as a draft"
            " and has not been scored."
        )
        yield blocks.buttons(
            button("Change the age", "go:child"),
            button("Print what I wrote", "print", "secondary", print=True),
        )
        yield from written_so_far(journey.instrument, journey.answers, journey.today)
    elif name == "delete":
        yield blocks.text("It is removed for good. Nothing of it is in the record.")
        yield blocks.buttons(
            button("Delete it", "delete"), button("Keep it", "go:sections", "secondary")
        )
    elif name == "paper":
        yield from paper_blocks(journey.instrument)
    else:
        yield from _accessibility()


def _refer_now(journey: "Journey") -> Iterator[Block]:
    yield blocks.text("You do not need this form to make a referral. Call first; write later.")
    rows: list[list[Rich]] = [
        [[c.who], [c.what], [c.hours], [c.how]] for c in journey.policy.contact
    ]
    yield blocks.heading("Who to call")
    yield blocks.table("Who to call", ["Who", "For what", "When", "How"], rows)
    yield blocks.heading("What to say")
    yield blocks.text(
        "“I am worried that a child is being sexually exploited. I am"
        f" {journey.who.role} at {journey.who.agency}. This is what I know:”"
    )
    yield from written_so_far(journey.instrument, journey.answers, journey.today)
    yield blocks.buttons(
        button("Print what I have written", "print", print=True),
        button("Go back to the form", "go:sections", "link"),
    )
    yield blocks.heading("When you have made the referral")
    yield from _telling("I have made the referral", "told:refer")


def _telling(words: str, to: str) -> Iterator[Block]:
    yield blocks.line("told.who", "Whom have you told?", "A role and a service, not a name", "")
    yield blocks.line("told.how", "How?", "For example, by telephone", "")
    yield blocks.line("told.when", "When?", "For example, today at 14:20", "", 20)
    yield blocks.line("told.will_do", "What will they do?", "You can leave it empty", "")
    yield blocks.buttons(button(words, to))


def _accessibility() -> Iterator[Block]:
    yield blocks.text(
        "These pages are made to meet the Web Content Accessibility Guidelines 2.2 at level AA."
        " They work with a keyboard alone, on a screen 320 pixels wide, and when printed."
    )
    yield blocks.text(
        "They are checked with axe-core and by walking through them with the keyboard. They"
        " have not been tried with every screen reader. JupyterLab, in which lead officers may also"
        " work, does not meet the guidelines in all parts."
    )
    yield blocks.text("If something does not work for you, tell your administrator.")


def _foot(journey: "Journey", name: str) -> Iterator[Block]:
    if name not in order(journey.instrument) or name == "check":
        return
    yield {"kind": "danger_line"}
    links = [button("Go to the list of sections", "go:sections", "link")]
    if name != "view":
        links.append(button("Go straight to your view", "go:view", "link"))
    yield blocks.buttons(button("Continue", "continue"), *links)


def started(journey: "Journey") -> list[tuple[str, str, str, str, str]]:
    """List the other drafts: id, reference, day started, last saved, what becomes of it."""
    kept = journey.policy.times.drafts_kept_days
    listed = []
    for draft in journey.store.drafts.of(journey.who.name):
        if draft.draft_id == journey.draft_id or draft.answers.get("follows"):
            continue
        ends = draft.saved_at + timedelta(days=kept)
        soon = journey.now() > draft.saved_at + timedelta(days=kept // 2)
        fate = f"Will be removed on {written(ends.date())} if you do not use it" if soon else ""
        day = written(draft.started_at.astimezone().date())
        reference = draft.child_ref or "New child"
        listed.append((draft.draft_id, reference, day, _moment(draft.saved_at), fate))
    return listed


def _moment(at: datetime) -> str:
    return f"{written(at.astimezone().date())} at {clock(at)}"


def notice(journey: "Journey") -> str:
    """Say that the child has been screened before; nothing of it is carried over."""
    earlier = journey.recording.last_screening(journey.child_ref)
    if earlier is None:
        return ""
    by = "you" if earlier.recorded_by == journey.who.name else "another person"
    day = written(earlier.happened_on)
    return (
        f"{journey.child_ref} was screened on {day} by {by}. Your screening is your own: nothing is"
        " carried over."
    )


def before(journey: "Journey") -> Mapping[str, str]:
    """Give the words for each answer of the person's own last screening of this child."""
    earlier = journey.recording.last_screening(journey.child_ref)
    if earlier is None or earlier.recorded_by != journey.who.name:
        return {}
    labels = {choice.key: choice.label for choice in journey.instrument.answers}
    day = written(earlier.happened_on)
    answers = journey.recording.answers_of(earlier)
    return {k: f"Last time, {day}: {labels[a]}" for k, a in answers.items() if a in ANSWERS}


def open_elsewhere(since: str) -> dict[str, Any]:
    """Give the parts of the page that says that the draft is open in another window."""
    words = (
        f"You opened it in another window at {since}. If you go on here, the other window becomes"
        " read only. Nothing is lost."
    )
    here = button("Go on here", "takeover")
    return {
        **{"id": "elsewhere", "title": "Already open", "heading": "This screening is already open"},
        "blocks": [
            blocks.text(words),
            blocks.buttons(here, button("Leave it there", "go:start", "link")),
        ],
    }


def recording_failed(reference: str) -> Block:
    """Say that a screening was not recorded."""
    words = (
        "Your answers are kept as a draft. Try again. If it fails again, tell your administrator"
        f" ({reference}) and refer without waiting."
    )
    return {"heading": "Your screening was not recorded", "text": [[words]], "buttons": []}


def recorded_already(entry: Entry) -> Block:
    """Say that pressing the button again recorded nothing twice."""
    words = f"It was recorded at {clock(entry.recorded_at)} as entry {entry.seq}."
    text: list[Rich] = [[f"{words} Nothing was recorded twice."]]
    return {"heading": "This screening is recorded already", "text": text, "buttons": []}


def referral_kept() -> Block:
    """Say that a referral was noted."""
    words: Rich = [
        strong("It is in the record."),
        " Your draft is still here; finish it when you can.",
    ]
    return {"heading": "The referral is noted", "text": [words], "buttons": []}
