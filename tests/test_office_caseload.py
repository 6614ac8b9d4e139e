"""The page of the caseload: who waits for what, filtered and turned, never ranked.

1. It says how many wait, for what, and since when; a child stands once with all its reasons.
2. Filters: one of the values of each; those who wait without a date are then shown at once.
3. A hundred rows stand on a page, and the numbers are always of all.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cse_workbook.case.events import MissingEpisode, ReferralSent
from cse_workbook.policy import Person
from cse_workbook.rehearsal import fill
from cse_workbook.waiting import Reason
from tests.made_up_events import OPENED, screened, view
from tests.office_window import MORNING, Page, Window, new_store, texts, write


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with new_store(tmp_path / "home") as opened:
        yield Window(opened)


@pytest.fixture
def filled(window: Window) -> Window:
    """The caseload of forty made-up children."""
    fill(window.store, cases=40, seed=1, now=MORNING)
    window.open()
    return window


def blocks(page: Page, kind: str) -> list[Any]:
    return [block for block in page["blocks"] if block["kind"] == kind]


def refs(page: Page) -> list[str]:
    return [row[0][0]["text"] for table in blocks(page, "table") for row in table["rows"]]


def showing(page: Page) -> str:
    [line] = blocks(page, "status")
    return texts(line["text"])


def waiting_for(window: Window, reason: Reason) -> list[str]:
    rows = window.casework.caseload()
    return [row.ref for row in rows if reason in [each.reason for each in row.waiting]]


# 1. Who waits


def test_an_empty_workbook_says_so(window: Window) -> None:
    page = window.open()

    assert "No children yet." in texts(page["blocks"])


def test_where_nobody_waits_it_says_so_and_not_that_all_is_well(window: Window) -> None:
    write(window.store, OPENED, at=MORNING)
    page = window.open()

    assert "Nobody is waiting for anything today. 1 child in your caseload." in texts(
        page["blocks"]
    )
    assert refs(page) == []


def test_it_says_how_many_wait_and_that_the_order_ranks_nobody(filled: Window) -> None:
    rows = filled.casework.caseload()
    waiting = [row.ref for row in rows if row.waiting]
    said = texts(filled.page["blocks"])

    assert f"{len(waiting)} of {len(rows)} children are waiting for something." in said
    assert "It never ranks children by how much is recorded about them." in said
    assert showing(filled.page).startswith(f"Showing {len(waiting)} of {len(rows)} children.")


def test_a_child_stands_once_with_all_its_reasons_and_the_day_of_each(window: Window) -> None:
    answers = {"missing_from_home_or_care": "yes"}
    events = (screened(**answers), view("refer_now", *answers), ReferralSent("social care"))
    long_ago = MORNING.replace(month=11, day=10)
    away = MissingEpisode(long_ago, MORNING.replace(day=11))
    write(window.store, OPENED, *events, away, at=long_ago)
    page = window.open()
    [[_, reasons, since, stands, worker]] = blocks(page, "table")[0]["rows"]

    assert refs(page) == ["C-0001"]
    assert reasons == [
        ["Referral sent, no answer in time"],
        ["Missing 10 to 11 November, no return interview (due Saturday 14 November)"],
    ]
    assert (since, stands) == (["Due Friday 13 November"], ["Refer now"])
    assert worker == ["Teacher, Example School"]


def test_only_a_lead_officer_sees_a_caseload(window: Window) -> None:
    teacher = Person(role="teacher", agency="Example School", works_as="practitioner")
    page = Window(window.store, person=teacher).open(page="caseload")

    assert refs(page) == []
    assert "caseload" not in page["title"].lower()


# 2. Filters


@pytest.mark.parametrize("reason", [Reason.DIFFER, Reason.HOST_LEAD, Reason.DRAFT])
def test_a_link_shows_those_who_wait_for_one_thing_with_a_date_or_without(
    filled: Window, reason: Reason
) -> None:
    page = filled.press(f"reason:{reason.name.lower()}")

    assert refs(page) == waiting_for(filled, reason)
    assert f"Filter: {reason}." in showing(page)
    assert page["focus"] == "showing"


def test_a_reason_that_there_is_not_changes_nothing(filled: Window) -> None:
    before = refs(filled.page)

    assert refs(filled.press("reason:anything")) == before


def test_one_of_the_values_of_each_filter_has_to_fit(filled: Window) -> None:
    filled.save("choose.caseload.reason", ["review", "differ"])
    filled.save("choose.caseload.route", ["refer_now", "of_nobody"])
    page = filled.press("apply:caseload")
    either = {*waiting_for(filled, Reason.REVIEW), *waiting_for(filled, Reason.DIFFER)}
    stands = {row.ref for row in filled.casework.caseload() if row.view == "refer_now"}

    assert set(refs(page)) == either & stands != set()
    assert f"Filter: {Reason.REVIEW}; {Reason.DIFFER}; Refer now." in showing(page)


def test_everybody_is_shown_when_asked_for_and_those_who_wait_after_filters_are_cleared(
    filled: Window,
) -> None:
    rows = filled.casework.caseload()
    page = filled.press("all")
    assert set(refs(page)) == {row.ref for row in rows}
    assert showing(page) == f"Showing {len(rows)} of {len(rows)} children. No filter is on. "

    filled.press("reason:review")
    page = filled.press("clear:caseload")

    assert set(refs(page)) <= {row.ref for row in rows if row.waiting}


def test_those_who_wait_without_a_date_are_unfolded_by_a_link(filled: Window) -> None:
    before = refs(filled.page)
    page = filled.press("undated")

    assert set(refs(page)) - set(before) == set(waiting_for(filled, Reason.HOST_LEAD))
    assert page["focus"] in [block.get("id") for block in blocks(page, "heading")]


def test_what_was_written_since_is_there_when_the_page_is_read_again(filled: Window) -> None:
    write(filled.store, OPENED, ref="C-0900", at=MORNING)

    assert "C-0900" not in refs(filled.press("all"))
    filled.press("again")
    assert "C-0900" in refs(filled.press("all"))


# 3. Many children


@pytest.fixture
def many(window: Window) -> Window:
    """A caseload of 205 children, of whom none waits for anything."""
    for number in range(1, 206):
        write(window.store, OPENED, ref=f"C-{number:04d}", at=MORNING)
    window.open()
    window.press("all")
    return window


def test_a_hundred_rows_stand_on_a_page_and_are_turned(many: Window) -> None:
    first = many.page
    second = many.press("rows:100")
    third = many.press("rows:200")

    assert [len(refs(page)) for page in (first, second, third)] == [100, 100, 5]
    assert "Rows 101 to 200 of 205." in texts(second["blocks"])
    assert [item["text"] for item in blocks(second, "links")[0]["items"]] == ["Previous", "Next"]
    assert refs(third)[-1] == "C-0205"
    assert showing(third).startswith("Showing 205 of 205 children.")
    assert refs(many.press("rows:999")) == refs(third)


def test_a_filter_begins_at_its_first_row(many: Window) -> None:
    many.press("rows:200")
    many.save("choose.caseload.agency", ["Example School"])

    assert refs(many.press("apply:caseload"))[0] == "C-0001"
