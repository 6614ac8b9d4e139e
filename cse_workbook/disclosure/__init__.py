"""Which numbers may be shown without a child being recognised by them?

`numbers` hides and rounds single counts, for pages and tables alike. `tables` protects whole
tables, `ledger` remembers what was released and refuses what would give it away, and `reach` says
what a hidden count could still be. Pages start fast, so only the first is imported from here.
"""

from cse_workbook.disclosure.numbers import NOT_SHOWN, Shown, protected, protected_line

__all__ = ["NOT_SHOWN", "Shown", "protected", "protected_line"]
