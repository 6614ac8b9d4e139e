"""The record store: made and opened, or refused.

Every refusal is compared as a whole sentence, and with what it may not have touched.
"""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from cse_workbook import store
from cse_workbook.errors import WorkbookError
from cse_workbook.store import Child
from cse_workbook.store.chain import EMPTY
from cse_workbook.store.database import connect, unlock
from tests.made_up_store import (
    AT,
    contents,
    draft_in,
    new_store,
    open_case,
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
def opened(folder):
    with new_store(folder) as made:
        yield made


@pytest.fixture
def closed(folder):
    """A folder with a store that holds one recorded screening and one draft, and is not open."""
    with new_store(folder) as made:
        record(made, draft_in(made))
        made.drafts.save(draft_in(made), "worry", CANARY, tab="tab-1", at=AT)
    return folder


def test_a_new_store_is_read_by_its_owner_alone(folder):
    store.init(folder)

    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in folder.iterdir()}
    assert modes == {"key": "0o400", "records.db": "0o600"}
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_a_new_store_is_empty_and_holds(opened):
    assert opened.head() == EMPTY
    assert opened.verify().break_ is None
    assert list(opened.entries()) == []
    assert opened.drafts.of("t.example") == []


def test_every_store_has_a_key_of_its_own(tmp_path):
    store.init(tmp_path / "one")
    store.init(tmp_path / "two")

    assert (tmp_path / "one" / "key").read_text() != (tmp_path / "two" / "key").read_text()


@pytest.mark.parametrize("there", ["key", "records.db"])
def test_a_store_is_not_made_where_there_is_part_of_one(folder, there):
    folder.mkdir()
    (folder / there).write_text("x")

    assert refusal(lambda: store.init(folder)) == (
        f"STORE_01 · {folder / there}: there is a record store here already, or part of one."
        " Open that one. To make another, give an empty folder."
    )
    assert contents(folder) == {there: b"x"}


def test_a_store_that_cannot_be_made_leaves_no_key_behind(folder):
    folder.mkdir()
    (folder / "records.db.part").mkdir()

    assert refusal(lambda: store.init(folder)).startswith(f"STORE_10 · {folder}: ")
    assert [path.name for path in folder.iterdir()] == ["records.db.part"]


def test_two_programs_that_make_a_store_at_once_make_one(folder):
    folder.mkdir()
    outcomes: list[str] = []

    def make() -> None:
        try:
            store.init(folder)
            outcomes.append("made")
        except WorkbookError as error:
            outcomes.append(error.problems[0].code)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["STORE_01"] * 3 + ["made"]
    store.open_store(folder).close()


def test_no_store(tmp_path):
    assert refusal(lambda: store.open_store(tmp_path)) == (
        f"STORE_03 · {tmp_path / 'records.db'}: there is no record store here. Check the folder;"
        " for a new store, run `cse-workbook init`."
    )
    assert contents(tmp_path) == {}


def test_no_key(closed):
    (closed / "key").unlink()
    before = contents(closed)

    assert refusal(lambda: store.open_store(closed)) == (
        f"STORE_04 · {closed / 'key'}: the key of the record store is not here, and nothing can be"
        " read without it. Put the file “key” back from where your administrator keeps it. Do not"
        " make a new one."
    )
    assert contents(closed) == before


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o600 | 0o020])
def test_a_key_that_other_accounts_can_reach(closed, mode):
    (closed / "key").chmod(mode)
    before = contents(closed)

    assert refusal(lambda: store.open_store(closed)) == (
        f"STORE_05 · {closed / 'key'}: other accounts of this machine can read the key."
        f" Run `chmod 400 {closed / 'key'}`, and tell your administrator that others could have"
        " read it."
    )
    assert contents(closed) == before


@pytest.mark.parametrize("text", [b"", b"ab", b"g" * 64, b"\xff" * 64, b"a" * 63 + b"'"])
def test_a_key_that_is_no_key(closed, text):
    (closed / "key").chmod(0o600)
    (closed / "key").write_bytes(text)
    before = contents(closed)

    assert refusal(lambda: store.open_store(closed)) == (
        f"STORE_06 · {closed / 'key'}: this is not a key of 64 hexadecimal digits."
        " Put the file “key” back from where your administrator keeps it."
    )
    assert contents(closed) == before


def test_a_wrong_key(closed, capfd):
    (closed / "key").chmod(0o600)
    (closed / "key").write_text("ab" * 32)
    before = contents(closed)

    assert refusal(lambda: store.open_store(closed)) == (
        f"STORE_07 · {closed / 'records.db'}: it does not open with this key. Nothing was changed."
        " Put back the key this store was made with; if that is this key, the file is damaged:"
        " restore a backup."
    )
    assert contents(closed) == before
    assert capfd.readouterr().err == ""


