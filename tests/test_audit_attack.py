"""Someone who has all tables of real audit runs, a quarter apart, cannot recover a hidden number.

The attack reads what is printed and knows what every measure means: which rows of the record it
counts; that two measures which count the same rows give the same number, and that some count just
the rows of a group; that a period is the sum of its parts, a total that of its groups; and that a
numerator lies within its denominator. It knows nothing of how numbers are hidden. For each hidden
number it asks how small and how large it can be. It may not assume what is not so: all that it
knows must be true of the counts behind the tables.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import nbformat
import numpy as np
import pandas as pd
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from cse_workbook import releasing
from cse_workbook.audit import guard
from cse_workbook.audit.running import notebook_of
from cse_workbook.audit.words import TOTAL
from cse_workbook.disclosure.ledger import Ledger
from cse_workbook.disclosure.numbers import protected
from cse_workbook.extracts import read_extract
from cse_workbook.frames import SCHEMAS
from cse_workbook.measures import MEASURES, Measure
from cse_workbook.measures.running import groups
from cse_workbook.policy import Disclosure
from cse_workbook.quality import RULES
from cse_workbook.releasing import given_away
from tests import audited
from tests.made_up_frames import at_random

DEFAULT = Disclosure(suppress_up_to=7, round_to=5)
EXACT = Disclosure(suppress_up_to=5, round_to=1)
BOOKS = ("audit_period", "compare_periods", "audit_record_quality")
A_QUARTER_APART = ({"period": "2026-Q2", "before": "2026-Q1"}, {"period": "2026-Q3"})
TO_DATE = (
    {"period": "2026-Q2", "before": "2026-Q1"},
    {"period": "2026-04-01..2026-09-30", "before": "2026-Q1"},
)
ALL_AND_ONE = ({"period": "2026-Q3"}, {"period": "2026-Q3", "agency": "Example School"})
FIRST, DAY, MANY = date(1, 1, 1), timedelta(days=1), 10**5
COUNTS = ("numerator", "denominator", "n_not_known")
ASKED: Mapping[str, Measure] = {**MEASURES, **{code: each.measure for code, each in RULES.items()}}
# Which rows are counted, from which day, of which agency, and of which group of which column.
Atom = tuple[str, date, str, str, str]
Row = dict[Atom, int]
Fact = tuple[Row, float, float]


class Attack:
    """What is printed, written down as sums of unknown whole numbers."""

    def __init__(
        self, place: Path, tables: Sequence[pd.DataFrame], frame: str, limits: Disclosure
    ) -> None:
        self.limits, self.name = limits, frame
        self.frame = read_extract(place).by_name()[frame]
        self.printed = [
            row
            for table in tables
            for row in table.astype(object).to_dict("records")
            if ASKED[row["measure"]].frame == frame
        ]
        self.agencies = [*sorted(self.frame["agency"].unique()), "not_known"]
        self.masks: dict[str, pd.Series] = {}
        self.named: dict[str, tuple[str, str]] = {}
        self.cuts = self._cuts()
        self.facts: list[Fact] = []
        self.secrets: list[Row] = []
        self._read()
        self._relate()

    def _cuts(self) -> list[date]:
        days = {FIRST}
        for row in self.printed:
            days |= {_first(row), row["period_end"].date() + DAY}
        return sorted(days)

    def _mask(self, key: str, column: str) -> str:
        """Name the rows that are counted, the same name for the same rows of the same day."""
        asked, rows = ASKED[key], _rows(key, column, self.frame)
        for name, known in self.masks.items():
            if name.split(" ")[0] == asked.date and known.equals(rows):
                return name
        name = f"{asked.date} {len(self.masks)}"
        self.masks[name], self.named[name] = rows, (key, column)
        return name

    def _sum(self, mask: str, row: Mapping[str, Any], column: str, group: str) -> Row:
        days = [day for day in self.cuts if _first(row) <= day <= row["period_end"].date()]
        agency = row.get("agency", TOTAL)
        agencies = self.agencies if agency == TOTAL else [agency]
        if column == "agency":
            column, group = "", ""
        return {(mask, day, agency, column, group): 1 for day in days for agency in agencies}

    def _read(self) -> None:
        """Write down what each printed number can stand for, by trying all counts."""
        could: dict[str, list[int]] = {"not shown": [1, MANY], "all but *": [1, MANY]}
        for count in range(3000):
            shown = protected(count, self.limits)
            could.setdefault("*" if shown.is_hidden else str(shown.number), []).append(count)
        for row in self.printed:
            split = [c for c in groups(self.name) if row.get(c, TOTAL) != TOTAL]
            split = [c for c in split if c != "agency"] or split
            column = split[0] if split else ""
            where = (row, column, str(row[column]) if column else "")
            sums: dict[str, Row] = {}
            for count in (c for c in COUNTS if str(row.get(c, "not asked")) not in ("not asked",)):
                of_all = ASKED[row["measure"]].of_all and count == "denominator"
                place = (row | {"agency": row["within"]}, "", "") if of_all else where
                sums[count] = self._sum(self._mask(row["measure"], _named(count)), *place)
                mark = str(row[count])
                self.facts.append((sums[count], min(could[mark]), max(could[mark])))
                if not mark.isdigit():
                    self.secrets.append(sums[count])
            part, whole = sums["numerator"], sums["denominator"]
            if not ASKED[row["measure"]].of_all and part != whole:
                others = whole | dict.fromkeys(part, -1)
                few = row["numerator"] == "all but *"
                self.facts.append((others, few, self.limits.suppress_up_to if few else MANY))
                self.secrets.append(others)

    def _relate(self) -> None:
        """Write down that groups make up a total, and that a numerator lies in its denominator."""
        atoms = {atom for sums, *_ in self.facts for atom in sums}
        split: dict[Atom, dict[str, set[str]]] = {}
        for mask, day, agency, column, group in atoms:
            total = (mask, day, agency, "", "")
            split.setdefault(total, {}).setdefault(column, set()).add(group)
        for total, columns in split.items():
            for column in columns.keys() - {""}:
                parts = {(*total[:3], column, group): 1 for group in columns[column]}
                self.facts.append((parts | {total: -1}, 0, 0))
        self._relate_groups(atoms)
        pairs = {
            (self._mask(r["measure"], "numerator"), self._mask(r["measure"], "denominator"))
            for r in self.printed
        }
        for part, whole in pairs:
            for atom in (a for a in atoms if a[0] == part and part != whole):
                if (around := (whole, *atom[1:])) in atoms:
                    self.facts.append(({around: 1, atom: -1}, 0, MANY))

    def _relate_groups(self, atoms: set[Atom]) -> None:
        """Write down what counts just the rows of some groups of a column."""
        columns = {(mask, column) for mask, *_, column, _ in atoms if column}
        for whole, column in sorted(columns):
            around, group = self.masks[whole], self.frame[column].astype(str)
            for part, rows in self.masks.items():
                values = set(group[rows])
                if part == whole or not (rows == (around & group.isin(values))).all():
                    continue
                if not self._is_by_definition(part, whole, column, values):
                    continue
                for mask, day, agency, *_ in {a for a in atoms if a[0] == part and not a[3]}:
                    groups = {(whole, day, agency, column, value): 1 for value in values}
                    if groups.keys() & atoms:
                        self.facts.append((groups | {(mask, day, agency, "", ""): -1}, 0, 0))

    def _is_by_definition(self, part: str, whole: str, column: str, values: set[str]) -> bool:
        """Tell whether it holds of any rows that the groups are those of a column."""
        table = at_random(self.name)
        rows, around = (_rows(*self.named[name], table) for name in (part, whole))
        return bool((rows == (around & table[column].isin(values))).all()) and bool(rows.any())

    def true(self, atom: Atom) -> int:
        """Count behind the tables."""
        mask, day, agency, column, group = atom
        days = self.frame[mask.split(" ")[0]].dt.date
        before = min(cut for cut in self.cuts if cut > day)
        rows = self.masks[mask] & (self.frame["agency"] == agency)
        rows &= (days >= day) & (days < before)
        if column:
            rows &= self.frame[column].astype(str) == group
        return int(rows.sum())

    def check(self) -> None:
        """Look whether all that the attack knows is so."""
        true = {atom: self.true(atom) for atom in {a for sums, *_ in self.facts for a in sums}}
        for sums, low, high in self.facts:
            count = sum(times * true[atom] for atom, times in sums.items())
            assert low <= count <= high, (sums, low, count, high)

    def recovered(self) -> list[tuple[Row, int]]:
        """Give the small counts for which a single number is left."""
        places = {atom: n for n, atom in enumerate({a for sums, *_ in self.facts for a in sums})}
        known = self._constraints(places)
        asked = [*self.secrets, *({atom: 1} for atom in places)]
        fits: list[np.ndarray] = []

        def least(aim: np.ndarray) -> int:
            found = milp(aim, constraints=known, bounds=Bounds(0, MANY), integrality=1)
            assert found.status == 0, found.message
            fits.append(np.rint(found.x))
            return round(found.fun)

        for aim in (np.ones(len(places)), -np.ones(len(places))):
            least(aim)
        found = []
        for sums in asked:
            aim = np.zeros(len(places))
            for atom, times in sums.items():
                aim[places[atom]] = times
            if len({aim @ each for each in fits}) > 1:
                continue  # two numbers are seen to fit
            low, high = least(aim), -least(-aim)
            if 1 <= low == high <= self.limits.suppress_up_to:
                found.append((sums, low))
        return found

    def _constraints(self, places: Mapping[Atom, int]) -> LinearConstraint:
        at = [(n, places[atom]) for n, (sums, *_) in enumerate(self.facts) for atom in sums]
        times = [often for sums, *_ in self.facts for often in sums.values()]
        shape = (len(self.facts), len(places))
        matrix = csr_array((times, tuple(zip(*at, strict=True))), shape=shape)
        lows, highs = zip(*((low, high) for _, low, high in self.facts), strict=True)
        return LinearConstraint(matrix, lows, highs)


def _rows(key: str, column: str, table: pd.DataFrame) -> pd.Series:
    """Give the rows that a count of a measure is of."""
    counted = ASKED[key].count(table)
    rows = getattr(counted, column).fillna(False).astype(bool)
    return rows & counted.denominator.fillna(False) if column == "numerator" else rows


def _first(row: Mapping[str, Any]) -> date:
    return FIRST if pd.isna(row["period_start"]) else row["period_start"].date()


def _named(count: str) -> str:
    return "not_known" if count == "n_not_known" else count


Two = Sequence[Mapping[str, str]]
Printed = tuple[pd.DataFrame, Any]
Run = Callable[[str, Mapping[str, str]], list[Printed]]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Ask what a notebook asks, and keep each table with what the ledger is told of it."""
    passed = guard.Guard.passed

    def run(name: str, given: Mapping[str, str]) -> list[Printed]:
        printed: list[Printed] = []

        def kept(self: Any, *asked: Any) -> Any:
            data, facts = passed(self, *asked)
            if data is not None and set(data["measure"]) <= ASKED.keys():
                printed.append((data.assign(within=given.get("agency", TOTAL)), facts.table))
            return data, facts

        monkeypatch.setattr(guard.Guard, "passed", kept)
        names: dict[str, Any] = {}
        for cell in nbformat.read(notebook_of(name), as_version=4).cells:
            if cell.cell_type == "code":
                exec(cell.source, names)
            if "parameters" in cell.metadata.get("tags", ()):
                names |= {key: value for key, value in given.items() if key in names}
        return printed

    return run


