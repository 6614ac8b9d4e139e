"""What an agency keeps meeting and what stops it acting, and how it is drawn.

1. The same theme noted again is one row: when, about how many children, what was done.
2. A blockage has a row of its own: since when, how long, whether it ended.
3. What is looked at can be narrowed by months, kind, place and school.
4. No row holds a reference, neither as such nor in its words.
5. The picture shows protected numbers alone, and its words say the same.
"""

import re
from datetime import date
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_workbook import bars, themes
from cse_workbook.case import AnyEvent, Case, fold
from cse_workbook.case.events import BlockageNoted, BlockageResolved, CaseOpened, ThemeNoted
from cse_workbook.disclosure import Shown, protected
from cse_workbook.months import months, name_of
from cse_workbook.policy import Disclosure
from cse_workbook.themes import AGENCY, Wanted, gathered, narrowed
from tests.made_up_events import entry

TODAY = date(2026, 11, 23)
LIMITS = Disclosure(suppress_up_to=7, round_to=5)
PARK = ThemeNoted("Cars waiting at the school gate", "grooming", "near a school", "Told the police")
AGAIN = ThemeNoted("cars  waiting at the School gate", "Grooming", "at a bus stop")
ONLINE = ThemeNoted("Approached in an online game", "online", "online")
WAITING = BlockageNoted("No place at the clinic", date(2026, 9, 1), "Example Clinic", "A new nurse")
STUCK = BlockageNoted("No answer to letters", date(2026, 10, 20), "Example Borough")


def case_of(ref: str, *events: tuple[AnyEvent, str], first: int = 1) -> Case:
    """Fold events, each with the day on which it happened, as entries from a number on."""
    opened = entry(first, CaseOpened("Made up"), case_ref=ref, case_version=1)
    others = [
        entry(
            first + n,
            event,
            case_ref=ref,
            case_version=n + 1,
            happened_on=date.fromisoformat(on),
        )
        for n, (event, on) in enumerate(events, 1)
    ]
    return fold([opened, *others])


ONE = case_of("C-0001", (PARK, "2026-09-03"), (ONLINE, "2026-10-02"), (WAITING, "2026-09-05"))
TWO = case_of("C-0002", (AGAIN, "2026-11-04"), (STUCK, "2026-10-21"), first=11)
NOBODY = case_of(AGENCY, (PARK, "2026-11-10"), first=21)
SCHOOLS = {"C-0001": "Example School", "C-0002": "Example College"}
ALL = gathered([ONE, TWO, NOBODY], SCHOOLS)


# 1. Themes


def test_the_same_theme_noted_again_is_one_row_with_the_children_counted_once() -> None:
    gate, online = themes.themes(ALL)

    assert (gate.theme, gate.kind) == ("Cars waiting at the school gate", "grooming")
    assert gate.places == ("near a school", "at a bus stop")
    assert (gate.first_on, gate.last_on) == (date(2026, 9, 3), date(2026, 11, 10))
    assert (gate.children, online.children) == (2, 1)
    assert (gate.done, online.done) == (("Told the police",), ())


def test_what_is_noted_for_no_child_in_particular_counts_no_child() -> None:
    [row] = themes.themes(gathered([NOBODY], SCHOOLS))

    assert row.children == 0


def test_the_same_words_of_another_kind_are_another_theme() -> None:
    other = msgspec.structs.replace(PARK, of_kind="gangs")
    found = gathered([ONE, case_of("C-0003", (other, "2026-09-04"), first=31)], {})

    assert [row.kind for row in themes.themes(found)] == ["online", "gangs", "grooming"]


def test_children_are_counted_by_month_kind_place_and_school() -> None:
    over = ["2026-09", "2026-10", "2026-11"]

    assert themes.children_by_month(ALL, over) == {"2026-09": 1, "2026-10": 1, "2026-11": 1}
    assert themes.children_by(ALL, "kind") == {"grooming": 2, "online": 1}
    assert themes.children_by(ALL, "place") == {"at a bus stop": 1, "near a school": 1, "online": 1}
    assert themes.children_by(ALL, "school") == {"Example College": 1, "Example School": 1}


def test_the_cases_behind_a_theme_are_found_for_those_who_may_read_them() -> None:
    gate = themes.themes(ALL)[0]

    assert themes.cases_behind(ALL, gate.entry) == (gate, ("C-0001", "C-0002"))
    assert themes.cases_behind(ALL, 999) is None


# 2. Blockages


def test_a_blockage_that_lasts_is_open_until_today_and_the_longest_stands_first() -> None:
    first, second = themes.blockages(ALL, TODAY)

    assert (first.stops, first.agency) == ("No place at the clinic", "Example Clinic")
    assert (first.since_on, first.days_open(TODAY), first.ended_on) == (date(2026, 9, 1), 83, None)
    assert (first.would_end, first.how, first.entry) == ("A new nurse", "", 4)
    assert (second.stops, second.days_open(TODAY)) == ("No answer to letters", 34)


