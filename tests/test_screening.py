"""One screening as a checked type: what it takes, what it refuses, and what it counts as.

Bytes that are not JSON at all are met in `test_intake`; here a screening is decoded already.
"""

import json
from datetime import date
from typing import Any

import pytest

from cse_workbook.errors import WorkbookError
from cse_workbook.instrument import Instrument
from cse_workbook.screening import (
    ADULT,
    ANSWERS,
    Answer,
    Recorded,
    Screening,
    View,
    columns_of,
    is_reference,
    read_screening,
    to_json,
    whole_years,
)

WORD = "Answer “yes”, “possible”, “no” or “not_known”."
KEYS = "Use a key of the instrument; `cse-workbook instrument show` lists them."
FORM = "Compare the record with the example in README.md."
FIELD = "Use the field names of a screening as in README.md."
ROUTES = "Use keep_watching, consult, assess_today, refer_now or emergency."
ADULTS = (
    "The workbook is for children under 18 and has not scored this record. For an adult at risk,"
    " speak to your safeguarding lead about adult safeguarding today."
)
REFERENCE = "Use an opaque reference such as C-0001, never a name."


def document(**changes: Any) -> dict[str, Any]:
    return {"child_ref": "C-0001", "age": 14, "answers": {}, **changes}


def without(key: str, **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in document(**changes).items() if name != key}


def refused(raw: Any, occ: Instrument) -> list[str]:
    with pytest.raises(WorkbookError) as refusal:
        read_screening(raw, "record 1", occ)
    return [str(problem) for problem in refusal.value.problems]


# Answers and ages


def test_the_four_answers_are_ordered() -> None:
    assert Answer.NO < Answer.NOT_KNOWN < Answer.POSSIBLE < Answer.YES
    assert ANSWERS == {"no": 0, "not_known": 1, "possible": 2, "yes": 3}
    assert [answer.key for answer in Answer] == ["no", "not_known", "possible", "yes"]


@pytest.mark.parametrize("word", ["no", "not_known", "possible", "yes"])
def test_a_recorded_answer_has_its_level(word: Any) -> None:
    assert Recorded(word).level is ANSWERS[word]


@pytest.mark.parametrize(
    ("born_on", "on", "years"),
    [
        (date(2012, 3, 27), date(2026, 3, 26), 13),
        (date(2012, 3, 27), date(2026, 3, 27), 14),
        (date(2012, 3, 27), date(2026, 4, 1), 14),
        (date(2012, 3, 27), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2025, 2, 28), 12),
        (date(2012, 2, 29), date(2025, 3, 1), 13),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
    ],
)
def test_age_is_counted_in_completed_years(born_on: date, on: date, years: int) -> None:
    assert whole_years(born_on, on) == years


def test_a_child_is_under_18() -> None:
    assert ADULT == 18


# Reading


def test_a_short_screening_is_read(occ: Instrument) -> None:
    screening = read_screening(document(answers={"self_harm": "yes"}), "record 1", occ)

    assert screening == Screening("C-0001", 14, {"self_harm": Recorded("yes")}, "occ_safeguard")


def test_a_full_screening_is_read(occ: Instrument) -> None:
    entry = {
        "answer": "yes",
        "when": "last_6_months",
        "seen_on": "2026-11-10",
        "evidence": "Out overnight twice",
        "kind": "told_by_professional",
        "source": "school attendance record",
    }
    view = {
        "route": "consult",
        "drivers": ["self_harm", "young_carer"],
        "because": "…",
        "other_driver": "…",
        "lower_because": "…",
        "consulted": "lead officer",
    }
    texts = dict.fromkeys(("worry", "other_concern", "child_said", "protective"), "…")

    screening = read_screening(
        without(
            "age",
            date_of_birth="2012-11-22",
            screened_on="2026-11-22",
            instrument="occ_safeguard",
            answers={"self_harm": "not_known", "missing_from_home_or_care": entry},
            all_at_once=["self_harm"],
            view=view,
            **texts,
        ),
        "record 1",
        occ,
    )

    assert screening == Screening(
        child_ref="C-0001",
        age=14,
        answers={
            "self_harm": Recorded("not_known"),
            "missing_from_home_or_care": Recorded(
                "yes",
                "last_6_months",
                date(2026, 11, 10),
                "Out overnight twice",
                "told_by_professional",
                "school attendance record",
            ),
        },
        instrument="occ_safeguard",
        screened_on=date(2026, 11, 22),
        date_of_birth=date(2012, 11, 22),
        all_at_once=("self_harm",),
        view=View("consult", ("self_harm", "young_carer"), "…", "…", "…", "lead officer"),
        **texts,
    )


