"""The command that lets the records leave for an audit."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from cse_workbook.home import data_folder


def extract(folder: Path, /, *, keys: Annotated[Path | None, Parameter()] = None) -> int:
    """Write pseudonymised tables for an audit into a new folder: no text, no names, no references.

    For a lead officer: the cases of their own agency. For an auditor: all. Days are made as coarse
    as the policy says.

    Parameters
    ----------
    folder
        Folder to write; it must not be there yet.
    keys
        File with the key of the pseudonyms, which the administrator keeps: with it, the same child
        has the same pseudonym in every extract. It is made where it is not there. Left out: they
        are new, and nobody can tell of whom they are.
    """
    from cse_workbook.casework import open_casework
    from cse_workbook.extracts import Source, write_extract
    from cse_workbook.frames import frames

    casework = open_casework(data_folder())
    with casework.store as store:
        # The head first: what is written meanwhile is not vouched for.
        head, today = str(store.head()), casework.today
        found = frames(casework.audited(), casework.instrument, casework.policy, today)
    of = casework.who.agency if casework.is_lead else "all"
    source = Source(casework.instrument, casework.policy, head, of, today)
    is_there = keys is None or keys.exists()
    try:
        manifest = write_extract(folder, found, source, keys)
    finally:
        # Also where the extract could not be written: the key stays.
        if keys is not None and keys.exists() and not is_there:
            print(f"{keys.name} was not there: a key was made in it. Keep it for the next extract.")
    for name, part in manifest.files.items():
        print(f"{name}: {part.rows:,} {'row' if part.rows == 1 else 'rows'}")
    print(f"The extract is in {folder.name}. Head {head}")
    return 0
