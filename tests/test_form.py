"""The browser's word is never trusted: every field and value of a draft is looked at again."""

from datetime import date

import pytest

from cse_workbook import instrument
from cse_workbook.screening import View
from cse_workbook.views.form import refused, screening_of

INSTRUMENT = instrument.load()
KEPT = [
    ("answers.self_harm", "yes"),
    ("answers.self_harm", ""),
    ("answers.self_harm.evidence", "<script>alert(1)</script>"),
    ("answers.self_harm.when", "both"),
    ("answers.self_harm.kind", "seen"),
    ("answers.self_harm.seen_on.day", "3"),
    ("dob.year", "2012"),
    ("view.route", "refer_now"),
    ("view.drivers", ["self_harm", "other"]),
    ("looked.signs", "left"),
    ("worry", "w" * 50_000),
    ("child.known", "new"),
    ("iro_seen", "not_known"),
]
NOT_OF_THE_FORM = "This answer does not belong to the form. Reload the page and try again"
REFUSED = [
    ("answers.self_harm", "maybe", "This is not one of the answers. Choose again"),
    ("answers.under_13", "yes", NOT_OF_THE_FORM),
    ("answers.nothing", "yes", NOT_OF_THE_FORM),
    ("answers.self_harm.colour", "x", NOT_OF_THE_FORM),
    ("follows", "a", NOT_OF_THE_FORM),
    ("made_ref", "C-0001", NOT_OF_THE_FORM),
    ("", "a", NOT_OF_THE_FORM),
    ("worry", 4, "This answer could not be read. Give it again"),
    ("worry", ["a"], "This answer could not be read. Give it again"),
    ("worry", None, "This answer could not be read. Give it again"),
    ("worry", {"a": "b"}, "This answer could not be read. Give it again"),
    ("view.drivers", ["under_13"], "This is not one of the answers. Choose again"),
    ("view.route", "low", "This is not one of the answers. Choose again"),
    ("worry", "a\x00b", "This holds a character that cannot be kept. Type it again"),
    ("worry", "\ud800", "This holds a character that cannot be kept. Type it again"),
    (
        "worry",
        "w" * 50_001,
        "This is longer than 50,000 characters and cannot be kept. Shorten it",
    ),
]


@pytest.mark.parametrize(("field", "value"), KEPT)
def test_what_belongs_to_the_form_is_kept(field, value):
    assert refused(field, value, INSTRUMENT) is None


@pytest.mark.parametrize(("field", "value", "why"), REFUSED, ids=range(len(REFUSED)))
def test_what_does_not_belong_to_the_form_is_refused_with_its_reason(field, value, why):
    assert refused(field, value, INSTRUMENT) == why


def test_a_draft_becomes_a_screening_with_only_what_belongs_to_a_yes_or_possible():
    draft = {
        "age": "14",
        "worry": "Gone after lunch.",
        "answers.self_harm": "no",
        "answers.self_harm.evidence": "written while it was a yes",
        "answers.homeless": "possible",
        "answers.homeless.evidence": "Slept at a friend's",
        "answers.homeless.seen_on.day": "3",
        "answers.homeless.seen_on.month": "November",
        "answers.homeless.seen_on.year": "2026",
        "answers.young_carer": "not_known",
        "all_at_once": ["young_carer", "self_harm"],
        "view.route": "consult",
        "view.drivers": ["homeless"],
        "carers_know": "no",
    }

    screening = screening_of(draft, "C-0001", date(2026, 11, 23), INSTRUMENT)

    assert screening.answers["self_harm"].evidence == ""
    assert screening.answers["homeless"].seen_on == date(2026, 11, 3)
    assert screening.all_at_once == ("young_carer",)
    assert screening.view == View("consult", ("homeless",))
    assert screening.protective == "Parents or carers know: No"
    assert screening.date_of_birth is None
