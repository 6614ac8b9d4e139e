"""The views on the page of a case, and what the guidance says beside them.

1. They stand side by side with their reasons; harm recorded earlier stays visible.
2. A second reader sees the answers, and nobody's view.
"""

from datetime import date

import pytest

from cse_workbook.case.events import (
    ActionSet,
    AdviceGiven,
    Corrected,
    Evidence,
    ReviewHeld,
    SecondReading,
    StepDownAgreed,
)
from tests.made_up_events import screened, view
from tests.office_window import Window, entries, part, texts, write
from tests.review_page.made_up import ANOTHER_LEAD, YOUTH_WORKER, on, write_again

# 1. The views


def test_the_two_views_stand_side_by_side(seen: Window) -> None:
    write_again(seen)

    page = seen.open_case()

    [pair] = [block for block in page["blocks"] if block["kind"] == "pair"]
    assert (pair["left"]["heading"], pair["left"]["title"]) == ("Standing view", "Refer now")
    assert texts(pair["left"]["text"]) == (
        "Youth worker, Example Centre, 16 November. Driven by: missing from home or care."
    )
    assert pair["right"]["title"] == "Assess today"
    assert "Counting" not in texts(pair["right"])
    assert "At the screening before: assess today." in texts(pair["right"])


def test_a_lower_view_is_named_and_lowers_nothing(seen: Window) -> None:
    write(seen.store, view("consult", because="Calmer now"), at=on(11, 10), who=YOUTH_WORKER)

    page = seen.open_case()

    assert "Youth worker, Example Centre said Report the concern on 10 November;" in (
        texts(part(page, "views"))
    )
    assert "lowering has not been agreed. Why: Calmer now" in texts(part(page, "views"))
    assert page["blocks"]
    assert part(page, "views")[0]["left"]["title"] == "Assess today"


def test_a_view_below_the_guidance_says_so_and_asks_for_the_reason(plain: Window) -> None:
    write(plain.store, screened(self_harm="yes"), view("consult", "self_harm"), at=on(11, 10))

    page = plain.open_case()

    assert "This is less than the guidance asks for. No reason is recorded yet." in (
        texts(part(page, "views"))
    )


def test_the_reason_for_a_lower_view_is_shown_with_whom_it_was_looked_at(plain: Window) -> None:
    reason = {"lower_because": "Known since spring", "consulted": "Social worker"}
    lower = view("consult", "self_harm", **reason, consulted_said="Agreed")
    write(plain.store, screened(self_harm="yes"), lower, at=on(11, 10))

    page = plain.open_case()

    said = texts(part(page, "views"))
    assert "Reason: Known since spring Looked at with: Social worker. Agreed" in said


def test_what_the_rules_say_today_stands_beside_what_they_said(plain: Window) -> None:
    made = screened(self_harm="not_known")
    [seq] = write(plain.store, made, at=on(11, 10))
    right = Corrected(seq, "answers.self_harm", "yes", "It was known")
    write(plain.store, right, at=on(11, 11))

    page = plain.open_case()

    assert part(page, "views")[0]["right"]["title"] == "Assess today"
    assert "As it was recorded then, the guidance said: keep watching." in (
        texts(part(page, "views"))
    )


def test_the_three_readings_are_one_sentence(plain: Window) -> None:
    answers = {"self_harm": "possible", "homeless": "not_known", "bereavement_or_loss": "not_known"}
    write(plain.store, screened(**answers), at=on(11, 10))

    page = plain.open_case()

    assert (
        "Counting only Yes it would be keep watching, and if everything not known turned out to be"
        " Yes, refer now."
    ) in texts(part(page, "views"))


def test_a_lowered_view_shows_what_it_was_lowered_upon(seen: Window) -> None:
    evidence = Evidence("missing_from_home_or_care", "At home since", date(2026, 11, 9), "carers")
    down = StepDownAgreed(
        "assess_today",
        "consult",
        (evidence,),
        "Feels listened to",
        "Social worker, Example Borough",
    )
    write(seen.store, down, at=on(11, 10), who=ANOTHER_LEAD)

    page = seen.open_case()

    said = texts(part(page, "views"))
    assert part(page, "views")[0]["left"]["title"] == "Report the concern"
    assert "Lowered from Assess today" in said
    assert "At home since (seen on 9 November, known from: carers)" in said
    assert "The child or the family: Feels listened to" in said


