"""How are the questions of an audit asked again, with figures that may be published?

A notebook begins with `begin` and asks an `Inquiry`; `run` runs a notebook with its parameters into
a folder, and `verify` runs it again and compares.
"""

from cse_workbook.audit.dip_sample import DipSample
from cse_workbook.audit.inquiry import Inquiry, begin
from cse_workbook.audit.many import run_each
from cse_workbook.audit.parameters import declared, listed
from cse_workbook.audit.reading_together import ReadingTogether
from cse_workbook.audit.running import NAMES, notebook_of, run, verify
from cse_workbook.audit.words import group as plain
from cse_workbook.measures import read_period, run_up

__all__ = [
    "NAMES",
    "DipSample",
    "Inquiry",
    "ReadingTogether",
    "begin",
    "declared",
    "listed",
    "notebook_of",
    "plain",
    "read_period",
    "run",
    "run_each",
    "run_up",
    "verify",
]
