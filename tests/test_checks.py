"""What must be put right on a page, in the exact words a person reads."""

from datetime import date

import pytest

from cse_workbook import instrument
from cse_workbook.views import checks
from cse_workbook.views.checks import SAYS

TODAY = date(2026, 11, 23)
INSTRUMENT = instrument.load()
SCHOOL = next(i for i in INSTRUMENT.indicators if i.key == "absent_from_school")
CHILD = {"child.known": "new", "age": "14", "worry": "Gone after lunch."}
ABSENT = "answers.absent_from_school"
VIEW = {"view.route": "consult", "view.drivers": ["other"], "view.other": "A feeling"}
LOWER = {"lower.because": "Known to me", "lower.consulted": "nobody"}


def born(day, month, year):
    return {"dob.day": day, "dob.month": month, "dob.year": year}


def seen(day, month, year, **more):
    parts = {
        f"{ABSENT}.seen_on.{k}": v
        for k, v in zip(("day", "month", "year"), (day, month, year), strict=True)
    }
    return {ABSENT: "yes", **parts, **{f"{ABSENT}.{k}": v for k, v in more.items()}}


ON_THE_CHILD = [
    ("FORM_01", {"child.known": ""}, "Select whether this child is already in the workbook"),
    ("FORM_02", {"child.known": "existing"}, "Enter the child's reference, for example C-0042"),
    (
        "FORM_03",
        {"child.known": "existing", "child.ref": "Example Name"},
        "A reference is a letter and numbers, for example C-0042. Do not enter a name here",
    ),
    ("FORM_05", {"age": ""}, "Enter the date of birth, or the age in years"),
    ("FORM_06", born("27", "3", ""), "Date of birth must include a year"),
    ("FORM_06", born("", "", "2012"), "Date of birth must include a day and month"),
    ("FORM_07", born("27", "3", "12"), "Year must have 4 numbers"),
    ("FORM_08", born("31", "2", "2012"), "Date of birth must be a real date"),
    ("FORM_09", born("1", "1", "2031"), "Date of birth must be in the past"),
    ("FORM_10", {"age": "14 and a half"}, "Age must be a whole number, for example 14"),
    ("FORM_11", {"age": "-1"}, "Age must be between 0 and 17"),
    ("FORM_11", {"age": "130"}, "Age must be between 0 and 17"),
    (
        "FORM_12",
        born("27", "3", "2013"),
        "The date of birth makes the child 13, and the age says 14. Change one of them",
    ),
    ("FORM_13", {"worry": "  "}, "Write what worries you. A few words are enough"),
    (
        "FORM_14",
        {"worry": "x" * 10_412},
        "What worries you must be 10,000 characters or fewer. You have written 10,412",
    ),
]


@pytest.mark.parametrize(("code", "change", "sentence"), ON_THE_CHILD)
def test_the_page_of_the_child_says_what_to_put_right(code, change, sentence):
    found = list(checks.child_troubles({**CHILD, **change}, TODAY))

    assert [(each.code, each.text) for each in found] == [(code, sentence)]


@pytest.mark.parametrize("month", ["3", "03", "mar", "March", "MARCH"])
def test_a_month_may_be_a_number_or_a_name(month):
    draft = {**CHILD, "age": "", **born("27", month, "2012")}

    assert list(checks.child_troubles(draft, TODAY)) == []


def test_the_child_and_the_worry_are_all_that_is_needed():
    assert list(checks.child_troubles(CHILD, TODAY)) == []


def test_an_age_of_18_is_not_an_error_of_the_form():
    assert list(checks.child_troubles({**CHILD, "age": "18"}, TODAY)) == []


ON_AN_ANSWER = [
    (
        "FORM_15",
        seen("31", "2", "2026"),
        "Absent from school: the date must be a real date, for example 10 11 2026",
    ),
    ("FORM_16", seen("1", "2", ""), "Absent from school: the date must include a year"),
    (
        "FORM_17",
        seen("24", "11", "2026"),
        "Absent from school: the date must be today or in the past",
    ),
    (
        "FORM_18",
        {**seen("1", "2", "2011"), **born("27", "3", "2012")},
        "Absent from school: the date is before the child was born",
    ),
    (
        "FORM_19",
        seen("22", "5", "2026", when="last_6_months"),
        "Absent from school: the date is more than 6 months ago, but you chose In the last 6"
        " months. Change one of them",
    ),
    (
        "FORM_30",
        {ABSENT: "possible", f"{ABSENT}.evidence": "x" * 5_210},
        "Absent from school: what makes you say so must be 5,000 characters or fewer. You have"
        " written 5,210",
    ),
]


