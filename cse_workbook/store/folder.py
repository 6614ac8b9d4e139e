"""What lies in the data folder, and may it be used?

The folder holds the key (`key`, read by its owner alone) and the encrypted records (`records.db`).
Everything is looked at before anything is opened: a refusal here has touched nothing.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.store import sql
from cse_workbook.store.database import (
    DAMAGED,
    PATIENCE,
    READ_ONLY,
    Database,
    connect,
    is_key,
    translated,
)

KEY: Final = "key"
RECORDS: Final = "records.db"
_PLAIN: Final = b"SQLite format 3\x00"
SCHEMA_VERSION: Final = 1
_SCHEMA: Final = "schema"


def init(folder: Path) -> None:
    """Make the data folder with a new key and an empty record store.

    Raises STORE_01, and touches nothing, where a key or a store is there already.
    """
    for name in (KEY, RECORDS):
        if (folder / name).exists():
            raise WorkbookError(problem("STORE_01", str(folder / name)))
    key = secrets.token_hex(32)
    with translated(str(folder)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _new_file(folder / KEY, 0o400) as written:
            os.write(written, key.encode())
        try:
            with placed(folder / RECORDS) as file:
                _lay_out(file, key)
        except BaseException:
            (folder / KEY).unlink()
            raise


def _lay_out(file: Path, key: str) -> None:
    """Make the tables and triggers of an empty file."""
    database = Database(file, connect(file, key))
    try:
        with database.writing():
            database.run(sql.LAYOUT)
            database.change(sql.SETTING_ADD, name=_SCHEMA, value=SCHEMA_VERSION)
    finally:
        database.close()


@contextmanager
def _new_file(path: Path, mode: int) -> Iterator[int]:
    """Make a file that was not there, readable by its owner alone, and see it on to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        yield descriptor
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give a new file to fill, and put it in its place only when it is whole and on the disk."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with _new_file(part, 0o600):
        pass
    try:
        yield part
        on_disk(part)
        part.rename(path)
        on_disk(path.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def on_disk(path: Path) -> None:
    """See a file, or the names in a folder, on to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_key(folder: Path) -> str:
    """Read the key; raise STORE_04 to STORE_06 if it is not there, open to others, or no key."""
    file = folder / KEY
    with translated(str(file)):
        if not file.is_file():
            raise WorkbookError(problem("STORE_04", str(file)))
        if file.stat().st_mode & 0o077:
            raise WorkbookError(problem("STORE_05", str(file), path=file))
        # Latin-1 reads any byte, so that a file of other bytes is refused as no key.
        key = file.read_text(encoding="latin-1").strip()
    if not is_key(key):
        raise WorkbookError(problem("STORE_06", str(file)))
    return key


def open_records(folder: Path, *, patience: float = PATIENCE) -> Database:
    """Open the records of a data folder to read and write, once everything is as it should be."""
    file = folder / RECORDS
    with translated(str(file)):
        if not file.is_file():
            raise WorkbookError(problem("STORE_03", str(file), folder=folder))
        key = read_key(folder)
        _look_at(file)
        for path in (folder, file):
            # The mode is the owner's wish, also where an administrator's account could write.
            if not (os.access(path, os.W_OK) and path.stat().st_mode & 0o200):
                raise WorkbookError(problem(READ_ONLY, str(path)))
    return open_file(file, key, patience=patience)


def open_file(file: Path, key: str, *, patience: float = PATIENCE, mode: str = "rw") -> Database:
    """Open a file of records, wherever it lies; raise STORE_07 to STORE_11 if it is not one."""
    with translated(str(file)):
        _look_at(file)
        database = Database(file, connect(file, key, patience=patience, mode=mode))
    try:
        _check_schema(database)
        if mode == "rw":
            database.pragma("journal_mode=WAL")
    except BaseException:
        database.close()
        raise
    return database


def _look_at(file: Path) -> None:
    """Refuse what cannot be an encrypted store from the outside, before anything opens it."""
    with file.open("rb") as opened:
        start = opened.read(len(_PLAIN))
    if start == _PLAIN:
        raise WorkbookError(problem("STORE_08", str(file)))
    if not start:
        raise WorkbookError(problem(DAMAGED, str(file)))


def _check_schema(database: Database) -> None:
    """Refuse what opens but is no store, or a store of a newer version."""
    where = str(database.file)
    there = database.pragma("table_list(setting)")
    rows = database.rows(sql.SETTING_READ, of=_SCHEMA) if there else ()
    if not rows:
        raise WorkbookError(problem(DAMAGED, where))
    if rows[0][0] > SCHEMA_VERSION:
        raise WorkbookError(problem("STORE_09", where, theirs=rows[0][0], ours=SCHEMA_VERSION))
