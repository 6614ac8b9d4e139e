"""What has been written down, to be checked before it is recorded or read out in a call."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from cse_workbook.instrument import Indicator, Instrument
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, button, strong
from cse_workbook.views.form import CHILD_SAYS, OTHER, PROTECTS, Draft, age_of, date_of
from cse_workbook.views.pages import PROTECTIVE_TITLE, written
from cse_workbook.views.questions import RAISED, asked_on, with_nested

SHORT = {"yes": "Yes", "no": "No", "not_known": "Not known"}
BESIDE = {
    "home_authority": "Home authority",
    "host_authority": "Host authority",
    "host_lead_named": "Host CSE lead in the care plan",
    "iro_seen": "Independent Reviewing Officer has seen a risk assessment",
    "needs": "What the child needs",
    "what_happened": "What has happened",
}


def check_blocks(
    instrument: Instrument, draft: Draft, child_ref: str | None, today: date
) -> Iterator[Block]:
    """Give everything that will be recorded, by section, each with its link to change it."""
    yield blocks.text(
        "Nothing is recorded until you press the button at the end. After that, entries are never"
        " edited; a mistake is put right by adding a correction."
    )
    yield _child(instrument, draft, child_ref, today)
    for page in instrument.pages:
        if page.key != "child":
            asked = with_nested(asked_on(page, instrument), instrument)
            rows = list(_question_rows(asked, instrument, draft))
            rows += [
                _row(label, SHORT.get(draft[f], draft[f])) for f, label in _beside(page.key, draft)
            ]
            if page.asks_for_other and draft.get("other_concern"):
                rows.append(_row("Anything else", draft["other_concern"]))
            yield _summary(page.label, page.key, rows)
    said = [
        _row(label.rstrip(":"), SHORT.get(draft[field], draft[field]))
        for field, label in {**CHILD_SAYS, **PROTECTS}.items()
        if draft.get(field)
    ]
    yield _summary(PROTECTIVE_TITLE, "protective", said or [_row("No answer", "Nothing written")])
    yield _summary("Your view", "view", _view_rows(instrument, draft))
    yield blocks.heading("Record")
    yield blocks.text(
        "Recording keeps your answers and your view as they are now, with your role and the time."
        " Then you see what the guidance says."
    )
    record = button("Record, and see what the guidance says", "record", working="Recording…")
    yield blocks.buttons(record)


def written_so_far(instrument: Instrument, draft: Draft, today: date) -> Iterator[Block]:
    """Give what has been written, yes and possible with evidence first, to read out or to print."""
    age = age_of(draft, today)
    if age is not None:
        yield blocks.text(strong("Age: "), str(age))
    if draft.get("worry"):
        yield blocks.text(strong("What worries me: "), draft["worry"])
    rows = [
        row
        for row in _question_rows(instrument.asked(), instrument, draft)
        if row["key"] not in ("No answer", "No", "Not known")
    ]
    if rows:
        changeless = [{**row, "change": None} for row in rows]
        summary = {"kind": "summary", "heading": "What has been seen or said", "change": None}
        yield {**summary, "rows": changeless}
    if draft.get("other_concern"):
        yield blocks.text(strong("Anything else: "), draft["other_concern"])


def evidence_line(indicator: Indicator, instrument: Instrument, draft: Draft) -> str:
    """Say when, how it is known and where it is written, in one line."""
    field = f"answers.{indicator.key}"
    whens = {choice.key: choice.label for choice in instrument.whens}
    kinds = {choice.key: choice.label for choice in instrument.kinds}
    seen_on = date_of(draft, f"{field}.seen_on")
    parts = [
        whens.get(draft.get(f"{field}.when", ""), ""),
        written(seen_on) if seen_on else "",
        f"How you know: {kinds.get(draft.get(f'{field}.kind', ''), 'not provided').lower()}",
        draft.get(f"{field}.source", ""),
    ]
    return ". ".join(part for part in parts if part) + "."


def _row(key: str, value: object) -> dict[str, Any]:
    paragraphs: list[Rich] = [[line] for line in str(value).split("\n")]
    return {"key": key, "value": paragraphs, "small": None, "change": None}


def _summary(heading: str, page: str, rows: list[dict[str, Any]]) -> Block:
    change = {"to": f"change:{page}", "hidden": heading}
    return {"kind": "summary", "heading": heading, "change": change, "rows": rows}


def _child(instrument: Instrument, draft: Draft, child_ref: str | None, today: date) -> Block:
    page = next(each for each in instrument.pages if each.key == "child")
    labels = {choice.key: choice.label for choice in instrument.answers}
    rows = [
        _row("Child", f"{child_ref or 'A new reference'}, aged {age_of(draft, today)}"),
        _row("What worries you", str(draft.get("worry", ""))),
        *(
            _row(i.label, labels.get(str(draft.get(f"answers.{i.key}", "")), "No answer"))
            for i in asked_on(page, instrument)
        ),
    ]
    return _summary(page.label, page.key, rows)


def _question_rows(
    asked: Iterable[Indicator], instrument: Instrument, draft: Draft
) -> Iterator[dict[str, Any]]:
    asked = list(asked)
    evidence = {group.key: group.evidence for group in instrument.groups}
    labels = {choice.key: choice.label for choice in instrument.answers}
    for indicator in asked:
        answer = draft.get(f"answers.{indicator.key}")
        if answer in RAISED:
            value: list[Rich] = [[strong(labels[answer])]]
            if words := draft.get(f"answers.{indicator.key}.evidence"):
                value += [[line] for line in words.split("\n")]
            small = [evidence_line(indicator, instrument, draft)]
            yield {
                "key": indicator.label,
                "value": value,
                "small": small if evidence[indicator.group] else None,
                "change": {
                    "to": f"change:{_page_of(indicator, instrument)}",
                    "hidden": indicator.label,
                },
            }
    once = draft.get("all_at_once", ())
    for answer, words in (("not_known", "Not known"), ("no", "No"), ("", "No answer")):
        here = [i for i in asked if (draft.get(f"answers.{i.key}") or "") == answer]
        names = [
            f"{i.label} (all at once)" if answer == "not_known" and i.key in once else i.label
            for i in here
        ]
        if names:
            yield _row(words, "; ".join(names))


def _page_of(indicator: Indicator, instrument: Instrument) -> str:
    return next(
        page.key
        for page in instrument.pages
        if indicator in with_nested(asked_on(page, instrument), instrument)
    )


def _beside(page: str, draft: Draft) -> Iterator[tuple[str, str]]:
    for field, label in BESIDE.items():
        if page == "circumstances" and str(draft.get(field, "")).strip():
            yield field, label


def _view_rows(instrument: Instrument, draft: Draft) -> list[dict[str, Any]]:
    views = {route.key: route.view_label for route in instrument.routes}
    labels = {indicator.key: indicator.label for indicator in instrument.indicators}
    drivers = [
        draft.get("view.other", "") if key == OTHER else labels[key]
        for key in draft.get("view.drivers", ())
    ]
    rows = [
        {**_row("Your view", ""), "value": [[strong(views.get(draft.get("view.route", ""), ""))]]},
        _row("What drives it", "; ".join(drivers)),
        _row("Why", draft.get("view.because") or "Not provided"),
    ]
    if draft.get("view.talked_to"):
        rows.append(_row("Who you have talked to", draft["view.talked_to"]))
    return rows
