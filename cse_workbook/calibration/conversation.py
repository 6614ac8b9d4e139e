"""What should the readers talk about?

The children and questions whose answers lie furthest apart, with how many gave each answer. Who
gave which is not known here, and nobody is to find out: the talk is about the child and the words
of the question.
"""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from cse_workbook.calibration.readings import Asked, Readings

COLUMNS: Final = ("child", "about", "label", "said", "apart")


def conversation(readings: Readings, most: int = 8) -> pd.DataFrame:
    """Give what is most worth a talk: views first, for they say what is done, then questions; of
    each at most so many, the furthest apart first.

    One row a child and question: `child`, `about` (view or the indicator), `label`, `said` (how
    many gave each answer, in words), `apart` (how far apart two readings are on average: 0 the
    same, 1 at the two ends of the scale). What all read alike is left out.
    """
    views, *questions = readings.asked
    return pd.concat(
        [_furthest(readings, [views], most), _furthest(readings, questions, most)],
        ignore_index=True,
    )


def _furthest(readings: Readings, asked: Sequence[Asked], most: int) -> pd.DataFrame:
    found = [row for each in asked for row in _differing(readings, each)]
    table = pd.DataFrame(found, columns=list(COLUMNS))
    return table.sort_values("apart", ascending=False, kind="stable").head(most)


def _differing(readings: Readings, asked: Asked) -> list[tuple[Any, ...]]:
    counts = readings.counts(asked)
    rows = [(child, [int(n) for n in numbers]) for child, *numbers in counts.itertuples()]
    return [
        (child, asked.key, asked.label, _said(numbers, asked), _apart(numbers))
        for child, numbers in rows
        if sum(n > 0 for n in numbers) > 1
    ]


def _said(numbers: list[int], asked: Asked) -> str:
    """Say how many gave each answer, the highest first."""
    told = [f"{n} “{label}”" for n, label in zip(numbers, asked.scale.values(), strict=True) if n]
    return ", ".join(reversed(told))


def _apart(numbers: list[int]) -> float:
    """Give the mean distance of two readings, as a part of the whole scale."""
    n, last = sum(numbers), len(numbers) - 1
    steps = sum(
        here * there * (right - left)
        for left, here in enumerate(numbers)
        for right, there in enumerate(numbers)
        if right > left
    )
    return round(steps / (n * (n - 1) / 2 * last), 3)
