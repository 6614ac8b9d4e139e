"""Log what went wrong by a reference, and nothing of a child.

A log line holds the kind of error and the places in the program it passed through: never the
message of the error, never a value.
"""

import secrets
import traceback
from datetime import UTC, datetime
from pathlib import Path

from cse_workbook.errors import WorkbookError


def reference_of(error: Exception, folder: Path) -> str:
    """Log an error in the data folder and give the reference a person can pass on.

    If even the log cannot be written, the reference is still given: the person must be told.
    """
    reference = f"E-{secrets.token_hex(4).upper()}"
    codes = (
        " ".join(each.code for each in error.problems) if isinstance(error, WorkbookError) else ""
    )
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
    line = f"{datetime.now(UTC).isoformat()} {reference} {type(error).__name__} {codes} {places}\n"
    try:
        log = folder / "log"
        log.mkdir(mode=0o700, exist_ok=True)
        with (log / "faults.log").open("a", encoding="utf-8") as file:
            file.write(line)
    except OSError:
        return reference
    return reference
