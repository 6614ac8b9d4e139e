"""The page of one case: its parts in the order in which they are read, also in print."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from cse_workbook.case import Entry
from cse_workbook.case.events import BodyErased, CaseClosed
from cse_workbook.screening import whole_years
from cse_workbook.standing import screened, worker
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, button, go, strong
from cse_workbook.views.office.case_answers import change_blocks, safeguard_blocks
from cse_workbook.views.office.case_history import (
    entry_blocks,
    since_blocks,
    since_heading,
    timeline_blocks,
)
from cse_workbook.views.office.case_lists import (
    action_blocks,
    care_blocks,
    missing_blocks,
    referral_blocks,
)
from cse_workbook.views.office.case_talk import (
    advice_blocks,
    blockage_blocks,
    meeting_blocks,
    sharing_blocks,
    signpost_blocks,
)
from cse_workbook.views.office.case_views import harm_blocks, view_blocks
from cse_workbook.views.office.reading import Reading
from cse_workbook.views.office.sections import Page, moment
from cse_workbook.views.office.writing import Writing
from cse_workbook.views.pages import clock, written

Part = Callable[[Reading], Iterator[Block]]
# Parts that show nobody's view, and nothing that follows from one: what a second reader may see.
ANSWERS: Final[Mapping[str, tuple[str, Part]]] = {
    "changes": ("What changed between screenings", change_blocks),
    "timeline": ("Timeline", timeline_blocks),
    "safeguard": ("SAFEGUARD over time", safeguard_blocks),
}
LISTS: Final[Mapping[str, tuple[str, Part]]] = {
    "actions": ("Open actions", action_blocks),
    "care": ("In care", care_blocks),
    "missing": ("Missing episodes", missing_blocks),
    "referrals": ("Referrals", referral_blocks),
    "blockages": ("Blockages and themes", blockage_blocks),
    "sharing": ("Sharing decisions", sharing_blocks),
    "advice": ("Advice given", advice_blocks),
    "meetings": ("Reviews and meetings", meeting_blocks),
    "signposts": ("Signposts that fit this case", signpost_blocks),
}
# Links to the parts stay short, so that they all stay in view beside the page.
LINKS: Final[Mapping[str, str]] = {
    "since": "Since you last looked",
    "changes": "What changed",
    "blockages": "Blockages",
    "signposts": "Signposts",
}
SEEN_BLIND: Final = ("changes", "safeguard", "care", "missing")
# Forms offered as buttons, and those folded away under them.
OFFERED: Final = ("advice", "reading", "action", "theme", "blockage")
LOWERS: Final = "step_down"
MORE: Final = ("review", "missing", "sharing", "correct", "close")
AFTER_CLOSING: Final = ("open_again", "correct")
FOR_LEADS: Final = frozenset({*OFFERED, LOWERS, "review"})


def case_page(reading: Reading, writing: Writing) -> Page:
    """Give the page of a case, with the form that lies open in it."""
    parts = [part for part in _parts(reading, writing) if part[2]]
    inner: list[Block] = [*_notices(reading), _who(reading), _opened(reading)]
    for name, words, given in parts:
        # The two views carry their own headings.
        inner += [] if name == "views" else [blocks.heading(words, id=name)]
        inner += given
    opened, case = reading.opened.recorded_at, reading.case
    return Page(
        title="Case review",
        heading=case.ref,
        blocks=inner,
        under="caseload",
        back="go:caseload" if reading.casework.is_lead else None,
        on_this_page=[(name, LINKS.get(name, words)) for name, words, _ in parts],
        foot=f"{case.ref}, read on {moment(opened)}. Purpose: {reading.purpose}.",
        state=(f"Read to entry {case.entries[-1].seq}", [go("reread", "Read again")]),
    )


def _parts(reading: Reading, writing: Writing) -> Iterator[tuple[str, str, list[Block]]]:
    """Give the parts that there are: id, heading, blocks."""
    if reading.is_blind:
        words = (
            "You are giving a second reading. The first view, what drove it and what the guidance"
            " says are shown when you have added yours, and so is what follows from them or was"
            " added meanwhile."
        )
        yield "add", "Add to this record", [blocks.text(words), *writing.blocks(reading.case)]
        seen = {**ANSWERS, **LISTS}
        for name in SEEN_BLIND:
            words, part = seen[name]
            yield name, words, list(part(reading))
        return
    if reading.new:
        yield "new", "Added while you were writing", list(entry_blocks(reading, reading.new))
    yield "since", since_heading(reading), list(since_blocks(reading))
    yield "views", "Standing view", list(view_blocks(reading))
    yield "harm", "Harm recorded earlier", list(harm_blocks(reading))
    for name, (words, part) in {**ANSWERS, **LISTS}.items():
        yield name, words, list(part(reading))
    yield "add", "Add to this record", list(_adding(reading, writing))


def _notices(reading: Reading) -> Iterator[Block]:
    """Say at the top that a case is closed, and what has been erased."""
    case = reading.case
    if not case.is_open:
        last = next((e for e in reversed(case.entries) if e.kind == CaseClosed.__name__), None)
        yield blocks.box("inset", _closed(reading, last))
    for entry in case.erased:
        event = entry.event
        if isinstance(event, BodyErased):
            when = reading.day(entry.happened_on)
            words = f"What entry {event.entry} said was erased on {when}, by a decision: "
            yield blocks.box("inset", [blocks.text(strong(words), event.decision)])


def _closed(reading: Reading, last: Entry | None) -> Iterator[Block]:
    said: Rich = []
    if last is not None:
        because = last.event.because if isinstance(last.event, CaseClosed) else ""
        said = [f" Closed on {reading.day(last.happened_on)} by {last.by}. ", because]
    yield blocks.text(strong("This case is closed."), *said)
    yield blocks.text(
        "Everything in it can be read. A correction can be added. Anything else, once the case has"
        " been opened again."
    )


def _who(reading: Reading) -> Block:
    """Give the identity bar: by reference only, until it is asked who the child is."""
    case, known = reading.case, reading.casework.store.children.read(reading.case.ref)
    facts: dict[str, Rich] = {
        "Age": [_age(reading)],
        "Home authority": [(known.home_authority if known else "") or "Not recorded"],
        "Lives in": [(known.host_authority if known else "") or "Not recorded"],
        "Allocated worker": [worker(case)],
    }
    child = reading.identity
    if child is None:
        facts["Name, date of birth, address"] = [go("identity:show", "Show who this is")]
        return blocks.facts(facts, id="who")
    born = child.date_of_birth
    facts |= {
        "Name": [child.name or "Not recorded"],
        "Date of birth": [written(born) if born else "Not recorded"],
        "Address": [child.address or "Not recorded"],
        "School": [child.school or "Not recorded"],
        "Parents or carers": [child.carers or "Not recorded"],
        "Entered in the record": [go("identity:hide", "Hide again")],
    }
    return blocks.facts(facts, id="who")


def _age(reading: Reading) -> str:
    """Give the age today where the date of birth is known, or the age at the last screening."""
    child = reading.casework.store.children.read(reading.case.ref)
    if child is not None and child.date_of_birth is not None:
        return str(whole_years(child.date_of_birth, reading.today))
    if not reading.case.screenings:
        return "Not recorded"
    last = reading.case.screenings[-1]
    return f"{screened(last).screening.age} on {reading.day(last.start.happened_on)}"


def _opened(reading: Reading) -> Block:
    at = reading.opened.recorded_at
    is_today = at.astimezone().date() == reading.today
    when = f"at {clock(at)}" if is_today else f"on {reading.moment(at)}"
    is_sentence = reading.purpose.startswith(("to ", "for "))
    why = f" {reading.purpose}" if is_sentence else f": {reading.purpose}"
    words = f"You opened this record {when}{why}. That is entered in the record."
    more = "" if reading.identity else " Showing who the child is will be entered too."
    return blocks.text(words + more, style="small")


def _adding(reading: Reading, writing: Writing) -> Iterator[Block]:
    """Offer what can be added, or show the form that lies open."""
    if reading.is_writing:
        yield from writing.blocks(reading.case)
        return
    is_lead, forms = reading.casework.is_lead, writing.forms
    if not reading.case.is_open:
        yield _buttons(writing, AFTER_CLOSING)
        return
    advise = "You advise; you do not manage this case. " if is_lead else ""
    kept = "What you add is kept with your role and the time, and cannot be edited later."
    yield blocks.text(advise + kept)
    if is_lead:
        yield _buttons(writing, OFFERED)
        yield blocks.text(go(f"write:{LOWERS}", forms[LOWERS].button))
    more = [key for key in MORE if is_lead or key not in FOR_LEADS]
    yield blocks.details("Add something else", [_buttons(writing, more)])


def _buttons(writing: Writing, keys: Sequence[str]) -> Block:
    """Make a button for each form, the first one in front."""
    styles = ("primary", *("secondary" for _ in keys[1:]))
    return blocks.buttons(
        *(
            button(writing.forms[key].button, f"write:{key}", style)
            for key, style in zip(keys, styles, strict=True)
        )
    )
