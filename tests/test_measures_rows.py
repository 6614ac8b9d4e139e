"""Measures and rules that count the same rows say so, and what they say of rows is so.

What is printed of the same rows under two names could be subtracted, so the names are held to what
the functions do: on made-up children for what follows from how frames are made, and on rows filled
at random for what holds of any rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from cse_workbook.audit.guard import MEANINGS
from cse_workbook.audit.source import made_up_cases
from cse_workbook.disclosure.cells import Name
from cse_workbook.disclosure.layout import OTHERS, PART, UNKNOWN, WHOLE
from cse_workbook.frames import BREAKDOWNS, SCHEMAS, frames
from cse_workbook.instrument import Instrument
from cse_workbook.measures import MEASURES, Measure
from cse_workbook.policy import Policy
from cse_workbook.quality import RULES
from cse_workbook.synthetic import LAST_DAY
from tests.made_up_frames import at_random

ASKED: Mapping[str, Measure] = {**MEASURES, **{code: each.measure for code, each in RULES.items()}}
SPLIT_BY = (*BREAKDOWNS, "route", "view")  # what the notebooks break figures down by
Flags = np.ndarray


@pytest.fixture(scope="module")
def children(occ: Instrument, default_policy: Policy) -> Mapping[str, pd.DataFrame]:
    return frames(made_up_cases(), occ, default_policy, LAST_DAY).by_name()


def rows_of(key: str, table: pd.DataFrame) -> Iterator[tuple[Name, Flags]]:
    """Give which rows each count of a measure is of, by name."""
    asked, meaning = ASKED[key], MEANINGS[key]
    found = asked.count(table)
    whole = found.denominator.fillna(False).to_numpy(bool)
    part = found.numerator.fillna(False).to_numpy(bool) & whole
    if asked.of_all:
        assert (part == whole).all()
        yield Name(meaning.among), whole
        return
    counts = {WHOLE: whole, PART: part, OTHERS: whole & ~part}
    if found.not_known is not None:
        counts[UNKNOWN] = found.not_known.fillna(False).to_numpy(bool)
        yield Name(meaning.among), whole | counts[UNKNOWN]
    yield from ((meaning.name(count), rows) for count, rows in counts.items())


def of_name(name: Name, known: Mapping[Name, Flags], table: pd.DataFrame) -> Flags | None:
    """Give the rows of a name, or of a group among them."""
    of, _, where = name.of.partition(" where ")
    rows = known.get(Name(of, name.but_not))
    if rows is None or not where:
        return rows
    column, _, value = where.partition(" is ")
    return rows & (table[column] == value).to_numpy(bool)


def check(
    whole: Name,
    parts: Iterable[Name],
    known: Mapping[Name, Flags],
    table: pd.DataFrame,
    unseen: set[str],
) -> None:
    """Look whether rows are made up of others, and note the names of which no rows are known."""
    rows = {name: of_name(name, known, table) for name in (whole, *parts)}
    unseen |= {name.of for name, found in rows.items() if found is None}
    if all(found is not None for found in rows.values()):
        total = rows.pop(whole)
        assert (np.sum([*rows.values()], axis=0) == total).all(), (whole, parts)


def of_frame(frame: str) -> list[str]:
    return [key for key, each in ASKED.items() if each.frame == frame]


@pytest.mark.parametrize("frame", SCHEMAS)
def test_rows_of_one_name_are_the_same_rows(
    frame: str, children: Mapping[str, pd.DataFrame]
) -> None:
    table = children[frame]
    known: dict[Name, Flags] = {}
    for key in of_frame(frame):
        for name, rows in rows_of(key, table):
            assert (known.setdefault(name, rows) == rows).all(), (key, name)
    unseen = set()
    for name in [name for name in known if name.but_not]:
        check(Name(name.of), [*map(Name, name.but_not), name], known, table, unseen)
    for of, *parts in {told for key in of_frame(frame) for told in MEANINGS[key].nobody}:
        check(Name(of), map(Name, parts), known, table, unseen)
    assert not unseen


@pytest.mark.parametrize("frame", SCHEMAS)
def test_the_same_rows_have_one_name(frame: str) -> None:
    names: dict[tuple[str, bytes], set[Name]] = {}
    for key in of_frame(frame):
        for name, rows in rows_of(key, at_random(frame)):
            if rows.any():
                names.setdefault((ASKED[key].date, rows.tobytes()), set()).add(name)

    assert [each for each in names.values() if len(each) > 1] == []


@pytest.mark.parametrize("frame", SCHEMAS)
def test_rows_that_make_up_others_are_said_to(frame: str) -> None:
    by_date: dict[str, dict[Name, Flags]] = {}
    said: list[dict[Name, int]] = []
    for key in of_frame(frame):
        known = by_date.setdefault(ASKED[key].date, {})
        known |= {name: rows for name, rows in rows_of(key, at_random(frame)) if rows.any()}
        for of, *parts in MEANINGS[key].nobody:
            said.append({Name(of): -1, **{Name(each): 1 for each in parts}})
    for known in by_date.values():
        for name in known:
            if name.but_not:
                parts = {Name(each): 1 for each in name.but_not}
                said.append({Name(name.of): -1, name: 1, **parts})
    names = sorted({n for known in by_date.values() for n in known} | {n for s in said for n in s})
    told = np.array([[each.get(name, 0) for name in names] for each in said] or [[0] * len(names)])
    rank = np.linalg.matrix_rank(told)

    for known in by_date.values():
        whole = {rows.tobytes(): name for name, rows in known.items()}
        for (one, rows), (other, more) in combinations(known.items(), 2):
            made_up_of = whole.get((rows | more).tobytes()) if not (rows & more).any() else None
            if made_up_of:
                row = [{one: 1, other: 1, made_up_of: -1}.get(name, 0) for name in names]
                assert np.linalg.matrix_rank(np.vstack([told, row])) == rank, (one, other)


@pytest.mark.parametrize("frame", SCHEMAS)
def test_rows_that_are_those_of_groups_are_said_to_be(frame: str) -> None:
    table = at_random(frame)
    said = {each for key in of_frame(frame) for told in MEANINGS[key].nobody for each in told}
    for column in (each for each in SPLIT_BY if each in table):
        for key in of_frame(frame):
            for name, rows in rows_of(key, table):
                values = {*table[column][rows]}
                if (
                    0 < len(values) < table[column].nunique()
                    and (rows == table[column].isin(values).to_numpy()).all()
                ):
                    assert {name.of, *name.but_not} <= said, (column, name)
                    assert any(f" where {column} is " in each for each in said), (column, name)


@pytest.mark.parametrize("key", ASKED)
def test_what_cannot_be_told_has_a_name_where_it_is_counted(key: str) -> None:
    counted = ASKED[key].count(at_random(ASKED[key].frame)).not_known is not None

    # A rule may name what it leaves out, so that its denominator is known again.
    assert bool(ASKED[key].unknown) == counted or key in RULES
