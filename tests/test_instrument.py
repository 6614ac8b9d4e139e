"""The instrument that ships says what the guidance says; a file with mistakes is told them all.

The mistakes are made in a copy of the instrument that ships, one at a time.
"""

import tomllib
from pathlib import Path

import pytest

from cse_workbook import instrument, policy
from cse_workbook.errors import WorkbookError
from cse_workbook.instrument import Instrument
from cse_workbook.instrument.check import folded

ROOT = Path(__file__).parents[1]
FILE = ROOT / "cse_workbook" / "instruments" / "occ_safeguard.toml"
TEXT = FILE.read_text(encoding="utf-8")
SAME_KIND = "Compare the entry with the same kind of entry in occ_safeguard.toml."
SHIPPED = "Give the name of an instrument that ships with the workbook, or the path of a TOML file."

# The keys of the design, group by group and in its order.
KEYS = {
    "vulnerability": """chaotic_household history_of_abuse bereavement_or_loss gang_association
        school_with_exploited_peers learning_disabilities sexual_orientation_unsupported
        friends_exploited homeless lacking_same_age_friends gang_neighbourhood residential_care
        hostel_or_bed_and_breakfast low_self_esteem young_carer""",
    "sign": """missing_from_home_or_care physical_injuries drug_or_alcohol_misuse
        involvement_in_offending sexual_health_concerns absent_from_school change_in_appearance
        sexual_bullying_or_online_vulnerability estranged_from_family gifts_from_unknown_sources
        recruiting_others poor_mental_health self_harm suicidal_thoughts_or_attempts""",
    "safeguard_sign": "sexualised_behaviour older_individuals distrust_of_authority",
    "model": """inappropriate_relationship boyfriend_or_peer_model organised_or_networked
        gang_or_group""",
    "trafficking": "recruited transported transferred harboured received",
    "linked_concern": "gang_related known_missing_episode abuse_by_partner_or_peer",
    "circumstance": """immediate_danger under_13 aged_16_or_17 looked_after
        placed_outside_home_authority disabled""",
}
RULES = {
    "immediate_danger": "emergency",
    "high_risk": "refer_now",
    "model_recognised": "refer_now",
    "possible_trafficking": "refer_now",
    "young_child": "refer_now",
    "potential_victim": "assess_today",
    "safeguard_concern": "consult",
    "linked_concern": "consult",
    "vulnerability_noted": "consult",
}


def refusals(old: str, new: str) -> list[str]:
    """Give what is said of the instrument with a text in it exchanged."""
    assert old in TEXT
    return refusals_of(TEXT.replace(old, new, 1))


def refusals_of(text: str) -> list[str]:
    with pytest.raises(WorkbookError) as refusal:
        instrument.parse(text.encode(), "a.toml")
    return [str(problem) for problem in refusal.value.problems]


# The instrument that ships


def test_each_group_holds_the_indicators_of_the_design_in_their_order() -> None:
    shipped = instrument.load()

    found = {
        group.key: [i.key for i in shipped.indicators if i.group == group.key]
        for group in shipped.groups
    }

    assert found == {group: keys.split() for group, keys in KEYS.items()}


def test_the_rules_lead_to_the_routes_of_the_design_and_pathways_to_none() -> None:
    shipped = instrument.load()

    routes = {rule.key: rule.route for rule in shipped.rules}

    assert {key: route for key, route in routes.items() if route} == RULES
    assert all(key.startswith("pathway_") for key, route in routes.items() if not route)
    assert [route.key for route in shipped.routes] == [
        *("keep_watching", "consult", "assess_today", "refer_now", "emergency")
    ]


def test_every_quotation_stands_in_its_source_word_for_word() -> None:
    shipped = instrument.load()
    texts = {
        source.key: folded((ROOT / "data" / "sources" / source.file).read_text(encoding="utf-8"))
        for source in shipped.sources
    }
    parts = (
        *(*shipped.groups, *shipped.indicators, *shipped.routes, *shipped.rules),
        *shipped.actions,
    )

    missing = [part.key for part in parts if folded(part.cite.quote) not in texts[part.cite.source]]

    assert missing == []


