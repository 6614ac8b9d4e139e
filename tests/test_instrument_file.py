"""A name that a file does not define is told with its place and its near miss, wherever it stands.

The mistakes are made in a copy of the instrument that ships, one at a time.
"""

import hashlib
import re

import pytest

from cse_workbook import instrument
from cse_workbook.instrument.check import folded
from tests.test_instrument import TEXT, refusals, refusals_of

DEFINED = "Name one that the file defines."
SAME_KIND = "Compare the entry with the same kind of entry in occ_safeguard.toml."


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'at_least = "several"',
            'at_least = "severel"',
            "INSTRUMENT_08 · a.toml, rule “high_risk”: it names the reading “severel”, which is not"
            " defined. Did you mean “several”?"
            f" {DEFINED}",
        ),
        (
            'of = "which_lists"',
            'of = "which_list"',
            "INSTRUMENT_08 · a.toml, rule “high_risk”: it names the reading “which_list”, which is"
            " not defined. Did you mean “which_lists”?"
            f" {DEFINED}",
        ),
        (
            'of = "which_lists"',
            'of = "several"',
            "INSTRUMENT_02 · a.toml, rule “high_risk”: the reading “several” must be a list."
            f" {SAME_KIND}",
        ),
        (
            'only_if = "line_at_13"',
            'only_if = "line_at_12"',
            "INSTRUMENT_08 · a.toml, rule “young_child”: it names the reading “line_at_12”, which"
            " is not defined. Did you mean “line_at_13”?"
            f" {DEFINED}",
        ),
        (
            'only_when = "gang_related"',
            'only_when = "gang_relate"',
            "INSTRUMENT_08 · a.toml, indicator “gang_association”: it names the indicator"
            " “gang_relate”, which is not defined. Did you mean “gang_related”?"
            f" {DEFINED}",
        ),
        (
            'only_when = "gang_related"',
            'only_when = "gang_related"\nasked_under = "gang_relate"',
            "INSTRUMENT_08 · a.toml, indicator “gang_association”: it names the indicator"
            " “gang_relate”, which is not defined. Did you mean “gang_related”?"
            f" {DEFINED}",
        ),
        (
            'instead_of = ["agree_first_action"]',
            'instead_of = ["agree_first_actions"]',
            "INSTRUMENT_08 · a.toml, action “agree_protection”: it names the action"
            " “agree_first_actions”, which is not defined. Did you mean “agree_first_action” or"
            f" “agree_protection”? {DEFINED}",
        ),
        (
            'cite = { source = "lead_officers", quote = "Young carer" }',
            'cite = { source = "lead_officer", quote = "Young carer" }',
            "INSTRUMENT_08 · a.toml, indicator “young_carer”: it names the source “lead_officer”,"
            " which is not defined. Did you mean “lead_officers”?"
            f" {DEFINED}",
        ),
        (
            'label = "Young carer"\n',
            "",
            "INSTRUMENT_02 · a.toml, indicator “young_carer”: Object missing required field"
            f" `label`. {SAME_KIND}",
        ),
    ],
)
def test_a_mistake_in_an_entry_is_told_with_its_place(old: str, new: str, message: str) -> None:
    assert refusals(old, new) == [message]


def test_an_entry_without_a_key_is_named_by_its_number() -> None:
    first = refusals('key = "yes"\n', "")[0]

    assert first == (
        f"INSTRUMENT_02 · a.toml, answer 1: Object missing required field `key`. {SAME_KIND}"
    )


def test_a_table_that_a_file_does_not_need_may_be_left_out() -> None:
    text = re.sub(r"\[\[when\]\]\nkey = .*\nlabel = .*\n", "", TEXT)

    read = instrument.parse(text.encode(), "a.toml")

    assert read.whens == ()


def test_an_action_may_use_any_letter_in_its_text() -> None:
    text = TEXT.replace("Call 999. Say", "Call 999. X marks the place. Say", 1)

    read = instrument.parse(text.encode(), "a.toml")

    assert read.actions[0].text.startswith("Call 999. X marks the place.")


def test_an_instrument_carries_the_digest_of_its_file() -> None:
    content = TEXT.encode()

    read = instrument.parse(content, "a.toml")

    assert read.digest == "sha256:" + hashlib.sha256(content).hexdigest()


def test_a_quotation_is_compared_without_line_ends_and_bold_marks() -> None:
    assert folded("**Young\n  carer**, a **child**") == "Young carer, a child"


def test_a_source_that_stands_nowhere_supports_no_quotation() -> None:
    text = TEXT.replace('file = "school_guidance.txt"', 'file = "nowhere.txt"')
    n_quotations = text.count('source = "school_guidance"')

    problems = refusals_of(text)

    assert len(problems) == n_quotations
    assert all(problem.startswith("INSTRUMENT_05") for problem in problems)
