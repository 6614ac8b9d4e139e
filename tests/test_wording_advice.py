"""Words that put blame on a child are found, and better ones offered.

1. Every phrase of the shipped policy is found as whole words, however it is written.
2. The text stays as it is; what is offered in its place is not pointed out again.
3. Of phrases that overlap the longest counts; the advice stands in the order of the text.
4. It takes time in proportion to the text.
5. What the child said is left alone, and what the person has left is not said again.
6. A phrase is plain words: the policy refuses anything else.
"""

import re
import time
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_workbook import policy
from cse_workbook.errors import WorkbookError
from cse_workbook.policy import Wording
from cse_workbook.views.better_words import note_on
from cse_workbook.wording import advice
from tests.test_policy import TEXT

WORDS = policy.load().wording
SOURCES = {
    "Suggested alternatives for describing behaviour around CSE concerns",
    "Language Matters",
    "Child exploitation language guide, The Children's Society and NAPAC",
    "Published screening tools",
    "CSE1 referral form",
    "Definition of the Department for Education, February 2017",
}
PARTINGS = st.sampled_from([" ", "  ", "\n", "\r\n", "\t", "\N{NO-BREAK SPACE}", "-", "\u2011"])
CASES = st.sampled_from([str.lower, str.upper, str.title, str.swapcase])


def written_out(wording: Wording) -> Iterator[str]:
    """Give every phrase that an entry stands for."""
    for phrase in wording.phrases:
        yield from map(" ".join, product(*(part.split("|") for part in phrase.split())))


SHIPPED = [(phrase, wording) for wording in WORDS for phrase in written_out(wording)]


def wording(*phrases: str, instead: str = "other words") -> Wording:
    return Wording(phrases=phrases, instead=instead, source="Made up")


# 1. Every phrase


@pytest.mark.parametrize(("phrase", "entry"), SHIPPED, ids=[phrase for phrase, _ in SHIPPED])
def test_a_shipped_phrase_is_found_with_its_better_words(phrase: str, entry: Wording) -> None:
    [found] = advice(f"Noted: {phrase}, they say.", WORDS)

    assert found.phrase == phrase
    assert found.instead.lower() == entry.instead.lower()
    assert found.sentence == f"‘{phrase}’ {entry.why}. You could write: ‘{found.instead}’."


@given(st.sampled_from(SHIPPED), PARTINGS, CASES)
def test_it_is_found_in_capitals_over_line_ends_and_hyphens(
    shipped: tuple[str, Wording], parting: str, case: Any
) -> None:
    written = parting.join(case(word) for word in shipped[0].split())

    [found] = advice(f"({written})", WORDS)

    assert found.phrase == written


