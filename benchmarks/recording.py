"""How long does it take to put a finished screening on the record?

Against one bare transaction of SQLite, by Python's own driver, WAL and synchronous=FULL, that makes
the same change: the three entries (case opened, screening with its outcome, judgement), the child,
the note that this draft was recorded, and the draft with its answers taken away. The bare side is
handed the finished rows, byte for byte those our side wrote, and writes them to the same tables
with the same indexes and triggers. It does not encrypt, wipe what it deletes, look for the end of
the chain, write JSON or hash. Both files grow alike; filling in the draft is not timed.
"""

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.made_up import fields
from benchmarks.ratio import Ratio, medians
from cse_workbook import account, instrument, policy, store
from cse_workbook.store import Recorded, Store, Who
from cse_workbook.store.folder import open_records
from cse_workbook.store.sql import LAYOUT
from cse_workbook.views.recording import Recording

TAB = "tab"
ROUNDS = 200

Rows = dict[str, list[dict[str, Any]]]


class Clocked(Store):
    """A store that clocks how long it takes to record a draft."""

    seconds = 0.0

    def record_draft(self, *args: Any, **kwargs: Any) -> Recorded:
        """Record, and keep the time it took."""
        start = time.perf_counter()
        recorded = super().record_draft(*args, **kwargs)
        self.seconds = time.perf_counter() - start
        return recorded


class Ours:
    """Fills in drafts and records them as the app does; keeps the rows that came of it."""

    def __init__(self, opened: Clocked) -> None:
        local = policy.load()
        self.store, self.occ = opened, policy.applied(instrument.load(), local)
        self.who = Who(account.name(), local.person.role, local.person.agency)
        self.recording = Recording(opened, self.occ, local, self.who)
        self.written: list[Rows] = []

    def record(self) -> float:
        """Record one more draft, of a child of its own; give the seconds that took."""
        at, child_ref = datetime.now(UTC), self.store.children.next_ref()
        draft_id = self._filled_in(child_ref, at)
        rows = self._rows("draft", draft_id) | self._rows("draft_answer", draft_id)
        self.recording.record(draft_id, child_ref, dict(fields()), tab=TAB, at=at)
        links = [msgspec.structs.asdict(link) for link in self.store.links(child_ref)]
        rows |= self._rows("recorded_draft", draft_id) | self._rows("child", child_ref)
        self.written.append(rows | {"event": links})
        return self.store.seconds

    def _filled_in(self, child_ref: str, at: datetime) -> str:
        drafts, database, name = self.store.drafts, self.store.database, self.who.name
        made = {"instrument": self.occ.key, "edition": self.occ.edition}
        database.pragma("synchronous=OFF")
        draft_id = drafts.start(name, child_ref, tab=TAB, at=at, **made)
        for field, value in fields():
            drafts.save(draft_id, field, value, tab=TAB, at=at)
        database.pragma("synchronous=FULL")
        drafts.release(draft_id, tab=TAB)  # sees all of it on to the disk
        drafts.take_over(draft_id, name, tab=TAB, at=at)
        return draft_id

    def _rows(self, table: str, key: str) -> Rows:
        name = "child_ref" if table == "child" else "draft_id"
        found = self.store.database.raw.execute(f"SELECT * FROM {table} WHERE {name} = ?", [key])
        columns = [each[0] for each in found.description]
        return {table: [dict(zip(columns, row, strict=True)) for row in found]}


class Bare:
    """Writes the rows that ours wrote, in their order, to a plain file of the same layout."""

    def __init__(self, file: Path, written: list[Rows]) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        self.written, self.n_done = written, 0
        for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self.connection.execute(f"PRAGMA {setting}")
        for statement in LAYOUT:
            self.connection.execute(statement)

    def record(self) -> float:
        """Write the rows of one draft in one transaction; give the seconds that took."""
        rows = self.written[self.n_done]
        self.n_done += 1
        self.connection.execute("BEGIN")
        self._insert("draft", rows)
        self._insert("draft_answer", rows)
        self.connection.execute("COMMIT")
        start = time.perf_counter()
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("DELETE FROM draft WHERE draft_id = :draft_id", rows["draft"][0])
        for table in ("event", "child", "recorded_draft"):
            self._insert(table, rows)
        self.connection.execute("COMMIT")
        return time.perf_counter() - start

    def _insert(self, table: str, rows: Rows) -> None:
        columns = list(rows[table][0])
        values = ", ".join(f":{column}" for column in columns)
        self.connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows[table]
        )


def compare() -> Iterator[Ratio]:
    """Compare recording a draft with a bare transaction."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store.init(folder / "data")
        opened = stack.enter_context(Clocked(folder / "data", open_records(folder / "data")))
        ours = Ours(opened)
        bare = Bare(folder / "bare.db", ours.written)
        stack.enter_context(closing(bare.connection))
        ours.record()  # one ahead, as the bare side writes what ours wrote before
        found = medians({"ours": ours.record, "theirs": bare.record}, ROUNDS)
    in_ms = {name: seconds * 1000 for name, seconds in found.items()}
    yield Ratio("record a screening", "bare SQLite transaction", **in_ms, unit="ms", target=2.5)