@pytest.mark.parametrize(("code", "draft", "sentence"), ON_AN_ANSWER)
def test_what_stands_behind_an_answer_is_checked(code, draft, sentence):
    found = list(checks.answer_troubles(draft, SCHOOL, TODAY))

    assert [(each.code, each.text) for each in found] == [(code, sentence)]


@pytest.mark.parametrize("draft", [
    seen("23", "11", "2026"),
    seen("23", "5", "2026", when="last_6_months"),
    seen("22", "5", "2026", when="earlier"),
    {**seen("31", "2", "2026"), ABSENT: "no"},
    {ABSENT: "yes"},
])  # fmt: skip
def test_an_answer_that_is_in_order_is_left_alone(draft):
    assert list(checks.answer_troubles(draft, SCHOOL, TODAY)) == []


def test_home_and_host_authority_cannot_be_the_same():
    draft = {
        "answers.placed_outside_home_authority": "yes",
        "home_authority": "Example Borough",
        "host_authority": "example borough ",
    }

    found = [(each.code, each.text) for each in checks.circumstance_troubles(draft)]

    assert found == [
        (
            "FORM_20",
            "The home authority and the host authority are the same. Change one of them, or answer"
            " No to ‘Placed outside their home authority’",
        )
    ]


ON_THE_VIEW = [
    ("FORM_21", {"view.route": ""}, "Select what you think should happen now"),
    ("FORM_22", {"view.drivers": []}, "Select at least one thing that drives your view"),
    ("FORM_22", {"view.drivers": ["self_harm"]}, "Select at least one thing that drives your view"),
    ("FORM_24", {"view.other": " "}, "Write what else drives your view"),
    (
        "FORM_14",
        {"view.because": "x" * 10_001},
        "Why must be 10,000 characters or fewer. You have written 10,001",
    ),
]


@pytest.mark.parametrize(("code", "change", "sentence"), ON_THE_VIEW)
def test_the_view_says_what_to_put_right(code, change, sentence):
    found = list(checks.view_troubles({**VIEW, **change}, INSTRUMENT))

    assert [(each.code, each.text) for each in found] == [(code, sentence)]


def test_a_view_has_three_drivers_at_most():
    keys = ["self_harm", "homeless", "young_carer", "recruited"]
    draft = {**VIEW, "view.drivers": [*keys, "other"], **{f"answers.{key}": "yes" for key in keys}}

    found = list(checks.view_troubles(draft, INSTRUMENT))

    assert [(each.code, each.text) for each in found] == [
        ("FORM_23", "Select up to 3. You have selected 5")
    ]


ON_A_LOWER_VIEW = [
    ("FORM_25", {"lower.because": ""}, "Write why your view is lower. A sentence is enough"),
    ("FORM_26", {"lower.consulted": ""}, "Select who you have talked to, or Nobody yet"),
    (
        "FORM_27",
        {"lower.consulted": "someone_else"},
        "Enter who you talked to. A role is enough",
    ),
    (
        "FORM_29",
        {"lower.consulted": "lead_officer", "lower.on.day": "24", "lower.on.month": "11",
         "lower.on.year": "2026"},
        "The date must be today or in the past",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "sentence"), ON_A_LOWER_VIEW)
def test_a_lower_view_asks_for_its_reason(code, change, sentence):
    found = list(checks.lower_troubles({**LOWER, **change}, TODAY))

    assert [(each.code, each.text) for each in found] == [(code, sentence)]


def test_nobody_yet_is_an_honest_answer():
    assert list(checks.lower_troubles(LOWER, TODAY)) == []


def test_telling_somebody_names_a_role():
    assert [(t.code, t.text) for t in checks.told_troubles({})] == [
        ("FORM_28", "Enter whom you told")
    ]


def test_every_sentence_of_the_form_is_shown_by_a_test():
    cases = [*ON_THE_CHILD, *ON_AN_ANSWER, *ON_THE_VIEW, *ON_A_LOWER_VIEW]
    with_a_store = {"FORM_04", "FORM_31", "FORM_32", "FORM_33", "FORM_34"}  # in test_journey
    elsewhere = {"FORM_20", "FORM_23", "FORM_28", *with_a_store}

    assert {code for code, *_ in cases} | elsewhere == set(SAYS)
