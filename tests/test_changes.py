"""What changed between two screenings, and the strongest answer under each letter.

1. Every question stands once: moved, known, lost, the same, or never answered.
2. The drivers of the earlier view that do not drive any more are named.
3. Under a letter stands the strongest answer, and no only where it is not too much to say.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cse_workbook.changes import Change, Changes, compare, profile
from cse_workbook.instrument import Instrument
from cse_workbook.screening import ANSWERS, Recorded, Screening, View
from tests.made_up_events import KEYS, OCC, screened

answers = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(sorted(ANSWERS)))
KNOWN = {"no", "possible", "yes"}
LETTERS = [letter.key for letter in OCC.letters]


def screening(view: View | None = None, /, **given: str) -> Screening:
    recorded = {key: Recorded(answer) for key, answer in given.items()}
    return Screening("C-0001", 14, recorded, OCC.key, view=view)


def changes(then: dict[str, str], now: dict[str, str]) -> Changes:
    return compare(screening(**then), screening(**now), OCC)


def under(letter: str, *given: Screening) -> tuple[str, ...]:
    return profile(given, OCC)[LETTERS.index(letter)].answers


# 1. Questions


def test_an_answer_that_moved_is_given_with_both_answers() -> None:
    found = changes({"self_harm": "possible"}, {"self_harm": "yes"})

    assert found.moved == (Change("self_harm", "possible", "yes"),)
    assert found.known == found.lost == ()


@pytest.mark.parametrize("then", [{}, {"self_harm": "not_known"}], ids=["blank", "not known"])
@pytest.mark.parametrize("now", sorted(KNOWN))
def test_what_was_blank_or_not_known_becomes_known(then: dict[str, str], now: str) -> None:
    found = changes(then, {"self_harm": now})

    assert found.known == (Change("self_harm", then.get("self_harm", ""), now),)
    assert found.moved == found.lost == ()


@pytest.mark.parametrize("now", [{}, {"self_harm": "not_known"}], ids=["blank", "not known"])
def test_what_was_known_is_known_no_more(now: dict[str, str]) -> None:
    found = changes({"self_harm": "yes"}, now)

    assert found.lost == (Change("self_harm", "yes", now.get("self_harm", "")),)
    assert found.moved == found.known == ()


def test_a_question_that_was_asked_without_getting_to_know_has_moved() -> None:
    found = changes({}, {"self_harm": "not_known"})

    assert found.moved == (Change("self_harm", "", "not_known"),)
    assert found.known == found.lost == ()


def test_answers_that_are_the_same_are_counted_and_those_never_given_are_named() -> None:
    found = changes({"self_harm": "yes", "homeless": "no"}, {"self_harm": "yes", "homeless": "no"})

    assert found.n_same == 2
    assert found.never == tuple(key for key in KEYS if key not in ("self_harm", "homeless"))


def test_only_the_answer_is_compared_and_not_what_stands_behind_it() -> None:
    evidence = screened(self_harm={"answer": "yes", "evidence": "Told a friend"}).screening

    assert compare(screening(self_harm="yes"), evidence, OCC).n_same == 1


def test_questions_stand_in_the_order_of_the_instrument() -> None:
    found = changes({}, {"self_harm": "yes", "chaotic_household": "yes", "homeless": "no"})

    assert [each.key for each in found.known] == ["chaotic_household", "homeless", "self_harm"]


def test_a_question_of_another_instrument_is_not_lost_and_stands_last() -> None:
    found = changes({"another": "no", "self_harm": "no"}, {"self_harm": "yes", "another": "yes"})

    assert [each.key for each in found.moved] == ["self_harm", "another"]


def test_what_is_set_from_the_age_is_no_question(occ: Instrument) -> None:
    younger = replace(screening(), age=12)

    assert compare(younger, screening(), occ) == compare(screening(), screening(), occ)


@given(answers)
def test_a_screening_has_not_changed_from_itself(given: dict[str, str]) -> None:
    found = changes(given, given)

    assert found.moved == found.known == found.lost == found.gone == ()
    assert found.n_same == len(given)


@given(answers, answers)
def test_every_question_stands_once(then: dict[str, str], now: dict[str, str]) -> None:
    found = changes(then, now)
    named = [each.key for each in (*found.moved, *found.known, *found.lost)]

    assert sorted([*named, *found.never]) == sorted({*named, *found.never})
    assert len(named) + len(found.never) + found.n_same == len(KEYS)


@given(answers, answers)
def test_swapping_the_screenings_swaps_then_and_now(
    then: dict[str, str], now: dict[str, str]
) -> None:
    there, back = changes(then, now), changes(now, then)

    def swapped(found: tuple[Change, ...]) -> tuple[Change, ...]:
        return tuple(Change(each.key, each.now, each.then) for each in found)

    assert back.moved == swapped(there.moved)
    assert back.known == swapped(there.lost)
    assert back.lost == swapped(there.known)
    assert (back.n_same, back.never) == (there.n_same, there.never)


@given(answers, answers)
def test_what_changed_leads_from_the_one_to_the_other(
    then: dict[str, str], now: dict[str, str]
) -> None:
    found = changes(then, now)
    changed = {each.key: each.now for each in (*found.moved, *found.known, *found.lost)}

    assert {key: answer for key, answer in {**then, **changed}.items() if answer} == now


# 2. Drivers


def test_a_driver_that_is_no_concern_any_more_is_gone() -> None:
    earlier = screening(View("refer_now", ("self_harm",)), self_harm="yes")

    assert compare(earlier, screening(self_harm="no"), OCC).gone == ("self_harm",)
    assert compare(earlier, screening(self_harm="not_known"), OCC).gone == ("self_harm",)
    assert compare(earlier, screening(), OCC).gone == ("self_harm",)


def test_a_driver_that_the_later_view_does_not_name_is_gone() -> None:
    earlier = screening(View("refer_now", ("self_harm", "homeless")), self_harm="yes")
    later = screening(View("refer_now", ("homeless",)), self_harm="yes", homeless="possible")

    assert compare(earlier, later, OCC).gone == ("self_harm",)


def test_a_concern_drives_on_where_no_later_view_says_otherwise() -> None:
    earlier = screening(View("refer_now", ("self_harm",)), self_harm="yes")

    assert compare(earlier, screening(self_harm="possible"), OCC).gone == ()


def test_a_driver_in_own_words_is_gone_when_the_later_view_has_none() -> None:
    earlier = screening(View("refer_now", other_driver="A made-up driver"))
    named, unnamed = View("consult", other_driver="Another"), View("consult", ("self_harm",))

    assert compare(earlier, screening(unnamed), OCC).gone == ("other",)
    assert compare(earlier, screening(named), OCC).gone == ()
    assert compare(earlier, screening(), OCC).gone == ()


def test_without_an_earlier_view_no_driver_is_gone() -> None:
    assert compare(screening(self_harm="yes"), screening(), OCC).gone == ()


# 3. Letters


def test_the_nine_letters_stand_in_their_order_with_an_answer_a_screening() -> None:
    found = profile([screening(), screening(), screening()], OCC)

    assert [each.letter.mark for each in found] == list("SAFEGUARD")
    assert {each.answers for each in found} == {("", "", "")}
    assert found[0].label == "S – Sexual health and behaviour"


def test_without_a_screening_every_letter_is_empty() -> None:
    assert [each.answers for each in profile([], OCC)] == [()] * 9


@pytest.mark.parametrize(
    ("given", "strongest"),
    [
        ({"sexual_health_concerns": "yes", "sexualised_behaviour": "possible"}, "yes"),
        ({"sexual_health_concerns": "possible", "sexualised_behaviour": "not_known"}, "possible"),
        ({"sexual_health_concerns": "not_known", "sexualised_behaviour": "no"}, "not_known"),
        ({"sexual_health_concerns": "not_known"}, "not_known"),
        ({"sexual_health_concerns": "no", "sexualised_behaviour": "no"}, "no"),
        ({}, ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_strongest_answer_stands_under_a_letter(given: dict[str, str], strongest: str) -> None:
    assert under("S", screening(**given)) == (strongest,)


def test_a_letter_is_not_answered_no_while_a_question_under_it_is_blank() -> None:
    assert under("S", screening(sexual_health_concerns="no")) == ("",)


def test_a_question_that_is_usually_blank_does_not_stand_against_no() -> None:
    asked = {"absent_from_school": "no", "missing_from_home_or_care": "no"}

    assert under("A", screening(**asked)) == ("no",)
    assert under("A", screening(**asked, known_missing_episode="possible")) == ("possible",)


def test_where_no_question_belongs_to_a_letter_it_stays_blank(occ: Instrument) -> None:
    bare = replace(occ, indicators=())

    assert {each.answers for each in profile([screening(self_harm="yes")], bare)} == {("",)}


@given(answers, st.sampled_from(LETTERS), st.data())
def test_one_more_concern_never_weakens_what_stands_under_a_letter(
    given: dict[str, str], letter: str, data: Any
) -> None:
    key = data.draw(st.sampled_from([i.key for i in OCC.asked() if letter in i.safeguard]))
    order = ["no", "", "not_known", "possible", "yes"]

    (before,) = under(letter, screening(**given))
    (after,) = under(letter, screening(**{**given, key: "yes"}))

    assert after == "yes"
    assert order.index(before) <= order.index(after)


@given(answers)
def test_an_answer_under_a_letter_is_one_that_was_given(given: dict[str, str]) -> None:
    for each in profile([screening(**given)], OCC):
        asked = [i.key for i in OCC.asked() if each.letter.key in i.safeguard]
        assert each.answers[0] in {given.get(key, "") for key in asked}


def test_what_is_shown_of_a_comparison_is_how_many_and_never_which() -> None:
    found = changes({"self_harm": "no"}, {"self_harm": "yes", "homeless": "yes"})

    assert repr(found) == "Changes(1 moved, 1 known, 0 lost)"
    assert repr(found.moved[0]) == "Change(self_harm, …)"
    assert repr(profile([screening()], OCC)[1]) == "UnderLetter(A, …)"
