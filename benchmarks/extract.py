"""How long does an extract take for an audit, beside decoding what is recorded alone?

10,000 cases and 150,000 entries, in an encrypted and sealed store; what is in them is said in
`made_up_caseload.py`.

- Ours: the whole command. Every entry read from the store and decrypted, decoded and folded; the
  five frames and the answers made of them, blaming phrases counted in all that was written;
  pseudonyms; days made coarser; the contract of each table checked; six files written, their
  digests taken.
- Theirs, from memory: msgspec decoding the same bodies, with the decoder that the store uses, and
  the screening and the outcome that stand as JSON in each screening, as `Screening` and `Outcome`.
  A decoder of entries alone would leave these two unread.
- Theirs, from the store: the same, with every entry read from the store as a command has to.

All for each row of the five frames together, as rows are what an audit gets.
"""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import msgspec

from benchmarks.made_up_caseload import fill
from benchmarks.ratio import Ratio, medians, seconds
from cse_workbook import instrument, policy, store
from cse_workbook.case import AnyEvent
from cse_workbook.case.events import Screened
from cse_workbook.casework import Casework
from cse_workbook.extracts import Source, read_extract, write_extract
from cse_workbook.frames import frames
from cse_workbook.policy import Person
from cse_workbook.store import Store
from cse_workbook.synthetic import LAST_DAY

CASES = 10_000
AUDITOR = Person(role="auditor", agency="Example Audit", works_as="auditor")
POLICY = msgspec.structs.replace(policy.load(), person=AUDITOR)


def compare() -> Iterator[Ratio]:
    """Compare an extract with decoding, in microseconds a row."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store.init(folder / "records")
        with store.open_store(folder / "records") as opened:
            fill(opened, CASES)
            yield from beside_decoding(opened, folder)


def beside_decoding(opened: Store, folder: Path) -> Iterator[Ratio]:
    """Compare the whole command with decoding every body, read already and not."""
    rows = opened.database.raw.execute("SELECT CAST(body AS BLOB) FROM event ORDER BY seq")
    bodies = [body for (body,) in rows]
    decode = msgspec.json.Decoder(AnyEvent).decode
    numbers = count()

    def ours() -> None:
        extracted(opened, folder / f"extract-{next(numbers)}")

    sides = {
        "ours": seconds(ours),
        "decoding, from memory": seconds(lambda: see_all(map(decode, bodies))),
        "decoding, from the store": seconds(lambda: see_all(e.event for e in opened.entries())),
    }
    found = medians(sides, rounds=5)
    whole = read_extract(folder / "extract-0").by_name()
    n_rows = sum(len(frame) for frame in whole.values())
    if len(whole["cases"]) != CASES or len(whole["screenings"]) < CASES:
        raise AssertionError("the extract is not of the caseload that was made up")
    ours_us, *others = (took / n_rows * 1_000_000 for took in found.values())
    for baseline, theirs_us in zip(list(sides)[1:], others, strict=True):
        yield Ratio("a row of an extract", baseline, ours_us, theirs_us, unit="µs", target=2)


def see_all(made: Iterable[object]) -> None:
    """Decode what stands inside each screening too."""
    for event in made:
        if isinstance(event, Screened):
            _ = event.screening, event.outcome


def extracted(opened: Store, folder: Path) -> None:
    """Do what the command does, on an open store."""
    casework = Casework(opened, instrument.load(), POLICY)
    found = frames(casework.audited(), casework.instrument, POLICY, LAST_DAY)
    source = Source(casework.instrument, POLICY, str(opened.head()), "all", LAST_DAY)
    write_extract(folder, found, source)
