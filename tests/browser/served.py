"""A workbook as it is served: a real server on a data folder, its kernels, and what it wrote."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from cse_workbook import account, instrument, serving, store
from cse_workbook.case import Entry
from cse_workbook.rehearsal import fill, work_as_lead_officer

PATIENCE = 60
MADE_UP = 40
ME = account.name()
OCC = instrument.load()


class Served:
    """One data folder with the server of one notebook. A restart keeps folder and port."""

    def __init__(self, folder: Path, log: Path | None = None, page: str = "screen_a_child") -> None:
        self.folder, self.page = folder, page
        self.log = log or folder.with_suffix(".log")
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> str:
        """Start the server and give the address it prints."""
        before = self.written
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "cse_workbook",
                    "app",
                    self.page,
                    "--no-browser",
                    f"--port={self.port}",
                ],
                env={**os.environ, "CSE_WORKBOOK_HOME": str(self.folder)},
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=_hear_interrupts,
            )
        until(lambda: b"Open http" in self.written[len(before) :], "the server did not start")
        [line] = [x for x in self.written[len(before) :].splitlines() if x.startswith(b"Open ")]
        return line.decode().removeprefix("Open ")

    def stop(self) -> None:
        """Stop the server, if it runs, as Ctrl+C does, and see its kernels go with it."""
        if self.process is None or self.process.poll() is not None:
            return
        kernels = self.kernels()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)
        psutil.wait_procs(kernels, PATIENCE)

    @property
    def written(self) -> bytes:
        """What the server has written to standard output and standard error."""
        return self.log.read_bytes() if self.log.exists() else b""

    def kernels(self) -> list[psutil.Process]:
        """Give the processes of the kernels there are."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [each for each in children if "ipykernel_launcher" in " ".join(_words(each))]

    def kernel(self, kernel_id: str) -> psutil.Process:
        """Find the process of a kernel by the connection file it was started with."""
        [found] = [each for each in self.kernels() if kernel_id in " ".join(_words(each))]
        return found

    def token(self) -> str:
        """Make another token, as a second start of the program does."""
        return serving.mint_token(self.folder)

    def draft(self, owner: str = ME, **fields: Any) -> str:
        """Put a draft into the store, held by no window; `__` in a name stands for a dot."""
        at = datetime.now(UTC)
        with store.open_store(self.folder) as opened:
            draft_id = opened.drafts.start(
                owner, tab="seed", at=at, instrument=OCC.key, edition=OCC.edition
            )
            for name, value in fields.items():
                field = name.replace("__", ".")
                opened.drafts.save(draft_id, field, value, tab="seed", at=at)
            opened.drafts.release(draft_id, tab="seed")
        return draft_id

    def answers(self, draft_id: str, owner: str = ME) -> Mapping[str, Any]:
        """Read what the store has of a draft."""
        with store.open_store(self.folder) as opened:
            return opened.drafts.read(draft_id, owner).answers

    def entries(self) -> list[Entry]:
        """Read the whole record."""
        with store.open_store(self.folder) as opened:
            return list(opened.entries())


def made_up(folder: Path) -> Path:
    """Make a data folder with a made-up caseload, for a lead officer."""
    store.init(folder)
    work_as_lead_officer(folder)
    with store.open_store(folder) as opened:
        fill(opened, cases=MADE_UP, seed=1)
    return folder


def complete(view: str = "refer_now", **answers: str) -> dict[str, Any]:
    """Give the fields of a draft that can be recorded, with these answers."""
    needed = {
        **{"child__known": "new", "age": "14", "worry": "Out late, and will not say where"},
        **{"view__route": view, "view__drivers": ["other"], "view__other": "A feeling"},
    }
    return {**needed, **{f"answers__{key}": answer for key, answer in answers.items()}}


def until(holds: Any, otherwise: str) -> None:
    """Wait until something holds that no page shows."""
    for _ in range(PATIENCE * 20):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError(otherwise)


def _hear_interrupts() -> None:
    """A shell has what it starts in the background ignore Ctrl+C; a person's terminal does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
