"""Tampering with the file, by someone with the key and no scruples: each is found and named.

Change, delete, swap, duplicate, cut the end, roll back.
"""

import shutil

import pytest

from cse_workbook import store
from cse_workbook.store import Break, Flaw, Head
from tests.made_up_store import draft_in, new_store, record, refer, run_raw

NO_TRIGGERS = (
    "DROP TRIGGER event_is_not_changed",
    "DROP TRIGGER event_is_not_deleted",
    "DROP TRIGGER event_is_not_replaced",
)
COLUMNS = (
    "case_ref, case_version, kind, happened_on, recorded_at, recorded_by, role, agency,"
    " body_hash, previous_hash, entry_hash, salt, body"
)


@pytest.fixture
def folder(tmp_path):
    """A store of twelve entries, three each about four children, and closed."""
    with new_store(tmp_path / "data") as made:
        for number in range(1, 5):
            record(made, draft_in(made), f"C-{number:04d}")
    return tmp_path / "data"


def verified(folder, against=None):
    with store.open_store(folder) as opened:
        return opened.verify(against)


def printed_head(folder):
    """Give the head as it would stand at the foot of a page."""
    with store.open_store(folder) as opened:
        return opened.head().short


SWAP = (
    "UPDATE event SET seq = 1000 WHERE seq = {0}",
    "UPDATE event SET seq = {0} WHERE seq = {1}",
    "UPDATE event SET seq = {1} WHERE seq = 1000",
)
TAMPERINGS = {
    "a word of a body": (
        ["UPDATE event SET body = replace(body, 'worry', 'story') WHERE seq = 6"],
        Break(6, Flaw.BODY_CHANGED),
    ),
    "the bodies of two entries exchanged": (
        [
            "UPDATE event SET salt = (SELECT salt FROM event WHERE seq = 9),"
            " body = (SELECT body FROM event WHERE seq = 9) WHERE seq = 6"
        ],
        Break(6, Flaw.BODY_CHANGED),
    ),
    "who recorded it": (
        ["UPDATE event SET recorded_by = 'n.other' WHERE seq = 5"],
        Break(5, Flaw.ENTRY_CHANGED),
    ),
    "when it happened": (
        ["UPDATE event SET happened_on = '2026-11-01' WHERE seq = 5"],
        Break(5, Flaw.ENTRY_CHANGED),
    ),
    "which child it is about": (
        ["UPDATE event SET case_ref = 'C-0099' WHERE seq = 5"],
        Break(5, Flaw.ENTRY_CHANGED),
    ),
    "the hash of an entry": (
        ["UPDATE event SET entry_hash = body_hash WHERE seq = 5"],
        Break(5, Flaw.ENTRY_CHANGED),
    ),
    "an entry taken out": (["DELETE FROM event WHERE seq = 5"], Break(5, Flaw.MISSING)),
    "the first entry taken out": (["DELETE FROM event WHERE seq = 1"], Break(1, Flaw.MISSING)),
    "an entry taken out and the hole closed": (
        [
            "DELETE FROM event WHERE seq = 5",
            "UPDATE event SET seq = -seq WHERE seq > 5",
            "UPDATE event SET seq = -seq - 1 WHERE seq < 0",
        ],
        Break(5, Flaw.LINK_BROKEN),
    ),
    "two neighbours swapped": (
        [statement.format(5, 6) for statement in SWAP],
        Break(5, Flaw.OUT_OF_ORDER),
    ),
    "two far apart swapped": (
        [statement.format(2, 11) for statement in SWAP],
        Break(2, Flaw.OUT_OF_ORDER),
    ),
    "an entry put in again at the end": (
        [
            "CREATE TABLE twice AS SELECT * FROM event",
            "DROP TABLE event",
            "ALTER TABLE twice RENAME TO event",
            f"INSERT INTO event (seq, {COLUMNS}) SELECT 13, {COLUMNS} FROM event WHERE seq = 4",
        ],
        Break(13, Flaw.DUPLICATE),
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_found_and_named(folder, tampering):
    statements, expected = TAMPERINGS[tampering]
    run_raw(folder, "PRAGMA foreign_keys=OFF", *NO_TRIGGERS, *statements)

    found = verified(folder)

    assert found.break_ == expected
    assert found.count == expected.seq - 1


def test_a_record_that_nobody_touched_holds_its_printed_head(folder):
    head = Head.parse(printed_head(folder))

    found = verified(folder, head)

    assert (found.count, found.break_) == (12, None)


def test_an_end_cut_off_is_found_by_the_printed_head(folder):
    head = Head.parse(printed_head(folder))
    run_raw(folder, "PRAGMA foreign_keys=OFF", *NO_TRIGGERS, "DELETE FROM event WHERE seq > 9")

    assert verified(folder).break_ is None
    assert verified(folder, head).break_ == Break(10, Flaw.CUT_OFF)


def test_an_old_copy_put_back_is_found_by_the_printed_head(folder, tmp_path):
    shutil.copy(folder / "records.db", tmp_path / "old.db")
    with store.open_store(folder) as opened:
        refer(opened, "C-0001")
    head = Head.parse(printed_head(folder))
    shutil.copy(tmp_path / "old.db", folder / "records.db")

    assert verified(folder).break_ is None
    assert verified(folder, head).break_ == Break(13, Flaw.CUT_OFF)


def test_an_old_copy_put_back_and_written_on_is_found_by_the_printed_head(folder, tmp_path):
    shutil.copy(folder / "records.db", tmp_path / "old.db")
    with store.open_store(folder) as opened:
        refer(opened, "C-0001")
    head = Head.parse(printed_head(folder))
    shutil.copy(tmp_path / "old.db", folder / "records.db")
    with store.open_store(folder) as opened:
        refer(opened, "C-0002")
        refer(opened, "C-0003")

    assert verified(folder).break_ is None
    assert verified(folder, head).break_ == Break(13, Flaw.ROLLED_BACK)
