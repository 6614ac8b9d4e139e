"""What another instrument or policy would have changed is told before it is adopted.

1. The same instrument and policy change nobody.
2. A change is found both ways, and counted by hand here.
3. The same key means the same observation; keys of one side only are named.
4. What rests on something else is not compared.
5. Small numbers are hidden, in all and by group.
6. An instrument with nothing in common is refused.
7. The command.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest
from hypothesis import given, settings

from cse_workbook import instrument, policy
from cse_workbook.case import AnyEvent, Case, events, fold
from cse_workbook.cli import run
from cse_workbook.extracts import Source, write_extract
from cse_workbook.frames import WithAnswers, frames
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Disclosure
from cse_workbook.replay import Apart, apart, changes, replay
from tests.made_up_events import OCC, OPENED, POLICY, case_on, histories, screened
from tests.made_up_store import refusal

TODAY = date(2026, 11, 22)
SCREENED_ON = date(2026, 9, 9)
LIMITS = POLICY.disclosure
OPEN = Disclosure(suppress_up_to=1, round_to=1)
DEFAULT = Path(policy.__file__).parent / "policies" / "default.toml"
DECIDED = 'why = "Made up."\ndecided_by = "Example Board"\ndecided_on = 2026-11-01\n'


def local(**readings: str) -> policy.Policy:
    return policy.parse(text_with(readings).encode(), "local.toml")


def text_with(readings: dict[str, str]) -> str:
    blocks = [f"\n[reading.{key}]\nvalue = {value}\n{DECIDED}" for key, value in readings.items()]
    return "".join([DEFAULT.read_text(encoding="utf-8"), *blocks])


def under(**readings: str) -> Instrument:
    return policy.applied(instrument.load(), local(**readings))


def made(*cases: Case) -> WithAnswers:
    return frames(cases, OCC, POLICY, TODAY)


def child(*more: AnyEvent, age: int = 14, **answers: Any) -> Case:
    happened = (OPENED, screened(age=age, **answers), *more)
    return case_on(*((SCREENED_ON, event) for event in happened))


def children(count: int, **answers: Any) -> Iterable[Case]:
    return [child(**answers)] * count


def moved(given: WithAnswers, other: Instrument) -> list[tuple[str, str, str]]:
    found = replay(given, other)
    columns = (found["route"], found["new_route"], found["change"])
    return list(zip(*columns, strict=True))


def counted(
    given: WithAnswers, other: Instrument, *by: str, limits: Disclosure = LIMITS
) -> dict[tuple[str, str, str], int | str]:
    table = changes(replay(given, other), by, other, limits)
    return {
        (row["by"], row["group"], row["change"]): row["screenings"]
        for row in table.to_dict("records")
    }


# 1


@given(histories())
@settings(max_examples=60)
def test_the_same_instrument_and_policy_change_nobody(history: Any) -> None:
    found = replay(made(fold(history)), OCC)

    corrected = found["n_corrections"] > 0
    assert set(found.loc[~corrected, "change"]) <= {"same"}
    assert set(found.loc[corrected, "change"]) <= {"not_compared"}


def test_without_a_screening_nothing_is_counted() -> None:
    found = counted(made(case_on((SCREENED_ON, OPENED))), OCC, "route")

    assert found == {
        ("", "", change): 0 for change in ("higher", "lower", "same", "not_compared", "all")
    }


# 2


def test_a_lower_line_raises_whoever_has_as_many_concerns() -> None:
    given = made(child(self_harm="yes", young_carer="yes"), child(self_harm="yes"))

    assert moved(given, under(several="2")) == [
        ("assess_today", "refer_now", "higher"),
        ("assess_today", "assess_today", "same"),
    ]


def test_a_rule_that_is_switched_off_lowers_whom_it_alone_reached() -> None:
    given = made(
        child(age=12, self_harm="yes", young_carer="yes"),
        child(age=12, self_harm="yes", organised_or_networked="yes"),
    )

    assert moved(given, under(line_at_13="false")) == [
        ("refer_now", "assess_today", "lower"),
        ("refer_now", "refer_now", "same"),
    ]


def test_possible_counts_and_not_known_and_blank_do_not() -> None:
    given = made(
        child(self_harm="possible", young_carer="possible"),
        child(self_harm="possible", young_carer="not_known"),
    )

    assert [change for *_, change in moved(given, under(several="2"))] == ["higher", "same"]


def test_every_screening_of_a_case_is_counted() -> None:
    given = made(child(screened(self_harm="yes", young_carer="yes"), self_harm="yes"))

    found = replay(given, under(several="2"))

    assert found[["number", "change"]].to_numpy().tolist() == [[1, "same"], [2, "higher"]]


# 3


def renamed(key: str, new: str, **changed: Any) -> Instrument:
    """Make an edition in which an indicator has another key, so another meaning."""
    replaced = [
        msgspec.structs.replace(each, key=new, **changed) if each.key == key else each
        for each in OCC.indicators
    ]
    return msgspec.structs.replace(OCC, edition=2, indicators=tuple(replaced))


def test_an_answer_counts_under_its_own_key_only() -> None:
    given = made(child(self_harm="yes"))

    assert moved(given, renamed("self_harm", "self_injury")) == [
        ("assess_today", "keep_watching", "lower")
    ]


def test_keys_that_only_one_side_has_are_named() -> None:
    given = made(child(self_harm="yes"))

    assert apart(given.answers, OCC) == Apart((), ())
    assert apart(given.answers, renamed("self_harm", "self_injury")) == Apart(
        only_in_instrument=("self_injury",), only_in_extract=("self_harm",)
    )


def test_what_the_age_says_is_worked_out_from_the_age() -> None:
    older = msgspec.structs.replace(
        next(each.set_from_age for each in OCC.indicators if each.key == "under_13"), to=14
    )
    given = made(child(age=14, self_harm="yes", young_carer="yes"))
    other = renamed("under_13", "under_15", set_from_age=older)
    counting = [
        msgspec.structs.replace(
            rule,
            when=tuple(
                msgspec.structs.replace(each, of=("under_15",)) if "under_13" in each.of else each
                for each in rule.when
            ),
        )
        for rule in other.rules
    ]

    found = moved(given, msgspec.structs.replace(other, rules=tuple(counting)))

    assert found == [("assess_today", "refer_now", "higher")]
    assert apart(given.answers, other) == Apart((), ("under_13",))


# 4


def test_a_screening_that_was_corrected_since_is_not_compared() -> None:
    wrong = events.Corrected(2, "answers.self_harm", "no", "A made-up reason")

    given = made(child(wrong, self_harm="yes"))

    assert moved(given, OCC) == [("assess_today", "keep_watching", "not_compared")]


def test_a_screening_with_another_instrument_is_not_compared() -> None:
    given = made(child(self_harm="yes"), child(self_harm="yes"))
    used = given.screenings["instrument"].where([True, False], "another_tool")
    mixed = msgspec.structs.replace(given, screenings=given.screenings.assign(instrument=used))

    assert [change for *_, change in moved(mixed, OCC)] == ["same", "not_compared"]


def test_a_route_that_is_no_longer_there_is_not_compared() -> None:
    routes = tuple(route for route in OCC.routes if route.key != "consult")
    rules = tuple(rule for rule in OCC.rules if rule.route != "consult")
    other = msgspec.structs.replace(OCC, routes=routes, rules=rules)

    assert moved(made(child(young_carer="yes")), other) == [
        ("consult", "keep_watching", "not_compared")
    ]


# 5


def test_counts_are_protected_in_all_and_by_group() -> None:
    given = made(
        *children(12, self_harm="yes", young_carer="yes"),
        *children(21),
        *children(3, young_carer="yes", residential_care="yes"),
    )

    found = counted(given, under(several="2"), "route")

    # Of 15 that would be higher, 12 are shown as 10; 3 are hidden, and what would tell of them.
    assert found["route", "assess_today", "higher"] == 10
    assert found["route", "consult", "higher"] == "*"
    assert found["route", "consult", "all"] == "*"
    assert found["route", "keep_watching", "same"] == 20
    assert found["", "", "lower"] == 0
    assert not set(found.values()) & set(range(1, 8))


def test_each_column_splits_all_screenings_by_itself_and_the_new_route_is_one() -> None:
    given = made(
        *children(2, self_harm="yes", young_carer="yes"),
        child(age=12, self_harm="yes"),
        child(age=9),
        child(),
    )
    other = under(several="2")

    found = counted(given, other, "new_route", "age_band", limits=OPEN)

    assert list(dict.fromkeys((by, group) for by, group, _ in found)) == [
        ("", ""),
        ("new_route", "keep_watching"),
        ("new_route", "assess_today"),
        ("new_route", "refer_now"),
        ("age_band", "under_10"),
        ("age_band", "10_to_12"),
        ("age_band", "13_to_15"),
    ]
    assert found["new_route", "refer_now", "higher"] == 2
    assert found["new_route", "refer_now", "lower"] == 0
    assert found["age_band", "13_to_15", "higher"] == 2


def test_a_column_that_may_not_split_is_refused_with_the_near_miss() -> None:
    found = replay(made(child()), OCC)

    assert refusal(lambda: changes(found, ["age_bands", "case"], OCC, LIMITS)).splitlines() == [
        "REPLAY_03 · --by: there is no column “age_bands” to group by. Did you mean “age_band”?"
        " Group by another column, or leave this one out.",
        "REPLAY_03 · --by: there is no column “case” to group by. Group by another column, or"
        " leave this one out.",
    ]


# 6


def test_another_instrument_is_refused() -> None:
    other = msgspec.structs.replace(OCC, key="another_tool")

    assert refusal(lambda: replay(made(child()), other)) == (
        "REPLAY_01 · another_tool: the extract holds answers to another instrument: occ_safeguard."
        " Replay an edition of that one, or use an extract of this one."
    )


def test_an_instrument_with_nothing_in_common_is_refused() -> None:
    strange = tuple(
        msgspec.structs.replace(each, key=f"other_{place}")
        for place, each in enumerate(OCC.indicators)
    )
    other = msgspec.structs.replace(OCC, indicators=strange)

    assert refusal(lambda: replay(made(child()), other)) == (
        "REPLAY_02 · occ_safeguard: it asks nothing that the extract holds an answer to. Keep the"
        " key of an indicator where it means the same observation."
    )


# 7


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write an extract of 12 children with a sign and a vulnerability, and 3 with a sign."""
    monkeypatch.setenv("CSE_WORKBOOK_HOME", str(tmp_path / "home"))
    given = made(
        *children(12, self_harm="yes", young_carer="yes"), *children(3, residential_care="yes")
    )
    write_extract(tmp_path / "extract", given, Source(OCC, POLICY, "7:abc", "all", TODAY))
    return tmp_path / "extract"


