"""What can be done from a terminal, and what does a person see when it cannot be done?

The commands are thin: each reads its input, calls one part of the package and prints. Heavy parts
are loaded by the commands that use them. Exit status: 0 done, 1 done and something found, 2 refused
input, 3 our fault, 130 stopped by the person.
"""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import App, CycloptsError, Parameter

from cse_workbook.cli import (
    auditing,
    counting,
    extracting,
    instruments,
    records,
    releasing,
    serving,
)
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.faults import noted
from cse_workbook.home import HOME, data_folder

REFUSED: Final = 2
FAULT: Final = 3
# Messages that say that the fault is ours.
OURS: Final = ("AUDIT_06",)
STOPPED: Final = 130
PIPE_CLOSED: Final = 141

app = App(
    name="cse-workbook",
    help="Help staff notice child sexual exploitation early and act on it the same day.",
    help_epilogue="Immediate danger? Call 999 now.",
    help_formatter="plain",
    version=version("cse-workbook"),
    suppress_keyboard_interrupt=False,
)
for command in (
    *(counting.screen, counting.score, instruments.app),
    *(records.init, serving.app, records.demo),
    *(records.verify, records.anchor, records.backup, records.restore),
    extracting.extract,
    auditing.audit,
    releasing.release,
):
    app.command(command)


# An interruption is told in our own words.
app.meta.suppress_keyboard_interrupt = False


@app.meta.default
def launch(
    *tokens: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    store: Annotated[Path | None, Parameter(env_var=HOME)] = None,
) -> Any:
    """Help staff notice child sexual exploitation early and act on it the same day.

    Parameters
    ----------
    store
        Data folder that holds the key and the records. Left out: the folder your system keeps for
        a person's program data.
    """
    if store is not None:
        # The kernels of the app read it from here too.
        os.environ[HOME] = str(store)
    return app(tokens, exit_on_error=False, print_error=False, result_action="return_value")


def main(tokens: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a question mark, not an error.
        with suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    # Whoever ends the process finds as little half done as a person who stops it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(run(sys.argv[1:] if tokens is None else tokens))


def run(tokens: Sequence[str]) -> int:
    """Run one command, say in words what stopped it, and give its exit status."""
    try:
        status = app.meta(
            tokens, exit_on_error=False, print_error=False, result_action="return_value"
        )
        sys.stdout.flush()
    except WorkbookError as refused:
        _say(str(refused))
        return FAULT if any(each.code in OURS for each in refused.problems) else REFUSED
    except CycloptsError as error:
        _say(str(problem("CLI_01", "command line", **_usage(error, tokens))))
        return REFUSED
    except KeyboardInterrupt:
        _say("Stopped. Nothing was left half done.")
        return STOPPED
    except BrokenPipeError:
        # Whoever read the output has gone; without this the interpreter would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:
        fault = noted(error, data_folder())
        log = f" and the file {fault.log}" if fault.log else "; its details could not be written"
        _say(str(problem("CLI_02", "cse-workbook", reference=fault.reference, log=log)))
        return FAULT
    return status if isinstance(status, int) else 0


def _say(text: str) -> None:
    with suppress(BrokenPipeError):
        print(text, file=sys.stderr)


def _usage(error: CycloptsError, tokens: Sequence[str]) -> dict[str, str]:
    """Name the mistake in one line, and the command whose help tells more."""
    detail = " ".join(str(error).split()).removesuffix(".")
    chain, _, _ = app.parse_commands(tokens)
    return {"detail": detail, "help": " ".join(["cse-workbook", *chain, "--help"])}
