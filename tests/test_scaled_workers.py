"""Two workers give what one process gives; and what is said where there are none, or others."""

import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from distributed import LocalCluster

from cse_workbook import extracts, measures, scaled
from cse_workbook.cli import run
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.extracts import read_extract
from cse_workbook.measures import MEASURES, read_period
from cse_workbook.scaled.engine import PATIENCE
from cse_workbook.tables import score_file
from tests.made_up_events import OCC
from tests.made_up_frames import made_up
from tests.made_up_parts import as_text, changed, in_parts, table, written
from tests.made_up_store import refusal

ALL = list(MEASURES.values())
QUARTER = read_period("2026-Q2")
BATCH = 65_536
ADDRESS = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return in_parts(tmp_path_factory.mktemp("given") / "extract")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Start a scheduler with two workers, each a process of its own."""
    with LocalCluster(n_workers=2, threads_per_worker=1, **ADDRESS) as cluster:
        yield cluster.scheduler_address


def test_two_workers_write_the_same_file(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pq.write_table(table(), tmp_path / "in.parquet", row_group_size=BATCH)
    source, options = str(tmp_path / "in.parquet"), ["--engine", "dask", "--scheduler", address]

    assert run(["score", source, str(tmp_path / "here.parquet")]) == 0
    assert run(["score", source, str(tmp_path / "dask.parquet"), *options]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "Scored 300,000 screenings into here.parquet.",
        "Scored 300,000 screenings into dask.parquet.",
    ]
    written = (tmp_path / "dask.parquet").read_bytes()
    assert written == (tmp_path / "here.parquet").read_bytes()


def test_two_workers_refuse_the_same(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pa.csv.write_csv(changed("age", 299_999, 40, as_text()), tmp_path / "in.csv")
    source, target = str(tmp_path / "in.csv"), str(tmp_path / "out.csv")

    assert run(["score", source, target, "--engine", "dask", "--scheduler", address]) == 2

    refused = capsys.readouterr().err
    assert run(["score", source, target]) == 2
    assert refused == capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_two_workers_find_the_same_figures(address: str, extract: Path) -> None:
    with scaled.engine(address):
        found = scaled.run(scaled.read_extract(extract), ALL, QUARTER, ["agency"])

    whole = measures.run(read_extract(extract).by_name(), ALL, QUARTER, ["agency"])
    pd.testing.assert_frame_equal(found, whole, check_exact=True)


def test_a_refusal_comes_whole_out_of_a_worker(address: str, tmp_path: Path) -> None:
    cases = made_up("cases", 200)
    cases.loc[7, "age_band"] = "Zoltan Example"
    folder = written(tmp_path / "extract", {"cases": cases})

    def counted() -> None:
        with scaled.engine(address):
            scaled.run(scaled.read_extract(folder), ALL, QUARTER)

    assert refusal(counted) == refusal(lambda: read_extract(folder))
    error = WorkbookError(problem("TABLE_10", "in.csv"))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def not_answering(scheduler: str, detail: str) -> str:
    return (
        f"SCALE_02 · {scheduler}: no scheduler answers at this address ({detail}). Start it, or"
        " correct the address, such as tcp://127.0.0.1:8786. For this machine alone, name no"
        " scheduler."
    )


def connected(scheduler: str) -> Callable[[], None]:
    """Make an attempt to work with a scheduler."""

    def attempt() -> None:
        with scaled.engine(scheduler):
            raise AssertionError("it answered")

    return attempt


def test_something_that_is_no_scheduler_is_not_waited_for() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        scheduler = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        start = time.monotonic()

        assert refusal(connected(scheduler)) == not_answering(scheduler, "there was no answer")

        assert time.monotonic() - start < 2 * PATIENCE


@pytest.mark.parametrize(
    ("scheduler", "detail"),
    [
        ("nonsense", "missing port number in address 'nonsense'"),
        (
            "tls://127.0.0.1:8786",
            "for tls:// the configuration of Dask has to name certificates",
        ),
    ],
)
def test_an_address_that_is_none_is_told(scheduler: str, detail: str) -> None:
    assert refusal(connected(scheduler)) == not_answering(scheduler, detail)


def test_a_scheduler_without_a_worker_and_the_address_of_a_worker_are_told() -> None:
    with LocalCluster(n_workers=0, **ADDRESS) as cluster:
        scheduler = cluster.scheduler_address
        assert refusal(connected(scheduler)) == (
            f"SCALE_03 · {scheduler}: the scheduler has no worker. Start at least one, with `dask"
            " worker` and the same address."
        )


def test_the_address_of_a_worker_is_told() -> None:
    with LocalCluster(n_workers=1, processes=False, protocol="tcp", **ADDRESS) as cluster:
        [worker] = cluster.workers.values()
        assert refusal(connected(worker.address)) == not_answering(
            worker.address, "a worker has this address"
        )


@pytest.mark.parametrize(("theirs", "said"), [("9.9", "version 9.9"), ("", "no workbook")])
def test_a_worker_with_another_workbook_is_refused(theirs: str, said: str, tmp_path: Path) -> None:
    """Its process finds another distribution of this name before the installed one, or none."""
    information = tmp_path / "cse_workbook-9.9.dist-info"
    information.mkdir()
    version = f"Version: {theirs}\n" if theirs else ""
    (information / "METADATA").write_text(f"Name: cse-workbook\n{version}", encoding="utf-8")
    words = ["-m", "distributed.cli.dask_worker", "--no-nanny", "--no-dashboard", "--nthreads=1"]
    with LocalCluster(n_workers=0, **ADDRESS) as cluster:
        worker = subprocess.Popen(
            [sys.executable, *words, cluster.scheduler_address],
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            cwd=tmp_path,
            stderr=subprocess.DEVNULL,
        )
        try:
            cluster.wait_for_workers(1)
            refused = refusal(connected(cluster.scheduler_address))
        finally:
            worker.terminate()
            worker.wait()

    assert refused == (
        f"SCALE_04 · {cluster.scheduler_address}: a worker has {said}, and this is version"
        f" {extracts.VERSION}. Install the same version of the workbook on every machine."
    )


def test_nothing_is_left_where_the_workers_are_lost(tmp_path: Path) -> None:
    pq.write_table(table(600_000), tmp_path / "in.parquet", row_group_size=BATCH)
    cluster = LocalCluster(n_workers=1, processes=False, protocol="tcp", **ADDRESS)

    def scored() -> None:
        with scaled.engine(cluster.scheduler_address) as on:
            counting = partial(scaled.counted, on)
            source, target = tmp_path / "in.parquet", tmp_path / "out.csv"
            score_file(source, target, OCC, lambda *_: cluster.close(), counting)

    assert refusal(scored) == (
        f"SCALE_06 · {cluster.scheduler_address}: the workers were lost before all was counted."
        " Nothing is left half written. See that they run, and run it again."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    pq.write_table(table(3), tmp_path / "in.parquet")
    code = (
        "import sys; sys.modules['dask'] = None; from cse_workbook.cli import main;"
        " main(['score', 'in.parquet', 'out.parquet', '--engine', 'dask'])"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "SCALE_01 · --engine dask: Dask is not installed. Run `pip install cse-workbook[scale]`, or"
        " leave `--engine dask` out: the result is the same.\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_a_scheduler_without_the_engine_is_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pq.write_table(table(3), tmp_path / "in.parquet")
    source, target = str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet")

    assert run(["score", source, target, "--scheduler", "tcp://127.0.0.1:8786"]) == 2

    assert capsys.readouterr().err == (
        "CLI_01 · command line: --scheduler goes with --engine dask. Run `cse-workbook score"
        " --help` to see how the command is given.\n"
    )


def test_without_a_scheduler_the_command_uses_this_machine(tmp_path: Path) -> None:
    pq.write_table(table(3), tmp_path / "in.parquet")
    source, target = str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet")

    assert run(["score", source, target, "--engine", "dask"]) == 0

    assert pq.read_table(target).num_rows == 3
