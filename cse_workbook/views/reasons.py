"""Why the guidance says this, how sure it is, and what to find out and from whom."""

from collections.abc import Iterator, Sequence

from cse_workbook.instrument import Rule
from cse_workbook.outcome import Finding
from cse_workbook.screening import Recorded
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, Rich, strong
from cse_workbook.views.pages import written
from cse_workbook.views.result import Result


def lowered(words: str) -> str:
    """Put the first letter in lower case, unless the first word is an abbreviation."""
    return words if words[:2].isupper() else words[0].lower() + words[1:]


def why(result: Result) -> Iterator[Block]:
    """Say why the guidance says this: what counted, the sentence, and how it is read."""
    outcome = result.outcome
    yield blocks.heading("Why the guidance says this", id="why")
    deciding = [finding for finding in outcome.findings if finding.route == outcome.route]
    for finding in deciding:
        yield from _finding(result, finding)
    if not deciding:
        yield blocks.text(
            "No Yes and no Possible is recorded among the signs, the vulnerabilities, the ways in"
            " which children are exploited or the acts of trafficking."
            f" {_counted(len(outcome.blank), 'question has', 'questions have')} no answer."
        )
        yield blocks.box(
            "inset",
            [
                blocks.text("You wrote", style="small"),
                blocks.text(f"“{result.screening.worry}”"),
                blocks.text(
                    "That worried you, and it still counts. Who else has seen something like it?"
                ),
            ],
        )
    yield from _company(result, deciding)
    other = [finding for finding in outcome.findings if finding.route != outcome.route]
    if other:
        names = "; ".join(
            f"{lowered(result.rule(f.rule).label)} ({result.route(str(f.route)).label.lower()})"
            for f in other
        )
        one = (
            "1 more rule was reached"
            if len(other) == 1
            else f"{len(other)} more rules were reached"
        )
        inside = [block for finding in other for block in _finding(result, finding)]
        yield blocks.details(f"{one}: {names}", inside, id="more-rules")
    yield from _not_counted(result)


def _finding(result: Result, finding: Finding) -> Iterator[Block]:
    rule = result.rule(finding.rule)
    label = result.route(str(finding.route)).label.lower()
    yield blocks.heading(f"{rule.label}: {label}", 3)
    yield blocks.text(rule.says)
    answers = {choice.key: choice.label for choice in result.instrument.answers}
    rows: list[list[Rich]] = []
    for key in finding.counted:
        given = result.screening.answers.get(key)
        around = "Around the child. " if result.indicator(key).company else ""
        words = around + _evidence(result, given)
        answer = answers[given.answer] if given else "From the age"
        rows.append([[result.indicator(key).label], [strong(answer)], [words]])
    yield blocks.table(
        f"What counted: {rule.label}", ["Recorded", "Answer", "What stands behind it"], rows
    )
    titles = {source.key: source.title for source in result.instrument.sources}
    yield blocks.quote(finding.cite.quote, titles[finding.cite.source])
    read_as = _read_as(result, rule)
    if read_as:
        yield blocks.text(strong("How this is read."), f" {read_as}", style="small")


def _read_as(result: Result, rule: Rule) -> str:
    keys = [*rule.readings, *([rule.only_if] if rule.only_if else [])]
    known = {key: result.instrument.readings[key] for key in keys}
    local = [(key, each) for key, each in known.items() if each.local]
    if local:
        key, reading = local[0]
        value = reading.value if not isinstance(reading.value, tuple) else ", ".join(reading.value)
        published = result.route(result.published).label.lower()
        return (
            f"Local policy reads ‘{key.replace('_', ' ')}’ as {value}. {reading.why} Decided by"
            f" {reading.decided_by}, {written(reading.decided_on)}. As published it would be"
            f" {published}."
        )
    first = next(iter(known.values()), None)
    by = f" Decided by {first.decided_by}, {written(first.decided_on)}." if first else ""
    return rule.read_as and rule.read_as + by


def _evidence(result: Result, given: Recorded | None) -> str:
    if given is None:
        return ""
    whens = {choice.key: choice.label.lower() for choice in result.instrument.whens}
    parts = [
        given.evidence,
        written(given.seen_on) if given.seen_on else "",
        whens.get(given.when or "", ""),
        given.source,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) or "Nothing written"


def _company(result: Result, deciding: Sequence[Finding]) -> Iterator[Block]:
    counted = {key for finding in deciding for key in finding.counted}
    if counted and all(result.indicator(key).company for key in counted):
        yield blocks.text(
            strong(
                "Everything counted here is about the people and places around the child, not"
                " about the child."
            ),
            " The guidance counts it all the same. Before you refer, ask what links it to this"
            " child; if you do not know, say so in the referral.",
        )
    groups = {result.indicator(key).group for key in counted}
    if groups == {"vulnerability"} and len(counted) > 1 and result.place(result.outcome.route) > 1:
        yield blocks.text(
            "No sign of harm is recorded. The guidance asks for action on several vulnerabilities"
            " all the same, because most exploitation is not seen at first."
        )


