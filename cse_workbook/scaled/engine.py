"""Where are pieces of work done, and is there somebody to do them?

What is counted goes to the workers across the network: a scheduler on `tls://` keeps it from those
who listen. Nothing here opens a port.
"""

# mypy: allow-untyped-calls
# Dask gives types to few of its functions.

import asyncio
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, NamedTuple

import dask
from distributed import Client, KilledWorker, rpc
from distributed.comm.core import CommClosedError

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.extracts import VERSION

PATIENCE: Final = 5  # seconds for a scheduler to answer, and for its first worker to come
PACKAGE: Final = "cse-workbook"


class Engine(NamedTuple):
    """Where pieces of work are done: how one is handed over, and how many are at a time."""

    submit: Callable[..., Any]
    at_a_time: int


@contextmanager
def engine(scheduler: str | None = None) -> Iterator[Engine]:
    """Work with the scheduler at an address, or on the threads of this machine; so does Dask then.

    No port is opened. Raises SCALE_02 to SCALE_04 for a scheduler that does not answer or has no
    worker with this version of the workbook, and SCALE_06 where the workers are lost on the way.
    """
    if scheduler is None:
        n_threads = os.cpu_count() or 1
        with ThreadPoolExecutor(n_threads) as pool, dask.config.set(scheduler="threads"):
            yield Engine(pool.submit, 2 * n_threads)
        return
    _see_that_it_answers(scheduler)
    try:
        with _quiet(), Client(scheduler, timeout=PATIENCE) as client:
            n_threads = _n_threads(client, scheduler)
            yield Engine(partial(client.submit, pure=False), 2 * n_threads)
    except (CancelledError, CommClosedError, KilledWorker, TimeoutError):
        raise WorkbookError(problem("SCALE_06", scheduler)) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep back what Dask writes of a lost scheduler, pages of code: SCALE_06 says it."""
    log = logging.getLogger(Client.__module__)
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _see_that_it_answers(scheduler: str) -> None:
    """Ask who is there: Dask itself would wait for ever for something that is no scheduler."""

    async def ask() -> None:
        async with rpc(scheduler) as asked:
            found = await asyncio.wait_for(asked.identity(), PATIENCE)
        if found["type"] != "Scheduler":
            raise ValueError("a worker has this address")

    try:
        # In a thread of its own, as a notebook has a loop that runs already.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, ask()).result()
    except OSError:
        detail = "there was no answer"
    except ValueError as error:
        detail = str(error)
    except TypeError:
        detail = "for tls:// the configuration of Dask has to name certificates"
    else:
        return
    raise WorkbookError(problem("SCALE_02", scheduler, detail=detail))


def _n_threads(client: Client, scheduler: str) -> int:
    """Give how many threads the workers have; they hold the workbook in this version."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise WorkbookError(problem("SCALE_03", scheduler)) from None
    found: Any = client.get_versions(packages=[PACKAGE])
    held = {each["packages"][PACKAGE] for each in found["workers"].values()}
    for theirs in held - {VERSION}:
        shown = f"version {theirs}" if theirs else "no workbook"
        raise WorkbookError(problem("SCALE_04", scheduler, theirs=shown, ours=VERSION))
    return sum(client.nthreads().values())
