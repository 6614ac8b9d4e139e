"""No child can be recognised by a number that is shown.

1. A small number is hidden, and is told apart from zero.
2. Any other number is rounded, and never down to one that would be hidden.
3. A larger count is never shown as a smaller number.
4. A total tells nothing of a hidden number beside it.
"""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_workbook.disclosure import NOT_SHOWN, Shown, protected, protected_line
from cse_workbook.policy import Disclosure, Policy

limits = st.builds(Disclosure, suppress_up_to=st.integers(1, 20), round_to=st.integers(1, 20))
counts = st.integers(0, 200)


def test_zero_is_shown_as_zero(default_policy: Policy) -> None:
    assert protected(0, default_policy.disclosure) == Shown("0", 0)


@pytest.mark.parametrize("count", [1, 7])
def test_a_number_up_to_the_limit_of_the_policy_is_hidden(
    count: int, default_policy: Policy
) -> None:
    shown = protected(count, default_policy.disclosure)

    assert (shown.words, shown.number, shown.is_hidden) == ("fewer than 8", None, True)


@pytest.mark.parametrize(("count", "words"), [(8, "10"), (12, "10"), (13, "15"), (1234, "1,235")])
def test_any_other_number_is_rounded(count: int, words: str, default_policy: Policy) -> None:
    shown = protected(count, default_policy.disclosure)

    assert (shown.words, shown.is_hidden) == (words, False)


def test_a_number_in_the_middle_is_rounded_up() -> None:
    assert protected(15, Disclosure(suppress_up_to=1, round_to=10)).number == 20


def test_a_count_below_zero_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never below zero"):
        protected(-1, Disclosure(suppress_up_to=7, round_to=5))


@given(counts, limits)
def test_what_is_shown_is_zero_for_zero_only_and_never_a_number_that_would_be_hidden(
    count: int, disclosure: Disclosure
) -> None:
    shown = protected(count, disclosure)

    assert shown.is_hidden == (1 <= count <= disclosure.suppress_up_to)
    assert (shown.number == 0) == (count == 0)
    assert not shown.number or shown.number > disclosure.suppress_up_to


@given(counts, counts, limits)
def test_more_is_never_shown_as_less(one: int, other: int, disclosure: Disclosure) -> None:
    small, large = sorted([one, other])
    shown, above = protected(small, disclosure).number, protected(large, disclosure).number

    assert shown is None or above is None or shown <= above


@given(counts, limits)
def test_a_number_is_rounded_by_half_a_unit_at_most_or_up_past_the_limit(
    count: int, disclosure: Disclosure
) -> None:
    number, unit = protected(count, disclosure).number, disclosure.round_to
    past_the_limit = disclosure.suppress_up_to < (number or 0) <= disclosure.suppress_up_to + unit

    assert number is None or number % unit == 0
    assert number is None or abs(number - count) * 2 <= unit or past_the_limit


def test_a_total_is_left_out_beside_one_hidden_number(default_policy: Policy) -> None:
    cells, total = protected_line([20, 3, 15], default_policy.disclosure)

    assert [cell.words for cell in cells] == ["20", "fewer than 8", "15"]
    assert (total.words, total.is_hidden) == (NOT_SHOWN, True)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ([20, 0, 15], "35"),
        ([3, 5], "10"),
        ([7, 7], NOT_SHOWN),  # 15: none of the two could be below 6
        ([1, 1], NOT_SHOWN),  # fewer than 8: none of the two could be 7
        ([], "0"),
    ],
)
def test_a_total_is_printed_where_it_tells_nothing_of_a_hidden_number(
    line: list[int], words: str, default_policy: Policy
) -> None:
    assert protected_line(line, default_policy.disclosure)[1].words == words


@pytest.mark.parametrize("unit", [1, 2, 3, 10])
def test_any_hidden_number_could_be_any_small_number_by_all_that_is_printed(unit: int) -> None:
    disclosure = Disclosure(suppress_up_to=3, round_to=unit)
    lines_by_print: dict[object, list[tuple[int, ...]]] = {}
    for line in product(range(8), repeat=3):
        cells, total = protected_line(line, disclosure)
        if total.words != NOT_SHOWN:
            printed = (tuple(cell.words for cell in cells), total.words)
            lines_by_print.setdefault(printed, []).append(line)

    for (words, _), lines in lines_by_print.items():
        for place, word in enumerate(words):
            if word == "fewer than 4":
                assert {line[place] for line in lines} == {1, 2, 3}
