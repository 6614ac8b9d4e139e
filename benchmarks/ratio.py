"""How does one side compare with another, when both are measured in the same run?

The sides take turns, so that whatever else the machine does falls on all of them, and each gives
its median. On a shared machine a time alone says little, so every target is a ratio.
"""

import time
from collections.abc import Callable, Mapping
from statistics import median

import msgspec

Measure = Callable[[], float]


class Ratio(msgspec.Struct, frozen=True):
    """What a comparison found: ours and the baseline in one unit, and the target of the ratio."""

    name: str
    baseline: str
    ours: float
    theirs: float
    unit: str
    target: float

    @property
    def ratio(self) -> float:
        """How many times the baseline ours is."""
        return self.ours / self.theirs

    @property
    def is_met(self) -> bool:
        """Whether the ratio is within the target."""
        return self.ratio <= self.target


def seconds(side: Callable[[], object], times: int = 1) -> Measure:
    """Make a measure of the time one call takes, as the mean of so many in a row."""

    def measure() -> float:
        start = time.perf_counter()
        for _ in range(times):
            side()
        return (time.perf_counter() - start) / times

    return measure


def medians(sides: Mapping[str, Measure], rounds: int) -> dict[str, float]:
    """Let the sides measure themselves in turn, once uncounted to warm up; give their medians."""
    for measure in sides.values():
        measure()
    found: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(rounds):
        # Every second round the other way, so that no side always follows the same one.
        for name in list(sides)[:: -1 if turn % 2 else 1]:
            found[name].append(sides[name]())
    return {name: median(values) for name, values in found.items()}
