"""How is the record kept a second time, and put back?

A copy is encrypted with the same key, and is checked before it counts as one. Putting a copy back
never throws anything away: the store it replaces is kept beside it under another name. The key is
not in a copy: it is kept elsewhere, by the administrator.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.store import sql
from cse_workbook.store.chain import Verified
from cse_workbook.store.database import DAMAGED, WRONG_KEY, Database, connect, translated
from cse_workbook.store.folder import (
    RECORDS,
    on_disk,
    open_file,
    open_records,
    placed,
    read_key,
)
from cse_workbook.store.record import Store

_UNREADABLE: Final = {"STORE_08", WRONG_KEY, DAMAGED}


def backup(store: Store, path: Path) -> Verified:
    """Write an encrypted copy of everything, check it, and only then give it its name.

    Raises STORE_15 if something of that name is there, STORE_17 if the record does not verify.
    """
    if path.exists():
        raise WorkbookError(problem("STORE_15", str(path)))
    key = read_key(store.folder)
    with translated(str(path)), placed(path) as part:
        _copy(store.database, part, key)
        with Store(store.folder, open_file(part, key, mode="ro")) as copy:
            return _checked(copy, path)


def restore(path: Path, folder: Path, *, at: datetime, accept_loss: bool = False) -> Path | None:
    """Put a copy in the place of the store, and give the name under which the old store is kept.

    Raises STORE_16, and changes nothing, if the present store holds what the copy does not, unless
    the loss is accepted; STORE_17 if the copy does not verify, STORE_18 if the store is in use.
    """
    key, records = read_key(folder), folder / RECORDS
    aside = records.with_name(f"{RECORDS}.replaced-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if aside.exists():
        raise WorkbookError(problem("STORE_15", str(aside)))
    with translated(str(path)), Store(folder, open_file(path, key, mode="ro")) as copy:
        _checked(copy, path)
        with translated(str(records)), placed(folder / f"{RECORDS}.restored") as part:
            _copy(copy.database, part, key)
            if records.exists():
                _may_replace(copy, folder, accept_loss=accept_loss)
    return _exchange(folder / f"{RECORDS}.restored", records, aside)


def _copy(database: Database, part: Path, key: str) -> None:
    """Copy all pages into an empty file, and leave it whole in that one file."""
    target = connect(part, key, patience=0)
    try:
        database.raw.backup(target)
        target.execute("PRAGMA journal_mode=DELETE").fetchone()
    finally:
        target.close()


def _checked(copy: Store, path: Path) -> Verified:
    """Check every page and every entry of a copy."""
    if copy.database.pragma("cipher_integrity_check"):
        raise WorkbookError(problem(DAMAGED, str(path)))
    verified = copy.verify()
    if verified.break_:
        broken = verified.break_
        raise WorkbookError(problem("STORE_17", str(path), seq=broken.seq, flaw=broken.flaw))
    return verified


def _may_replace(copy: Store, folder: Path, *, accept_loss: bool) -> None:
    """Refuse to replace a store that somebody uses, or that holds what the copy does not."""
    try:
        with Store(folder, open_records(folder)) as present:
            if not accept_loss and _newer(present, copy):
                raise WorkbookError(problem("STORE_16", str(present.database.file)))
            _alone(present.database)
    except WorkbookError as error:
        # What cannot be read cannot be compared, and is what a copy is for.
        if error.problems[0].code not in _UNREADABLE:
            raise


def _newer(present: Store, copy: Store) -> bool:
    """Say whether a store holds an entry or a saved answer that a copy does not."""
    return bool(
        copy.verify(present.head()).break_ is not None or _last_saved(present) - _last_saved(copy)
    )


def _last_saved(store: Store) -> set[tuple[str, ...]]:
    return set(store.database.rows(sql.DRAFTS_SAVED))


def _alone(database: Database) -> None:
    """Leave the write-ahead log, which only the last user of a store can do."""
    try:
        database.pragma("busy_timeout=0")
        left = database.pragma("journal_mode=DELETE") == "delete"
    except WorkbookError:
        left = False
    if not left:
        raise WorkbookError(problem("STORE_18", str(database.file)))


def _exchange(new: Path, records: Path, aside: Path) -> Path | None:
    """Set the old store aside, its log with it, and put the new one in its place."""
    with translated(str(records)):
        replaced = records.exists()
        for ending in ("-wal", "-shm", ""):
            part = records.with_name(records.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
        new.rename(records)
        on_disk(records.parent)
    return aside if replaced else None
