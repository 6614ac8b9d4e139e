"""Copies of the record: encrypted, checked, put back with nothing thrown away."""

import pytest

from cse_workbook import store
from tests.made_up_store import (
    AT,
    contents,
    draft_in,
    minutes,
    new_store,
    record,
    refer,
    refusal,
    run_raw,
)

CANARY = "Canary Wren Made-Up"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def closed(folder):
    """A folder with a store that holds one recorded screening and one draft, and is not open."""
    with new_store(folder) as made:
        record(made, draft_in(made))
        made.drafts.save(draft_in(made), "worry", CANARY, tab="tab-1", at=AT)
    return folder


def test_a_copy_is_encrypted_whole_and_opens_with_the_same_key(closed, tmp_path):
    copy = tmp_path / "copy.db"
    with store.open_store(closed) as made:
        verified = store.backup(made, copy)
        assert verified == made.verify()

    assert oct(copy.stat().st_mode & 0o777) == "0o600"
    assert CANARY.encode() not in copy.read_bytes()
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "data"]


def test_a_copy_is_never_written_over(closed, tmp_path):
    copy = tmp_path / "copy.db"
    copy.write_text("x")

    with store.open_store(closed) as made:
        assert refusal(lambda: store.backup(made, copy)) == (
            f"STORE_15 · {copy}: there is a file of this name already. Give another name: a backup"
            " is never written over."
        )

    assert copy.read_text() == "x"


def test_a_copy_of_a_record_that_breaks_is_not_called_a_copy(closed, tmp_path):
    run_raw(
        closed, "DROP TRIGGER event_is_not_changed", "UPDATE event SET role = 'x' WHERE seq = 2"
    )
    copy = tmp_path / "copy.db"

    with store.open_store(closed) as made:
        assert refusal(lambda: store.backup(made, copy)) == (
            f"STORE_17 · {copy}: the record breaks at entry 2: who, when or for whom was changed"
            " after it was written. Keep the file as it is, tell your administrator, and use an"
            " earlier backup."
        )

    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_copy_is_not_written_into_a_folder_that_is_not_there(closed, tmp_path):
    copy = tmp_path / "none" / "copy.db"

    with store.open_store(closed) as made:
        assert refusal(lambda: store.backup(made, copy)) == (
            f"STORE_24 · {copy}: there is no such file or folder. Check the path."
        )


@pytest.fixture
def copy(closed, tmp_path):
    """A copy of the closed store."""
    with store.open_store(closed) as made:
        store.backup(made, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def test_a_copy_is_put_back_where_the_store_was_lost(closed, copy):
    (closed / "records.db").unlink()

    assert store.restore(copy, closed, at=AT) is None

    with store.open_store(closed) as made:
        assert made.verify().count == 3
        assert [draft.answers for draft in made.drafts.of("t.example")] == [{"worry": CANARY}]
        record(made, draft_in(made))
    assert sorted(path.name for path in closed.iterdir()) == ["key", "records.db"]


def test_a_copy_put_back_over_the_same_record_keeps_the_old_file_beside_it(closed, copy):
    before = contents(closed)["records.db"]

    aside = store.restore(copy, closed, at=AT)

    assert aside == closed / "records.db.replaced-20261122T140200Z"
    assert len(aside.read_bytes()) == len(before)
    assert store.open_store(closed).verify().count == 3


@pytest.mark.parametrize("newer", ["entry", "answer"])
def test_a_copy_does_not_replace_a_newer_store(closed, copy, newer):
    with store.open_store(closed) as made:
        draft = made.drafts.of("t.example")[0]
        actions = {
            "entry": lambda: refer(made),
            "answer": lambda: made.drafts.save(
                draft.draft_id, "worry", "y", tab="tab-1", at=minutes(9)
            ),
        }
        actions[newer]()
    before = contents(closed)

    assert refusal(lambda: store.restore(copy, closed, at=AT)) == (
        f"STORE_16 · {closed / 'records.db'}: it holds entries or saved answers that the backup"
        " does not. Nothing was changed. Back up the present store first; then restore with"
        " --accept-loss, and the present store is kept beside it."
    )
    assert contents(closed) == before


def test_a_newer_store_is_replaced_when_that_is_accepted_and_is_kept(closed, copy):
    with store.open_store(closed) as made:
        refer(made)

    aside = store.restore(copy, closed, at=AT, accept_loss=True)

    assert store.open_store(closed).verify().count == 3
    assert aside is not None
    aside.rename(closed / "records.db")
    assert store.open_store(closed).verify().count == 4


def test_a_store_in_use_is_not_replaced(closed, copy):
    with store.open_store(closed) as made:
        assert refusal(lambda: store.restore(copy, closed, at=AT)) == (
            f"STORE_18 · {closed / 'records.db'}: the record store is in use. Nothing was changed."
            " Close the app and every notebook, then try again."
        )
        assert made.verify().count == 3


def test_a_damaged_store_is_replaced_and_kept(closed, copy):
    (closed / "records.db").write_bytes(b"x" * 8192)

    aside = store.restore(copy, closed, at=AT)

    assert aside is not None
    assert aside.read_bytes() == b"x" * 8192
    assert store.open_store(closed).verify().count == 3


def test_an_old_store_set_aside_is_not_written_over_by_the_next(closed, copy):
    store.restore(copy, closed, at=AT)
    before = contents(closed)

    message = refusal(lambda: store.restore(copy, closed, at=AT))

    assert message.startswith(f"STORE_15 · {closed / 'records.db.replaced-20261122T140200Z'}: ")
    assert contents(closed).keys() == before.keys()


def test_a_copy_that_was_damaged_is_not_put_back(closed, copy):
    spoilt = bytearray(copy.read_bytes())
    spoilt[-100] ^= 1
    copy.write_bytes(spoilt)
    before = contents(closed)

    assert refusal(lambda: store.restore(copy, closed, at=AT)).startswith(f"STORE_11 · {copy}: ")
    assert contents(closed) == before


def test_a_copy_that_is_not_there_is_not_put_back(closed, tmp_path):
    before = contents(closed)

    assert refusal(lambda: store.restore(tmp_path / "none.db", closed, at=AT)) == (
        f"STORE_24 · {tmp_path / 'none.db'}: there is no such file or folder. Check the path."
    )
    assert contents(closed) == before


def test_a_copy_of_another_store_is_not_put_back(closed, tmp_path):
    with new_store(tmp_path / "other") as other:
        store.backup(other, tmp_path / "other.db")
    before = contents(closed)

    message = refusal(lambda: store.restore(tmp_path / "other.db", closed, at=AT))

    assert message.startswith(f"STORE_07 · {tmp_path / 'other.db'}: ")
    assert contents(closed) == before
