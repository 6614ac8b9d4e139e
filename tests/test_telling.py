"""The text form of an outcome: what a tired person reads first, and what is never printed."""

from typing import Any

import pytest

from cse_workbook import policy
from cse_workbook.cli.explained import Explained
from cse_workbook.cli.layout import WIDTH, Labels
from cse_workbook.cli.telling import tell
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import explain
from cse_workbook.screening import read_screening

GOOD = {"child_ref": "C-0001", "age": 14, "answers": {"self_harm": "yes"}}


def told(occ: Instrument, **changes: Any) -> str:
    """Give the text of an outcome with its line breaks folded."""
    screening = read_screening({**GOOD, **changes}, "record 1", occ)
    local = policy.load()
    outcome = explain(screening, occ, local)
    text = tell(Explained(occ, occ, local, Labels.of(occ), screening, outcome))
    assert max(map(len, text.splitlines())) <= WIDTH
    return " ".join(text.split())


def test_the_text_form_says_route_reason_certainty_unknowns_and_steps_in_this_order(
    occ: Instrument,
) -> None:
    text = told(occ)

    places = [
        text.index(words)
        for words in (
            "Screening of C-0001",
            "The guidance says: ASSESS TODAY Consider this child a potential victim.",
            "WHY THE GUIDANCE SAYS THIS A sign of harm is recorded: Assess today",
            "- Self-harm: Yes",
            "Lead officers' guidance: “any child or young person showing risk indicators",
            "How this is read. One sign is enough",
            "HOW SURE THIS IS The same rules, read three ways: - Only what is answered Yes: Assess",
            "WHAT TO FIND OUT, AND FROM WHOM Whether the child is in immediate danger is not",
            "WHAT TO DO 1. Speak to your safeguarding lead",
            "By when: today (local policy). Who: You.",
            "Immediate danger? Call 999 now.",
            "Made to help a professional decide.",
        )
    ]
    assert places == sorted(places)


def test_nothing_written_about_the_child_is_printed(occ: Instrument) -> None:
    secret = "Zoltan Example"
    answer = {"answer": "yes", "evidence": secret, "source": secret, "when": "earlier"}
    view = {"route": "consult", "drivers": ["self_harm"], "because": secret}
    texts = dict.fromkeys(("worry", "other_concern", "child_said", "protective"), secret)

    text = told(occ, **texts, answers={"self_harm": answer}, view=view)

    assert "Zoltan" not in text
    assert "- Self-harm: Yes (earlier)" in text
    assert "past harm is a reason to look, not to stop looking" in text
    assert "You said: Report the concern You said less than the guidance asks for." in text


def test_with_nothing_recorded_what_to_find_out_comes_before_how_sure_it_is(
    occ: Instrument,
) -> None:
    text = told(occ, answers={"immediate_danger": "no"})

    assert "This does not rule out exploitation." in text
    assert "47 questions have no answer." in text
    assert text.index("WHAT TO FIND OUT") < text.index("HOW SURE THIS IS")


def test_an_emergency_comes_first_and_claims_nothing_about_saving(occ: Instrument) -> None:
    answers = {"immediate_danger": "possible", "recruited": "yes"}
    view = {"route": "consult", "drivers": ["recruited"]}

    text = told(occ, answers=answers, view=view)

    assert "The guidance says: CALL 999 NOW" in text
    assert "Apart from the danger, what is recorded reaches: Refer now." in text
    assert "If that was a mistake, correct it. If not, call 999 now." in text
    assert "saved" not in text


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("assess_today", "You and the guidance agree."),
        ("refer_now", "You said more than the guidance asks for. Act on your own view."),
    ],
)
def test_the_view_stands_beside_the_outcome(route: str, words: str, occ: Instrument) -> None:
    assert words in told(occ, view={"route": route, "drivers": ["self_harm"]})


def test_what_the_outcome_rests_on_is_said(occ: Instrument) -> None:
    text = told(occ, answers={"self_harm": "possible", "poor_mental_health": "not_known"})

    assert "Counting only Yes, it would be: Keep watching." in text
    assert "1 answer is not known and 46 questions have no answer yet" in text


def test_company_alone_and_vulnerabilities_alone_are_pointed_out(occ: Instrument) -> None:
    company = ("friends_exploited", "gang_neighbourhood", "school_with_exploited_peers")

    text = told(occ, answers=dict.fromkeys(company, "yes"))

    assert "Everything counted here is about the people and places around the child" in text
    assert "No sign of harm is recorded. The guidance asks for action on several" in text


@pytest.mark.parametrize(
    ("related", "words"),
    [
        ({"gang_related": "no"}, "because you answered No to ‘Gangs are part of this worry’"),
        ({}, "because there is no Yes and no Possible to ‘Gangs are part of this worry’"),
    ],
)
def test_an_answer_that_is_not_counted_is_named(
    related: dict[str, str], words: str, occ: Instrument
) -> None:
    assert words in told(occ, answers={"gang_association": "yes", **related})


def test_the_steps_of_a_pathway_stand_under_their_own_heading(occ: Instrument) -> None:
    text = told(occ, age=12, answers={"looked_after": "yes", "self_harm": "yes"})

    assert "Because the child is looked after: " in text


def test_a_child_under_13_is_pointed_out(occ: Instrument) -> None:
    text = told(occ, age=12)

    assert "A child under 13 cannot consent to any sexual activity." in text
