"""Keep what is recorded: encrypted, in order, for ever, and drafts until they are recorded.

`init` makes a store, `open_store` opens it, `backup` and `restore` keep a second one. The store
knows no rules and no screens. One account of the operating system is its boundary: whoever can read
the key file can read the records.
"""

from cse_workbook.store.chain import Break, Flaw, Head, Verified
from cse_workbook.store.children import Child
from cse_workbook.store.copies import backup, restore
from cse_workbook.store.drafts import Draft, Holder
from cse_workbook.store.folder import init
from cse_workbook.store.record import Recorded, Store, Who, open_store

__all__ = [
    "Break",
    "Child",
    "Draft",
    "Flaw",
    "Head",
    "Holder",
    "Recorded",
    "Store",
    "Verified",
    "Who",
    "backup",
    "init",
    "open_store",
    "restore",
]
