"""What comes out for whom: examples a practitioner can read, and five published situations.

The examples stand in `examples/*.toml`, the situations in `examples/published_situations.json`. All
the published children were being exploited: the set can show a missed child and nothing else, so no
figure is drawn from it.
"""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook import instrument, policy
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Outcome, explain
from cse_workbook.policy import Decision, Policy
from cse_workbook.screening import Screening, read_screening

FOLDER = Path(__file__).parent / "examples"
SHIPPED = instrument.load()
PUBLISHED = json.loads((FOLDER / "published_situations.json").read_text(encoding="utf-8"))


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One child and what is expected; the first file explains the fields."""

    title: str
    age: int
    answers: dict[str, Any]
    everything_else: str | None = None
    left_blank: list[str] = []
    readings: dict[str, bool | int | tuple[str, ...]] = {}
    route: str
    route_confirmed: str
    route_possible: str
    findings: dict[str, str]
    pathways: list[str] | None = None
    actions: list[str]
    decisive_unknowns: list[str] | None = None
    decisive_blanks: list[str] | None = None
    why: str

    @property
    def policy(self) -> Policy:
        decided = {"why": "An example.", "decided_by": "tests", "decided_on": date(2026, 11, 22)}
        reading = {key: Decision(value=value, **decided) for key, value in self.readings.items()}
        return msgspec.structs.replace(policy.load(), reading=reading)

    @property
    def instrument(self) -> Instrument:
        return policy.applied(SHIPPED, self.policy)

    @property
    def screening(self) -> Screening:
        others = [i.key for i in SHIPPED.asked() if i.key not in {*self.answers, *self.left_blank}]
        rest = dict.fromkeys(others, self.everything_else) if self.everything_else else {}
        answers = {**self.answers, **rest}
        raw = {"child_ref": "C-0001", "age": self.age, "answers": answers}
        return read_screening(raw, self.title, SHIPPED)

    @property
    def outcome(self) -> Outcome:
        return explain(self.screening, self.instrument, self.policy)


EXAMPLES = [
    msgspec.convert(entry, Example)
    for path in sorted(FOLDER.glob("*.toml"))
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
]
each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)


@each_example
def test_the_three_readings_give_the_expected_routes(example: Example) -> None:
    outcome = example.outcome

    routes = (outcome.route, outcome.route_confirmed, outcome.route_possible)

    assert routes == (example.route, example.route_confirmed, example.route_possible)


@each_example
def test_the_expected_rules_are_reached_highest_route_first(example: Example) -> None:
    outcome = example.outcome

    reached = [(finding.rule, finding.reached) for finding in outcome.findings]

    assert reached == list(example.findings.items())


@each_example
def test_the_expected_pathways_open(example: Example) -> None:
    outcome = example.outcome

    opened = [finding.rule for finding in outcome.pathways]

    assert example.pathways is None or opened == example.pathways


@each_example
def test_the_expected_actions_are_asked_for(example: Example) -> None:
    outcome = example.outcome

    asked_for = {step.key for step in outcome.actions}

    assert asked_for >= {*example.actions, "find_out_unknowns", "look_again"}


@each_example
def test_the_unknowns_that_decide_are_named(example: Example) -> None:
    outcome = example.outcome

    unknowns = [unknown.indicator for unknown in outcome.decisive_unknowns]
    blanks = list(outcome.decisive_blanks)

    assert example.decisive_unknowns in (None, unknowns)
    assert example.decisive_blanks in (None, blanks)


def test_the_examples_are_many_and_told_apart_by_their_titles() -> None:
    titles = [example.title for example in EXAMPLES]

    assert len(titles) >= 40
    assert len(set(titles)) == len(titles)


def test_every_rule_every_pathway_and_every_route_has_an_example() -> None:
    rules = {rule for example in EXAMPLES for rule in example.findings}
    pathways = {pathway for example in EXAMPLES for pathway in example.pathways or []}
    routes = {example.route for example in EXAMPLES}

    assert rules | pathways == {rule.key for rule in SHIPPED.rules}
    assert routes == {route.key for route in SHIPPED.routes}


def test_every_action_is_asked_for_in_some_example() -> None:
    shown = {step.key for example in EXAMPLES for step in example.outcome.actions}

    assert shown == {action.key for action in SHIPPED.actions}


@pytest.mark.parametrize("situation", PUBLISHED, ids=lambda situation: situation["child_ref"])
def test_a_published_situation_comes_out_as_both_readers_expect(
    situation: dict[str, Any], occ: Instrument, default_policy: Policy
) -> None:
    screening = read_screening(situation["screening"], "published", occ)
    expected = situation["expected"]

    outcome = explain(screening, occ, default_policy)

    assert outcome.route == expected["route"]
    assert outcome.route_confirmed == expected["route_confirmed"]
    assert [finding.rule for finding in outcome.findings] == expected["findings"]
