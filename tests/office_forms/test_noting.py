"""Themes and blockages, end to end through the page on a real store."""

from datetime import timedelta

from cse_workbook.case import events
from tests.office_forms.typing_in import (
    TODAY,
    added,
    also,
    panel,
    problems,
    type_in,
)
from tests.office_window import entries, texts


def test_a_theme_is_noted(window):
    given = {"of_kind": "transport", "place": "school gate", "done": "Told the police"}

    made = added(window, "theme", theme="Cars wait outside", **given)

    assert made == events.ThemeNoted(
        "Cars wait outside", "transport", "school gate", "Told the police"
    )


def test_a_theme_is_described_without_names(window):
    window.press("write:theme")

    assert problems(window) == [
        ("theme.theme", "Describe the theme without names of children. Use references")
    ]


def test_a_blockage_is_noted_and_ends(window):
    since_on, ended_on = TODAY - timedelta(days=9), TODAY - timedelta(days=1)
    given = {"stops": "No place to talk", "agency": "Example School", "would_end": "A room"}

    noted = added(window, "blockage", since_on=since_on, **given)
    seq = entries(window.store)[-1].seq
    shown = texts(panel(window.press(f"write:ended:{seq}")))
    ended = added(window, f"ended:{seq}", ended_on=ended_on, how="A room was found")

    assert noted == events.BlockageNoted("No place to talk", since_on, "Example School", "A room")
    assert "No place to talk (Example School)" in shown
    assert ended == events.BlockageResolved(seq, ended_on, "A room was found")


def test_a_blockage_has_a_beginning_and_its_end_comes_after_it(window):
    since_on = TODAY - timedelta(days=9)
    window.press("write:blockage")
    blank = problems(window)
    seq = also(window, events.BlockageNoted("No place", since_on, "Example School"))
    window.press(f"write:ended:{seq}")
    asked = problems(window)
    type_in(window, ended_on=since_on - timedelta(days=1), how="A room was found")

    assert blank == [
        ("blockage.stops", "Write what stops action"),
        ("blockage.since_on.day", "Enter since when"),
        ("blockage.agency", "Enter which agency"),
    ]
    assert asked == [
        ("ended.ended_on.day", "Enter when it ended"),
        ("ended.how", "Write how it ended"),
    ]
    assert problems(window) == [
        ("ended.ended_on", "The end must be on or after the beginning, 14 November 2026")
    ]