@pytest.mark.parametrize(
    "text",
    [
        "promiscuously",
        "unpromiscuous",
        "prostituted",
        "prostitute's",
        "puts herself, at risk",
        "puts herself. At risk",
        "puts her at risk",
        "at risk",
        "",
        "…",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert advice(text, WORDS) == ()


def test_a_curly_apostrophe_is_a_straight_one() -> None:
    words = (wording("doesn't help herself"), wording("won’t say"))

    found = advice("She DOESN’T help herself and won't say", words)

    assert [each.phrase for each in found] == ["DOESN’T help herself", "won't say"]


def test_letters_of_any_alphabet_are_compared_without_case() -> None:
    [found] = advice("ÉTÉ STRASSE", (wording("été straße"),))

    assert found.phrase == "ÉTÉ STRASSE"


def test_a_phrase_over_two_lines_is_shown_on_one_and_given_as_it_is_written() -> None:
    [found] = advice("Puts\n  herself at risk", WORDS)

    assert found.phrase == "Puts\n  herself at risk"
    assert found.sentence == (
        "‘Puts herself at risk’ can sound as if the child were to blame."
        " You could write: ‘Is being put at risk by’."
    )


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: entry.phrases[0])
def test_an_entry_names_a_published_list(entry: Wording) -> None:
    assert entry.source in SOURCES


# 2. The text stays


@given(st.text(), st.sampled_from(SHIPPED), st.text())
def test_each_phrase_stands_in_the_text_letter_by_letter_and_in_order(
    before: str, shipped: tuple[str, Wording], after: str
) -> None:
    text = f"{before} {shipped[0]} {after}"

    place = 0
    for each in advice(text, WORDS):
        place = text.index(each.phrase, place) + len(each.phrase)

    assert place > 0


@pytest.mark.parametrize(("phrase", "entry"), SHIPPED, ids=[phrase for phrase, _ in SHIPPED])
def test_what_is_offered_is_not_pointed_out_again(phrase: str, entry: Wording) -> None:
    text = f"The child {phrase} a person."
    [found] = advice(text, WORDS)

    assert advice(text.replace(phrase, found.instead), WORDS) == ()
    assert advice(entry.instead, WORDS) == ()


# 3. The longest, in order


def test_the_longest_phrase_counts() -> None:
    words = (wording("at risk", instead="a"), wording("puts her|him at risk", instead="b"))

    found = advice("puts him at risk, at risk, puts her at", words)

    assert [(each.phrase, each.instead) for each in found] == [
        ("puts him at risk", "b"),
        ("at risk", "a"),
    ]


def test_a_capital_at_the_beginning_is_kept() -> None:
    found = advice("Promiscuity. Also promiscuity.", WORDS)

    assert [each.instead for each in found] == [
        "Possible sexual exploitation",
        "possible sexual exploitation",
    ]


# 4. Time


@pytest.mark.parametrize("piece", ["puts herself at ", "puts ", "' ", "a", " ", "is promiscuous "])
def test_ten_times_the_text_takes_about_ten_times_the_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        begun = time.perf_counter()
        advice(text, WORDS)
        return time.perf_counter() - begun

    short, long = (min(seconds(length) for _ in range(3)) for length in (10_000, 100_000))

    assert long < 40 * short + 0.05


# 5. What is said on the page


def note(field: str, value: Any, answers: dict[str, str] | None = None, **more: Any) -> Any:
    return note_on({"field": field, "value": value, **more}, answers or {}, policy.load())


TWO = "She puts herself at risk. She is promiscuous."


def test_the_first_phrase_is_pointed_out() -> None:
    assert note("worry", TWO) == {
        "phrase": "puts herself at risk",
        "sentence": "‘puts herself at risk’ can sound as if the child were to blame."
        " You could write: ‘is being put at risk by’.",
        "instead": "is being put at risk by",
    }


def test_a_phrase_that_was_left_is_passed_over_however_it_is_written_now() -> None:
    assert note("worry", TWO, left=["PUTS  herself\nat risk"])["phrase"] == "is promiscuous"
    assert note("worry", TWO, left=["puts herself at risk", "is promiscuous"]) is None


@pytest.mark.parametrize("left", [None, 3, "puts herself at risk", [3, None], {"a": 1}])
def test_what_a_browser_may_send_besides_changes_nothing(left: object) -> None:
    assert note("worry", TWO, left=left)["phrase"] == "puts herself at risk"


@pytest.mark.parametrize("value", [None, 3, ["is promiscuous"], "", "Gone early"])
def test_there_is_nothing_to_say_of(value: object) -> None:
    assert note("worry", value) is None


@pytest.mark.parametrize("field", ["child_said", "child_wants", "step.child_said"])
def test_the_childs_own_words_are_left_alone(field: str) -> None:
    assert note(field, TWO) is None


@pytest.mark.parametrize(
    ("kind", "is_said"),
    [("child_said", False), ("seen", True), ("told_by_family", True), ("", True)],
)
def test_evidence_is_left_alone_where_the_child_said_it(kind: str, is_said: bool) -> None:
    found = note("answers.self_harm.evidence", TWO, {"answers.self_harm.kind": kind})

    assert (found is not None) is is_said


# 6. Plain words


@pytest.mark.parametrize(
    ("entry", "detail"),
    [
        ("phrases = []", "Expected `array` of length >= 1"),
        ('phrases = ["a.*b"]', "Expected `str` matching regex"),
        ('phrases = ["…"]', "Expected `str` matching regex"),
        ('phrases = ["  "]', "Expected `str` matching regex"),
        ('phrase = "bad"', "Object contains unknown field `phrase`"),
    ],
)
def test_a_phrase_is_refused(entry: str, detail: str) -> None:
    text = f'{TEXT}\n[[wording]]\n{entry}\ninstead = "better"\nsource = "Made up"\n'

    with pytest.raises(WorkbookError, match=re.escape(f"POLICY_02 · local.toml: {detail}")):
        policy.parse(text.encode(), "local.toml")
