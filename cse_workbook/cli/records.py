"""The commands that keep the record: make it, check it, copy it, put it back, fill it with made-up
cases.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter
from cyclopts.validators import Number

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.home import data_folder

if TYPE_CHECKING:
    from cse_workbook.store import Head, Store

FOUND: Final = 1
FEW: Final = 40
_DAMAGED: Final = "STORE_11"


def init() -> int:
    """Make the record store: a new key and an empty, encrypted record."""
    from cse_workbook import store

    folder = data_folder()
    store.init(folder)
    print(
        f"The record store is in {folder}. Only your account on this machine can open it.\n"
        "Give your administrator a copy of the file “key”: without it nobody can read the records."
    )
    return 0


def verify(*, against: str | None = None) -> int:
    """Check that nothing in the record was changed, moved or taken out; exit status 1 if it was.

    Parameters
    ----------
    against
        Head of the record as printed earlier, or a file that `anchor` wrote. Without it, nobody can
        see that the end of the record was cut off or an old copy put back.
    """
    from cse_workbook.store import open_store

    folder = data_folder()
    head = _head(against) if against else None
    try:
        with open_store(folder) as store:
            verified = store.verify(head)
    except WorkbookError as error:
        if error.problems[0].code != _DAMAGED:
            raise
        print(error)
        return FOUND
    if verified.break_:
        broken = verified.break_
        print(problem("STORE_17", str(folder), seq=broken.seq, flaw=broken.flaw))
        return FOUND
    entries = "1 entry" if verified.count == 1 else f"{verified.count:,} entries"
    erased = f", {verified.erased} of them erased by decision" if verified.erased else ""
    print(f"The record holds: {entries}{erased}. Head {verified.head}")
    if head is None:
        print("That its end was not cut off shows only against an earlier head: --against HEAD.")
    return 0


def anchor(file: Path | None = None, /) -> int:
    """Print the head of the record, or write it to a file meant for another system.

    Parameters
    ----------
    file
        File to write; it must not be there yet. Keep it where nobody who can change the record can
        change it.
    """
    from cse_workbook.store import open_store

    with open_store(data_folder()) as store:
        head = str(store.head())
    if file is None:
        print(head)
        return 0
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(f"{head}\n")
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise WorkbookError(problem("CLI_04", file.name, detail=detail)) from None
    print(f"The head is in {file.name}. Send it to another system.")
    return 0


def backup(path: Path, /) -> int:
    """Write an encrypted copy of the record store and check it.

    Parameters
    ----------
    path
        File to write; it must not be there yet. The key is not in it: keep that apart.
    """
    from cse_workbook import store

    with store.open_store(data_folder()) as present:
        verified = store.backup(present, path)
    print(f"The copy is whole: {verified.count:,} entries. Head {verified.head}")
    return 0


def restore(path: Path, /, *, accept_loss: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Put a copy in the place of the record store; the store it replaces is kept beside it.

    Parameters
    ----------
    path
        Copy that `backup` wrote.
    accept_loss
        Restore even if the present store holds what the copy does not.
    """
    from cse_workbook import store

    kept = store.restore(path, data_folder(), at=datetime.now(UTC), accept_loss=accept_loss)
    print(
        f"The copy is in place.{f' The store it replaces is kept as {kept.name}.' if kept else ''}"
    )
    return 0


def demo(
    *,
    cases: Annotated[int, Parameter(validator=Number(gte=1, lte=100_000))] = FEW,
    seed: int = 1,
) -> int:
    """Fill an empty record store with made-up children, for trying out and teaching.

    Each has a story of up to a year that ends yesterday; the same seed gives the same stories.
    Makes the store if there is none; a store that holds records is refused.

    Parameters
    ----------
    cases
        How many children, up to 100,000.
    seed
        Any whole number.
    """
    folder = data_folder()
    with opened(folder) as store:
        if count := store.head().seq:
            raise WorkbookError(problem("CLI_03", str(folder), count=count))
        screenings = filled(store, cases=cases, seed=seed)
        print(f"Made up {cases} children and {screenings} screenings. Head {store.head()}")
    return 0


def opened(folder: Path) -> "Store":
    """Open the record store, and make it first where there is none."""
    from cse_workbook import store

    try:
        return store.open_store(folder)
    except WorkbookError as error:
        if error.problems[0].code != "STORE_03":
            raise
    store.init(folder)
    return store.open_store(folder)


def filled(store: "Store", *, cases: int = FEW, seed: int = 1) -> int:
    """Fill an empty store with made-up cases, say as whom one looks at them, and give the number of
    screenings.
    """
    from cse_workbook.rehearsal import fill, work_as_lead_officer

    if work_as_lead_officer(store.folder):
        own = store.folder / "policy.toml"
        print(f"You work here as lead officer, Example School: {own} says so.", file=sys.stderr)
    return fill(store, cases=cases, seed=seed)


def _head(against: str) -> "Head":
    from cse_workbook.store import Head

    file = Path(against)
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else against
    except (OSError, UnicodeDecodeError):
        text = ""
    return Head.parse(text)
