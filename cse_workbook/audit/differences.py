"""By how much do the rates of two periods differ, as far as their printed counts tell?

The interval (95 %) is Newcombe's hybrid score interval: Newcombe, “Interval estimation for the
difference between independent proportions”, Statistics in Medicine 17 (1998), method 10. Periods
are taken as independent, which cases that are in both are not.
"""

from collections.abc import Mapping
from typing import Final

import pandas as pd
from statsmodels.stats.proportion import confint_proportions_2indep

DIFFERENCE: Final = ("difference", "difference_low", "difference_high")
Difference = Mapping[str, float | None]


def differences(table: pd.DataFrame) -> dict[str, Difference]:
    """Give for each measure the rate of the second period less that of the first, under
    `DIFFERENCE`.

    Takes a protected series of two periods. None where a count is hidden or nothing was counted.
    """
    return {str(key): _difference(rows) for key, rows in table.groupby("measure", sort=False)}


def _difference(rows: pd.DataFrame) -> Difference:
    counts = rows[["numerator", "denominator"]].apply(pd.to_numeric, errors="coerce")
    if counts.isna().to_numpy().any() or not (counts["denominator"] > 0).all():
        return dict.fromkeys(DIFFERENCE)
    (first, of_first), (second, of_second) = counts.astype(int).to_numpy().tolist()
    low, high = confint_proportions_2indep(
        second, of_second, first, of_first, method="newcomb", compare="diff"
    )
    found = (second / of_second - first / of_first, float(low), float(high))
    return dict(zip(DIFFERENCE, found, strict=True))
