"""Turn columns of a table into ages and answers, and find every cell that is neither."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.screening import ADULT, ANSWERS, Answer

_NAMED: Final = 20  # problems named one by one
_WORDS: Final = pa.array(list(ANSWERS))
_LONGEST: Final = 40
_IS_REFERENCE: Final = "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
_IS_AGE: Final = "^[0-9]{1,2}$"

Column = npt.NDArray[np.uint8]
Bad = tuple[npt.NDArray[Any], str, str]  # places in the batch, code, where


def ages(column: Any, where: str) -> tuple[npt.NDArray[Any], list[Bad]]:
    """Give whole years; a row without is 0, and bad."""
    if pa.types.is_integer(column.type):
        good = pc.and_(pc.greater_equal(column, 0), pc.less(column, ADULT))
    else:
        column = _text(column, where, "whole numbers of years")
        good = pc.match_substring_regex(column, _IS_AGE)
        column = pc.if_else(pc.fill_null(good, False), column, "0").cast(pa.uint8())
        good = pc.and_(good, pc.less(column, ADULT))
    good = pc.fill_null(good, False)
    years = pc.if_else(good, column, 0).to_numpy(zero_copy_only=False)
    return years, _bad(good, "TABLE_03", where)


def answers(column: Any, blank: int, where: str) -> tuple[Column, list[Bad]]:
    """Give answers 0 to 3; `blank` stands for an empty cell."""
    if pa.types.is_integer(column.type):
        good = pc.and_(pc.greater_equal(column, 0), pc.less_equal(column, int(Answer.YES)))
        values = pc.if_else(good, column, None)
    else:
        column = _text(column, where, "words, or whole numbers from 0 to 3")
        values = pc.index_in(column, value_set=_WORDS)
        good = pc.or_(pc.is_valid(values), pc.equal(column, ""))
    levels = pc.fill_null(values, blank).to_numpy(zero_copy_only=False).astype(np.uint8)
    return levels, _bad(pc.fill_null(good, True), "TABLE_02", where)


def no_references(column: Any, where: str) -> list[Bad]:
    """Find the cells that are no opaque reference."""
    if pa.types.is_integer(column.type):
        column = column.cast(pa.string())
    text = _text(column, where, "words")
    fits = pc.less_equal(pc.binary_length(text), _LONGEST)
    good = pc.and_(pc.match_substring_regex(text, _IS_REFERENCE), fits)
    return _bad(pc.fill_null(good, False), "TABLE_09", where)


def _text(column: Any, where: str, wanted: str) -> Any:
    """Give a column as text; raise TABLE_06 where it holds something else."""
    kind = column.type
    within = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)
    if not any(test(within) for test in tests):
        raise WorkbookError(problem("TABLE_06", where, kind=within, wanted=wanted))
    return column.cast(pa.string())


def _bad(good: Any, code: str, where: str) -> list[Bad]:
    rows = np.flatnonzero(~good.to_numpy(zero_copy_only=False))
    return [(rows, code, where)] if len(rows) else []


def named(bad: Sequence[Bad], name: str, *, after: int, last: int) -> Iterator[Problem]:
    """Name the first problems of a batch in the order of its rows, and count the others."""
    firsts = [(int(row), place) for place, each in enumerate(bad) for row in each[0][:_NAMED]]
    for row, place in sorted(firsts)[:_NAMED]:
        _, code, where = bad[place]
        yield problem(code, where, row=after + row + 1)
    more = sum(len(rows) for rows, _, _ in bad) - _NAMED
    if more > 0:
        yield problem("TABLE_11", name, count=more, row=last)