def released(runs: Run, extract: Path, two: Two) -> list[pd.DataFrame]:
    """Give the tables of two runs that the ledger lets go, one after the other."""
    ledger, out = Ledger(), []
    for given in two:
        for name in BOOKS:
            for data, table in runs(name, {"extract": str(extract), **given}):
                if not [*given_away(ledger, [table], revised=False)]:
                    ledger = ledger.remembering(table)
                    out.append(data)
    return out


@pytest.fixture
def exact(place: Path, tmp_path: Path) -> Path:
    """The extract under a policy that hides 1 to 5 and rounds nothing."""
    audited.copied(place / "extract", tmp_path / "exact")
    manifest = tmp_path / "exact" / "manifest.json"
    told = json.loads(manifest.read_bytes()) | {"disclosure": msgspec.to_builtins(EXACT)}
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return tmp_path / "exact"


def attacked(extract: Path, tables: Sequence[pd.DataFrame], limits: Disclosure) -> list[int]:
    """Attack the tables of each frame; give the small numbers that were recovered."""
    attacks = [Attack(extract, tables, frame, limits) for frame in SCHEMAS]
    for each in attacks:
        each.check()
    return [number for each in attacks for _, number in each.recovered()]


@pytest.mark.parametrize("two", [A_QUARTER_APART, ALL_AND_ONE])
def test_no_hidden_number_is_recovered_from_the_runs(place: Path, runs: Run, two: Two) -> None:
    tables = released(runs, place / "extract", two)

    assert len(tables) > 60  # to refuse all would protect as well
    assert attacked(place / "extract", tables, DEFAULT) == []