def test_harm_recorded_earlier_stays_visible(seen: Window) -> None:
    write(seen.store, screened(missing_from_home_or_care="no"), at=on(11, 16))

    page = seen.open_case()

    assert "Missing from home or care, last recorded on 2 September" in texts(part(page, "harm"))


def test_where_no_harm_is_past_there_is_no_such_part(seen: Window) -> None:
    page = seen.open_case()

    assert part(page, "harm") == []


def test_a_second_reading_of_a_screening_without_a_view_says_so(plain: Window) -> None:
    [seq] = write(plain.store, screened(self_harm="yes"), at=on(11, 10))
    reading = SecondReading(seq, "assess_today", ())
    write(plain.store, reading, at=on(11, 11), who=ANOTHER_LEAD)

    page = plain.open_case()

    first, pair = part(page, "views")[:2]
    assert "A second reading. Driven by: nothing named." in texts(first["left"])
    assert pair["left"]["title"] == "No view"
    assert "Two people differ." not in texts(part(page, "views"))


def test_a_second_reading_stands_beside_the_first_view(seen: Window) -> None:
    seq = next(e.seq for e in entries(seen.store) if e.kind == "Screened")
    reading = SecondReading(seq, "refer_now", ("missing_from_home_or_care",), "Twice in a week")
    write(seen.store, reading, at=on(11, 10), who=ANOTHER_LEAD)

    page = seen.open_case()

    pair = part(page, "views")[1]
    assert (pair["left"]["title"], pair["right"]["title"]) == ("Assess today", "Refer now")
    assert "Why: Twice in a week" in texts(pair["right"])
    assert "Two people differ." in texts(part(page, "views"))


# 2. A second reading


@pytest.fixture
def rich(seen: Window) -> Window:
    """A case in which somebody's view could show in many places."""
    seq = next(e.seq for e in entries(seen.store) if e.kind == "Screened")
    write(
        seen.store,
        SecondReading(seq, "refer_now", ("missing_from_home_or_care",), "Told by a first reader"),
        AdviceGiven("Is it refer now?", "Refer now, I said", "teacher"),
        ReviewHeld("Reviewed as refer now"),
        ActionSet("Act on refer now", "teacher", date(2026, 11, 25)),
        at=on(11, 10),
        who=ANOTHER_LEAD,
    )
    write_again(seen)
    return seen


def test_a_second_reader_sees_the_answers_and_nobodys_view(rich: Window) -> None:
    page = rich.open_case(purpose="reading")

    said = texts([block for block in page["blocks"] if block["kind"] != "panel"])
    assert "The first view, what drove it and what the guidance says are shown when" in said
    assert not any(words in said.casefold() for words in ("refer now", "assess today", "driven by"))
    assert [each["focus"] for each in page["shell"]["on_this_page"]] == [
        *("add", "changes", "safeguard", "care", "missing")
    ]


def test_both_views_are_shown_when_the_second_reading_is_added(rich: Window) -> None:
    rich.open_case(purpose="reading")
    rich.fill_in(reading__route="consult", reading__drivers=["missing_from_home_or_care"])

    page = rich.press("add")

    assert "You said Report the concern. The person who screened said Refer now." in (
        texts(page["blocks"][0])
    )
    assert "Two people differ." in texts(part(page, "views"))


def test_ones_own_screening_cannot_be_read_again_and_nothing_is_hidden(plain: Window) -> None:
    made = (screened(self_harm="yes"), view("consult", "self_harm"))
    write(plain.store, *made, at=on(11, 10), who=plain.casework.who)

    page = plain.open_case(purpose="reading")

    assert "You made this screening." in texts(part(page, "add"))
    assert "Report the concern" in texts(part(page, "views"))
