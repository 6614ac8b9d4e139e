"""A new table is refused if, with all that was released before, it gives away a hidden number."""

from datetime import date

import msgspec
import pandas as pd
import pytest

from cse_workbook.disclosure.layout import Meaning
from cse_workbook.disclosure.ledger import Ledger, Table, read, read_table, refuses, write
from cse_workbook.disclosure.tables import protect
from cse_workbook.errors import WorkbookError
from cse_workbook.policy import Disclosure

EXACT = Disclosure(suppress_up_to=5, round_to=1)
ROUNDED = Disclosure(suppress_up_to=7, round_to=5)
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))
HALF = (date(2026, 1, 1), date(2026, 6, 30))


def table(
    name: str,
    counts: dict[str, int],
    days: tuple[date, date] = QUARTER,
    limits: Disclosure = EXACT,
) -> Table:
    frame = pd.DataFrame(
        {
            "measure": "referrals",
            "period_start": pd.Timestamp(days[0]),
            "period_end": pd.Timestamp(days[1]),
            "agency": list(counts),
            "children": list(counts.values()),
        }
    )
    told = (["children"], {"agency": "all"}, limits)
    return read_table(name, protect(frame, *told), *told)


BY_AGENCY = table("by agency", {"police": 20, "health": 3, "school": 15})
TOTAL = table("total", {"all": 38})


def test_a_table_that_gives_nothing_away_may_be_released() -> None:
    assert refuses(Ledger(), BY_AGENCY) == []
    assert refuses(Ledger().remembering(BY_AGENCY), BY_AGENCY) == []


@pytest.mark.parametrize(("first", "second"), [(BY_AGENCY, TOTAL), (TOTAL, BY_AGENCY)])
def test_a_total_that_gives_a_hidden_number_away_is_refused(first: Table, second: Table) -> None:
    found = refuses(Ledger().remembering(first), second)

    assert [str(each) for each in found] == [
        f"DISCLOSURE_04 · {second.name}: it would give away a hidden number: referrals, children,"
        " agency health, 1 January 2026 to 31 March 2026. Nothing is released. Use fewer groups or"
        " a longer period, or leave this table out."
    ]


def test_two_releases_that_leave_a_small_quarter_between_them_are_refused() -> None:
    before = Ledger().remembering(table("a quarter", {"police": 20}))

    (found,) = refuses(before, table("half a year", {"police": 23}, HALF))

    assert (found.code, found.where) == ("DISCLOSURE_04", "half a year")
    assert "1 April 2026 to 30 June 2026" in found.what


def test_rounding_leaves_room_between_releases() -> None:
    before = Ledger().remembering(table("a quarter", {"police": 20}, limits=ROUNDED))

    assert refuses(before, table("half a year", {"police": 23}, HALF, ROUNDED)) == []


def test_what_is_counted_differently_is_not_compared() -> None:
    revised = tuple(
        msgspec.structs.replace(each, cell=msgspec.structs.replace(each.cell, of="revised"))
        for each in TOTAL.printed
    )

    assert refuses(Ledger().remembering(BY_AGENCY), Table("revised", EXACT, revised)) == []


def test_a_table_that_contradicts_a_release_is_refused() -> None:
    (found,) = refuses(Ledger().remembering(TOTAL), table("later", {"all": 50}))

    assert str(found) == (
        "DISCLOSURE_05 · later: what it says cannot be true together with what was released before:"
        " “total”. Nothing is released. Where the record has changed since, say so with --revised."
        " Where it has not, one extract tells days more coarsely than the other, or the periods are"
        " cut differently: count in the same periods, from an extract with the same days."
    )


def test_a_number_that_is_revised_is_no_longer_known_and_the_others_are() -> None:
    before = Ledger().remembering(BY_AGENCY)
    later = table("later", {"police": 25, "health": 3, "school": 15})

    assert [each.code for each in refuses(before, later)] == ["DISCLOSURE_05"]
    assert refuses(before, later, revised=True) == []
    assert [each.code for each in refuses(before, TOTAL, revised=True)] == ["DISCLOSURE_04"]


def of_one_agency(name: str, agency: str, count: int) -> Table:
    frame = pd.DataFrame(
        {
            "measure": ["referrals"],
            "period_start": pd.Timestamp(QUARTER[0]),
            "period_end": pd.Timestamp(QUARTER[1]),
            "agency": [agency],
            "children": [count],
        }
    )
    told = (["children"], {"agency": ""}, EXACT, None, ["agency"])
    return read_table(name, protect(frame, *told), *told)


