"""What a local policy may decide, and what it is told that it may not."""

from pathlib import Path

import pytest

from cse_workbook import instrument, policy
from cse_workbook.errors import WorkbookError
from cse_workbook.instrument import Instrument
from cse_workbook.scoring import score
from cse_workbook.screening import Answer

TEXT = (Path(__file__).parents[1] / "cse_workbook" / "policies" / "default.toml").read_text(
    encoding="utf-8"
)
DECIDED = 'why = "Made up."\ndecided_by = "Example Board"\ndecided_on = 2026-11-01\n'


def applied(text: str) -> Instrument:
    return policy.applied(instrument.load(), policy.parse(text.encode(), "local.toml"))


def deciding(key: str, value: str) -> str:
    return f"{TEXT}\n[reading.{key}]\nvalue = {value}\n{DECIDED}"


def refusal_of(text: str) -> str:
    with pytest.raises(WorkbookError) as refusal:
        applied(text)
    return str(refusal.value)


def test_a_reading_decided_otherwise_counts_and_is_marked_as_local() -> None:
    local = applied(deciding("several", "2"))

    answers = {i.key: int(Answer.NO) for i in local.indicators} | {"self_harm": 3, "young_carer": 3}
    assert score(answers, local)["high_risk"] == Answer.YES
    assert local.readings["several"].local
    assert local.readings["several"].decided_by == "Example Board"
    assert local.digest == instrument.load().digest


def test_the_line_at_13_can_be_switched_off() -> None:
    local = applied(deciding("line_at_13", "false"))

    answers = dict.fromkeys((i.key for i in local.indicators), int(Answer.YES))
    assert "young_child" not in score(answers, local)


def test_names_and_local_time_limits_stand_in_the_actions() -> None:
    local = applied(
        TEXT.replace("CSE1 referral form", "CE1 form").replace(
            "[within]", '[within]\nask_lead_officer = "1 working day"'
        )
    )

    actions = {action.key: action for action in local.actions}
    assert "Use the CE1 form." in actions["start_investigation"].text
    assert actions["ask_lead_officer"].within == "1 working day"


def test_a_mistake_of_syntax_is_told_with_its_line() -> None:
    assert refusal_of("key = = 1") == (
        "POLICY_01 · local.toml: it is not valid TOML (Invalid value (at line 1, column 7))."
        " Correct that line and check the file again."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            TEXT.replace("review_days = 42", 'review_days = "six weeks"'),
            "POLICY_02 · local.toml: Expected `int`, got `str` - at `$.times.review_days`.",
        ),
        (
            deciding("several", "true"),
            "POLICY_02 · default: the reading “several” must be a number.",
        ),
        (
            TEXT.replace("[within]", '[within]\nstart_investigation = "next week"'),
            "POLICY_02 · default: the time limit of “start_investigation” is the guidance's own and"
            " cannot be changed here.",
        ),
    ],
)
def test_an_entry_that_does_not_fit_is_refused(text: str, message: str) -> None:
    assert refusal_of(text) == f"{message} Compare the entry with default.toml."


def test_a_decision_that_the_instrument_has_no_place_for_is_refused_with_the_near_miss() -> None:
    assert refusal_of(deciding("severals", "2")) == (
        "POLICY_03 · default: it decides the reading “severals”, which the instrument does not"
        " have. Did you mean “several”? Name one that the instrument has, or remove the entry."
    )


@pytest.mark.parametrize("value", ["0", "-1", "33"])
def test_a_reading_with_which_a_rule_would_count_nothing_is_refused(value: str) -> None:
    assert refusal_of(deciding("several", value)) == (
        f"INSTRUMENT_10 · default, rule “high_risk”: “at_least” is {value}, but it counts only 32."
        " Ask for no more than can be recorded, and for at least 1."
    )


def test_a_name_that_is_not_known_offers_the_near_miss() -> None:
    with pytest.raises(WorkbookError) as refusal:
        policy.load("defaults")

    assert str(refusal.value) == (
        "POLICY_04 · defaults: there is no policy of this name. Did you mean “default”? Give the"
        " name of a policy that ships with the workbook, or the path of a TOML file."
    )
