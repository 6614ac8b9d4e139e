"""What is recorded about a child, entry by entry, and what that adds up to.

A case is nothing but the fold of its entries: as it stands, or as it stood at any moment. Nothing
here reads or writes a store, and nothing is ever taken away by what is added.
"""

from cse_workbook.case.events import AnyEvent, Event
from cse_workbook.case.fold import Case, Entry, Thread, corrected, fold, put_right, right_answers

__all__ = [
    "AnyEvent",
    "Case",
    "Entry",
    "Event",
    "Thread",
    "corrected",
    "fold",
    "put_right",
    "right_answers",
]
