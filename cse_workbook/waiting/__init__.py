"""Who waits for what?

Nine reasons for which a child's record waits for somebody, each worked out from its entries and the
time limits of the policy. The order is by what is overdue longest. It never follows how much is
recorded about a child, and nothing here says how a child is.
"""

from cse_workbook.waiting.case import unfinished, waiting
from cse_workbook.waiting.caseload import Row, chosen, counts, rows
from cse_workbook.waiting.reason import Reason, Waiting, When

__all__ = [
    "Reason",
    "Row",
    "Waiting",
    "When",
    "chosen",
    "counts",
    "rows",
    "unfinished",
    "waiting",
]
