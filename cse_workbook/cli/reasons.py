"""Why does the guidance say this, and how sure is it? In plain text."""

from collections.abc import Iterator

from cse_workbook.cli.explained import Explained
from cse_workbook.cli.layout import item, many, paragraph, written
from cse_workbook.instrument import Rule
from cse_workbook.outcome import Finding, explain


def why(explained: Explained) -> Iterator[str]:
    """Say why the guidance says this: what counted, the sentence, and how it is read."""
    yield "WHY THE GUIDANCE SAYS THIS"
    deciding = [f for f in explained.outcome.findings if f.route == explained.outcome.route]
    for finding in deciding:
        yield from _finding(explained, finding)
    if not deciding:
        yield paragraph(
            "No Yes and no Possible is recorded among the signs, the vulnerabilities, the ways"
            " in which children are exploited or the acts of trafficking."
            f" {many(explained.outcome.blank, 'question has', 'questions have')} no answer."
        )
        yield paragraph("Something made you worried, and that still counts.")
    yield from _company(explained, {key for finding in deciding for key in finding.counted})
    others = [f for f in explained.outcome.findings if f.route != explained.outcome.route]
    if others:
        yield from ("", "Also reached:")
    for finding in others:
        yield from _finding(explained, finding)
    yield from _not_counted(explained)
    yield from _otherwise(explained)


def _finding(explained: Explained, finding: Finding) -> Iterator[str]:
    rule = explained.labels.rules[finding.rule]
    yield ""
    yield paragraph(f"{rule.label}: {explained.labels.routes[str(finding.route)].label}", indent="")
    yield paragraph(rule.says)
    for key in finding.counted:
        given = explained.screening.answers.get(key)
        answer = explained.labels.answers[given.answer] if given else "from the age"
        when = f" ({explained.labels.whens[given.when]})" if given and given.when else ""
        yield item(f"{explained.labels.indicators[key]}: {answer}{when}")
    yield paragraph(f"{explained.labels.sources[finding.cite.source]}: “{finding.cite.quote}”")
    if rule.read_as:
        yield paragraph(f"How this is read. {rule.read_as} {_decided(explained, rule)}".rstrip())


def _decided(explained: Explained, rule: Rule) -> str:
    keys = [*rule.readings, *([rule.only_if] if rule.only_if else [])]
    known = [explained.instrument.readings[key] for key in keys]
    for each in [*(each for each in known if each.local), *known]:
        otherwise = f"Local policy reads it otherwise: {each.value}. " if each.local else ""
        return f"{otherwise}Decided by {each.decided_by}, {written(each.decided_on)}."
    return ""


def _company(explained: Explained, counted: set[str]) -> Iterator[str]:
    around = {i.key for i in explained.instrument.indicators if i.company}
    if counted and counted <= around:
        yield ""
        yield paragraph(
            "Everything counted here is about the people and places around the child, not about"
            " the child. The guidance counts it all the same. Before you refer, ask what links"
            " it to this child; if you do not know, say so in the referral."
        )
    alone = {explained.group_of[key] for key in counted} == {"vulnerability"}
    if (
        alone
        and len(counted) > 1
        and list(explained.labels.routes).index(explained.outcome.route) > 1
    ):
        yield ""
        yield paragraph(
            "No sign of harm is recorded. The guidance asks for action on several"
            " vulnerabilities all the same, because most exploitation is not seen at first."
        )


def _not_counted(explained: Explained) -> Iterator[str]:
    answers = explained.screening.answers
    for indicator in explained.instrument.indicators:
        given, needed = answers.get(indicator.key), indicator.only_when
        if not needed or not given or given.answer not in ("yes", "possible"):
            continue
        other = answers.get(needed)
        if other is None or other.answer in ("no", "not_known"):
            said = "you answered No to" if other and other.answer == "no" else "there is no Yes"
            to = "" if said.endswith("to") else " and no Possible to"
            yield ""
            yield paragraph(
                f"‘{indicator.label}’ is answered but is not counted, because {said}{to}"
                f" ‘{explained.labels.indicators[needed]}’. Change that if it is wrong."
            )


def _otherwise(explained: Explained) -> Iterator[str]:
    """Say what the outcome is without the readings a local policy has decided otherwise."""
    if any(reading.local for reading in explained.instrument.readings.values()):
        policy = explained.policy
        published = explain(explained.screening, explained.published, policy).route
        yield ""
        yield paragraph(
            f"Read by the policy of {policy.decided_by} of {written(policy.decided_on)}. As"
            f" published it would be: {explained.labels.routes[published].label}."
        )


def sure(explained: Explained) -> Iterator[str]:
    """Show the three readings, and what the outcome rests on."""
    yield "HOW SURE THIS IS"
    yield paragraph("The same rules, read three ways:")
    outcome = explained.outcome
    for counted, key in (
        ("Only what is answered Yes", outcome.route_confirmed),
        ("Yes and Possible", outcome.route),
        ("Yes, Possible, and everything not known, as if it were Yes", outcome.route_possible),
    ):
        yield item(f"{counted}: {explained.labels.routes[key].label}.")
    for sentence in _certainty(explained):
        yield paragraph(sentence)


def _certainty(explained: Explained) -> Iterator[str]:
    outcome = explained.outcome
    if outcome.route_confirmed == outcome.route == outcome.route_possible:
        yield "All three agree: it does not rest on anything uncertain."
    if outcome.route_confirmed != outcome.route:
        yield (
            "It rests on answers of Possible. Counting only Yes, it would be:"
            f" {explained.labels.routes[outcome.route_confirmed].label}. Possible counts because"
            " waiting for proof is how children are missed."
        )
    if outcome.route_possible != outcome.route:
        counts = (
            many(outcome.not_known, "answer is not known", "answers are not known"),
            many(outcome.blank, "question has no answer yet", "questions have no answer yet"),
        )
        open_ones = " and ".join(count for count in counts if not count.startswith("0 "))
        yield f"{open_ones}, so what you find out can change this."
    counted = {key for finding in outcome.findings for key in finding.counted}
    given = [
        explained.screening.answers[key] for key in counted if key in explained.screening.answers
    ]
    if given and all(each.when == "earlier" for each in given):
        yield (
            "Everything counted is longer ago than 6 months. It counts in full: past harm is a"
            " reason to look, not to stop looking."
        )