def test_a_plain_sqlite_file(closed):
    (closed / "records.db").unlink()
    with closing(sqlite3.connect(closed / "records.db")) as plain:
        plain.execute("CREATE TABLE event (seq INTEGER)")
    before = contents(closed)

    assert refusal(lambda: store.open_store(closed)) == (
        f"STORE_08 · {closed / 'records.db'}: this is a plain SQLite file, not an encrypted record"
        " store. Nothing was changed. Move it away and put the record store back."
    )
    assert contents(closed) == before


def test_a_store_of_a_newer_version(closed):
    run_raw(closed, "UPDATE setting SET value = 2")
    before = contents(closed)

    assert refusal(lambda: store.open_store(closed)) == (
        f"STORE_09 · {closed / 'records.db'}: it was made by a newer version of the workbook"
        " (layout 2, this one knows 1). Nothing was changed. Install the newer version of the"
        " workbook."
    )
    assert contents(closed) == before


@pytest.mark.parametrize("name", ["", "records.db"])
def test_a_read_only_folder_or_file(closed, name):
    before = contents(closed)
    path = closed / name
    mode = path.stat().st_mode
    path.chmod(mode & ~0o222)

    message = refusal(lambda: store.open_store(closed))

    path.chmod(mode)
    assert message == (
        f"STORE_10 · {path}: it cannot be written. Nothing was changed. Give your account the right"
        " to write to the folder and the files in it."
    )
    assert contents(closed) == before


def lose_tables(file: Path, key: str) -> None:
    with closing(connect(file, key)) as connection:
        connection.execute("DROP TABLE setting")


def lose_settings(file: Path, key: str) -> None:
    with closing(connect(file, key)) as connection:
        connection.execute("DELETE FROM setting")


def lose_everything(file: Path, key: str) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [lose_tables, lose_settings, lose_everything])
def test_a_file_that_is_no_store(closed, damage):
    file = closed / "records.db"
    damage(file, (closed / "key").read_text())
    before = contents(closed)

    assert refusal(lambda: store.open_store(closed)) == (
        f"STORE_11 · {file}: the file is damaged, or is not a record store. Do not delete it."
        " Tell your administrator, who can restore a backup."
    )
    assert contents(closed) == before


def test_a_page_that_the_disk_has_spoilt(folder):
    with new_store(folder) as made:
        for number in range(60):
            record(made, draft_in(made), f"C-{number:04d}")
    file = folder / "records.db"
    spoilt = bytearray(file.read_bytes())
    for page in range(1, len(spoilt) // 4096):
        spoilt[page * 4096 + 100] ^= 1
    file.write_bytes(spoilt)

    assert refusal(lambda: store.open_store(folder).verify()) == (
        f"STORE_11 · {file}: the file is damaged, or is not a record store. Do not delete it."
        " Tell your administrator, who can restore a backup."
    )


def test_a_driver_that_cannot_encrypt_writes_nothing(tmp_path):
    with closing(sqlite3.connect(tmp_path / "plain.db")) as plain:
        assert refusal(lambda: unlock(plain, "ab" * 32)) == (
            "STORE_14 · the record store: the database driver cannot encrypt, so nothing was"
            " written. Install the package sqlcipher3 again."
        )

    assert contents(tmp_path) == {"plain.db": b""}


def test_a_key_cannot_carry_a_second_statement(tmp_path):
    assert refusal(lambda: unlock(None, "ab' ; DROP TABLE event; --")).startswith("STORE_06")


def test_the_file_is_written_through_and_waits_for_others(opened):
    settings = ("journal_mode", "synchronous", "busy_timeout", "temp_store", "foreign_keys")

    assert [opened.database.pragma(name) for name in settings] == ["wal", "2", "30000", "2", "1"]


def test_opening_the_store_loads_neither_numpy_nor_pandas_nor_sqlalchemy():
    code = (
        "import sys, cse_workbook.store;"
        "print(sorted({'numpy', 'pandas', 'sqlalchemy'} & set(sys.modules)))"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "[]\n"


def test_nothing_a_person_wrote_can_be_read_in_the_files(folder):
    with new_store(folder) as made:
        draft_id = draft_in(made)
        made.drafts.save(draft_id, "worry", CANARY, tab="tab-1", at=AT)
        made.children.save(Child("C-0001", name=CANARY))
        open_case(made)
        refer(made, to=CANARY)

        files = contents(folder)
        assert set(files) == {"key", "records.db", "records.db-shm", "records.db-wal"}
        assert not any(CANARY.encode() in content for content in files.values())
        assert not any(b"SQLite format 3" in content for content in files.values())
