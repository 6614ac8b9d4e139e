"""Releases of a record that grows, and by the command.

1. Two runs a quarter apart over a record that has grown: weighed together, refused or released.
2. The command, by another account.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook import account, instrument, store
from cse_workbook.audit import results
from cse_workbook.audit.inquiry import Inquiry, begin
from cse_workbook.audit.results import Input, Origin
from cse_workbook.casework import AGENCY, Casework
from cse_workbook.cli import run
from cse_workbook.disclosure.cells import Cell
from cse_workbook.disclosure.ledger import Table, read
from cse_workbook.extracts import Source, read_manifest, write_extract
from cse_workbook.frames import frames
from cse_workbook.home import HOME
from cse_workbook.measures import read_period, run_up
from cse_workbook.policy import Disclosure
from cse_workbook.rehearsal import fill, work_as_lead_officer
from cse_workbook.releasing import release, released
from cse_workbook.store import Child, Store, Who
from cse_workbook.synthetic import make_up, numbered
from tests.made_up_events import OCC, POLICY
from tests.made_up_releases import (
    AUDITOR,
    EXACT,
    FIRST,
    NOW,
    SECOND,
    results_in,
    works,
)
from tests.made_up_store import new_store, refusal


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "home") as opened:
        yield opened


# 1


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write extracts of one record in July and in October: by the shipped limits, and exact."""
    place = tmp_path_factory.mktemp("extracts")
    with new_store(place / "home") as opened:
        made_up = make_up(300, 1, OCC, POLICY, date(2026, 11, 21))
        seqs: dict[str, list[int]] = {}
        for name, day in (("july", date(2026, 7, 6)), ("october", date(2026, 10, 6))):
            made_up = _record(opened, made_up, seqs, until=day)
            for limits in (POLICY.disclosure, EXACT):
                _extract(opened, place / f"{name} {limits.round_to}", day, limits)
    return place


def _record(
    opened: Store, made_up: Iterator[Any], seqs: dict[str, list[int]], *, until: date
) -> Iterator[Any]:
    """Record what was made up to a day, and give the rest."""
    with opened.database.writing():
        for each in made_up:
            if each.at.date() >= until:
                return iter([each, *made_up])
            ref, child = each.case_ref, each.child and msgspec.structs.asdict(each.child)
            own = seqs.setdefault(ref, [])
            own += opened.add(
                ref,
                [numbered(event, own) for event in each.events],
                based_on=None,
                happened_on=each.happened_on,
                who=Who(each.who_name, each.who_role, each.who_agency),
                at=each.at,
                child=Child(ref, **child) if child else None,
            ).seqs
    return made_up


def _extract(opened: Store, folder: Path, day: date, limits: Disclosure) -> None:
    local = msgspec.structs.replace(POLICY, person=AUDITOR, disclosure=limits)
    casework = Casework(opened, instrument.load(), local)
    found = frames(casework.audited(), casework.instrument, local, day)
    source = Source(casework.instrument, local, str(opened.head()), "all", day)
    write_extract(folder, found, source)


def audited(folder: Path, extract: Path, period: str) -> Path:
    """Ask of an extract what the audit of a period asks, as far as it is of screenings."""
    audit, during = begin(str(extract)), read_period(period)
    made_of = Origin.of_extract(read_manifest(extract))
    inputs = {"extract": Input(name=extract.name, sha256="", made_of=made_of)}
    return results_in(folder, *_tables(audit, during), inputs=inputs)


def _tables(audit: Inquiry, during: Any) -> Iterator[Table]:
    one = ["screenings_recorded"]
    for shown in (
        audit.measures("Numbers", [*one, "cases_opened", "referrals_sent"], during),
        *(audit.measures(by, one, during, [by]) for by in ("route", "age_band", "placed_out")),
        audit.chart("Over time", one[0], run_up(during, 8), "numerator"),
        audit.chart("Lower views", "view_below_outcome", run_up(during, 8)),
    ):
        assert shown.facts.table is not None
        yield shown.facts.table