def _not_counted(result: Result) -> Iterator[Block]:
    answers, words = result.screening.answers, {"no": "you answered No to"}
    for indicator in result.instrument.indicators:
        given, needed = answers.get(indicator.key), indicator.only_when
        if needed and given and given.answer in ("yes", "possible"):
            other = answers.get(needed)
            if other is None or other.answer in ("no", "not_known"):
                asked = words.get(other.answer if other else "", "there is no Yes or Possible to")
                yield blocks.text(
                    f"‘{indicator.label}’ is answered but is not counted, because {asked}"
                    f" ‘{result.indicator(needed).label}’. Change that if it is wrong.",
                    style="small",
                )


def _counted(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"


def sure(result: Result) -> Iterator[Block]:
    """Show the three readings, and what the outcome rests on."""
    outcome = result.outcome
    routes = (outcome.route_confirmed, outcome.route, outcome.route_possible)
    labels = [result.route(key).label for key in routes]
    rows: list[list[Rich]] = [
        [["Only what you answered ", strong("Yes")], [labels[0]]],
        [[strong("Yes and Possible")], [strong(labels[1])]],
        [["Yes, Possible, and everything not known, as if it were Yes"], [labels[2]]],
    ]
    inside = [
        blocks.heading("How sure this is", id="how-sure"),
        blocks.text(" ".join(["The same rules, read three ways.", *_sure_words(result)])),
        blocks.table("Three readings", ["If you count", "The guidance says"], rows),
    ]
    if _earlier_only(result):
        words = "Everything counted is longer ago than 6 months. It counts in full: past harm is a"
        inside.append(blocks.text(words + " reason to look, not to stop looking."))
    yield blocks.box("panel", inside)


def _sure_words(result: Result) -> Iterator[str]:
    outcome = result.outcome
    if outcome.route_confirmed == outcome.route == outcome.route_possible:
        yield "All three agree: it does not rest on anything uncertain."
        return
    if outcome.route_confirmed != outcome.route:
        yield (
            "It rests on answers of Possible. Counting only Yes, it would be"
            f" {result.route(outcome.route_confirmed).label.lower()}. Possible counts because"
            " waiting for proof is how children are missed."
        )
    if outcome.route_possible != outcome.route:
        unknown = _counted(
            len(outcome.not_known), "question is not known", "questions are not known"
        )
        blank = _counted(len(outcome.blank), "has no answer yet", "have no answer yet")
        yield f"{unknown} and {blank}, so what you find out can change this."


def _earlier_only(result: Result) -> bool:
    counted = {key for finding in result.outcome.findings for key in finding.counted}
    given = [result.screening.answers[key] for key in counted if key in result.screening.answers]
    return bool(given) and all(each.when == "earlier" for each in given)


def find_out(result: Result) -> Iterator[Block]:
    """Say what to find out and from whom."""
    outcome = result.outcome
    urgent = {
        key
        for rule in result.instrument.rules
        if rule.route == result.instrument.routes[-1].key
        for condition in rule.when
        for keys in result.instrument.counted_by_name(condition)
        for key in keys
    }
    yield blocks.heading("What to find out, and from whom", id="find-out")
    given = result.screening.answers
    if any(key not in given or given[key].answer == "not_known" for key in urgent):
        yield blocks.text(
            strong("Whether the child is in immediate danger is not known."),
            " Find that out first.",
        )
    unknowns = [each for each in outcome.decisive_unknowns if each.indicator not in urgent]
    blanks = [key for key in outcome.decisive_blanks if key not in urgent]
    if not unknowns and not blanks:
        yield blocks.text(
            "No single unknown would change the outcome. Do not wait for more answers."
        )
        return
    if unknowns:
        yield blocks.text(
            "Any one of these, if it turned out to be Yes, would raise the outcome.",
            " Ask the adults named. Do not question the child.",
        )
        rows: list[list[Rich]] = [
            [[result.indicator(u.indicator).label], [u.who_would_know]] for u in unknowns
        ]
        yield blocks.table("What to find out", ["Find out", "Who may know"], rows)
    if blanks:
        also = (
            "The same is true of"
            if unknowns
            else "Any one answer of Yes would raise the outcome among"
        )
        many = _counted(len(blanks), "question that has", "questions that have")
        yield blocks.text(f"{also} {many} no answer yet.")
        rows = [[[result.indicator(k).label], [result.indicator(k).who_would_know]] for k in blanks]
        asked = blocks.table("Questions without an answer", ["Find out", "Who may know"], rows)
        yield blocks.details("Questions without an answer that could change the outcome", [asked])
