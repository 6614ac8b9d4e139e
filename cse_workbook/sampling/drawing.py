"""Which cases does an audit read, when it cannot read them all?

From each stratum as many as are asked for. The order within a stratum is that of the SHA-256 digest
of seed and pseudonym: the same seed draws the same cases of the same extract on any machine, in any
version, and in whatever order the rows stand. Where pseudonyms are new in every extract, another
extract of the same records gives another draw.
"""

import json
from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil
from typing import Final

import msgspec
import pandas as pd

from cse_workbook.errors import Problem, near, problem
from cse_workbook.filled import refuse
from cse_workbook.measures import groups
from cse_workbook.screening import shown

EVERYBODY: Final = "stratum"  # the column of a draw without strata
_MARK: Final = 12  # digits that tell one draw from another


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """Cases that were drawn, and the strata they were drawn from.

    `rows`: one row a case in reading order, with `line` from 1, `row` (its place in the extract's
    cases.parquet, from 1) and the columns of the strata, all words. `strata`: one row a stratum,
    with `size` and `drawn`. `mark` differs for every other draw.
    """

    rows: pd.DataFrame
    strata: pd.DataFrame
    mark: str

    def __repr__(self) -> str:
        """Show how many were drawn, never which."""
        return f"Sample({len(self.rows)} cases of {len(self.strata)} strata)"

    @property
    def columns(self) -> list[str]:
        """The columns that make the strata."""
        return [str(each) for each in self.strata if each not in ("size", "drawn")]


def draw(cases: pd.DataFrame, strata: Sequence[str], per_stratum: int | float, seed: int) -> Sample:
    """Draw so many cases of each stratum, or such a share of it, rounded up.

    `cases` is that frame of an extract, or a part of it with the index it was read with. A stratum
    with fewer cases gives all. Without strata all cases are one. Raises SAMPLE_01 for a column that
    makes no strata, and SAMPLE_02 for fewer than one case.
    """
    _check(strata, per_stratum)
    columns = list(dict.fromkeys(strata)) or [EVERYBODY]
    named = cases.assign(**{EVERYBODY: "all"})[columns].astype("str")
    places = [_place(seed, case) for case in cases["case"]]
    ordered = named.assign(row=cases.index + 1, place=places, case=cases["case"])
    ordered = ordered.sort_values([*columns, "place"], ignore_index=True)
    within = ordered.groupby(columns)
    size = within["row"].transform("size")
    drawn = ordered[within.cumcount() < size.map(lambda n: _wanted(n, per_stratum))]
    sizes, taken = (each.groupby(columns).size() for each in (ordered, drawn))
    return Sample(
        rows=_lines(drawn[["row", *columns]]),
        strata=pd.DataFrame({"size": sizes, "drawn": taken}).reset_index(),
        mark=_mark([seed, columns, str(per_stratum), drawn[["row", "case"]].values.tolist()]),
    )


def _check(strata: Sequence[str], per_stratum: int | float) -> None:
    known = groups("cases")
    problems: list[Problem] = [
        problem("SAMPLE_01", f"column “{shown(each)}”", near=near(each, known))
        for each in strata
        if each not in known
    ]
    enough = per_stratum >= 1 if isinstance(per_stratum, int) else 0 < per_stratum <= 1
    if not enough:
        problems.append(problem("SAMPLE_02", "per_stratum", given=per_stratum))
    refuse(problems)


def _place(seed: int, case: str) -> str:
    return sha256(f"{seed}:{case}".encode()).hexdigest()


def _wanted(size: int, per_stratum: int | float) -> int:
    """Give how many cases of a stratum are asked for; there may be fewer."""
    if isinstance(per_stratum, int):
        return per_stratum
    # As it is written: in binary, a tenth of thirty is a little more than three.
    return ceil(Fraction(str(per_stratum)) * size)


def _lines(drawn: pd.DataFrame) -> pd.DataFrame:
    lines = drawn.reset_index(drop=True)
    lines.insert(0, "line", range(1, len(lines) + 1))
    return lines


def _mark(told: list[object]) -> str:
    """Name a draw. It begins with a letter, so that no spreadsheet takes it for a number."""
    return "S-" + sha256(json.dumps(told).encode()).hexdigest()[:_MARK]
