"""What do readers fill in, and is it what was given to them?

One line a case, numbered in the order in which it is to be read: whoever stops halfway through a
stratum has still read cases that chance chose. A case is named by its row in cases.parquet of the
extract, never by a key, and nothing but grades is asked for.
"""

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from cse_workbook.errors import Problem, near, problem
from cse_workbook.filled import listed, refuse, words_of
from cse_workbook.sampling.drawing import Sample
from cse_workbook.sampling.questions import QUESTIONS, Question
from cse_workbook.screening import shown

SHEET: Final = "reading sheet"
_WHOLE: Final = re.compile(r"(\d{1,9})(?:\.0+)?")  # a spreadsheet may write 3 as 3.0


def reading_sheet(sample: Sample) -> pd.DataFrame:
    """Give the sheet to fill in: `sample`, `line`, `row`, the strata, a blank column a question."""
    sheet = sample.rows.assign(**{each.key: "" for each in QUESTIONS})
    sheet.insert(0, "sample", sample.mark)
    return sheet


def graded(filled: pd.DataFrame, sample: Sample) -> pd.DataFrame:
    """Read a filled sheet back: one row a line in its order, the strata and a grade a question.

    Capitals, spaces and the order of lines do not matter. Raises SAMPLE_03 to SAMPLE_10 with all
    that is wrong, by line: other columns, unknown lines, lines that are missing or stand twice,
    another draw, words that are no grade, and no grade.
    """
    wanted = reading_sheet(sample)
    refuse(_columns([str(each) for each in filled], [str(each) for each in wanted]))
    text = words_of(filled)
    refuse(_other_draw(text, sample))
    lines = text["line"].map(_number)
    refuse(_lines(lines, len(wanted)))
    read = text.set_index(pd.Index(lines, name="line")).sort_index()
    grades = read[[each.key for each in QUESTIONS]].apply(_folded)
    rows = sample.rows.set_index("line")
    refuse([*_moved(read["row"], rows["row"]), *_no_grades(grades)])
    return rows[sample.columns].join(grades)


def _columns(given: list[str], wanted: list[str]) -> Iterator[Problem]:
    for each in (name for name in wanted if given.count(name) > 1):
        yield problem("TABLE_08", f"{SHEET}, column “{each}”")
    lacking = [each for each in wanted if each not in given]
    others = [each for each in given if each not in wanted]
    for each in lacking:
        yield problem("SAMPLE_03", f"{SHEET}, column “{each}”", near=near(each, others))
    for each in others:
        where = f"{SHEET}, column “{shown(each)}”"
        yield problem("SAMPLE_04", where, near=near(each, lacking))


def _other_draw(text: pd.DataFrame, sample: Sample) -> Iterator[Problem]:
    others = text.index[text["sample"] != sample.mark]
    if len(others):
        yield problem("SAMPLE_05", f"{SHEET}, {listed('row', others)}")


def _lines(lines: "pd.Series[int]", n_lines: int) -> Iterator[Problem]:
    """Find rows of the sheet that are no line, and lines that are not there once."""
    unknown = lines.index[~lines.between(1, n_lines)]
    if len(unknown):
        yield problem("SAMPLE_06", f"{SHEET}, {listed('row', unknown)}", last=n_lines)
    twice = sorted(set(lines[lines.duplicated() & lines.between(1, n_lines)]))
    if twice:
        yield problem("SAMPLE_07", f"{SHEET}, {listed('line', twice)}")
    missing = sorted(set(range(1, n_lines + 1)) - set(lines))
    if missing:
        yield problem("SAMPLE_08", f"{SHEET}, {listed('line', missing)}")


def _moved(given: "pd.Series[str]", drawn: "pd.Series[int]") -> Iterator[Problem]:
    """Find lines with another row than was drawn, as when one column alone is sorted."""
    others = given.index[given.map(_number) != drawn]
    if len(others):
        yield problem("SAMPLE_05", f"{SHEET}, {listed('line', others)}")


def _no_grades(grades: pd.DataFrame) -> Iterator[Problem]:
    for question in QUESTIONS:
        yield from _no_grade(question, grades[question.key])


def _no_grade(question: Question, given: "pd.Series[str]") -> Iterator[Problem]:
    allowed = ", ".join(question.grades)
    known = given.isin(["", *question.grades])
    for line, word in given[~known].items():
        where = f"{SHEET}, line {line}, {question.key}"
        yield problem("SAMPLE_09", where, near=near(word, question.grades), grades=allowed)
    blank = given.index[given == ""]
    if len(blank):
        where = f"{SHEET}, {listed('line', blank)}, {question.key}"
        yield problem("SAMPLE_10", where, grades=allowed)


def _folded(words: "pd.Series[str]") -> "pd.Series[str]":
    return words.str.casefold().str.replace(r"[\s-]+", "_", regex=True)


def _number(text: str) -> int:
    """Read a whole number; what is none is 0, which no line and no row has."""
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else 0
