"""Tell the outcome of one screening in plain text that a tired person understands.

It finds words and decides nothing. The words are those of the instrument and of the outcome page.
What somebody wrote about the child is left out: only references and labels are printed.
"""

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Final

from cse_workbook.cli.explained import Explained
from cse_workbook.cli.layout import WIDTH, item, many, paragraph, written
from cse_workbook.cli.reasons import sure, why
from cse_workbook.outcome import Step, first

_YOUNG: Final = 13


def tell(explained: Explained) -> str:
    """Tell one outcome, in paragraphs."""
    few = not explained.outcome.findings
    middle = (_find_out, sure) if few else (sure, _find_out)
    parts = (_head, why, *middle, _to_do, _foot)
    return "\n\n".join("\n".join(part(explained)) for part in parts)


def _head(explained: Explained) -> Iterator[str]:
    route = explained.labels.routes[explained.outcome.route]
    on = explained.screening.screened_on
    yield f"Screening of {explained.screening.child_ref}" + (f", {written(on)}" if on else "")
    yield ""
    yield f"The guidance says: {route.label.upper()}"
    yield paragraph(route.says)
    if not explained.is_top:
        # The words that follow a call to 999 speak of the page and what is saved there.
        yield paragraph(route.then)
    yield from _beside_danger(explained)
    begin = first(explained.instrument, explained.wanted, explained.outcome.pathways)
    if begin is not None:
        yield paragraph(f"First: {begin.text}")
    if explained.screening.age < _YOUNG and explained.outcome.findings:
        yield paragraph(
            "The child is under 13. A child under 13 cannot consent to any sexual activity."
        )
    yield from _view(explained)


def _beside_danger(explained: Explained) -> Iterator[str]:
    below = [f for f in explained.outcome.findings if f.route != explained.outcome.route]
    if explained.is_top and below:
        reached = explained.labels.routes[str(below[0].route)].label
        yield paragraph(f"Apart from the danger, what is recorded reaches: {reached}.")


def _view(explained: Explained) -> Iterator[str]:
    view = explained.screening.view
    if view is None:
        return
    order = list(explained.labels.routes)
    said, guidance = order.index(view.route), order.index(explained.outcome.route)
    yield from ("", f"You said: {explained.labels.routes[view.route].view_label}")
    if said > guidance:
        yield paragraph(
            "You said more than the guidance asks for. Act on your own view. The guidance is"
            " the least to do, never the most. The steps below are those of your view."
        )
    elif said < guidance and explained.is_top:
        yield paragraph(
            "You said less than the guidance asks for. Immediate danger is recorded. If that"
            " was a mistake, correct it. If not, call 999 now."
        )
    elif said < guidance:
        yield paragraph(
            "You said less than the guidance asks for. That may be right. The record needs your"
            " reason and who you talked to. Until then, act on the guidance."
        )
    else:
        yield paragraph("You and the guidance agree.")


def _find_out(explained: Explained) -> Iterator[str]:
    yield "WHAT TO FIND OUT, AND FROM WHOM"
    outcome, urgent = explained.outcome, _urgent(explained)
    first = _is_open(explained, urgent)
    if first:
        yield paragraph(
            "Whether the child is in immediate danger is not known. Find that out first."
        )
    unknowns = [each for each in outcome.decisive_unknowns if each.indicator not in urgent]
    blanks = [key for key in outcome.decisive_blanks if key not in urgent]
    if not unknowns and not blanks:
        single = "No other single unknown" if first else "No single unknown"
        yield paragraph(f"{single} would change the outcome. Do not wait for more answers.")
        return
    named = " Ask the adults named." if unknowns else ""
    yield paragraph(
        f"Any one of these, if it turned out to be Yes, would raise the outcome.{named} Do not"
        " question the child."
    )
    for unknown in unknowns:
        label = explained.labels.indicators[unknown.indicator]
        yield item(f"{label}. Who may know: {unknown.who_would_know}.")
    if blanks:
        has = many(blanks, "question has", "questions have")
        yield paragraph(f"{has} no answer yet:")
        yield from _by_group(explained, blanks)


def _by_group(explained: Explained, keys: Sequence[str]) -> Iterator[str]:
    labels = explained.labels
    for group, title in labels.groups.items():
        here = [labels.indicators[key] for key in keys if explained.group_of[key] == group]
        if here:
            yield item(f"{title}: {'; '.join(here)}.")


def _urgent(explained: Explained) -> set[str]:
    """Give the indicators that lead to the highest route."""
    instrument = explained.instrument
    return {
        key
        for rule in instrument.rules
        if rule.route == instrument.routes[-1].key
        for condition in rule.when
        for counted in instrument.counted_by_name(condition)
        for key in counted
    }


def _is_open(explained: Explained, keys: set[str]) -> bool:
    answers = explained.screening.answers
    return any(key not in answers or answers[key].answer == "not_known" for key in keys)


def _to_do(explained: Explained) -> Iterator[str]:
    yield "WHAT TO DO"
    apart = {
        key: finding.rule
        for finding in explained.outcome.pathways
        for key in explained.labels.rules[finding.rule].actions
    }
    urgent = [s for s in explained.wanted if s.key not in apart or s.within == "now"]
    yield from _numbered(urgent, 1)
    number = len(urgent) + 1
    for finding in explained.outcome.pathways:
        here = [s for s in explained.wanted if apart.get(s.key) == finding.rule and s not in urgent]
        if here:
            yield from ("", f"{explained.labels.rules[finding.rule].label}:")
            yield from _numbered(here, number)
            number += len(here)


def _foot(explained: Explained) -> Iterator[str]:
    used, policy = explained.outcome.instrument, explained.outcome.policy
    if not explained.is_top:
        yield "Immediate danger? Call 999 now."
    yield paragraph(
        f"{explained.instrument.title}, edition {used.edition} ({used.digest[:19]}…)."
        f" Policy {policy.key} ({policy.digest[:19]}…). Made to help a professional decide.",
        indent="",
    )


def _numbered(found: Sequence[Step], start: int) -> Iterator[str]:
    whose = {"guidance": "the guidance", "local": "local policy"}
    for number, step in enumerate(found, start):
        mark = f"{number:>3}. "
        yield fill(f"{mark}{step.text}", WIDTH, subsequent_indent="     ")
        limit = f"By when: {step.within} ({whose[step.time]}). Who: {step.by}."
        yield paragraph(limit, indent="     ")
