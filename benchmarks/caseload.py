"""How long does it take to see who waits for what, and does that grow with the caseload?

The stores are encrypted and sealed like any other; what is in them is said in
`made_up_caseload.py`.

- The whole caseload of 10,000 cases and 150,000 entries, as the page asks for it: read, decoded,
  folded, seen whether the person may open each, and put in order. Against one raw read of the same
  table on the same connection, `SELECT *` with `fetchall`, which decrypts every page once and makes
  a tuple of each row. Ours reads page by page, leaves out what only tells that a record was read,
  and takes no column of the chain.
- Folding a million entries, each a finished object, against msgspec decoding their bodies, as
  `AnyEvent`, with the decoder that the store uses. The entries of 10,000 cases, eight times over.
- Growth: the processor time that a case takes in a caseload of 100,000, against one of 1,000. The
  clock would also count what else the machine does, and the longer of two measurements has more of
  that. In proportion is 1; a tenth is left for memory that is larger than any cache. It needs 2 GB
  of memory and 2 GB of disk for a minute or two.
- One case, opened as the page does it (found, that it was read entered and on the disk, folded),
  and only read and folded: in a store of 10,000 against a store of 100. The cache of pages is
  emptied before each, as for a case that nobody has opened for a while. The case is the same child
  with the same entries. Reading alone can show that a larger file has an index one level deeper and
  no two entries of a case on one page: it may take twice as long, and no more.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import msgspec

from benchmarks.made_up_caseload import A_CASE, AT, fill, ref_of
from benchmarks.ratio import Measure, Ratio, medians, seconds
from cse_workbook import instrument, policy, store
from cse_workbook.case import AnyEvent, fold
from cse_workbook.case.fold import fold_all
from cse_workbook.casework import Casework
from cse_workbook.policy import Person
from cse_workbook.store import Store

FEW, SOME, CASES, MANY = 100, 1_000, 10_000, 100_000
MILLION = 1_000_000
LEAD = Person(role="lead officer", agency="Example School", works_as="lead_officer")
POLICY = msgspec.structs.replace(policy.load(), person=LEAD)
NOW = AT + timedelta(days=3)
BODIES = "SELECT CAST(body AS BLOB) FROM event WHERE kind != 'RecordRead' ORDER BY seq"


def compare() -> Iterator[Ratio]:
    """Compare the caseload with a raw read, folding with decoding, and large with small."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        large = stack.enter_context(filled(folder, CASES))
        see_it_whole(large)
        yield beside_a_raw_read(large)
        yield beside_decoding(large)
        few = stack.enter_context(filled(folder, FEW))
        yield one_case(few, large, "one case, opened", opening, target=1.2)
        yield one_case(few, large, "one case, read", reading, target=2)
        some = stack.enter_context(filled(folder, SOME))
        many = stack.enter_context(filled(folder, MANY))
        sides = {"ours": a_case(many, MANY), "theirs": a_case(some, SOME, times=20)}
        found = medians(sides, rounds=2)
        in_us = {name: took * 1_000_000 for name, took in found.items()}
        yield Ratio("a case among 100,000", "a case among 1,000", **in_us, unit="µs", target=1.1)


def filled(folder: Path, cases: int) -> Store:
    """Open a store of its own with so many cases."""
    store.init(folder / str(cases))
    opened = store.open_store(folder / str(cases))
    fill(opened, cases)
    return opened


def casework(opened: Store) -> Casework:
    """Look at a store as its lead officer, on the Monday after the last entry was made up."""
    return Casework(opened, instrument.load(), POLICY, lambda: NOW)


def see_it_whole(opened: Store) -> None:
    """See that all that was made up is there, that the chain holds, and that many wait."""
    verified, found = opened.verify(), casework(opened).caseload()
    n_waiting = sum(1 for row in found if row.waiting)
    is_whole = not verified.break_ and verified.count == CASES * A_CASE
    if not is_whole or not CASES > len(found) > n_waiting > CASES // 10:
        raise AssertionError("the caseload is not the one that was made up")


def beside_a_raw_read(opened: Store) -> Ratio:
    """Compare the whole caseload with one raw read of its table."""
    raw = opened.database.raw
    sides = {
        "ours": seconds(casework(opened).caseload),
        "theirs": seconds(lambda: raw.execute("SELECT * FROM event").fetchall()),
    }
    found = medians(sides, rounds=5)
    return Ratio("caseload of 10,000", "one raw read of the table", **found, unit="s", target=3)


def beside_decoding(opened: Store) -> Ratio:
    """Compare folding a million entries with decoding a million bodies."""
    entries = [*opened.caseload_entries()]
    bodies = [body for (body,) in opened.database.raw.execute(BODIES)]
    decode, times = msgspec.json.Decoder(AnyEvent).decode, round(MILLION / len(entries))

    def ours() -> None:
        for _ in range(times):
            for _case in fold_all(entries):
                pass

    def theirs() -> None:
        for _ in range(times):
            for body in bodies:
                decode(body)

    found = medians({"ours": seconds(ours), "theirs": seconds(theirs)}, rounds=3)
    return Ratio("fold a million entries", "msgspec, decoding alone", **found, unit="s", target=3)


def one_case(
    few: Store,
    large: Store,
    name: str,
    way: Callable[[Store], Callable[[str], object]],
    target: float,
) -> Ratio:
    """Compare one case of a large store with the same case of a small one."""
    sides = {"ours": cold(large, way(large)), "theirs": cold(few, way(few))}
    found = medians(sides, rounds=2 * FEW)
    in_ms = {side: took * 1000 for side, took in found.items()}
    return Ratio(name, "the same in a store of 100", **in_ms, unit="ms", target=target)


def opening(opened: Store) -> Callable[[str], object]:
    """Open a case as the page does."""
    work = casework(opened)
    return lambda ref: work.open(ref, "To give advice")


def reading(opened: Store) -> Callable[[str], object]:
    """Read a case and fold it."""
    return lambda ref: fold(opened.entries(ref))


def cold(opened: Store, act: Callable[[str], object]) -> Measure:
    """Make a measure of doing something to one case after another, no page of the file at hand."""
    refs = cycle([ref_of(number) for number in range(FEW)])

    def measure() -> float:
        ref = next(refs)
        opened.database.pragma("shrink_memory")
        start = time.perf_counter()
        act(ref)
        return time.perf_counter() - start

    return measure


def a_case(opened: Store, cases: int, times: int = 1) -> Measure:
    """Make a measure of the processor time that the caseload takes for each of its cases."""
    whole = casework(opened).caseload

    def measure() -> float:
        start = time.process_time()
        for _ in range(times):
            whole()
        return (time.process_time() - start) / times / cases

    return measure
