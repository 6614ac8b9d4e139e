"""Explain what the rules said about one screening: why, how sure, what to do, what to find out.

`explain` decides nothing: it reports what `score` decided. The words and citations come from the
instrument.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from cse_workbook.instrument import Action, Cite, Instrument, Rule
from cse_workbook.policy import Policy
from cse_workbook.scoring import readings, score
from cse_workbook.screening import Answer, Screening, columns_of


class Edition(msgspec.Struct, frozen=True):
    """Which instrument was used."""

    key: str
    edition: int
    digest: str


class PolicyUsed(msgspec.Struct, frozen=True):
    """Which local policy was used."""

    key: str
    digest: str


class Finding(msgspec.Struct, frozen=True):
    """A rule that is possible or yes, with what counted. A pathway has no route."""

    rule: str
    reached: str
    route: str | None
    counted: tuple[str, ...]
    cite: Cite


class Step(msgspec.Struct, frozen=True):
    """An action asked for: what, within what time, by which role, and whose time limit it is."""

    key: str
    text: str
    within: str
    by: str
    time: str
    cite: Cite


class Unknown(msgspec.Struct, frozen=True):
    """Something not known that would raise the route on its own, and who would know it."""

    indicator: str
    who_would_know: str


class Outcome(msgspec.Struct, frozen=True):
    """What the rules say about one screening; written as JSON it is the published contract."""

    child_ref: str
    instrument: Edition
    policy: PolicyUsed
    route: str
    route_confirmed: str
    route_possible: str
    findings: tuple[Finding, ...]
    pathways: tuple[Finding, ...]
    actions: tuple[Step, ...]
    decisive_unknowns: tuple[Unknown, ...]
    decisive_blanks: tuple[str, ...]
    not_known: tuple[str, ...]
    blank: tuple[str, ...]


def explain(screening: Screening, instrument: Instrument, policy: Policy) -> Outcome:
    """Explain one screening; the policy has been applied to the instrument (`policy.applied`).

    Findings stand highest route first; actions with “now” first, then today, then the rest.
    `decisive_unknowns` and `decisive_blanks` are those of which any one alone, if it were yes,
    would raise the route.
    """
    columns = columns_of(screening, instrument)
    results = score(columns, instrument)
    routes = _routes(results, instrument)
    reached = [
        _finding(rule, results[rule.key], columns, instrument)
        for rule in instrument.rules
        if results.get(rule.key, Answer.NO) >= Answer.POSSIBLE
    ]
    order = [route.key for route in instrument.routes]
    findings = tuple(
        sorted((f for f in reached if f.route), key=lambda f: -order.index(str(f.route)))
    )
    pathways = tuple(f for f in reached if f.route is None)
    not_known = tuple(
        key for key, given in screening.answers.items() if given.level is Answer.NOT_KNOWN
    )
    blank = tuple(i.key for i in instrument.asked() if i.key not in screening.answers)
    raising = set(_raising((*not_known, *blank), columns, instrument))
    who = {indicator.key: indicator.who_would_know for indicator in instrument.indicators}
    return Outcome(
        child_ref=screening.child_ref,
        instrument=Edition(instrument.key, instrument.edition, instrument.digest),
        policy=PolicyUsed(policy.key, policy.digest),
        **routes,
        findings=findings,
        pathways=pathways,
        actions=steps(instrument, findings, pathways, routes["route"]),
        decisive_unknowns=tuple(Unknown(key, who[key]) for key in not_known if key in raising),
        decisive_blanks=tuple(key for key in blank if key in raising),
        not_known=not_known,
        blank=blank,
    )


def steps(
    instrument: Instrument,
    findings: Iterable[Finding],
    pathways: Iterable[Finding],
    route: str,
) -> tuple[Step, ...]:
    """Give the actions of a route, of the findings and pathways, each once, most urgent first.

    A route higher than the findings (the practitioner's own view) brings the actions of the rules
    that lead to it.
    """
    actions = {action.key: action for action in instrument.actions}
    keys = dict.fromkeys(_wanted(instrument, [*findings], [*pathways], route))
    wanted = sorted((actions[key] for key in keys), key=_urgency)
    return tuple(Step(a.key, a.text, a.within, a.by, a.time, a.cite) for a in wanted)


def shown(instrument: Instrument, given: Iterable[Step]) -> tuple[Step, ...]:
    """Leave out the weaker steps that another of the steps stands in for; pages and prints show
    these.
    """
    given = tuple(given)
    actions = {action.key: action for action in instrument.actions}
    replaced = {key for step in given for key in actions[step.key].instead_of}
    return tuple(step for step in given if step.key not in replaced)


def first(
    instrument: Instrument, given: Iterable[Step], pathways: Iterable[Finding]
) -> Step | None:
    """Give the most urgent step that asks no “if”: one that no pathway brings."""
    rules = {rule.key: rule for rule in instrument.rules}
    besides = {key for finding in pathways for key in rules[finding.rule].actions}
    return next((step for step in given if step.key not in besides), None)


def higher(instrument: Instrument, one: str, other: str) -> str:
    """Give the higher of two routes."""
    order = [route.key for route in instrument.routes]
    return max(one, other, key=order.index)


def _routes(results: Mapping[str, int], instrument: Instrument) -> dict[str, str]:
    places = readings(results, instrument)
    return {name: instrument.routes[int(place)].key for name, place in places.items()}


def _finding(
    rule: Rule, result: int, columns: Mapping[str, int], instrument: Instrument
) -> Finding:
    in_rule = {
        key
        for condition in rule.when
        for keys in instrument.counted_by_name(condition)
        for key in keys
    }
    counted = tuple(
        i.key
        for i in instrument.indicators
        if i.key in in_rule
        and min(columns[i.key], columns[i.only_when or i.key]) >= Answer.POSSIBLE
    )
    return Finding(rule.key, Answer(result).key, rule.route, counted, rule.cite)


def _wanted(
    instrument: Instrument, findings: list[Finding], pathways: list[Finding], route: str
) -> Iterator[str]:
    rules = {rule.key: rule for rule in instrument.rules}
    order = [each.key for each in instrument.routes]
    highest = max((order.index(str(f.route)) for f in findings), default=0)
    if order.index(route) > highest:
        for rule in instrument.rules:
            if rule.route == route:
                yield from rule.actions
    for finding in [*findings, *pathways]:
        yield from rules[finding.rule].actions
    if not findings:
        yield from instrument.routes[order.index(route)].actions
    yield from instrument.always.actions


def _urgency(action: Action) -> int:
    return {"now": 0, "as soon as the call is over": 1, "today": 2}.get(action.within, 3)


def _raising(
    keys: Iterable[str], columns: Mapping[str, int], instrument: Instrument
) -> Iterator[str]:
    before = readings(score(columns, instrument), instrument)["route"]
    for key in keys:
        after = score({**columns, key: int(Answer.YES)}, instrument)
        if readings(after, instrument)["route"] > before:
            yield key