def test_a_screening_is_written_as_it_is_read(occ: Instrument) -> None:
    screening = read_screening(
        document(answers={"self_harm": {"answer": "yes", "when": "earlier"}}), "record 1", occ
    )

    written = json.loads(to_json(screening))

    assert written == document(
        answers={"self_harm": {"answer": "yes", "when": "earlier"}}, instrument="occ_safeguard"
    )


def test_an_empty_value_is_as_good_as_none(occ: Instrument) -> None:
    raw = document(date_of_birth=None, screened_on="2026-11-22", view=None)

    screening = read_screening(raw, "record 1", occ)

    assert (screening.age, screening.date_of_birth, screening.view) == (14, None, None)


@pytest.mark.parametrize("age", [0, 12, 17])
def test_every_age_of_a_child_is_taken(age: int, occ: Instrument) -> None:
    assert read_screening(document(age=age), "record 1", occ).age == age


def test_the_last_day_of_childhood_is_taken(occ: Instrument) -> None:
    raw = document(age=17, date_of_birth="2008-11-23", screened_on="2026-11-22")

    assert read_screening(raw, "record 1", occ).age == 17


def test_something_seen_on_the_day_itself_is_taken(occ: Instrument) -> None:
    entry = {"answer": "yes", "seen_on": "2026-11-22"}
    raw = document(
        age=0, date_of_birth="2026-11-22", screened_on="2026-11-22", answers={"homeless": entry}
    )

    assert read_screening(raw, "record 1", occ).answers["homeless"].seen_on == date(2026, 11, 22)


@pytest.mark.parametrize(
    "view",
    [
        {"route": "consult", "drivers": ["self_harm"]},
        {"route": "consult", "drivers": ["self_harm", "homeless", "recruited"]},
        {"route": "consult", "drivers": ["self_harm", "homeless"], "other_driver": "…"},
        {"route": "emergency", "other_driver": "…"},
    ],
)
def test_a_view_has_one_to_three_drivers(view: dict[str, Any], occ: Instrument) -> None:
    assert read_screening(document(view=view), "record 1", occ).view is not None


@pytest.mark.parametrize("text", ["C-0001", "C", "7", "a" * 40, "P-0001-b"])
def test_a_reference_is_letters_digits_and_inner_hyphens(text: str) -> None:
    assert is_reference(text)


@pytest.mark.parametrize("text", ["", "-", "C-", "-1", "C--1", "C 1", "a" * 41, "é", "C_1", "C/1"])
def test_anything_else_is_no_reference(text: str) -> None:
    assert not is_reference(text)


