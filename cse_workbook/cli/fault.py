"""Note a fault of ours by a reference, without any data."""

import secrets
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from cse_workbook.errors import Problem, problem

LOG: Final = "faults.log"


def noted(error: BaseException, folder: Path) -> Problem:
    """Write kinds of error and places in the program to the log, and give what to tell a person.

    If even the log cannot be written, that is told with the reference.
    """
    reference = f"E-{secrets.token_hex(4).upper()}"
    start = f"{datetime.now(UTC).isoformat()} {reference} {version('cse-workbook')}"
    log = folder / "log" / LOG
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{' '.join([start, *_places(error)])}\n")
    except OSError:
        where = "; its details could not be written down"
    else:
        where = f" and the file {log}"
    return problem("CLI_02", "cse-workbook", reference=reference, log=where)


def _places(error: BaseException | None) -> Iterator[str]:
    # The message of an error may quote a record; its kind and where it happened never do.
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
        yield f"{type(error).__name__} {places}"
        error = error.__cause__ or error.__context__
