"""How far do readings agree: of the view, of each view, of each question?

Each reading of a child is set beside each other reading of the same child. Pairs of one child are
not independent, so an interval is that of as many children as the pairs are worth (Kish, Survey
Sampling, 1965): with the same number of readers for each child, that of the number of children.
Krippendorff's alpha takes out what chance alone would bring; its scale is an order, as the answers
are ordered in scoring. For one view: of the readings beside a reading that gave it, how many gave
it too (specific agreement; Spitzer and Fleiss, British Journal of Psychiatry 125, 1974).
"""

from typing import Any, Final

import pandas as pd

from cse_workbook.calibration.readings import Asked, Readings
from cse_workbook.measures import wilson
from cse_workbook.measures.agreement import Alpha, alpha

ANSWERS: Final = "answers"
PLAINLY: Final = (
    "Of all pairs of readings of the same child, so many are the same; the interval (Wilson, 95 %)"
    " takes each child once, for pairs of readings of one child tell much the same.",
    "Alpha is 1 where all agree, and 0 where they agree as often as chance would have it. Where"
    " nearly everybody gives the same answer, alpha can be low or cannot be told although most"
    " agree: read both.",
    "A few children were read. Agreement is not being right, and none of this is about a reader.",
)
_FIGURES: Final = ("numerator", "denominator", "ratio", "low", "high")
_ALPHA: Final = ("alpha", "alpha_low", "alpha_high")


def overall(readings: Readings, *, seed: int) -> pd.DataFrame:
    """Tell how far the views agree, and all answers to all questions together.

    Two rows: `about` (view, answers), `label`, `n_children` read by two people or more,
    `numerator` (pairs of readings that are the same), `denominator` (pairs), `ratio`, `low`,
    `high`, `alpha`, `alpha_low`, `alpha_high`. Of all answers together there is no alpha: what
    chance brings differs from question to question. `seed` is that of `measures.alpha`.
    """
    every = Asked(ANSWERS, "All questions together", {})
    pairs = [_pairs(readings.counts(each)) for each in readings.asked]
    views, *answers = pairs
    together = sum(answers, start=views * 0)
    of_view = _row(readings.asked[0], views) | _chance(readings, readings.asked[0], seed)
    return _typed([of_view, _row(every, together) | dict.fromkeys(_ALPHA)])


def by_item(readings: Readings, *, seed: int) -> pd.DataFrame:
    """Tell of each indicator that was read how far the answers agree; columns as of `overall`.

    In the order of the instrument. A question that nobody answered twice has no ratio.
    """
    rows = [
        _row(each, _pairs(readings.counts(each))) | _chance(readings, each, seed)
        for each in readings.asked[1:]
    ]
    return _typed(rows)


def by_view(readings: Readings) -> pd.DataFrame:
    """Tell of each view how often a reading beside one that gave it gave it too.

    One row a route: `about`, `label`, `n_children` to whom somebody gave it, `numerator`,
    `denominator` (readings beside such a reading), `ratio`, `low`, `high`.
    """
    views = readings.asked[0]
    counts = readings.counts(views)
    others = counts.sum(axis="columns") - 1
    rows = []
    for route, label in views.scale.items():
        given = counts[route]
        beside = pd.DataFrame({"same": given * (given - 1), "all": given * others})
        rows.append(_row(Asked(route, label, {}), beside))
    return _typed(rows)


def _pairs(counts: pd.DataFrame) -> pd.DataFrame:
    """Count for each child the pairs of readings that are the same, and all of them."""
    n = counts.sum(axis="columns")
    same = (counts * (counts - 1)).sum(axis="columns")
    return pd.DataFrame({"same": same // 2, "all": n * (n - 1) // 2})


def _row(asked: Asked, pairs: pd.DataFrame) -> dict[str, Any]:
    """Give the figures of pairs that are counted by child."""
    same, whole = int(pairs["same"].sum()), int(pairs["all"].sum())
    worth = whole**2 / int((pairs["all"] ** 2).sum()) if whole else 0.0
    ratio = same / whole if whole else None
    low, high = wilson(pd.Series([worth * (ratio or 0)]), pd.Series([worth]))
    figures = (same, whole, ratio, low[0], high[0])
    about = {"about": asked.key, "label": asked.label, "n_children": int((pairs["all"] > 0).sum())}
    return about | dict(zip(_FIGURES, figures, strict=True))


def _chance(readings: Readings, asked: Asked, seed: int) -> dict[str, float | None]:
    # Alpha counts the answers of a child and does not ask whose they are.
    found: Alpha = alpha(readings.answers[asked.key], list(asked.scale), "ordinal", seed=seed)
    return dict(zip(_ALPHA, (found.alpha, found.low, found.high), strict=True))


def _typed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows)
    ratios = [each for each in ("ratio", "low", "high", *_ALPHA) if each in table]
    return table.astype(dict.fromkeys(ratios, "Float64"))