def subtracted(before: Path, after: Path) -> dict[str, int]:
    """Subtract what two releases print of the same groups, as a reader would: what is small."""
    first, then = (
        {
            (each.cell.name, each.cell.groups, each.cell.start): (each.cell.end, int(each.mark))
            for table in read((folder / results.TABLES).read_bytes(), folder.name).tables
            for each in table.printed
            if each.mark.isdigit()
        }
        for folder in (before, after)
    )
    left = {
        str(Cell(name.of, groups, known[0] + timedelta(days=1), end, name.but_not)): (
            number - known[1]
        )
        for (name, groups, start), (end, number) in then.items()
        if (known := first.get((name, groups, start)))
    }
    return {cell: number for cell, number in left.items() if 1 <= number <= EXACT.suppress_up_to}


def test_the_next_quarter_is_released_after_the_one_before(
    opened: Store, extracts: Path, tmp_path: Path
) -> None:
    release(audited(tmp_path / "q2", extracts / "july 5", "2026-Q2"), works(opened))

    done = release(audited(tmp_path / "q3", extracts / "october 5", "2026-Q3"), works(opened))

    assert len(done.tables) == 6
    assert len(released(works(opened).of_the_agency()).tables) == 12


def test_the_year_to_date_a_quarter_later_is_refused_where_it_leaves_few_between(
    opened: Store, extracts: Path, tmp_path: Path
) -> None:
    july, october = ("2026-01-01..2026-06-30", "2026-01-01..2026-09-30")
    before = audited(tmp_path / "july", extracts / "july 1", july)
    after = audited(tmp_path / "october", extracts / "october 1", october)
    release(before, works(opened))
    head = opened.head()

    said = refusal(lambda: release(after, works(opened)))

    few = subtracted(before, after)
    assert "screenings, route keep_watching, 1 July 2026 to 30 September 2026" in few
    assert sorted(re.findall(r"hidden number: (.*?)\.", said)) == sorted(few)
    assert opened.head() == head


def test_what_is_refused_is_what_a_reader_could_have_subtracted(
    extracts: Path, tmp_path: Path
) -> None:
    july, october = ("2026-01-01..2026-06-30", "2026-01-01..2026-09-30")
    before = audited(tmp_path / "july", extracts / "july 1", july)
    after = audited(tmp_path / "october", extracts / "october 1", october)

    found = begin(str(extracts / "october 1")).source.frames["screenings"]
    quarter = found[found["screened_on"].between("2026-07-01", "2026-09-30")]
    true = (quarter["route"] == "keep_watching").sum()
    cell = "screenings, route keep_watching, 1 July 2026 to 30 September 2026"
    assert subtracted(before, after)[cell] == true


def test_either_of_them_may_be_released_without_the_other(
    opened: Store, extracts: Path, tmp_path: Path
) -> None:
    october = audited(tmp_path / "x", extracts / "october 1", "2026-01-01..2026-09-30")

    assert len(release(october, works(opened)).tables) == 6


# 2


def test_one_account_audits_and_another_releases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = tmp_path / "home", tmp_path / "out"
    monkeypatch.setenv(HOME, str(home))
    monkeypatch.setattr(account, "name", lambda: FIRST)
    with new_store(home) as opened:
        work_as_lead_officer(home)
        fill(opened, cases=40, seed=1, now=NOW)
    assert run(["extract", str(tmp_path / "extract")]) == 0
    extract = f"extract={tmp_path / 'extract'}"
    assert run(["audit", "compare_periods", str(folder), "-p", extract]) == 0
    capsys.readouterr()

    monkeypatch.setenv("LOGNAME", SECOND)
    statuses = [run(["release", str(folder)])]
    monkeypatch.setattr(account, "name", lambda: SECOND)
    statuses.append(run(["release", str(folder)]))

    told = capsys.readouterr()
    with store.open_store(home) as opened:
        head = opened.head()
        entries = [each for each in opened.entries(AGENCY) if each.kind == "TableReleased"]
    assert statuses == [2, 0]
    assert told.err.startswith("RELEASE_02 · out: you made these results.")
    assert told.out.splitlines() == [
        *(f"Released: {each.event.name}" for each in entries),
        f"Released from out: {len(entries)} tables. Head {head}",
    ]
    assert {each.recorded_by for each in entries} == {SECOND}
    assert not any(FIRST.encode() in path.read_bytes() for path in folder.iterdir())
