"""The pages of questions, laid out as the instrument says: rows, panels, notes and blanks."""

from collections.abc import Iterator, Mapping

from cse_workbook.instrument import Indicator, Instrument
from cse_workbook.instrument.model import Group, Page
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich
from cse_workbook.views.form import EVIDENCE_AT_MOST, WORDS_AT_MOST, Draft

RAISED = ("yes", "possible")
THREE = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))


def asked_on(page: Page, instrument: Instrument) -> tuple[Indicator, ...]:
    """Give the indicators with a row of their own on a page, in the order of the instrument."""
    elsewhere = {key for other in instrument.pages if other is not page for key in other.indicators}
    return tuple(
        i
        for name in (*page.indicators, *page.groups)
        for i in instrument.asked()
        if i.key == name
        or (i.group == name and not i.asked_under and i.key not in (*elsewhere, *page.indicators))
    )


def with_nested(indicators: tuple[Indicator, ...], instrument: Instrument) -> list[Indicator]:
    """Give indicators with those asked under them."""
    keys = {indicator.key for indicator in indicators}
    return [i for i in instrument.asked() if i.key in keys or i.asked_under in keys]


def blanks_on(page: Page, instrument: Instrument, draft: Draft) -> list[str]:
    """Give the indicators of a page without an answer, where a blank says something."""
    normal = {group.key for group in instrument.groups if group.blanks_are_normal}
    return [
        i.key
        for i in asked_on(page, instrument)
        if i.group not in normal and not draft.get(f"answers.{i.key}")
    ]


def question_blocks(
    page: Page, instrument: Instrument, draft: Draft, age: int | None, before: Mapping[str, str]
) -> Iterator[Block]:
    """Give the blocks of a page of questions.

    `before` holds the words of each answer given last time, by indicator, for a second screening.
    """
    rows = asked_on(page, instrument)
    by_key = {group.key: group for group in instrument.groups}
    groups = [by_key[key] for key in page.groups]
    if any(group.evidence for group in groups):
        yield blocks.text(
            "Answer from what you know now. You do not have to prove anything. Leave a question"
            " blank if you have not looked at it."
        )
        yield answers_explained(instrument)
        if lettered := [i for i in rows if i.safeguard]:
            yield _letters(lettered, instrument)
    headings: list[str] = []
    for group in groups:
        here = [i for i in rows if i.group == group.key]
        new = group.heading not in headings
        yield from _group_head(group, instrument, heading=new and bool(headings))
        headings.append(group.heading)
        for indicator in here:
            yield row(indicator, instrument, draft, age, before)
    if page.asks_for_other:
        yield blocks.area(
            "other_concern",
            "Anything else that worries you?",
            "It is not counted by any rule. It is shown with the outcome, and people will read it",
            draft.get("other_concern"),
            4,
            WORDS_AT_MOST,
            count_from=9_000,
        )
    normal = {group.key for group in instrument.groups if group.blanks_are_normal}
    fields = [f"answers.{i.key}" for i in rows if i.group not in normal]
    if fields:
        yield {
            "kind": "blanks",
            "fields": fields,
            "page": page.key,
            "value": draft.get(f"looked.{page.key}"),
        }


def answers_explained(instrument: Instrument) -> Block:
    """Say what the four answers mean."""
    lines = [
        blocks.text(blocks.strong(choice.label + "."), f" {choice.help}")
        for choice in instrument.answers
    ]
    return blocks.details("What the four answers mean", lines, id="four-answers")


def row(
    indicator: Indicator,
    instrument: Instrument,
    draft: Draft,
    age: int | None,
    before: Mapping[str, str],
) -> Block:
    """Give one question row, with its panel, its notes and the rows asked under it."""
    field = f"answers.{indicator.key}"
    group = next(each for each in instrument.groups if each.key == indicator.group)
    letters = {letter.key: letter for letter in instrument.letters}
    lettered = indicator.safeguard and not indicator.asked_under
    letter = letters[indicator.safeguard[0]] if lettered else None
    nested = [i for i in instrument.asked() if i.asked_under == indicator.key]
    more = [
        *extras(indicator.key, draft),
        *(row(each, instrument, draft, age, before) for each in nested),
        *(_evidence(indicator, instrument, draft) if group.evidence else ()),
    ]
    marked = indicator.key in draft.get("all_at_once", ())
    once = "Recorded as Not known, all at once."
    at_once = [blocks.text(once, style="small", **blocks.when(field, "not_known"))]
    return {
        "kind": "question",
        "field": field,
        "label": indicator.label,
        "hint": [
            *([blocks.strong("Around the child. ")] if indicator.company else []),
            indicator.help,
        ],
        "letter": {"mark": letter.mark, "text": letter.label} if letter else None,
        "value": draft.get(field) or None,
        "options": [{"value": c.key, "label": c.label} for c in instrument.answers],
        "more": more,
        "notes": [
            *(at_once if marked else ()),
            *_notes(indicator, age),
            *_only_when(indicator, instrument, draft),
        ],
        "aside": [before[indicator.key]] if indicator.key in before else None,
    }


