"""How is the encrypted file opened, read and written, and what is said when that fails?

One connection a process. A write is one transaction that takes the lock first, so that what it
reads stays true until it commits. Every failure of the database or the disk becomes a coded
message; recorded values never stand in one.
"""

import errno
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

import sqlcipher3.dbapi2 as sqlcipher

from cse_workbook.errors import WorkbookError, problem

PATIENCE: Final = 30.0
_RAW_KEY: Final = re.compile(r"[0-9a-f]{64}")

EXISTS: Final = "STORE_01"
WRONG_KEY: Final = "STORE_07"
READ_ONLY: Final = "STORE_10"
DAMAGED: Final = "STORE_11"
FULL: Final = "STORE_12"
BUSY: Final = "STORE_13"
NO_FILE: Final = "STORE_24"
FAULT: Final = "STORE_26"
_ERRNO: Final = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EEXIST: EXISTS,
    errno.ENOENT: NO_FILE,
}
_CODES: Final = {
    sqlcipher.SQLITE_FULL: FULL,
    sqlcipher.SQLITE_BUSY: BUSY,
    sqlcipher.SQLITE_LOCKED: BUSY,
    sqlcipher.SQLITE_READONLY: READ_ONLY,
    sqlcipher.SQLITE_PERM: READ_ONLY,
    sqlcipher.SQLITE_CANTOPEN: READ_ONLY,
    # A quota or a limit on files comes as this, and not as FULL.
    sqlcipher.SQLITE_IOERR: FAULT,
    sqlcipher.SQLITE_CORRUPT: DAMAGED,
    sqlcipher.SQLITE_NOTADB: WRONG_KEY,
}
# A backup that fails carries no number.
_TEXTS: Final = {
    "database or disk is full": FULL,
    "disk I/O error": FAULT,
    "database is locked": BUSY,
}


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn a failure of the database or the disk into a coded refusal that names `where`."""
    try:
        yield
    except OSError as error:
        code = _ERRNO.get(error.errno or 0, READ_ONLY)
        raise WorkbookError(problem(code, where)) from error
    except UnicodeEncodeError:
        # Half a character: no file can hold it, and the cause carries the text it stands in.
        raise WorkbookError(problem("STORE_25", where)) from None
    except sqlcipher.Error as error:
        number = getattr(error, "sqlite_errorcode", None)
        if number is None:
            # The driver quotes text that is not UTF-8 in its message: it may be a child's record.
            raise WorkbookError(problem(_TEXTS.get(str(error), DAMAGED), where)) from None
        if number not in _CODES:
            raise
        raise WorkbookError(problem(_CODES[number], where)) from error


def is_key(text: str) -> bool:
    """Say whether a text is a raw key: it is written into a PRAGMA, which takes no parameter."""
    return _RAW_KEY.fullmatch(text) is not None


def unlock(connection: Any, key: str) -> None:
    """Give the key; raise STORE_14 where the driver would ignore it and write plain text."""
    if not is_key(key):
        raise WorkbookError(problem("STORE_06", "the key"))
    connection.execute(f"PRAGMA key=\"x'{key}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise WorkbookError(problem("STORE_14", "the record store"))
    # Otherwise the driver writes page numbers to standard error when a key is wrong.
    connection.execute("PRAGMA cipher_log_level=NONE")


def connect(file: Path, key: str, *, patience: float = PATIENCE, mode: str = "rw") -> Any:
    """Open a raw connection to an encrypted file, its key first; it makes no file."""
    connection = sqlcipher.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True)
    try:
        connection.isolation_level = None
        unlock(connection, key)
        connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA schema_version").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


class Database:
    """One open connection, and the two things done with it: read rows, write in a transaction."""

    def __init__(self, file: Path, connection: Any) -> None:
        """Work on this connection, which is to that file."""
        self.file = file
        self.raw = connection
        self._where = str(file)

    def pragma(self, text: str) -> str:
        """Run a PRAGMA and give its first answer, empty if there is none."""
        with translated(self._where):
            row = self.raw.execute(f"PRAGMA {text}").fetchone()
        return "" if row is None else str(row[0])

    def rows(self, sql: str, **values: object) -> Sequence[tuple[Any, ...]]:
        """Give all the rows of a query."""
        with translated(self._where):
            found = self.raw.execute(sql, values).fetchall()
        return cast("Sequence[tuple[Any, ...]]", found)

    def change(self, sql: str, **values: object) -> int:
        """Run a change inside `writing`; give the number of rows changed."""
        with translated(self._where):
            return cast("int", self.raw.execute(sql, values).rowcount)

    def change_each(self, sql: str, values: Sequence[Mapping[str, object]]) -> None:
        """Run a change inside `writing`, once for each set of values."""
        with translated(self._where):
            self.raw.executemany(sql, values)

    def run(self, statements: Sequence[str]) -> None:
        """Run the statements that lay out an empty file."""
        with translated(self._where):
            for statement in statements:
                self.raw.execute(statement)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; commit all that was changed, or, on any failure, nothing."""
        with translated(self._where):
            self.raw.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.raw.execute("COMMIT")
            except BaseException:
                # A full disk makes the engine roll back by itself.
                if self.raw.in_transaction:
                    self.raw.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connection; the last one to do so leaves one whole file without its log."""
        with translated(self._where):
            self.raw.close()
