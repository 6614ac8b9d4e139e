"""The commands that score: `screen` for screenings one by one, `score` for a whole table."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from cyclopts import Parameter

from cse_workbook import instrument as instruments
from cse_workbook import intake
from cse_workbook import policy as policies
from cse_workbook.cli.explained import Explained
from cse_workbook.cli.layout import Labels
from cse_workbook.cli.telling import tell
from cse_workbook.errors import Problem, WorkbookError, problem
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Outcome, explain
from cse_workbook.policy import Policy
from cse_workbook.screening import Screening

if TYPE_CHECKING:
    from cse_workbook.tables import Counting, Told

STANDARD_INPUT: Final = "-"
REFUSED: Final = 2

Form = Literal["text", "json"]
Where = Literal["here", "dask"]


def screen(
    file: Annotated[str, Parameter(allow_leading_hyphen=True)],
    /,
    *,
    policy: str = "default",
    instrument: str = "occ_safeguard",
    keep_going: Annotated[bool, Parameter(negative=())] = False,
    format: Form = "text",  # noqa: A002 the option is called --format
) -> int:
    """Say what the guidance says about each screening, and why.

    One bad record refuses all of them, unless --keep-going is given. Nothing is recorded.

    Parameters
    ----------
    file
        Screenings as one JSON object, a JSON list, or JSON Lines; `-` reads standard input.
    policy
        Local policy: a name, or the path of a TOML file.
    instrument
        Instrument: a name, or the path of a TOML file.
    keep_going
        Do the good records, say what is wrong with the others, and count both.
    format
        `text` for people, `json` for one line a screening.
    """
    if file.startswith("-") and file != STANDARD_INPUT:
        detail, usage = f"Unknown option: “{file}”", "cse-workbook screen --help"
        raise WorkbookError(problem("CLI_01", "command line", detail=detail, help=usage))
    published, local = instruments.load(instrument), policies.load(policy)
    printer = _Printer(published, local, format)
    records = _read(file, published)
    return _each(records, printer) if keep_going else _all_or_none(records, printer)


class _Printer:
    """Print outcomes in one form."""

    def __init__(self, published: Instrument, policy: Policy, form: Form) -> None:
        self._policy = policy
        self._instrument = policies.applied(published, policy)
        self._published = published
        self._labels = Labels.of(self._instrument)
        self._form = form
        self._first = True

    def print(self, screening: Screening) -> None:
        """Explain one screening and print it."""
        outcome = explain(screening, self._instrument, self._policy)
        if self._form == "json":
            sys.stdout.buffer.write(msgspec.json.encode(outcome) + b"\n")
        else:
            between = "" if self._first else "\n\n"
            sys.stdout.write(f"{between}{tell(self._explained(screening, outcome))}\n")
        self._first = False

    def _explained(self, screening: Screening, outcome: Outcome) -> Explained:
        instruments_used = (self._instrument, self._published, self._policy)
        return Explained(*instruments_used, self._labels, screening, outcome)


def _read(file: str, instrument: Instrument) -> Iterator[intake.Read]:
    if file == STANDARD_INPUT:
        # The buffer of standard input is a BufferedReader, which its type does not say.
        return intake.read(sys.stdin.buffer, "standard input", instrument)  # type: ignore[arg-type]
    return intake.read_file(Path(file), instrument)


def _all_or_none(records: Iterator[intake.Read], printer: _Printer) -> int:
    screenings: list[Screening] = []
    problems: list[Problem] = []
    for _, read in records:
        if isinstance(read, WorkbookError):
            problems += read.problems
        else:
            screenings.append(read)
    if problems:
        raise WorkbookError(problems)
    for screening in screenings:
        printer.print(screening)
    return 0


def _each(records: Iterator[intake.Read], printer: _Printer) -> int:
    done = refused = 0
    for _, read in records:
        if isinstance(read, WorkbookError):
            refused += 1
            print(read, file=sys.stderr)
        else:
            done += 1
            printer.print(read)
    sys.stdout.flush()
    print(f"Done: {done}. Refused: {refused}.", file=sys.stderr)
    return REFUSED if refused else 0


def score(
    source: Path,
    target: Path,
    /,
    *,
    policy: str = "default",
    instrument: str = "occ_safeguard",
    engine: Where = "here",
    scheduler: str | None = None,
) -> int:
    """Score a table: a row a screening, a column an indicator.

    Gives the route in three readings and the answer of every rule for each row. A table with a bad
    row is refused whole, with the numbers of its rows; nothing is written then.

    Parameters
    ----------
    source
        Table to read, .parquet or .csv, with a column `age` and one for each indicator known.
    target
        Table to write, .parquet or .csv; it must not be there yet.
    policy
        Local policy: a name, or the path of a TOML file.
    instrument
        Instrument: a name, or the path of a TOML file.
    engine
        `here` for this process, `dask` for all processors of this machine or those of a scheduler.
        What is written is the same.
    scheduler
        Address of a Dask scheduler, such as tcp://127.0.0.1:8786. Its workers have the same version
        of the workbook, and see a .parquet table under the same path.
    """
    from cse_workbook.tables import score_file

    local = policies.applied(instruments.load(instrument), policies.load(policy))
    with _counting(engine, scheduler) as counting, _shown() as told:
        rows = score_file(source, target, local, told, counting)
    print(f"Scored {rows:,} {'screening' if rows == 1 else 'screenings'} into {target.name}.")
    return 0


@contextmanager
def _counting(engine: Where, scheduler: str | None) -> Iterator["Counting"]:
    """Give the way in which batches are counted."""
    if engine == "here" and scheduler is not None:
        detail, usage = "--scheduler goes with --engine dask", "cse-workbook score --help"
        raise WorkbookError(problem("CLI_01", "command line", detail=detail, help=usage))
    if engine == "here":
        from cse_workbook.tables import here

        yield here
    else:
        from cse_workbook import scaled

        with scaled.engine(scheduler) as on:
            yield partial(scaled.counted, on)


@contextmanager
def _shown() -> Iterator["Told"]:
    """Show in a terminal how far it is."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    counted = TextColumn("{task.fields[rows]:,} screenings")
    columns = (counted, BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("score", total=1.0, rows=0)
        yield lambda rows, share: progress.update(task, completed=share, rows=rows)
