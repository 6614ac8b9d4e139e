"""Themes and blockages as a lead officer meets them, message by message, with a real store.

1. No name and no reference is on the page, and no small number.
2. The picture, its words and its table say the same.
3. What is looked at can be chosen, and nothing of that is remembered.
4. A theme and a blockage are noted for no child in particular, and a blockage is marked as ended.
5. The cases behind a theme are on a page of their own.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cse_workbook.case.events import BlockageNoted, BlockageResolved, CaseOpened, ThemeNoted
from cse_workbook.casework import AGENCY
from cse_workbook.policy import Person
from cse_workbook.store import Child, Who
from tests.office_window import Page, Window, entries, new_store, texts, write

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OTHERS = Who("o.example", "social worker", "Example Borough")
PARK = ThemeNoted("Cars at the park, C-0001 knows the driver", "transport", "a park", "Told police")
ONLINE = ThemeNoted("Messages in an online game", "online")
WAITING = BlockageNoted("No place for C-0001 at the clinic", date(2026, 9, 1), "Example Clinic")


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    opened = new_store(tmp_path / "home")
    for number in range(1, 10):
        write(opened, CaseOpened("Made up"), PARK, ref=f"C-{number:04d}", at=AT)
        school = "Example School" if number > 1 else "Example College"
        opened.children.save(Child(f"C-{number:04d}", name="Kim Made-Up", school=school))
    write(opened, ONLINE, WAITING, ref="C-0002", at=AT)
    write(opened, CaseOpened("Made up"), ONLINE, ref="C-0099", at=AT, who=OTHERS)
    made = Window(opened, home="themes")
    made.open(page="themes")
    yield made
    opened.close()


def tables(page: Page) -> dict[str, Any]:
    """Give the tables of a page by their captions, also those that are folded away."""
    found: dict[str, Any] = {}
    for block in page["blocks"]:
        for each in (block, *block.get("blocks", ())):
            if each["kind"] == "table":
                found[each["caption"]] = [[texts(cell) for cell in row] for row in each["rows"]]
    return found


def presses(node: Any) -> Iterator[str]:
    """Give everything that can be pressed on a page."""
    if isinstance(node, dict):
        if isinstance(node.get("to"), str):
            yield node["to"]
        for value in node.values():
            yield from presses(value)
    elif isinstance(node, list):
        for value in node:
            yield from presses(value)


# 1. Nobody is named


def test_no_name_and_no_reference_is_on_the_page(window: Window) -> None:
    assert not re.search(r"C-\d{4}|Kim|Made-Up", str(window.page["blocks"]))


def test_small_numbers_are_hidden_and_it_says_why(window: Window) -> None:
    rows = tables(window.page)["Themes"]

    assert [row[0] for row in rows] == [
        "Cars at the park, a child knows the driver",
        "Messages in an online game",
    ]
    assert [row[3] for row in rows] == ["10", "fewer than 8"]
    assert [row[4] for row in rows] == ["Told police", "Nothing recorded yet"]
    assert "Small numbers are hidden so that no child can be recognised." in texts(window.page)


def test_children_are_counted_by_kind_place_and_school_in_protected_numbers(window: Window) -> None:
    found = tables(window.page)

    assert found["Children by kind"] == [["online", "fewer than 8"], ["transport", "10"]]
    assert found["Children by place"] == [["a park", "10"]]
    assert found["Children by school"] == [
        ["Example College", "fewer than 8"],
        ["Example School", "10"],
    ]


def test_a_theme_of_a_case_that_is_not_ones_own_is_not_counted(window: Window) -> None:
    entry = entries(window.store, "C-0099")[-1].seq

    page = window.press(f"behind:{entry}")

    assert page["heading"] == "Themes and blockages"
    assert "C-0099" not in texts(page)


def test_only_a_lead_officer_sees_the_page(tmp_path: Path) -> None:
    opened = new_store(tmp_path / "home")
    teacher = Person(role="teacher", agency="Example School")
    window = Window(opened, home="themes", person=teacher)

    page = window.open(page="themes")

    assert page["heading"] == "Screen a child"
    opened.close()


# 2. The picture


def test_the_picture_its_words_and_its_table_say_the_same(window: Window) -> None:
    pictures = [b for b in window.page["blocks"] if b["kind"] == "picture"]
    found = tables(window.page)

    assert len(pictures) == 2
    for picture in pictures:
        rows = found[picture["label"]]
        assert (rows[0][0], rows[-1][0]) == ("December 2025", "November 2026")
        assert picture["alt"] == f"{picture['label']}. " + " ".join(f"{m}: {n}." for m, n in rows)
    assert found["Children about whom a theme was noted, by month"][-1][1] == "10"
    assert [n for _, n in found["Blockages that lasted, by month"]][-4:] == [
        "0",
        *["fewer than 8"] * 3,
    ]


# 3. What is looked at


def test_a_filter_counts_once_it_is_applied_and_the_focus_stays_on_its_button(
    window: Window,
) -> None:
    saved = window.save("choose.themes.kind", "online")
    before = tables(window.page)["Themes"]
    page = window.press("apply:themes")

    assert saved["kind"] == "saved"
    assert len(before) == 2
    assert [row[0] for row in tables(page)["Themes"]] == ["Messages in an online game"]
    assert "Filter: kind: online." in texts(page)
    assert page["focus"] is None
    assert window.store.drafts.of(window.casework.who.name) == []


def test_filters_are_cleared(window: Window) -> None:
    window.save("choose.themes.school", "Example College")
    window.save("choose.themes.period", "3")
    filtered = window.press("apply:themes")
    page = window.press("clear:themes")

    assert "Showing September 2026 to November 2026. Filter: school: Example College." in texts(
        filtered
    )
    assert "No blockage is noted in what is shown here." in texts(filtered)
    assert "Showing December 2025 to November 2026. All kinds, places and schools." in texts(page)
    assert len(tables(page)["Themes"]) == 2


def test_everything_recorded_begins_with_what_was_noted_first(window: Window) -> None:
    window.save("choose.themes.period", "all")
    page = window.press("apply:themes")

    assert "Showing September 2026 to November 2026." in texts(page)


def test_a_value_that_is_not_offered_finds_nothing(window: Window) -> None:
    window.save("choose.themes.kind", "<b>made up</b>")
    page = window.press("apply:themes")

    assert "No theme is noted in what is shown here." in texts(page)


def test_another_window_has_its_own_choices(window: Window) -> None:
    window.save("choose.themes.kind", "online")
    window.press("apply:themes")
    other = Window(window.store, home="themes", tab="tab-2")

    assert len(tables(other.open(page="themes"))["Themes"]) == 2


def test_the_filters_keep_what_stands_in_their_boxes(window: Window) -> None:
    window.save("choose.themes.kind", "online")
    page = window.press("apply:themes")
    folded = next(b for b in page["blocks"] if b.get("summary") == ["Filter themes and blockages"])
    values = {b["field"]: b["value"] for b in folded["blocks"] if "field" in b}

    assert values["choose.themes.kind"] == "online"
    assert values["choose.themes.place"] is None


def test_nothing_noted_yet_is_said(tmp_path: Path) -> None:
    opened = new_store(tmp_path / "home")
    window = Window(opened, home="themes")
    page = window.open(page="themes")
    window.save("choose.themes.period", "all")
    everything = window.press("apply:themes")

    assert "No theme is noted in what is shown here." in texts(page)
    assert "Showing November 2026 to November 2026." in texts(everything)
    opened.close()


# 4. Writing


def test_a_theme_is_noted_for_no_child_in_particular(window: Window) -> None:
    page = window.press("note:theme")
    window.fill_in(theme__theme="Nobody asks boys", theme__of_kind="practice")
    added = window.press("add")

    assert page["focus"] == "writing"
    assert entries(window.store, AGENCY)[-1].event == ThemeNoted("Nobody asks boys", "practice")
    row = next(row for row in tables(added)["Themes"] if row[0] == "Nobody asks boys")
    assert row[3] == "0"


def test_a_form_that_is_opened_again_after_a_restart_is_still_on_this_page(window: Window) -> None:
    window.press("note:blockage")
    window.save("blockage.stops", "No answer")
    again = Window(window.store, home="caseload", tab="tab-1")

    page = again.open(window.office.desk.draft_id, "themes")

    assert (page["id"], page["draft"]) == ("themes", window.office.desk.draft_id)
    assert "No answer" in texts(page)


def test_a_blockage_is_marked_as_ended_without_its_case_being_named(window: Window) -> None:
    seq = next(e.seq for e in entries(window.store, "C-0002") if isinstance(e.event, BlockageNoted))
    assert f"ended:{seq}" in list(presses(window.page["blocks"]))

    page = window.press(f"ended:{seq}")
    window.fill_in(
        **{"ended__ended_on.day": "20", "ended__ended_on.month": "11"},
        **{"ended__ended_on.year": "2026", "ended__how": "A place was found"},
    )
    added = window.press("add")

    assert "C-0002" not in texts(page)
    assert entries(window.store, "C-0002")[-1].event == BlockageResolved(
        seq, date(2026, 11, 20), "A place was found"
    )
    [row] = tables(added)["Blockages"]
    assert row[0] == "No place for a child at the clinic"
    assert row[3:] == ["80", "Not written", "20 November: A place was found"]


def test_the_end_of_a_blockage_is_still_on_this_page_after_a_restart(window: Window) -> None:
    seq = next(e.seq for e in entries(window.store, "C-0002") if isinstance(e.event, BlockageNoted))
    window.press(f"ended:{seq}")
    window.save("ended.how", "A place was found")
    again = Window(window.store, home="caseload", tab="tab-1")

    page = again.open(window.office.desk.draft_id, "themes")

    assert page["id"] == "themes"
    assert "A place was found" in texts(page)


@pytest.mark.parametrize("to", ["ended:999999", "ended:C-0001", "behind:x", "note:advice"])
def test_what_the_page_does_not_offer_does_nothing(to: str, window: Window) -> None:
    page = window.press(to)

    assert page["id"] == "themes"
    assert page["draft"] is None


# 5. Behind a theme


def test_the_cases_behind_a_theme_are_links_that_ask_why_they_are_opened(window: Window) -> None:
    links = [to for to in presses(window.page["blocks"]) if to.startswith("behind:")]

    page = window.press(links[1])
    asked = window.press("case:C-0002")

    assert page["heading"] == "Messages in an online game"
    assert list(presses(page["blocks"])) == ["case:C-0002"]
    assert page["back"] == {"to": "go:themes", "text": "Themes and blockages"}
    assert asked["id"] == "opening"


def test_behind_a_theme_of_the_agency_stands_no_child(window: Window) -> None:
    write(
        window.store,
        CaseOpened("Made up"),
        ThemeNoted("Nobody asks boys", "practice"),
        ref=AGENCY,
        at=AT,
    )
    page = window.press("go:themes")
    entry = entries(window.store, AGENCY)[-1].seq

    page = window.press(f"behind:{entry}")

    assert "It was noted of the agency's work as a whole, about no child." in texts(page)