def test_a_blockage_that_ended_stands_below_and_is_open_no_longer() -> None:
    ended = BlockageResolved(2, date(2026, 10, 1), "A place was found")
    case = case_of("C-0001", (WAITING, "2026-09-05"), (ended, "2026-10-02"))
    rows = themes.blockages(gathered([case, TWO], {}), TODAY)

    assert [row.stops for row in rows] == ["No answer to letters", "No place at the clinic"]
    assert (rows[1].days_open(TODAY), rows[1].ended_on) == (30, date(2026, 10, 1))
    assert rows[1].how == "A place was found"


def test_a_blockage_counts_in_every_month_in_which_it_lasted() -> None:
    ended = BlockageResolved(2, date(2026, 10, 1), "A place was found")
    case = case_of("C-0001", (WAITING, "2026-09-05"), (ended, "2026-10-02"))
    found = gathered([case, TWO], {})
    over = months("2026-08", "2026-11")

    assert list(themes.blockages_by_month(found, over).values()) == [0, 1, 2, 1]


# 3. What is looked at


@pytest.mark.parametrize(
    ("wanted", "n_themes", "n_blockages"),
    [
        (Wanted(), 4, 2),
        (Wanted(kind="grooming"), 3, 2),
        (Wanted(place="online"), 1, 2),
        (Wanted(school="Example College"), 1, 1),
        (Wanted(first="2026-10", last="2026-10"), 1, 2),
        (Wanted(first="2026-11"), 2, 2),
        (Wanted(last="2026-09"), 1, 1),
        (Wanted(last="2026-08"), 0, 0),
    ],
)
def test_what_is_looked_at_is_chosen(wanted: Wanted, n_themes: int, n_blockages: int) -> None:
    part = narrowed(ALL, wanted)

    assert (len(part.themes), len(part.blockages)) == (n_themes, n_blockages)


def test_it_is_told_where_anything_was_noted_and_since_when() -> None:
    assert themes.schools_of(ALL) == ["Example College", "Example School"]
    assert themes.first_month(ALL) == "2026-09"
    assert themes.first_month(gathered([], {})) == ""


# 4. References


def test_no_reference_stands_in_a_row_whoever_wrote_one_into_the_words() -> None:
    theme = ThemeNoted("C-0001 and x-17 were seen; the agency knows", "peers", "", "Told C-9999")
    block = BlockageNoted("Nobody visits c-0001", TODAY, "Example Borough", "A visit to X-17")
    found = gathered(
        [case_of("C-0001", (theme, "2026-11-01"), (block, "2026-11-01")), case_of("X-17")], {}
    )

    [row], [blocked] = themes.themes(found), themes.blockages(found, TODAY)

    assert row.theme == "a child and a child were seen; the agency knows"
    assert row.done == ("Told a child",)
    assert (blocked.stops, blocked.would_end) == ("Nobody visits a child", "A visit to a child")
    assert "C-0001" not in f"{row}{blocked}{found}{found.themes}"


def test_a_child_named_in_a_theme_does_not_make_it_another_theme() -> None:
    one, two = (ThemeNoted(f"Seen with {ref}", "peers") for ref in ("C-0001", "C-0002"))
    found = gathered(
        [
            case_of("C-0001", (two, "2026-11-01")),
            case_of("C-0002", (one, "2026-11-02"), first=11),
        ],
        {},
    )

    [row] = themes.themes(found)

    assert (row.theme, row.children) == ("Seen with a child", 2)
    assert themes.cases_behind(found, row.entry) == (row, ("C-0001", "C-0002"))


# 5. The picture


counts = st.lists(st.integers(0, 60), min_size=1, max_size=14)


def numbers_of(given_counts: list[int]) -> dict[str, Shown]:
    over = months("2025-10", "2026-12")
    return {m: protected(c, LIMITS) for m, c in zip(over, given_counts, strict=False)}


@given(counts)
def test_the_picture_is_the_same_whatever_a_hidden_number_is(given_counts: list[int]) -> None:
    others = [count % 7 + 1 if 1 <= count <= 7 else count for count in given_counts]

    assert bars.picture(numbers_of(given_counts)) == bars.picture(numbers_of(others))


@given(counts)
def test_every_number_stands_in_the_picture_and_in_its_words(given_counts: list[int]) -> None:
    numbers = numbers_of(given_counts)
    drawing = ElementTree.fromstring(bars.picture(numbers))
    texts = [each.text or "" for each in drawing.iter("{http://www.w3.org/2000/svg}text")]

    assert sum(text in ("fewer", "than 8") for text in texts) == 2 * sum(
        shown.is_hidden for shown in numbers.values()
    )
    assert bars.in_words(numbers).count(":") == len(numbers)
    for month, shown in numbers.items():
        assert f"{name_of(month)}: {shown.words}." in bars.in_words(numbers)
        assert shown.words.split()[-1] in " ".join(texts)


def test_a_hidden_bar_is_hatched_and_lower_than_any_other() -> None:
    drawn = bars.picture(numbers_of([3, 8, 60, 0]))
    heights = [int(each) for each in re.findall(r'width="44" height="(\d+)"', drawn)]

    assert drawn.count('fill="url(#hatched)"') == 1
    assert heights == [12, 34, 126]


def test_a_picture_of_no_month_is_still_a_picture() -> None:
    assert ElementTree.fromstring(bars.picture({})).get("width") == "70"