def replayed(folder: Path, *options: str) -> int:
    return run(["instrument", "replay", str(folder), *options])


def test_the_command_changes_nobody_with_what_the_extract_was_made_with(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = replayed(folder)

    told = capsys.readouterr().out
    assert status == 0
    assert "Extract of 22 November 2026, of all agencies\n" in told
    assert "route: assess_today\n  - higher: 0, lower: 0, same: 10, not compared: 0" in told
    assert "Lower means" not in told
    assert "this instrument" not in told.split("Not compared")[0]


def test_the_command_tells_what_a_policy_would_change(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "new.toml").write_text(text_with({"several": "2"}), encoding="utf-8")

    status = replayed(folder, "--policy", str(tmp_path / "new.toml"), "--format", "json")

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert told["extract"]["policy"]["digest"] == POLICY.digest
    assert told["policy"]["digest"] == local(several="2").digest
    assert told["only_in_instrument"] == told["only_in_extract"] == []
    found = {(row["group"], row["change"]): row["screenings"] for row in told["changes"]}
    assert found["assess_today", "higher"] == 10
    assert found["consult", "same"] == "*"


def test_the_command_names_keys_that_are_apart_and_warns_of_what_is_lower(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = Path(policy.__file__).parent
    text = (package / "instruments" / "occ_safeguard.toml").read_text(encoding="utf-8")
    (tmp_path / "new.toml").write_text(text.replace('"residential_care"', '"in_a_home"'), "utf-8")

    status = replayed(folder, "--instrument", str(tmp_path / "new.toml"), "--by", "")

    told = " ".join(capsys.readouterr().out.split())
    assert status == 0
    assert "Asked by this instrument and not in the extract, so blank: in_a_home." in told
    assert "In the extract and not in this instrument, so not counted: residential_care." in told
    assert "- higher: 0, lower: *, same: 10, not compared: 0, all: 15" in told
    assert "* stands for 1 to 7. Other counts are to the nearest 5." in told
    assert "Lower means that less would have been asked for." in told


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"policy": {"key": "example_board", "digest": "sha256:0"}},
            "REPLAY_04 · example_board: the policy “example_board” with which the extract was made"
            " is not here. Name its file with --policy.\n",
        ),
        (
            {"instrument": {"key": "occ_safeguard", "edition": 9, "digest": "sha256:0"}},
            "REPLAY_04 · occ_safeguard, edition 9: the instrument “occ_safeguard” with which the"
            " extract was made is not here. Name its file with --instrument.\n",
        ),
    ],
)
def test_what_the_extract_was_made_with_is_not_guessed(
    folder: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, Any], message: str
) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), **changed}))

    assert replayed(folder) == 2
    assert capsys.readouterr().err == message


def test_the_policy_of_the_data_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "policy.toml").write_text(text_with({"several": "2"}), encoding="utf-8")
    monkeypatch.setenv("CSE_WORKBOOK_HOME", str(home))
    applied, own = under(several="2"), policy.local(home)
    given = frames([child(self_harm="yes")], applied, own, TODAY)
    write_extract(tmp_path / "extract", given, Source(applied, own, "7:abc", "all", TODAY))

    assert replayed(tmp_path / "extract") == 0
    assert own.digest[:19] in capsys.readouterr().out


def test_no_row_of_a_table_stands_for_a_child(folder: Path) -> None:
    given = made(child(self_harm="yes"))

    table = changes(replay(given, OCC), ["route"], OCC, LIMITS)

    assert list(table.columns) == ["by", "group", "change", "screenings"]
    assert isinstance(table, pd.DataFrame)
