"""What does an audit learn from reading a few records closely?

`draw` takes a dip sample of the cases of an extract, `reading_sheet` is what readers fill in, and
`results` counts what they found. Nothing here reads a file, a clock or chance. The sheet belongs
beside the extract: it names a case by its row there, and is no table to be released.
"""

from cse_workbook.sampling.drawing import Sample, draw
from cse_workbook.sampling.figures import PLAINLY, results
from cse_workbook.sampling.questions import GRADES, QUESTIONS, Question, legend
from cse_workbook.sampling.sheet import graded, reading_sheet

__all__ = [
    "GRADES",
    "PLAINLY",
    "QUESTIONS",
    "Question",
    "Sample",
    "draw",
    "graded",
    "legend",
    "reading_sheet",
    "results",
]
