"""What an audit found is released by a second person, and never gives a hidden number away.

1. Results know the account that made them again, and do not name it.
2. Who may release: not whoever made it, and only a lead officer or an auditor.
3. What may be released: results as they were written, of an extract, with a table, once.
4. A release is an entry a table, all in one recording, and the ledger is what they add up to.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook.audit import results
from cse_workbook.audit.results import Input, new_run
from cse_workbook.case.events import CaseOpened, PackReleased, TableReleased, ThemeNoted
from cse_workbook.casework import AGENCY
from cse_workbook.disclosure.cells import Cell
from cse_workbook.disclosure.ledger import Ledger, Printed, Table
from cse_workbook.policy import Person
from cse_workbook.releasing import Released, release, released
from cse_workbook.store import Store, Who
from cse_workbook.timeline import rows
from tests.made_up_events import OCC
from tests.made_up_releases import (
    AUDITOR,
    EXACT,
    FIRST,
    HALF,
    LEAD,
    NOW,
    ONE,
    QUARTER,
    SECOND,
    TWO,
    results_in,
    table,
    works,
)
from tests.made_up_store import new_store, refusal


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return results_in(tmp_path / "results", ONE, TWO)


# 1


def test_the_account_of_a_run_is_known_again_and_not_named(folder: Path) -> None:
    found = results.read(folder)

    assert found.is_by(FIRST)
    assert not found.is_by(SECOND)
    assert not found.is_by("")
    assert re.fullmatch("[0-9a-f]{16}-[0-9a-f]{16}", found.run)
    assert not any(FIRST.encode() in path.read_bytes() for path in folder.iterdir())


def test_the_mark_of_an_account_is_another_in_every_run() -> None:
    runs = {new_run(FIRST) for _ in range(20)}

    assert len({name for run in runs for name in run.split("-")}) == 40


@pytest.mark.parametrize("name", ["3ce668448ef3e5cf", "3ce668448ef3e5cf-", "-", ""])
def test_results_whose_maker_cannot_be_told_are_none(folder: Path, name: str) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace(results.read(folder).run, name))

    assert refusal(lambda: results.read(folder)).startswith("AUDIT_13 · results: ")


# 2


@pytest.mark.parametrize("person", [LEAD, AUDITOR])
def test_a_second_lead_officer_or_auditor_may_release(
    opened: Store, folder: Path, person: Person
) -> None:
    done = release(folder, works(opened, person))

    assert done == Released(("01-referrals", "02-reviews"), opened.head())


@pytest.mark.parametrize("person", [LEAD, AUDITOR])
def test_whoever_made_the_results_may_not_release_them(
    opened: Store, folder: Path, person: Person
) -> None:
    assert refusal(lambda: release(folder, works(opened, person, FIRST))) == (
        "RELEASE_02 · results: you made these results. Nothing is released. Ask another lead"
        " officer or an auditor to look at them and to release them."
    )


@pytest.mark.parametrize("job", ["practitioner", "administrator"])
def test_nobody_else_may_release(opened: Store, folder: Path, job: Any) -> None:
    person = Person(role="teacher", agency="Example School", works_as=job)

    assert refusal(lambda: release(folder, works(opened, person))) == (
        "CASE_02 · a release: you cannot do this: it is for a lead officer or an auditor. If you"
        " need it, ask a lead officer or an auditor and say why."
    )


# 3


def _change(folder: Path) -> str:
    (folder / "01-referrals.csv").write_text("changed")
    return "01-referrals.csv"


def _take_away(folder: Path) -> str:
    (folder / "tables.json").unlink()
    return "tables.json"


def _add_a_file(folder: Path) -> str:
    (folder / "names.csv").write_text("")
    return "names.csv"


def _add_a_folder(folder: Path) -> str:
    (folder / ".checkpoints").mkdir()
    return ".checkpoints"


@pytest.mark.parametrize("change", [_change, _take_away, _add_a_file, _add_a_folder])
def test_results_that_were_changed_are_refused_by_the_name_of_the_file(
    opened: Store, folder: Path, change: Callable[[Path], str]
) -> None:
    name = change(folder)

    assert refusal(lambda: release(folder, works(opened))) == (
        f"RELEASE_01 · results, {name}: it is not as the audit wrote it: it was changed, added or"
        " taken away since. Nothing is released. Copy the folder whole once more, or run the audit"
        " again."
    )


def test_all_that_stands_against_results_is_said_at_once(opened: Store, tmp_path: Path) -> None:
    folder = results_in(tmp_path / "results", ONE, TWO, inputs={})
    _change(folder)
    _add_a_file(folder)

    said = refusal(lambda: release(folder, works(opened, account=FIRST))).splitlines()

    assert [each[:10] for each in said] == [
        *("RELEASE_01", "RELEASE_01", "RELEASE_02", "RELEASE_03")
    ]


@pytest.mark.parametrize("inputs", [{}, {"readings": Input(name="readings.csv", sha256="0")}])
def test_results_of_made_up_children_are_refused(
    opened: Store, tmp_path: Path, inputs: dict[str, Input]
) -> None:
    folder = results_in(tmp_path / "results", ONE, inputs=inputs)

    assert refusal(lambda: release(folder, works(opened))) == (
        "RELEASE_03 · results: these results are of made-up children. Nothing is released. Run the"
        " audit on an extract."
    )


def test_results_without_a_table_are_refused(opened: Store, tmp_path: Path) -> None:
    folder = results_in(tmp_path / "results")

    assert refusal(lambda: release(folder, works(opened))) == (
        "RELEASE_04 · results: there is no table in these results. Nothing is released. Run an"
        " audit of which at least one table can be shown."
    )


def test_what_is_released_already_is_refused_also_when_it_was_made_again(
    opened: Store, folder: Path, tmp_path: Path
) -> None:
    release(folder, works(opened))
    again = results_in(tmp_path / "again", ONE, TWO)

    for each in (folder, again):
        assert refusal(lambda each=each: release(each, works(opened))) == (
            f"RELEASE_05 · {each.name}: these tables are released already, in entry 2 and those"
            " beside it. Nothing is left to do."
        )


def test_a_table_that_is_new_is_released_with_those_that_are_not(
    opened: Store, folder: Path, tmp_path: Path
) -> None:
    release(folder, works(opened))
    more = results_in(tmp_path / "more", ONE, TWO, table("03-visits", "30", "visits"))

    assert release(more, works(opened)).tables == ("01-referrals", "02-reviews", "03-visits")


@pytest.mark.parametrize("lost", ["01-referrals.csv", "tables.json"])
def test_tables_that_the_manifest_does_not_know_are_no_results(
    opened: Store, folder: Path, lost: str
) -> None:
    (folder / lost).unlink()
    files = results.digests(folder)
    results.write(folder, msgspec.structs.replace(results.read(folder), files=files))

    assert refusal(lambda: release(folder, works(opened))) == (
        "AUDIT_13 · results: there are no results of an audit here, or their manifest cannot be"
        " read. Give the folder that `cse-workbook audit` wrote."
    )


def test_a_folder_that_holds_no_results_is_refused(opened: Store, tmp_path: Path) -> None:
    assert refusal(lambda: release(tmp_path, works(opened))).startswith("AUDIT_13 · ")


# 4


def test_each_table_is_an_entry_of_no_child_with_the_digest_of_its_file(
    opened: Store, folder: Path
) -> None:
    release(folder, works(opened))

    entries = list(opened.entries(AGENCY))
    assert [each.kind for each in entries] == ["CaseOpened", "TableReleased", "TableReleased"]
    assert {(each.recorded_by, each.by) for each in entries} == {(SECOND, "auditor, Example Audit")}
    assert [(e.event.name, e.event.digest) for e in entries[1:]] == [
        (name, f"sha256:{sha256((folder / f'{name}.csv').read_bytes()).hexdigest()}")
        for name in ("01-referrals", "02-reviews")
    ]
    assert entries[1].event.as_printed == (
        '{"limits":{"round_to":1,"suppress_up_to":7},"name":"01-referrals","printed":[{"cell":'
        '{"end":"2026-09-30","groups":[],"of":"referrals","start":"2026-07-01"},"mark":"20"}]}'
    )


def test_the_ledger_is_what_the_entries_add_up_to(opened: Store, folder: Path) -> None:
    casework = works(opened)
    before = released(casework.of_the_agency())

    release(folder, casework)

    assert before == Ledger()
    told = "entries 2 to 3 of 22 November 2026 (“01-referrals”, “02-reviews”)"
    assert released(casework.of_the_agency()) == Ledger(
        tuple(msgspec.structs.replace(each, release=told) for each in (ONE, TWO))
    )


def test_a_pack_that_was_released_is_no_table(opened: Store, folder: Path) -> None:
    lead = works(opened, LEAD)
    lead.add(AGENCY, PackReleased(NOW.date(), "sha256:0"), based_on=None)

    release(folder, lead)

    assert [each.name for each in released(lead.of_the_agency()).tables] == [ONE.name, TWO.name]


def test_the_record_is_whole_after_a_release(opened: Store, folder: Path) -> None:
    done = release(folder, works(opened))

    verified = opened.verify(done.head)
    assert (verified.count, verified.break_) == (3, None)


def test_a_release_says_in_the_record_what_was_released(opened: Store, folder: Path) -> None:
    release(folder, works(opened))

    said = [row.what for row in rows(works(opened).of_the_agency(), OCC)]
    assert re.fullmatch(r"Table released: 02-reviews \(sha256:[0-9a-f]{64}\)", said[2])


def test_themes_are_as_they_were_after_a_release(opened: Store, folder: Path) -> None:
    lead = works(opened, LEAD)
    lead.add(AGENCY, ThemeNoted("Cars at the gate", "grooming"), based_on=None)
    before = lead.noted()

    release(folder, lead)

    assert repr(before) == "Gathered(1 themes, 0 blockages)"
    assert lead.noted() == before


def test_a_released_table_that_cannot_be_read_stops_every_release(
    opened: Store, folder: Path
) -> None:
    opened.append(
        AGENCY,
        [CaseOpened("Made up"), TableReleased("x", "sha256:0", "{}")],
        based_on=None,
        happened_on=NOW.date(),
        who=Who(FIRST, "auditor", "Example Audit"),
        at=NOW,
    )

    assert refusal(lambda: release(folder, works(opened))) == (
        "STORE_22 · entry 2: this version of the workbook cannot read an entry of the kind"
        " “TableReleased”. Install the version that recorded it."
    )


def test_what_was_written_while_tables_were_weighed_refuses_the_release(
    opened: Store, folder: Path
) -> None:
    other, casework = works(opened, LEAD), works(opened)
    other.add(AGENCY, ThemeNoted("Cars at the gate", "grooming"), based_on=None)
    asked: list[datetime] = []

    def meanwhile() -> datetime:
        # The clock is read once before the tables are weighed, and then for what is written.
        asked.append(NOW)
        if len(asked) == 2:
            other.add(AGENCY, ThemeNoted("A game", "online"), based_on=None)
        return NOW

    casework.now = meanwhile

    assert refusal(lambda: release(folder, casework)) == (
        "STORE_02 · Case agency: it has moved on: you were looking at version 2, it is now at 3."
        " Open it again, read the new entry, and record yours."
    )
    assert released(casework.of_the_agency()) == Ledger()


def test_of_tables_that_give_a_number_away_none_is_released(opened: Store, tmp_path: Path) -> None:
    release(results_in(tmp_path / "before", ONE), works(opened))
    head = opened.head()
    fine, leak = table("01-visits", "30", "visits"), table("02-half", "23", days=HALF)
    folder = results_in(tmp_path / "after", fine, leak, table("03-again", "23", days=HALF))

    said = refusal(lambda: release(folder, works(opened)))

    assert said.splitlines() == [
        f"DISCLOSURE_04 · {name}: it would give away a hidden number: referrals, 1 October 2026 to"
        " 31 December 2026. Nothing is released. Use fewer groups or a longer period, or leave this"
        " table out."
        for name in ("02-half", "03-again")
    ]
    assert opened.head() == head


def test_tables_that_give_a_number_away_only_together_are_refused(
    opened: Store, tmp_path: Path
) -> None:
    def of(name: str, groups: dict[str, str]) -> Table:
        cells = (Cell("visits", (("sex", sex),) if sex else (), *QUARTER) for sex in groups)
        marks = groups.values()
        return Table(name, EXACT, tuple(map(Printed, cells, marks)))

    release(results_in(tmp_path / "before", of("01", {"boy": "20", "girl": "*"})), works(opened))
    folder = results_in(tmp_path / "after", of("01", {"": "23"}))

    assert refusal(lambda: release(folder, works(opened))).startswith(
        "DISCLOSURE_04 · 01: it would give away a hidden number: visits, sex girl, 1 July 2026"
    )


def test_what_contradicts_a_release_is_refused(opened: Store, tmp_path: Path) -> None:
    release(results_in(tmp_path / "before", ONE), works(opened))
    folder = results_in(tmp_path / "after", table("01-revised", "40"))

    assert refusal(lambda: release(folder, works(opened))) == (
        "DISCLOSURE_05 · 01-revised: what it says cannot be true together with what was released"
        " before: entry 2 of 22 November 2026 (“01-referrals”). Nothing is released. Where the"
        " record has changed since, say so with --revised. Where it has not, one extract tells days"
        " more coarsely than the other, or the periods are cut differently: count in the same"
        " periods, from an extract with the same days."
    )
    assert release(folder, works(opened), revised=True).tables == ("01-revised",)


def test_of_many_tables_each_release_that_they_contradict_is_named_once(
    opened: Store, tmp_path: Path
) -> None:
    def tables(count: str) -> list[Table]:
        return [table(f"{n:02}-{of}", count, of) for n, of in enumerate(("a", "b", "c", "d", "e"))]

    casework, later = works(opened), works(opened)
    later.now = lambda: NOW + timedelta(days=1)
    release(results_in(tmp_path / "first", *tables("20")[:4]), casework)
    release(results_in(tmp_path / "then", *tables("20")), later)

    said = refusal(lambda: release(results_in(tmp_path / "after", *tables("40")), later))

    before, apart = said.splitlines()
    assert before.partition(" Nothing")[0] == (
        "DISCLOSURE_05 · 00-a, 01-b, 02-c, 03-d: what it says cannot be true together with what was"
        " released before: entries 2 to 5 of 22 November 2026 (“00-a”, “01-b”, “02-c” and 1 more);"
        " entries 6 to 10 of 23 November 2026 (“00-a”, “01-b”, “02-c” and 2 more)."
    )
    assert apart.startswith("DISCLOSURE_05 · 04-e: what it says cannot be true together with what")
    assert "before: entries 6 to 10 of" in apart