def test_every_indicator_says_who_would_know_and_helps() -> None:
    lacking = [i.key for i in instrument.load().indicators if not (i.who_would_know and i.help)]

    assert lacking == []


def test_all_nine_letters_are_used() -> None:
    shipped = instrument.load()

    used = {letter for indicator in shipped.indicators for letter in indicator.safeguard}

    assert [letter.key for letter in shipped.letters] == [
        "S",
        "A",
        "F",
        "E",
        "G",
        "U",
        "A2",
        "R",
        "D",
    ]
    assert used == {letter.key for letter in shipped.letters}


def test_released_editions_and_policies_have_not_changed() -> None:
    golden = (ROOT / "tests" / "golden" / "digests.txt").read_text(encoding="utf-8").splitlines()

    editions = [instrument.load(name) for name in instrument.shipped()]
    found = [f"instrument {each.key} {each.edition} {each.digest}" for each in editions]
    local = [policy.load(name) for name in instrument.shipped(policy.SHIPPED)]
    found += [f"policy {each.key} {each.digest}" for each in local]

    assert found == golden


def test_an_instrument_on_windows_lines_is_the_same() -> None:
    read = instrument.parse(TEXT.replace("\n", "\r\n").encode(), "a.toml")

    assert [i.label for i in read.indicators] == [i.label for i in instrument.load().indicators]


def test_an_instrument_may_bring_its_own_sources(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    for source in ("lead_officers.txt", "school_guidance.txt"):
        text = (ROOT / "data" / "sources" / source).read_text(encoding="utf-8")
        (tmp_path / "sources" / source).write_text(text.upper(), encoding="utf-8")
    (tmp_path / "own.toml").write_text(TEXT, encoding="utf-8")

    with pytest.raises(WorkbookError) as refusal:
        instrument.load(str(tmp_path / "own.toml"))

    assert {problem.code for problem in refusal.value.problems} == {"INSTRUMENT_05"}


# What an author is told


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'of = ["model"]',
            'of = ["models"]',
            "INSTRUMENT_03 · a.toml, rule “model_recognised”: it counts the group “models”, which"
            " is not defined. Did you mean “model”? Name a group that the file defines.",
        ),
        (
            'key = "young_carer"',
            'key = "self_harm"',
            "INSTRUMENT_04 · a.toml, indicator: the key “self_harm” is used more than once. Give"
            " each indicator a key of its own.",
        ),
        (
            'quote = "Young carer"',
            'quote = "Young Carers"',
            "INSTRUMENT_05 · a.toml, indicator “young_carer”: the quotation “Young Carers” is not"
            " in the source “lead_officers”. Copy it from the source word for word, spelling"
            " included.",
        ),
        (
            'when = [{ of = ["model"], at_least = 1 }]',
            "when = []",
            "INSTRUMENT_06 · a.toml, rule “model_recognised”: it counts nothing: it has no"
            " condition. Let the rule count at least one group or indicator.",
        ),
        (
            '{ of = ["model"], at_least = 1 }',
            "{ of = [], at_least = 1 }",
            "INSTRUMENT_06 · a.toml, rule “model_recognised”: it counts nothing: nothing belongs to"
            " what it names. Let the rule count at least one group or indicator.",
        ),
        (
            '{ of = ["model"], at_least = 1 }',
            '{ of = ["model"], at_most = 1 }',
            "INSTRUMENT_07 · a.toml, rule “model_recognised”: “at_most” is not a rule this workbook"
            " can follow. Say “at_least”: a rule may only raise concern, so that one more concern"
            " can never make a child look safer.",
        ),
        (
            'actions = ["tell_allocated_social_worker", "tell_iro"]',
            'actions = ["tell_allocated_social_worker", "tell_ira"]',
            "INSTRUMENT_08 · a.toml, rule “pathway_looked_after”: it names the action “tell_ira”,"
            " which is not defined. Did you mean “tell_iro”? Name one that the file defines.",
        ),
        (
            "[names]",
            "[nams]\nx = 1\n[names]",
            "INSTRUMENT_08 · a.toml: it names the table “nams”, which is not defined. Did you mean"
            " “names”? Name one that the file defines.",
        ),
        (
            'key = "tell_iro"',
            'key = "Tell-IRO"',
            "INSTRUMENT_09 · a.toml, action: the key “Tell-IRO” is not lower snake case of at most"
            " 40 characters. Use lower-case letters, digits and underscores.",
        ),
        (
            '{ of = ["model"], at_least = 1 }',
            '{ of = ["model"], at_least = 5 }',
            "INSTRUMENT_10 · a.toml, rule “model_recognised”: “at_least” is 5, but it counts only"
            " 4. Ask for no more than can be recorded, and for at least 1.",
        ),
        (
            "[reading.several]\nvalue = 3",
            "[reading.several]\nvalue = true",
            "INSTRUMENT_02 · a.toml, rule “high_risk”: the reading “several” must be a number."
            f" {SAME_KIND}",
        ),
        (
            "{referral_form}",
            "{referral_form",
            "INSTRUMENT_02 · a.toml, action “start_investigation”: a curly bracket in its text has"
            f" no partner. {SAME_KIND}",
        ),
        (
            "edition = 1",
            'edition = "one"',
            f"INSTRUMENT_02 · a.toml, edition: Expected `int`, got `str`. {SAME_KIND}",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_repair(old: str, new: str, message: str) -> None:
    assert message in refusals(old, new)


def test_all_problems_of_a_file_are_told_at_once() -> None:
    text = (
        TEXT.replace('of = ["model"]', 'of = ["models"]')
        .replace('quote = "Young carer"', 'quote = "Old carer"')
        .replace('route = "emergency"', 'route = "emergncy"')
    )

    assert [message[:13] for message in refusals_of(text)] == [
        *("INSTRUMENT_08", "INSTRUMENT_03", "INSTRUMENT_05")
    ]


def test_a_mistake_of_syntax_is_told_with_its_line() -> None:
    line = TEXT[: TEXT.index("edition = 1")].count("\n") + 1

    assert refusals("edition = 1", "edition = = 1") == [
        f"INSTRUMENT_01 · a.toml: it is not valid TOML (Invalid value (at line {line}, column 11))."
        " Correct that line and check the file again."
    ]


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000 + "]" * 5000])
def test_a_value_beyond_all_measure_is_refused(value: str) -> None:
    assert refusals_of(f"edition = {value}") == [
        "INSTRUMENT_01 · a.toml: it is not valid TOML (a value is too long or nested too deeply)."
        " Correct that line and check the file again."
    ]