def test_nor_where_a_policy_rounds_nothing_and_a_period_lies_in_another(
    exact: Path, runs: Run
) -> None:
    tables = released(runs, exact, TO_DATE)

    assert len(tables) > 60
    assert attacked(exact, tables, EXACT) == []


def test_the_attack_succeeds_where_no_further_cell_is_hidden(
    exact: Path, runs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "protect", only_each_by_itself)
    monkeypatch.setattr(guard, "refuses", lambda *_, **__: [])
    monkeypatch.setattr(releasing, "refuses", lambda *_, **__: [])

    assert len(attacked(exact, released(runs, exact, A_QUARTER_APART), EXACT)) > 10


def test_the_attack_succeeds_where_the_ledger_is_not_asked(
    exact: Path, runs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "refuses", lambda *_, **__: [])
    monkeypatch.setattr(releasing, "refuses", lambda *_, **__: [])

    assert attacked(exact, released(runs, exact, ALL_AND_ONE), EXACT)


def only_each_by_itself(
    table: pd.DataFrame, counts: Sequence[str], _: object, limits: Disclosure, *__: Any, **___: Any
) -> pd.DataFrame:
    """Hide and round each number, and no further one: protection switched off."""
    return table.assign(**{each: [_alone(n, limits) for n in table[each]] for each in counts})


def _alone(count: Any, limits: Disclosure) -> int | str:
    if pd.isna(count):
        return "not asked"
    shown = protected(int(count), limits)
    return "*" if shown.number is None else shown.number
