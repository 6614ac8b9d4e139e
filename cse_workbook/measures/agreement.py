"""Do people who read the same children alone come to the same view?

For two readings of each child: how many agree, and Cohen's kappa. For any number of readers, some
of whom left children out: Krippendorff's alpha. Agreement is not being right: all may share one
mistake. The figures are about a question or an instrument, never about one reader.

Cohen, “A coefficient of agreement for nominal scales”, Educational and Psychological Measurement 20
(1960). Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011). The interval of alpha is
found by drawing children again and again, as in Zapf and others, “Measuring inter-rater reliability
for nominal data”, BMC Medical Research Methodology 16 (2016), doi 10.1186/s12874-016-0200-9.
"""

from collections.abc import Sequence
from typing import Final, Literal

import krippendorff
import msgspec
import numpy as np
import pandas as pd
from statsmodels.stats.inter_rater import cohens_kappa

from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.measures.running import wilson

Level = Literal["nominal", "ordinal"]
DRAWS: Final = 1000


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two readings agree, each figure with its 95 % interval.

    `n` children were read twice and `n_agreed` the same way. A figure is blank where it is not
    defined: kappa, where both readings hold one and the same value throughout.
    """

    n: int
    n_agreed: int
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None


class Alpha(msgspec.Struct, frozen=True, kw_only=True):
    """Krippendorff's alpha with its 95 % interval, of `n` children read by two people or more.

    Blank where it is not defined: nobody read the same child, or all readings hold one value.
    """

    n: int
    n_readings: int
    alpha: float | None
    low: float | None
    high: float | None


def cohen(
    first: pd.Series, second: pd.Series, scale: Sequence[str], level: Level = "nominal"
) -> Agreement:
    """Compare two readings of the same children, told apart by the index.

    `scale` holds the values in their order; with the level ordinal, a reading that is further off
    counts for more (linear weights). A child without both readings is left out. Raises MEASURE_06
    for a value that is not on the scale.
    """
    codes = _codes(pd.DataFrame({"first": first, "second": second}), scale).dropna()
    n, n_agreed = len(codes), int((codes["first"] == codes["second"]).sum())
    low, high = wilson(pd.Series([n_agreed]), pd.Series([n]))
    table = np.zeros((len(scale), len(scale)))
    np.add.at(table, (codes["first"].astype(int), codes["second"].astype(int)), 1)
    kappa = _kappa(table, level)
    return Agreement(
        n=n,
        n_agreed=n_agreed,
        ratio=n_agreed / n if n else None,
        ratio_low=_figure(low[0]),
        ratio_high=_figure(high[0]),
        kappa=kappa[0],
        kappa_low=kappa[1],
        kappa_high=kappa[2],
    )


def alpha(
    readings: pd.DataFrame, scale: Sequence[str], level: Level = "nominal", *, seed: int
) -> Alpha:
    """Compare the readings of several people: one row a child, one column a reader, blank where a
    reader left a child out.

    The same seed gives the same interval. Raises MEASURE_06 for a value that is not on the scale.
    """
    codes = _codes(readings, scale)
    values = range(len(scale))
    counts = np.column_stack([(codes == value).sum(axis="columns") for value in values])
    counts = counts[counts.sum(axis=1) >= 2]
    found = _alpha(counts, level)
    low, high = (None, None) if found is None else _drawn(counts, level, seed)
    return Alpha(n=len(counts), n_readings=int(counts.sum()), alpha=found, low=low, high=high)


def _codes(readings: pd.DataFrame, scale: Sequence[str]) -> pd.DataFrame:
    """Turn values into their places on the scale, blank where there is none."""
    given = {str(value) for column in readings for value in readings[column].dropna()}
    unknown = sorted(given - set(scale))
    if unknown:
        raise WorkbookError(
            [problem("MEASURE_06", each, near=near(each, scale)) for each in unknown]
        )
    place = {value: n for n, value in enumerate(scale)}
    return pd.DataFrame({column: readings[column].map(place) for column in readings})


def _kappa(
    table: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", level: Level
) -> tuple[float | None, float | None, float | None]:
    """Give kappa and its interval for a table of first by second readings."""
    used = (table.sum(axis=0) + table.sum(axis=1)) > 0
    if used.sum() < 2:
        return None, None, None
    # A weight is a distance on the scale, so values that nobody gave must not close up the scale.
    places = np.flatnonzero(used)
    options = {"weights": places, "wt": "linear"} if level == "ordinal" else {}
    with np.errstate(divide="ignore", invalid="ignore"):
        result = cohens_kappa(table[np.ix_(used, used)], **options)
    return _figure(result.kappa), _figure(result.kappa_low), _figure(result.kappa_upp)


def _alpha(counts: "np.ndarray[tuple[int, int], np.dtype[np.int64]]", level: Level) -> float | None:
    if (counts.sum(axis=0) > 0).sum() < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement=level))


def _drawn(
    counts: "np.ndarray[tuple[int, int], np.dtype[np.int64]]", level: Level, seed: int
) -> tuple[float, float]:
    """Give the interval that holds 95 % of the alphas of children drawn with replacement."""
    chance = np.random.default_rng(seed)
    drawn = (counts[chance.integers(len(counts), size=len(counts))] for _ in range(DRAWS))
    # All readings the same: nobody differs in this draw, though alpha itself is not defined.
    alphas = [1.0 if (found := _alpha(draw, level)) is None else found for draw in drawn]
    low, high = np.percentile(alphas, [2.5, 97.5])
    return float(low), float(high)


def _figure(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