# Refusing


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        (
            ["C-0001"],
            [f"SCREENING_03 · record 1: a screening is an object of names and values. {FORM}"],
        ),
        (
            without("answers"),
            [
                "SCREENING_03 · record 1: it needs “answers”, an object with a key for each"
                f" answered indicator. {FORM}"
            ],
        ),
        (
            document(anwsers={}),
            [
                "SCREENING_24 · record 1: there is no field “anwsers” here. Did you mean “answers”?"
                f" {FIELD}"
            ],
        ),
        (
            document(answers={"self_ham": "yes"}),
            [
                "SCREENING_01 · record 1: there is no indicator “self_ham” in the instrument"
                f" “occ_safeguard”. Did you mean “self_harm”? {KEYS}"
            ],
        ),
        (
            document(answers={"under_13": "yes"}),
            [
                "SCREENING_09 · record 1, answers.under_13: “under_13” is set from the age and is"
                " never asked. Remove it from the answers."
            ],
        ),
        (
            document(answers={"self_harm": "Yes"}),
            [
                "SCREENING_02 · record 1, answers.self_harm: this is not an answer. Did you mean"
                f" “yes”? {WORD}"
            ],
        ),
        (
            document(answers={"self_harm": {"answer": "unlikely"}}),
            [f"SCREENING_02 · record 1, answers.self_harm: this is not an answer. {WORD}"],
        ),
        (
            document(answers={"self_harm": True}),
            [f"SCREENING_02 · record 1, answers.self_harm: this is not an answer. {WORD}"],
        ),
        (
            document(answers={"self_harm": {"when": "earlier", "answer": 3}}),
            [f"SCREENING_02 · record 1, answers.self_harm: this is not an answer. {WORD}"],
        ),
        (
            document(answers={"self_harm": {"answer": "yes", "evidance": "…"}}),
            [
                "SCREENING_24 · record 1, answers.self_harm: there is no field “evidance” here. Did"
                f" you mean “evidence”? {FIELD}"
            ],
        ),
        (
            document(answers={"self_harm": {"answer": "yes", "seen_on": "10.11.2026"}}),
            [
                "SCREENING_19 · record 1, answers.self_harm: the date must be a real day, written"
                " 2026-11-22. Correct the date."
            ],
        ),
        (
            document(answers={"self_harm": {"answer": "yes", "when": "last week"}}),
            [
                "SCREENING_03 · record 1, answers.self_harm: Invalid enum value - at `$.when`."
                f" {FORM}"
            ],
        ),
        (
            document(answers={"self_harm": {"answer": "yes", "evidence": 7}}),
            [
                "SCREENING_03 · record 1, answers.self_harm: Expected `str`, got `int` - at"
                f" `$.evidence`. {FORM}"
            ],
        ),
        (
            document(worry=["…"]),
            [f"SCREENING_03 · record 1, worry: Expected `str`, got `array`. {FORM}"],
        ),
        (
            document(screened_on="2026-02-30"),
            [
                "SCREENING_19 · record 1, screened_on: the date must be a real day, written"
                " 2026-11-22. Correct the date."
            ],
        ),
        (
            document(date_of_birth="soon", screened_on="2026-11-22"),
            [
                "SCREENING_19 · record 1, date_of_birth: the date must be a real day, written"
                " 2026-11-22. Correct the date."
            ],
        ),
        (
            without("age"),
            [
                "SCREENING_07 · record 1: neither an age nor a date of birth is given. Give “age”"
                " in whole years, or “date_of_birth”."
            ],
        ),
        (
            document(age=18),
            [f"SCREENING_05 · record 1: this is not a child: the age is 18. {ADULTS}"],
        ),
        (
            document(age=40),
            [f"SCREENING_05 · record 1: this is not a child: the age is 40. {ADULTS}"],
        ),
        (
            without("age", date_of_birth="2008-11-22", screened_on="2026-11-22"),
            [f"SCREENING_05 · record 1: this is not a child: the age is 18. {ADULTS}"],
        ),
        (
            document(date_of_birth="2012-11-22"),
            [
                "SCREENING_03 · record 1: “date_of_birth” needs “screened_on”, to work out the age."
                f" {FORM}"
            ],
        ),
        (
            without("age", date_of_birth="2026-11-23", screened_on="2026-11-22"),
            [
                "SCREENING_06 · record 1: the date of birth is after the day of the screening."
                " Correct one of the two dates."
            ],
        ),
        (
            document(age=13, date_of_birth="2012-11-22", screened_on="2026-11-22"),
            [
                "SCREENING_08 · record 1: the date of birth makes the child 14, and the age says"
                " 13. Correct one of the two."
            ],
        ),
        (
            without("child_ref"),
            [
                "SCREENING_20 · record 1, child_ref: the reference may hold letters, digits and"
                f" hyphens only, at most 40 characters. {REFERENCE}"
            ],
        ),
        (
            document(child_ref="Anna Example"),
            [
                "SCREENING_20 · record 1, child_ref: the reference may hold letters, digits and"
                f" hyphens only, at most 40 characters. {REFERENCE}"
            ],
        ),
        (
            document(instrument="other_tool"),
            [
                "SCREENING_17 · record 1: the instrument is “other_tool”, and this run uses"
                " “occ_safeguard”. Name the same instrument in both places, or leave it out of the"
                " record."
            ],
        ),
        (
            document(all_at_once=["self_ham"]),
            [
                "SCREENING_01 · record 1, all_at_once: there is no indicator “self_ham” in the"
                f" instrument “occ_safeguard”. Did you mean “self_harm”? {KEYS}"
            ],
        ),
        (
            document(view={"route": "consult", "drivers": ["under_13", "self_harm"]}),
            [
                "SCREENING_01 · record 1, view.drivers: there is no indicator “under_13” in the"
                f" instrument “occ_safeguard”. {KEYS}"
            ],
        ),
        (
            document(view={"route": "refer", "drivers": ["self_harm"]}),
            [
                "SCREENING_25 · record 1, view.route: there is no route “refer”. Did you mean"
                f" “refer_now”? {ROUTES}"
            ],
        ),
        (
            document(view={"route": "consult"}),
            [
                "SCREENING_23 · record 1, view: it names 0 drivers of the view. Name one to three.",
            ],
        ),
        (
            document(
                view={
                    "route": "consult",
                    "drivers": ["self_harm", "homeless", "received"],
                    "other_driver": "…",
                }
            ),
            ["SCREENING_23 · record 1, view: it names 4 drivers of the view. Name one to three."],
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_repair(
    raw: Any, problems: list[str], occ: Instrument
) -> None:
    assert refused(raw, occ) == problems


@pytest.mark.parametrize("age", [17.5, "14", True, -1, None, []])
def test_an_age_is_a_whole_number_of_years(age: Any, occ: Instrument) -> None:
    assert refused(document(age=age), occ)[0] == (
        "SCREENING_04 · record 1, age: the age must be a whole number of years. Give completed"
        " years, for example 14."
    )


@pytest.mark.parametrize(
    ("seen_on", "problem"),
    [
        (
            "2026-11-23",
            "SCREENING_21 · record 1, answers.homeless.seen_on: the date is after the day",
        ),
        ("2012-11-21", "SCREENING_22 · record 1, answers.homeless.seen_on: the date is before the"),
    ],
)
def test_something_is_seen_in_the_life_of_the_child_and_by_the_day_of_the_screening(
    seen_on: str, problem: str, occ: Instrument
) -> None:
    raw = document(
        date_of_birth="2012-11-22",
        screened_on="2026-11-22",
        answers={"homeless": {"answer": "yes", "seen_on": seen_on}},
    )

    assert [each[: len(problem)] for each in refused(raw, occ)] == [problem]


def test_every_problem_of_a_record_is_told_at_once(occ: Instrument) -> None:
    raw = {
        "child_ref": "C 1",
        "age": 18,
        "answers": {"self_harm": "Yes", "homles": "yes", "received": {"answer": "x", "y": 1}},
        "sex": "F",
    }

    codes = [text.split(" · ")[0] for text in refused(raw, occ)]

    assert codes == [
        *["SCREENING_24", "SCREENING_02", "SCREENING_01", "SCREENING_24", "SCREENING_02"],
        *["SCREENING_05", "SCREENING_20"],
    ]


@pytest.mark.parametrize("words", ["Anna said", "Anna's party", "… - at Anna's", "Anna 'x'"])
def test_a_problem_does_not_repeat_what_is_recorded_about_a_child(
    words: str, occ: Instrument
) -> None:
    raw = document(
        answers={"self_harm": {"answer": "yes", "when": words}, words: "yes", "homeless": words},
        view={"route": words, "drivers": [words], words: "…"},
        all_at_once=[words],
        child_ref=words,
        instrument=words,
        screened_on=words,
        **{words: "yes"},
    )

    assert "Anna" not in "".join(refused(raw, occ))


def test_a_field_that_a_view_does_not_have_is_refused(occ: Instrument) -> None:
    raw = document(view={"route": "consult", "drivers": ["self_harm"], "reason": "…"})

    assert refused(raw, occ) == [
        f"SCREENING_03 · record 1, view: Object contains unknown field. {FORM}"
    ]


# Columns


def test_a_blank_counts_as_not_known_and_danger_left_blank_as_no(occ: Instrument) -> None:
    columns = columns_of(read_screening(document(), "record 1", occ), occ)

    assert columns["self_harm"] == Answer.NOT_KNOWN
    assert columns["immediate_danger"] == Answer.NO
    assert list(columns) == [indicator.key for indicator in occ.indicators]


@pytest.mark.parametrize("word", ["no", "not_known", "possible", "yes"])
def test_an_answer_counts_as_its_level(word: str, occ: Instrument) -> None:
    raw = document(answers={"immediate_danger": word})

    columns = columns_of(read_screening(raw, "record 1", occ), occ)

    assert columns["immediate_danger"] == ANSWERS[word]


@pytest.mark.parametrize(
    ("age", "under_13", "aged_16_or_17"),
    [(0, 3, 0), (12, 3, 0), (13, 0, 0), (15, 0, 0), (16, 0, 3), (17, 0, 3)],
)
def test_the_age_answers_two_questions_itself(
    age: int, under_13: int, aged_16_or_17: int, occ: Instrument
) -> None:
    columns = columns_of(read_screening(document(age=age), "record 1", occ), occ)

    assert (columns["under_13"], columns["aged_16_or_17"]) == (under_13, aged_16_or_17)