def test_tables_about_one_agency_are_parts_of_all_and_not_all() -> None:
    ledger = Ledger()
    for each in (
        TOTAL,
        of_one_agency("police", "police", 20),
        of_one_agency("school", "school", 9),
    ):
        assert refuses(ledger, each) == []
        ledger = ledger.remembering(each)

    (found,) = refuses(Ledger().remembering(BY_AGENCY), of_one_agency("police", "police", 21))
    assert found.code == "DISCLOSURE_05"


def within(agency: str, by: str, counts: dict[str, int], measure: str = "screenings") -> Table:
    """Give a table of one agency, by one column, of screenings or of those with something."""
    frame = pd.DataFrame(
        {
            "measure": measure,
            "period_start": pd.Timestamp(QUARTER[0]),
            "period_end": pd.Timestamp(QUARTER[1]),
            "agency": agency,
            by: list(counts),
            "numerator": list(counts.values()),
        }
    )
    told = (["numerator"], {by: "all", "agency": "all"}, EXACT)
    some = ["agency"] if agency != "all" else []
    return read_table(agency, frame, *told, some=some, meanings=MEANINGS)


MEANINGS = {
    "screenings": Meaning("screenings", "screenings"),
    "recorded": Meaning(
        "screenings",
        "recorded",
        nobody=(("screenings", "recorded", "screenings where ethnicity is not_known"),),
    ),
}


def test_an_agency_need_not_have_every_group_that_others_have() -> None:
    before = Ledger().remembering(within("all", "route", {"a": 30, "b": 20, "all": 50}))

    assert refuses(before, within("police", "route", {"a": 10, "all": 10})) == []
    (found,) = refuses(before, within("police", "route", {"a": 28, "all": 28}))
    assert "route a" in found.what


def test_a_group_that_one_agency_was_not_asked_for_is_not_empty_at_another() -> None:
    ledger = Ledger().remembering(
        within("police", "ethnicity", {"a": 10, "not_known": 20, "all": 30}),
        within("school", "sex", {"all": 20}),
    )

    assert refuses(ledger, within("school", "sex", {"all": 12}, "recorded")) == []


def test_rows_of_a_group_are_held_against_the_table_by_that_column() -> None:
    ledger = Ledger().remembering(
        within("all", "ethnicity", {"a": 10, "b": 20, "not_known": 22, "all": 52})
    )

    assert refuses(ledger, within("all", "sex", {"all": 30}, "recorded")) == []
    (found,) = refuses(ledger, within("all", "sex", {"all": 31}, "recorded"))
    assert found.code == "DISCLOSURE_05"


def test_what_is_counted_as_it_stands_is_not_added_up_over_periods() -> None:
    def standing(end: str, count: int) -> Table:
        frame = pd.DataFrame(
            {
                "measure": ["cases_open"],
                "period_start": [pd.NaT],
                "period_end": pd.Timestamp(end),
                "children": [count],
            }
        )
        return read_table(end, frame, ["children"], {}, EXACT)

    before = Ledger().remembering(standing("2026-01-31", 20))
    assert refuses(before, standing("2026-02-28", 30)) == []
    assert [each.code for each in refuses(before, standing("2026-02-28", 23))] == ["DISCLOSURE_04"]


def test_what_cannot_be_weighed_is_refused() -> None:
    (found,) = refuses(Ledger().remembering(BY_AGENCY), TOTAL, steps=3)

    assert str(found) == (
        "DISCLOSURE_03 · total: there is too much to weigh, so it cannot be told what it gives"
        " away. Nothing is released. Use fewer groups or fewer periods."
    )


def test_a_ledger_is_written_and_read_again() -> None:
    ledger = Ledger().remembering(BY_AGENCY, TOTAL)

    assert read(write(ledger), "ledger.json") == ledger


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b'{"tabels": []}', "Object contains unknown field `tabels`"),
        (b"\xff", "JSON is malformed: invalid character (byte 0)"),
    ],
)
def test_what_is_not_a_ledger_is_refused(content: bytes, detail: str) -> None:
    with pytest.raises(WorkbookError) as refused:
        read(content, "ledger.json")

    assert str(refused.value) == (
        f"DISCLOSURE_06 · ledger.json: this is not a list of released tables ({detail}). Use the"
        " list as the workbook wrote it."
    )
