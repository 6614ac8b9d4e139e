"""Note what went wrong by a reference, and nothing of a child.

A line of the log holds the kind of error, the codes of its messages and the places in the program
it passed through: never the text of a message, never a value.
"""

import secrets
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from cse_workbook.errors import WorkbookError

LOG: Final = "faults.log"


class Fault(msgspec.Struct, frozen=True):
    """A reference a person can pass on, and the log it stands in; no log if none can be written."""

    reference: str
    log: Path | None


def noted(error: BaseException, folder: Path) -> Fault:
    """Write an error to the log of a data folder; whatever happens, there is a reference."""
    reference = f"E-{secrets.token_hex(4).upper()}"
    start = f"{datetime.now(UTC).isoformat()} {reference} {version('cse-workbook')}"
    log = folder / "log" / LOG
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{' '.join([start, *_places(error)])}\n")
    except OSError:
        return Fault(reference, None)
    return Fault(reference, log)


def _places(error: BaseException | None) -> Iterator[str]:
    # The message of an error may quote a record; its kind and where it happened never do.
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
        codes = [each.code for each in error.problems] if isinstance(error, WorkbookError) else []
        yield " ".join([type(error).__name__, *codes, places])
        error = error.__cause__ or error.__context__
