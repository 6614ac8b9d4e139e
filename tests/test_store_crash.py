"""Killed, or out of room, at any moment: what was acknowledged is there afterwards.

Real processes, real kills, a real full disk.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cse_workbook import store
from cse_workbook.case.events import ReferralSent
from cse_workbook.errors import WorkbookError
from cse_workbook.store import Store
from tests.made_up_store import AT, TEACHER, TODAY, draft_in, new_store, record, refusal

TREE = Path(__file__).parents[1]
ACKNOWLEDGED = 200
SAVE_AND_RECORD = "from tests import test_store_crash; test_store_crash.save_and_record()"


def save_and_record() -> None:
    """Save answers and record drafts in a folder until killed; say each only when it is done."""
    folder, say = Path(sys.argv[1]), sys.stdout.fileno()
    with store.open_store(folder) as opened:
        while True:
            draft_id = draft_in(opened)
            for number in range(3):
                opened.drafts.save(draft_id, f"field{number}", number, tab="tab-1", at=AT)
                os.write(say, f"saved {draft_id} field{number} {number}\n".encode())
            recorded = record(opened, draft_id, opened.children.next_ref())
            os.write(say, f"recorded {draft_id} {recorded.head}\n".encode())


def killed_after(seconds: float, folder: Path) -> list[list[str]]:
    """Let a process work for so long, kill it, and give what it had acknowledged."""
    command = [sys.executable, "-c", SAVE_AND_RECORD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TREE) as process:
        lines = process.stdout
        assert lines is not None
        first = lines.readline()
        time.sleep(seconds)
        process.kill()
        # A line cut short by the kill was not acknowledged.
        heard = [first, *(line for line in lines if line.endswith("\n"))]
    assert process.returncode == -signal.SIGKILL
    return [line.split() for line in heard]


def test_nothing_acknowledged_is_lost_when_the_program_is_killed_at_any_moment(tmp_path):
    folder = tmp_path / "data"
    store.init(folder)
    moments = random.Random(20261122)
    acknowledged: list[list[str]] = []
    kills = recordings = 0
    while len(acknowledged) < ACKNOWLEDGED or recordings < 20 or kills < 8:
        kills += 1
        # Longer each time, so that a slow machine comes to its recordings too.
        heard = killed_after(moments.uniform(0, 0.01 * kills), folder)
        acknowledged += heard
        recordings += sum(words[0] == "recorded" for words in heard)

    with store.open_store(folder) as opened:
        recorded = {words[1]: words[2] for words in acknowledged if words[0] == "recorded"}
        for draft_id, head in recorded.items():
            found = opened.recorded(draft_id)
            assert found is not None
            assert str(found.head) == head
        drafts = {draft.draft_id: draft.answers for draft in opened.drafts.of("t.example")}
        for draft_id, field, number in (words[1:] for words in acknowledged if words[0] == "saved"):
            assert opened.recorded(draft_id) or drafts[draft_id][field] == int(number)
        assert opened.verify().break_ is None
        assert opened.verify().count == opened.head().seq
        assert opened.head().seq % 3 == 0


@contextmanager
def limited(size: int) -> Iterator[None]:
    """Let the system refuse to make any file longer than this."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.fixture
def small_disk(tmp_path):
    """A folder with room for two megabytes: a small disk or, where none may be mounted, a limit."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0:
        yield folder
        subprocess.run(["umount", str(folder)], check=True)
    else:
        with limited(2_000_000):
            yield folder


def fill(opened: Store, draft_id: str) -> tuple[dict[str, str], str]:
    """Save answers until one is refused; give those that were acknowledged, and the refusal."""
    saved: dict[str, str] = {}
    for number in range(100):
        field, value = f"field{number}", f"{number} " + "x" * 50_000
        try:
            opened.drafts.save(draft_id, field, value, tab="tab-1", at=AT)
        except WorkbookError as error:
            return saved, str(error)
        saved[field] = value
    raise AssertionError("the disk was never full")


def full(folder: Path) -> str:
    return (
        f"STORE_12 · {folder / 'records.db'}: there is no room left on the disk, so this was not"
        " saved. All that was saved before is kept. Make room, then try again."
    )


def test_a_full_disk_refuses_an_answer_and_keeps_all_that_were_acknowledged(small_disk):
    folder = small_disk / "data"
    with new_store(folder) as opened:
        draft_id = draft_in(opened)

        saved, message = fill(opened, draft_id)

        assert saved
        assert message in {full(folder), refused(folder / "records.db")}
        assert opened.drafts.read(draft_id, "t.example").answers == saved
    with store.open_store(folder) as opened:
        assert opened.drafts.read(draft_id, "t.example").answers == saved
        assert opened.verify().break_ is None


def test_a_recording_that_finds_no_room_leaves_the_draft_and_goes_in_when_there_is(tmp_path):
    folder = tmp_path / "data"
    with new_store(folder) as opened:
        draft_id = draft_in(opened)
        opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=AT)
        before = opened.head()
        # The engine's own limit: it answers as it does for a disk without room.
        opened.database.pragma(f"max_page_count={opened.database.pragma('page_count')}")
        long = [ReferralSent("x" * 20_000)]

        message = refusal(lambda: record_long(opened, draft_id, long))

        assert message == full(folder)
        assert opened.head() == before
        assert opened.drafts.read(draft_id, "t.example").answers == {"worry": "x"}
        opened.database.pragma("max_page_count=1000000")
        assert record_long(opened, draft_id, long).first_time
        assert opened.verify().break_ is None


def record_long(opened, draft_id, events):
    return opened.record_draft(
        draft_id, events, tab="tab-1", case_ref="C-0001", happened_on=TODAY, who=TEACHER, at=AT
    )


def refused(file: Path) -> str:
    return (
        f"STORE_26 · {file}: the disk refused to read or write it: it has a fault, or your account"
        " has no room left. All that was saved before is kept. Tell your administrator, then try"
        " again."
    )


def test_an_account_that_has_no_room_left_is_told_and_loses_nothing(tmp_path):
    with new_store(tmp_path / "data") as opened:
        draft_id = draft_in(opened)

        with limited(500_000):
            saved, message = fill(opened, draft_id)

        assert saved
        assert message == refused(tmp_path / "data" / "records.db")
        assert opened.drafts.read(draft_id, "t.example").answers == saved
        opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=AT)


def test_a_store_is_not_half_made_where_there_is_no_room(tmp_path):
    folder = tmp_path / "data"

    with limited(20_000):
        message = refusal(lambda: store.init(folder))

    assert message == refused(folder / "records.db.part")
    assert list(folder.iterdir()) == []


def test_a_copy_is_not_half_made_where_there_is_no_room(tmp_path):
    with new_store(tmp_path / "data") as opened:
        record(opened, draft_in(opened))

        with limited(20_000):
            message = refusal(lambda: store.backup(opened, tmp_path / "copy.db"))

    assert message == refused(tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