def _group_head(group: Group, instrument: Instrument, *, heading: bool) -> Iterator[Block]:
    if heading:
        yield blocks.heading(group.heading, 2)
    yield blocks.text(group.intro)
    if group.evidence:
        titles = {source.key: source.title for source in instrument.sources}
        yield blocks.quote(group.cite.quote.rstrip(":"), titles[group.cite.source])


def _letters(rows: list[Indicator], instrument: Instrument) -> Block:
    items = [
        {
            "mark": letter.mark,
            "text": letter.label,
            "questions": [
                {"focus": f"q-{i.key}", "text": i.label} for i in rows if letter.key in i.safeguard
            ],
        }
        for letter in instrument.letters
    ]
    letters = {"kind": "letters", "items": [item for item in items if item["questions"]]}
    return blocks.details("Find a question by SAFEGUARD letter", [letters], id="letters")


def _notes(indicator: Indicator, age: int | None) -> Iterator[Block]:
    for note in indicator.notes:
        inside = note.ages is None or (age is not None and note.ages.from_ <= age <= note.ages.to)
        if inside:
            shown = blocks.when(f"answers.{indicator.key}", *note.on)
            head, dot, rest = note.text.partition(".")
            runs: Rich = [blocks.strong(head + dot), rest] if note.urgent else [note.text]
            yield (
                blocks.emergency(*runs, alert=True, **shown)
                if note.urgent
                else blocks.text(*runs, **shown)
            )


def _only_when(indicator: Indicator, instrument: Instrument, draft: Draft) -> Iterator[Block]:
    needed = indicator.only_when
    if needed is None or draft.get(f"answers.{needed}") in RAISED:
        return
    page = next(p for p in instrument.pages if needed in {i.key for i in asked_on(p, instrument)})
    label = next(i.label for i in instrument.indicators if i.key == needed)
    words = {"no": "You answered No", "not_known": "You answered Not known"}
    given = words.get(draft.get(f"answers.{needed}", ""), "You have not answered")
    yield blocks.text(
        f"Counts only where this is so: {label}. {given}. ",
        blocks.go(f"go:{page.key}", "Change", f"the answer to: {label}"),
        style="small",
    )


def _evidence(indicator: Indicator, instrument: Instrument, draft: Draft) -> Iterator[Block]:
    field = f"answers.{indicator.key}"
    given = {p: draft.get(f"{field}.{p}") for p in ("evidence", "when", "kind", "source")}
    yield blocks.area(
        f"{field}.evidence", "What makes you say so?", "", given["evidence"], 2, EVIDENCE_AT_MOST
    )
    times = [(choice.key, choice.label) for choice in instrument.whens]
    yield blocks.radios(f"{field}.when", "When?", times, given["when"], inline=True)
    yield blocks.details(
        "Add the date, how you know, and where it is written",
        [
            blocks.day(
                f"{field}.seen_on",
                "Date it was seen or said",
                "For example, 10 11 2026. Leave it empty if you do not know",
                draft,
            ),
            blocks.radios(
                f"{field}.kind",
                "How do you know?",
                [(choice.key, choice.label) for choice in instrument.kinds],
                given["kind"],
            ),
            blocks.line(
                f"{field}.source",
                "Where is it written, or who can confirm it?",
                "A role or a record, for example School attendance record",
                given["source"],
            ),
        ],
    )


def extras(key: str, draft: Draft) -> Iterator[Block]:
    """Give what is asked besides, for circumstances that bring people and steps."""
    if key == "looked_after":
        label = "Which authority is responsible for the child? (home authority)"
        yield blocks.line("home_authority", label, "", draft.get("home_authority"))
    if key == "placed_outside_home_authority":
        label = "Which authority does the child live in? (host authority)"
        yield blocks.line("host_authority", label, "", draft.get("host_authority"))
        for field, label in (
            ("host_lead_named", "Is the host authority's CSE lead named in the care plan?"),
            ("iro_seen", "Has the Independent Reviewing Officer seen a risk assessment?"),
        ):
            yield blocks.radios(field, label, THREE, draft.get(field), inline=True)
    if key == "disabled":
        label = "What does the child need, so that they can take part?"
        yield blocks.area("needs", label, "", draft.get("needs"), 2, EVIDENCE_AT_MOST)
    if key == "abuse_by_partner_or_peer":
        given = draft.get("what_happened")
        yield blocks.area("what_happened", "What has happened?", "", given, 2, EVIDENCE_AT_MOST)
