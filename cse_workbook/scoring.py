"""Count what the rules of an instrument count, for one screening or for a million.

There is one definition. The result of “at least n of these” is the n-th largest of the answers
counted; conditions combine by the smallest. So a rule's result is itself an answer, and the three
readings of it are `>= yes`, `>= possible` and `>= not_known`. There are no points and no other
arithmetic. Which sentence of the guidance a rule stands for is written in the instrument.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, Final

from cse_workbook.instrument import Instrument
from cse_workbook.screening import Answer

# A column is an int for one screening, or a uint8 array with a row a screening. Its type is left
# open so that the kernel of a form, which counts one screening, never loads the array library.
Columns = Mapping[str, Any]
Operation = Callable[[Any, Any], Any]
Calculation = Callable[[Columns, Operation, Operation], dict[str, Any]]

ROWS_AT_A_TIME: Final = 65_536  # a column of this many bytes stays in the processor's cache

READINGS: Final[Mapping[str, Answer]] = {
    "route": Answer.POSSIBLE,
    "route_confirmed": Answer.YES,
    "route_possible": Answer.NOT_KNOWN,
}


def score(answers: Columns, instrument: Instrument) -> dict[str, Any]:
    """Give the result of every rule that is in force, as answers from 0 (no) to 3 (yes).

    Takes a value an indicator, for all indicators of the instrument: whole numbers for one
    screening, or uint8 arrays of equal length, a row a screening. Gives the same shape, a value a
    rule, in the order of the instrument.

    >>> from cse_workbook import instrument
    >>> one = instrument.load()
    >>> blank = {indicator.key: 0 for indicator in one.indicators}
    >>> score({**blank, "self_harm": 3}, one)["potential_victim"]
    3
    """

    rules = [rule for rule in instrument.rules if instrument.is_on(rule)]
    conditions = {condition for rule in rules for condition in rule.when}
    counts = {each: instrument.counted_by_name(each) for each in conditions}
    depths: dict[tuple[str, ...], int] = {}
    for condition, names in counts.items():
        for keys in names:
            depths[keys] = max(depths.get(keys, 0), instrument.threshold(condition))

    def results(columns: Columns, larger: Operation, smaller: Operation) -> dict[str, Any]:
        counted = _counted(columns, instrument, smaller)
        tops = {
            keys: _largest([(0, counted[key]) for key in keys], depth, larger, smaller)
            for keys, depth in depths.items()
        }
        reached = {}
        for condition, names in counts.items():
            n = instrument.threshold(condition)
            together = [placed for keys in names for placed in enumerate(tops[keys][:n])]
            reached[condition] = _largest(together, n, larger, smaller)[n - 1]
        return {rule.key: reduce(smaller, map(reached.get, rule.when)) for rule in rules}

    return _by_parts(results, answers)


def readings(results: Columns, instrument: Instrument) -> dict[str, Any]:
    """Give the place of the route reached in each of three readings, 0 for the lowest route.

    `route` counts what is possible (the headline), `route_confirmed` only yes, `route_possible`
    everything not known as well. Takes and gives whole numbers or arrays, as `score` does. As every
    route includes the ones below it, the place is the number of routes reached above the lowest.
    """

    def places(columns: Columns, larger: Operation, smaller: Operation) -> dict[str, Any]:
        nothing = next(iter(columns.values())) * 0
        given = dict.fromkeys(READINGS, nothing)
        reached = nothing
        for route in reversed(instrument.routes[1:]):
            leading = [rule.key for rule in instrument.rules if rule.route == route.key]
            here = [columns[key] for key in leading if key in columns]
            reached = reduce(larger, here, reached)
            for name, least in READINGS.items():
                # As a plain number: an enumeration would widen a whole column to compare it.
                given[name] = given[name] + (reached >= int(least))
        return given

    return _by_parts(places, results)


def _counted(columns: Columns, instrument: Instrument, smaller: Operation) -> dict[str, Any]:
    return {
        i.key: smaller(columns[i.key], columns[i.only_when]) if i.only_when else columns[i.key]
        for i in instrument.indicators
    }


def _largest(
    columns: Sequence[tuple[int, Any]], n: int, larger: Operation, smaller: Operation
) -> list[Any]:
    """Give the n largest values of each row, largest first, by letting each sink to its place.

    Each column comes with the highest place it can take: the second of an ordered list is never
    larger than what stands first once the first of its list is in.
    """
    top: list[Any] = []
    for highest, sinking in columns:
        for place, value in enumerate(top[highest:], start=highest):
            top[place] = larger(value, sinking)
            if place < n - 1:
                sinking = smaller(value, sinking)
        if len(top) < n:
            top.append(sinking)
    return top


def _by_parts(calculate: Calculation, columns: Columns) -> dict[str, Any]:
    """Calculate on one row of numbers, or on arrays part by part, in bounded memory."""
    first = next(iter(columns.values()))
    if isinstance(first, int):
        return calculate(columns, max, min)
    import numpy as np  # only where there are arrays

    whole: dict[str, Any] = {}
    for start in range(0, max(len(first), 1), ROWS_AT_A_TIME):
        rows = slice(start, start + ROWS_AT_A_TIME)
        part = {key: column[rows] for key, column in columns.items()}
        for key, found in calculate(part, np.maximum, np.minimum).items():
            if key not in whole:
                whole[key] = np.zeros(len(first), dtype=np.uint8)
            whole[key][rows] = found
    return whole
