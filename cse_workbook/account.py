"""Under which account of this machine does the program run?

The account is who wrote an entry, who made results, and whose drafts are shown. One account of the
operating system is one person; this does not know who the person is.
"""

import os
from getpass import getuser


def name() -> str:
    """Give the name of the account that the process runs under; without a name, its number.

    `getuser` believes LOGNAME and the like, which anybody can set before a command: one person
    could then make results and release them as another. It is asked only where a system keeps no
    accounts by number.
    """
    if not hasattr(os, "getuid"):
        return getuser()
    import pwd  # only there where accounts have numbers

    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
