"""How long does it take to open a caseload, and does it stay in proportion?

- The whole caseload of 10,000 cases and about 150,000 entries (read, decode, fold, every reason,
  the order) against one raw read of the same rows from the same encrypted store, by the same driver
  on the same connection: `SELECT * FROM event`, fetched whole.
- The fold of a million entries against msgspec decoding their bodies, which the fold is given.
- The time for each case in a caseload of 100,000 against that in one of 1,000.
- One case opened in a store of 10,000 cases against the same in a store of 100.

The cases are the made-up ones of `cse-workbook demo`, a few hundred of them over and over under
other references, their entries interleaved as in a year of work. The hashes of the copies are not
chained: nothing here verifies.
"""

import gc
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.ratio import Ratio, medians, seconds
from cse_workbook import instrument, policy, store
from cse_workbook.case import AnyEvent, Entry, fold
from cse_workbook.case.events import Event
from cse_workbook.case.fold import fold_all
from cse_workbook.casework import Casework
from cse_workbook.rehearsal import add_made_up
from cse_workbook.store import Store, sql

MODEL, CASES, FEW, MANY = 400, 10_000, 1_000, 100_000
EVENTS, ROUNDS = 1_000_000, 3
UNTIL = date(2026, 11, 20)
NAMES = ("screening", "referral", "action", "episode", "blockage", "entry")

Row = tuple[Any, ...]


def model(folder: Path) -> list[list[Row]]:
    """Make cases up, and give their rows case by case."""
    with filled(folder) as made:
        add_made_up(made, cases=MODEL, seed=1, until=UNTIL)
        rows = made.database.raw.execute("SELECT * FROM event ORDER BY seq").fetchall()
    cases: dict[str, list[Row]] = {}
    for row in rows:
        cases.setdefault(row[1], []).append(row)
    return [case for ref, case in cases.items() if ref.startswith("C-")]


def filled(folder: Path, made: Sequence[list[Row]] = (), cases: int = 0) -> Store:
    """Make a store with so many copies of made-up cases, their entries interleaved."""
    store.init(folder)
    opened = store.open_store(folder)
    opened.database.pragma("synchronous=OFF")
    columns = sql.ENTRY_ADD.partition("(")[2].partition(")")[0].split(", ")
    marks = ", ".join("?" * len(columns))
    with opened.database.writing():
        opened.database.raw.executemany(
            f"INSERT INTO event ({', '.join(columns)}) VALUES ({marks})", copies(made, cases)
        )
    opened.database.pragma("wal_checkpoint(TRUNCATE)")
    opened.database.pragma("synchronous=FULL")
    return opened


def copies(made: Sequence[list[Row]], cases: int) -> Iterator[Row]:
    """Give the rows of so many cases: a few hundred at a time take turns, entry by entry."""
    seq = 0
    for first in range(0, cases, MODEL):
        block = [
            (f"C-{first + n + 1:06d}", made[n % len(made)])
            for n in range(min(MODEL, cases - first))
        ]
        places: dict[tuple[str, int], int] = {}
        for turn in range(max(len(rows) for _, rows in block)):
            for ref, rows in block:
                if turn < len(rows):
                    seq += 1
                    places[ref, rows[turn][0]] = seq
                    yield (seq, ref, turn + 1, *rows[turn][3:13], body(rows[turn][13], ref, places))


def body(text: str, ref: str, places: dict[tuple[str, int], int]) -> str:
    """Let what an entry says name the entries of its own copy."""
    if not any(f'"{name}":' in text for name in NAMES):
        return text
    says = json.loads(text)
    for name in NAMES:
        if isinstance(says.get(name), int):
            says[name] = places.get((ref, says[name]), says[name])
    return json.dumps(says, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def casework(opened: Store) -> Casework:
    """Look at a store as the lead officer of its agency, on the day after its last entry."""
    own = policy.load()
    person = msgspec.structs.replace(own.person, works_as="lead_officer", role="lead officer")
    local = msgspec.structs.replace(own, person=person)
    now = datetime.fromisoformat(f"{UNTIL}T09:00:00+00:00")
    return Casework(opened, instrument.load(), local, lambda: now)


def tidied(side: Callable[[], object]) -> Callable[[], object]:
    """Throw away what an earlier turn left before the next one."""

    def run() -> None:
        side()

    gc.collect()
    return run


def compare() -> Iterator[Ratio]:
    """Compare opening a caseload and one case, and folding, with their baselines."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = model(folder / "model")
        stores = {
            n: stack.enter_context(filled(folder / str(n), made, n)) for n in (100, FEW, CASES)
        }
        yield whole(stores[CASES])
        yield folding(stores[CASES])
        yield one(stores)
        stores[MANY] = stack.enter_context(filled(folder / str(MANY), made, MANY))
        yield growth(stores)


def whole(opened: Store) -> Ratio:
    """Compare the whole caseload with one raw read of its rows."""
    work = casework(opened)

    def raw() -> None:
        opened.database.raw.execute("SELECT * FROM event").fetchall()

    found = medians({"ours": seconds(work.caseload), "theirs": seconds(raw)}, ROUNDS)
    return Ratio(
        "caseload of 10,000 cases", "one raw read of its rows", **found, unit="s", target=3
    )


def folding(opened: Store) -> Ratio:
    """Compare folding a million entries with decoding their bodies."""
    texts = [
        text
        for (text,) in opened.database.raw.execute(
            "SELECT body FROM event ORDER BY case_ref, case_version"
        )
    ]
    entries: list[Entry] = sorted(
        opened.entries(), key=lambda each: (each.case_ref, each.case_version)
    )
    times = EVENTS // len(texts) + 1
    decoder = msgspec.json.Decoder(AnyEvent)

    def decode() -> list[Event]:
        found: list[Event] = []
        for _ in range(times):
            found = [decoder.decode(text) for text in texts]
        return found

    def fold_each() -> None:
        for _ in range(times):
            for _case in fold_all(entries):
                pass

    found = medians({"ours": seconds(fold_each), "theirs": seconds(decode)}, ROUNDS)
    return Ratio("fold of a million entries", "msgspec decoding alone", **found, unit="s", target=3)


def one(stores: dict[int, Store]) -> Ratio:
    """Compare one case opened among many with one opened among few."""

    def first(opened: Store) -> Callable[[], object]:
        return lambda: fold(opened.entries("C-000042"))

    sides = {"ours": seconds(first(stores[CASES]), 50), "theirs": seconds(first(stores[100]), 50)}
    found = {name: each * 1000 for name, each in medians(sides, 20).items()}
    return Ratio("one case among 10,000", "the same among 100", **found, unit="ms", target=1.2)


def growth(stores: dict[int, Store]) -> Ratio:
    """Compare the time for each case of a large caseload with that of a small one."""
    per_case: dict[int, float] = {}
    for cases in (FEW, MANY):
        work = casework(stores[cases])
        turns = 5 if cases == FEW else 1
        times = []
        for _ in range(turns):
            gc.collect()
            start = time.perf_counter()
            work.caseload()
            times.append(time.perf_counter() - start)
        per_case[cases] = sorted(times)[turns // 2] / cases * 1e6
    return Ratio(
        "a case of 100,000",
        "a case of 1,000, whole caseload",
        ours=per_case[MANY],
        theirs=per_case[FEW],
        unit="µs",
        target=1,
    )
