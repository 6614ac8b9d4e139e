"""The pages beside the form: refer without finishing, tell somebody, an adult, delete, two windows.

Here are also the notices that follow a press.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cse_workbook.case import Entry
from cse_workbook.views import blocks
from cse_workbook.views.answers import written_so_far
from cse_workbook.views.blocks import Block, Rich, button, strong
from cse_workbook.views.form import WORDS_AT_MOST, Draft, age_of
from cse_workbook.views.pages import clock, paper_blocks

if TYPE_CHECKING:
    from cse_workbook.views.journey import Journey


def aside_blocks(journey: "Journey", name: str) -> Iterator[Block]:
    """Give one of the pages beside the form."""
    if name == "refer_now":
        yield from _refer_now(journey)
    elif name == "told":
        yield from _telling(journey.desk.answers, "Add", "told:add")
    elif name == "correct":
        yield from _correct(journey)
    elif name == "elsewhere":
        since = clock(journey.desk.held_since or journey.now())
        yield blocks.text(
            f"You opened it in another window at {since}. If you go on here, the other window"
            " becomes read only. Nothing is lost."
        )
        leave = button("Leave it there", "go:start", "link")
        yield blocks.buttons(button("Go on here", "takeover"), leave)
    elif name == "adult":
        age = age_of(journey.desk.answers, journey.desk.today)
        yield blocks.text(
            f"You entered {age}. For an adult at risk, speak to your safeguarding lead about adult"
            " safeguarding today. In immediate danger, call 999. What you wrote is kept as a draft"
            " and has not been scored."
        )
        yield blocks.buttons(
            button("Change the age", "go:child"),
            button("Print what I wrote", "print", "secondary", print=True),
        )
        yield from written_so_far(journey.instrument, journey.desk.answers, journey.desk.today)
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
    yield from written_so_far(journey.instrument, journey.desk.answers, journey.desk.today)
    yield blocks.buttons(
        button("Print what I have written", "print", print=True),
        button("Go back to the form", "go:sections", "link"),
    )
    yield blocks.heading("When you have made the referral")
    yield from _telling(journey.desk.answers, "I have made the referral", "told:refer")


def _correct(journey: "Journey") -> Iterator[Block]:
    draft = journey.desk.answers
    screening = journey.recording.result(journey.desk.recorded_draft).screening
    words = {choice.key: choice.label for choice in journey.instrument.answers}
    given = {key: words[recorded.answer] for key, recorded in screening.answers.items()}
    asked = {i.key: i.label for i in journey.instrument.asked()}
    order = [*given, *(key for key in asked if key not in given)]
    options = [(key, f"{asked[key]}: {given.get(key, 'No answer')}") for key in order]
    yield blocks.text(
        "Nothing is edited. The correction is added with your reason, both stay visible, and what"
        " the guidance says is worked out again beside what it said before."
    )
    chosen = draft.get("correct.key")
    yield blocks.radios("correct.key", "Which answer is wrong?", options, chosen)
    answers = [(choice.key, choice.label) for choice in journey.instrument.answers]
    right = draft.get("correct.answer")
    yield blocks.radios("correct.answer", "What is the right answer?", answers, right, inline=True)
    why = draft.get("correct.reason")
    yield blocks.area("correct.reason", "Why is it corrected?", "", why, 3, WORDS_AT_MOST)
    yield blocks.buttons(button("Add the correction", "correct:add"))


def _telling(draft: Draft, words: str, to: str) -> Iterator[Block]:
    for field, label, hint in (
        ("told.who", "Whom have you told?", "A role and a service, not a name"),
        ("told.how", "How?", "For example, by telephone"),
        ("told.when", "When?", "For example, today at 14:20"),
        ("told.will_do", "What will they do?", "You can leave it empty"),
    ):
        yield blocks.line(field, label, hint, draft.get(field))
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
