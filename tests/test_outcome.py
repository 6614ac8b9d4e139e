"""What is said about one screening: why, what to do, what to find out, in which order."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Finding, Outcome, explain, first, higher, shown, steps
from cse_workbook.policy import Policy
from cse_workbook.screening import read_screening


@pytest.fixture
def explained(occ: Instrument, default_policy: Policy) -> Any:
    def of(age: int = 14, /, **answers: str) -> Outcome:
        raw = {"child_ref": "C-0001", "age": age, "answers": answers}
        return explain(read_screening(raw, "test", occ), occ, default_policy)

    return of


def step_keys(outcome: Outcome) -> list[str]:
    return [step.key for step in outcome.actions]


def test_an_outcome_names_the_child_the_instrument_and_the_policy(
    explained: Any, occ: Instrument, default_policy: Policy
) -> None:
    outcome = explained()

    assert outcome.child_ref == "C-0001"
    assert (outcome.instrument.key, outcome.instrument.edition) == ("occ_safeguard", 1)
    assert outcome.instrument.digest == occ.digest
    assert outcome.policy.key == "default"
    assert outcome.policy.digest == default_policy.digest


def test_the_published_json_has_these_keys_in_this_order(explained: Any) -> None:
    written = msgspec.json.decode(msgspec.json.encode(explained(self_harm="yes")))

    assert list(written) == [
        "child_ref",
        "instrument",
        "policy",
        "route",
        "route_confirmed",
        "route_possible",
        "findings",
        "pathways",
        "actions",
        "decisive_unknowns",
        "decisive_blanks",
        "not_known",
        "blank",
    ]
    assert list(written["findings"][0]) == ["rule", "reached", "route", "counted", "cite"]
    assert list(written["actions"][0]) == ["key", "text", "within", "by", "time", "cite"]
    assert list(written["findings"][0]["cite"]) == ["source", "quote"]


# Findings


def test_a_finding_says_what_counted_in_the_order_of_the_instrument(explained: Any) -> None:
    outcome = explained(
        older_individuals="yes", self_harm="possible", young_carer="yes", homeless="not_known"
    )

    high_risk = outcome.findings[0]

    assert high_risk.rule == "high_risk"
    assert high_risk.reached == "possible"
    assert high_risk.route == "refer_now"
    assert high_risk.counted == ("young_carer", "self_harm", "older_individuals")


def test_a_finding_carries_the_sentence_of_the_guidance(explained: Any) -> None:
    finding = explained(self_harm="yes").findings[0]

    assert finding.cite.source == "lead_officers"
    assert finding.cite.quote.startswith("any child or young person showing risk indicators in")


def test_what_counted_takes_in_every_condition_of_the_rule(explained: Any) -> None:
    outcome = explained(12, self_harm="yes", young_carer="yes")

    assert outcome.findings[0].rule == "young_child"
    assert outcome.findings[0].counted == ("young_carer", "self_harm", "under_13")


@pytest.mark.parametrize(
    ("gangs", "counted"),
    [
        ("yes", ("gang_association", "young_carer")),
        ("possible", ("gang_association", "young_carer")),
        ("not_known", ("young_carer",)),
        ("no", ("young_carer",)),
    ],
)
def test_what_counted_leaves_out_what_counts_only_in_other_circumstances(
    explained: Any, gangs: str, counted: tuple[str, ...]
) -> None:
    outcome = explained(young_carer="yes", gang_association="yes", gang_related=gangs)

    assert outcome.findings[-1].rule == "vulnerability_noted"
    assert outcome.findings[-1].counted == counted


def test_findings_stand_highest_route_first_and_pathways_apart(explained: Any) -> None:
    outcome = explained(
        16,
        young_carer="yes",
        abuse_by_partner_or_peer="yes",
        missing_from_home_or_care="yes",
        received="possible",
        immediate_danger="yes",
    )

    assert [finding.rule for finding in outcome.findings] == [
        "immediate_danger",
        "possible_trafficking",
        "potential_victim",
        "linked_concern",
        "vulnerability_noted",
    ]
    assert [(pathway.rule, pathway.route) for pathway in outcome.pathways] == [
        ("pathway_trafficking", None),
        ("pathway_partner_or_peer_abuse", None),
        ("pathway_missing", None),
    ]


# What is not known


def test_not_known_and_blank_are_kept_apart(explained: Any, occ: Instrument) -> None:
    answered = {"self_harm": "no", "homeless": "not_known", "recruited": "not_known"}

    outcome = explained(**answered)

    assert outcome.not_known == ("homeless", "recruited")
    assert outcome.blank == tuple(i.key for i in occ.asked() if i.key not in answered)


def test_a_decisive_unknown_says_who_would_know(explained: Any) -> None:
    outcome = explained(self_harm="not_known")

    unknown = outcome.decisive_unknowns[0]

    assert unknown.indicator == "self_harm"
    assert unknown.who_would_know == "School nurse, GP, mental health service, parent or carer"


def test_what_would_only_confirm_the_route_is_not_decisive(explained: Any) -> None:
    outcome = explained(self_harm="yes", physical_injuries="not_known")

    assert outcome.decisive_unknowns == ()
    assert "physical_injuries" not in outcome.decisive_blanks
    assert "received" in outcome.decisive_blanks


# Actions


def test_the_most_urgent_actions_come_first(explained: Any) -> None:
    outcome = explained(immediate_danger="yes", self_harm="yes", young_carer="yes")

    assert [step.within for step in outcome.actions] == [
        *["now", "now", "as soon as the call is over"],
        *["today"] * 5,
        *["2 working days", "7 days", "the review date"],
    ]


def test_what_is_to_be_done_now_comes_before_what_follows_the_call(explained: Any) -> None:
    outcome = explained(immediate_danger="yes", known_missing_episode="yes")

    assert step_keys(outcome)[:4] == [
        *["call_999", "stay_with_the_child", "report_missing_now", "tell_lead_after_999"]
    ]


def test_a_time_limit_decided_locally_moves_the_action_in_the_order(
    explained: Any, occ: Instrument
) -> None:
    outcome = explained(self_harm="yes")
    after_the_call = "as soon as the call is over"
    actions = tuple(
        replace(action, within=after_the_call) if action.key == "look_again" else action
        for action in occ.actions
    )

    wanted = steps(replace(occ, actions=actions), outcome.findings, outcome.pathways, outcome.route)

    assert [step.within for step in wanted] == [after_the_call, *["today"] * 3, "7 days"]


def test_actions_of_equal_urgency_keep_the_order_of_the_findings(explained: Any) -> None:
    outcome = explained(self_harm="yes", young_carer="yes", known_missing_episode="yes")

    assert step_keys(outcome) == [
        "report_missing_now",
        "tell_safeguarding_lead",
        "decide_assessment",
        "agree_first_action",
        "report_concern",
        "write_it_down",
        "ask_lead_officer",
        "offer_return_interview",
        "find_out_unknowns",
        "look_again",
    ]


def test_an_action_says_what_by_whom_and_whose_time_limit_it_is(explained: Any) -> None:
    step = explained(received="yes").actions[0]

    assert step.key == "start_investigation"
    assert step.text.startswith("Refer this child to children's social care")
    assert "CSE1 referral form" in step.text
    assert (step.within, step.by, step.time) == (
        "today",
        "You, with your safeguarding lead",
        "guidance",
    )
    assert step.cite.source == "lead_officers"


def test_where_no_rule_is_reached_the_route_itself_asks_for_something(explained: Any) -> None:
    outcome = explained(looked_after="yes")

    assert step_keys(outcome) == [
        "tell_allocated_social_worker",
        "tell_someone_anyway",
        "write_it_down",
        "tell_iro",
        "find_out_unknowns",
        "look_again",
    ]


def test_where_a_rule_is_reached_the_lowest_route_asks_for_nothing(explained: Any) -> None:
    outcome = explained(young_carer="yes")

    assert "tell_someone_anyway" not in step_keys(outcome)


def test_a_view_above_the_outcome_brings_the_actions_of_its_route(
    explained: Any, occ: Instrument
) -> None:
    outcome = explained(young_carer="yes")

    wanted = steps(occ, outcome.findings, outcome.pathways, "refer_now")

    assert [step.key for step in wanted] == [
        "start_investigation",
        "agree_protection",
        "agree_prevention",
        "give_police_what_you_know",
        "report_concern",
        "write_it_down",
        "ask_lead_officer",
        "find_out_unknowns",
        "look_again",
    ]


def test_a_view_above_nothing_recorded_brings_the_actions_of_its_route(
    explained: Any, occ: Instrument
) -> None:
    outcome = explained()

    wanted = steps(occ, outcome.findings, outcome.pathways, "consult")

    assert [step.key for step in wanted] == [
        *["report_concern", "write_it_down", "ask_lead_officer"],
        *["find_out_unknowns", "look_again"],
    ]


def test_a_view_at_or_below_the_outcome_takes_no_action_away(
    explained: Any, occ: Instrument
) -> None:
    outcome = explained(self_harm="yes")

    for route in ("keep_watching", "consult", "assess_today"):
        assert steps(occ, outcome.findings, outcome.pathways, route) == outcome.actions


def test_findings_in_any_order_are_measured_by_the_highest(explained: Any, occ: Instrument) -> None:
    outcome = explained(received="yes", self_harm="yes")
    lowest_first: list[Finding] = list(reversed(outcome.findings))

    wanted = steps(occ, lowest_first, outcome.pathways, "assess_today")

    assert {step.key for step in wanted} == set(step_keys(outcome))


def test_a_page_leaves_out_what_a_stronger_step_stands_in_for(
    explained: Any, occ: Instrument
) -> None:
    outcome = explained(received="yes", self_harm="yes", young_carer="yes")

    left_out = set(step_keys(outcome)) - {step.key for step in shown(occ, outcome.actions)}

    assert left_out == {"report_concern", "decide_assessment", "agree_first_action"}


def test_a_page_shows_every_step_that_nothing_stands_in_for(
    explained: Any, occ: Instrument
) -> None:
    outcome = explained(young_carer="yes")

    assert shown(occ, iter(outcome.actions)) == outcome.actions


def test_a_reading_decided_otherwise_changes_the_outcome_and_not_the_digest(
    occ: Instrument, default_policy: Policy
) -> None:
    several = replace(occ.readings["several"], value=2)
    decided = replace(occ, readings={**occ.readings, "several": several})
    raw = {"child_ref": "C-0001", "age": 14, "answers": {"young_carer": "yes", "homeless": "yes"}}

    outcome = explain(read_screening(raw, "test", decided), decided, default_policy)

    assert outcome.route == "refer_now"
    assert outcome.instrument.digest == occ.digest


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("consult", "refer_now", "refer_now"),
        ("refer_now", "consult", "refer_now"),
        ("emergency", "refer_now", "emergency"),
        ("keep_watching", "keep_watching", "keep_watching"),
        ("assess_today", "consult", "assess_today"),
    ],
)
def test_the_higher_of_two_routes_is_the_one_further_up(
    occ: Instrument, one: str, other: str, expected: str
) -> None:
    assert higher(occ, one, other) == expected


def test_the_first_step_is_one_that_asks_no_if(occ, default_policy):
    missing = read_screening(
        {"child_ref": "C-0001", "age": 14, "answers": {"missing_from_home_or_care": "yes"}},
        "a record",
        occ,
    )
    outcome = explain(missing, occ, default_policy)

    begin = first(occ, shown(occ, outcome.actions), outcome.pathways)

    assert outcome.actions[0].key == "report_missing_now"
    assert begin is not None
    assert begin.key == "tell_safeguarding_lead"


def test_where_every_step_has_an_if_there_is_no_first(explained: Any, occ: Instrument) -> None:
    outcome = explained(known_missing_episode="yes")
    brought = {"report_missing_now", "offer_return_interview"}
    only_those = [step for step in outcome.actions if step.key in brought]

    assert first(occ, only_those, outcome.pathways) is None