@pytest.mark.parametrize(
    "text",
    ["", "reading = 1", "names = 3", 'rule = ["x"]', "[[rule]]\nkey = 1\nwhen = 1", "source = 1"],
)
def test_tables_of_another_shape_are_refused_in_words(text: str) -> None:
    assert "INSTRUMENT_02" in {message[:13] for message in refusals_of(text)}


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(WorkbookError) as refusal:
        instrument.parse(b"key = \xff", "a.toml")

    assert str(refusal.value) == (
        "INSTRUMENT_12 · a.toml: the file cannot be read (byte 6 is not UTF-8). Check the path, and"
        " that the file is UTF-8 text."
    )


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(WorkbookError) as refusal:
        instrument.load("./none.toml")

    assert str(refusal.value) == (
        "INSTRUMENT_12 · none.toml: the file cannot be read (No such file or directory). Check the"
        " path, and that the file is UTF-8 text."
    )


def test_a_name_that_is_not_known_offers_the_near_miss() -> None:
    with pytest.raises(WorkbookError) as refusal:
        instrument.load("occ_safegard")

    assert str(refusal.value) == (
        "INSTRUMENT_11 · occ_safegard: there is no instrument of this name. Did you mean"
        f" “occ_safeguard”? {SHIPPED}"
    )


def test_what_is_read_is_what_the_file_says(occ: Instrument) -> None:
    raw = tomllib.loads(TEXT)

    assert [i.label for i in occ.indicators] == [entry["label"] for entry in raw["indicator"]]
    assert occ.readings["several"].value == raw["reading"]["several"]["value"] == 3
