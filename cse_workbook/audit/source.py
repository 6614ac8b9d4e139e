"""On what does an audit work: an extract, or, to try it, made-up children?

An extract is named by its folder. A run that is started by the command knows folders by their last
name only, and finds them by `INPUTS`: the path of a folder may tell who somebody is and where they
work, and has no place in a notebook that is kept.
"""

import atexit
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast

import msgspec
import pandas as pd

from cse_workbook import instrument as instruments
from cse_workbook import policy as policies
from cse_workbook.case import AnyEvent, Case, Entry, Event, fold
from cse_workbook.errors import WorkbookError, near, problem
from cse_workbook.extracts import MANIFEST, Manifest, read_extract, read_manifest
from cse_workbook.frames import Frames, frames, shielded
from cse_workbook.measures import Count, run
from cse_workbook.policy import Disclosure
from cse_workbook.synthetic import LAST_DAY, MadeUp, make_up, numbered
from cse_workbook.themes import AGENCY

ENGINE: Final = "CSE_WORKBOOK_AUDIT_ENGINE"
DASK: Final = "dask"  # on this machine; otherwise the address of a scheduler
INPUTS: Final = "CSE_WORKBOOK_AUDIT_INPUTS"
ALL: Final = "all"
MADE_UP: Final = "made-up children"
_CHILDREN: Final = 400
_SEED: Final = 1


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What is audited. `manifest` is None of made-up children; `digest` stands for all of it.

    `count` counts measures in the frames: `measures.run`, or `scaled.run` where they are Dask's.
    """

    name: str
    frames: Mapping[str, pd.DataFrame]
    disclosure: Disclosure
    digest: str
    manifest: Manifest | None
    count: Count = run

    def __repr__(self) -> str:
        """Show the name, and never a row."""
        return f"Source({self.name})"

    @property
    def agencies(self) -> list[str]:
        """The agencies that wrote something, by name."""
        return agencies_of(self.frames)

    def of(self, agency: str) -> "Source":
        """Give what one agency wrote, or all of it. Raises AUDIT_03 for one that is not there."""
        if agency == ALL:
            return self
        check_agency(agency, self.agencies)
        kept = {name: frame[frame["agency"] == agency] for name, frame in self.frames.items()}
        return msgspec.structs.replace(self, frames=kept)


def find(name: str) -> Path:
    """Give the folder or the file that stands for a name: as the command was told, or the path."""
    told: dict[str, str] = msgspec.json.decode(os.environ.get(INPUTS, "{}"))
    return Path(told.get(name, name))


def open_source(name: str) -> Source:
    """Read the extract of a name; without a name, make children up.

    Raises EXTRACT_01 to EXTRACT_04.
    """
    if not name:
        return _made_up()
    folder = find(name)
    frames, count = _read(folder, os.environ.get(ENGINE, ""))
    return Source(
        name=Path(name).name,
        frames=frames,
        count=count,
        disclosure=read_manifest(folder).disclosure,
        digest=digest_of(folder),
        manifest=read_manifest(folder),
    )


def _read(folder: Path, engine: str) -> tuple[Mapping[str, pd.DataFrame], Count]:
    """Read an extract for pandas or, until the process ends, for Dask."""
    if not engine:
        return read_extract(folder).by_name(), run
    from cse_workbook import scaled

    working = ExitStack()
    atexit.register(working.close)
    working.enter_context(scaled.engine(None if engine == DASK else engine))
    # What is asked of the frames here, Dask's answer as those of pandas do.
    frames: Mapping[str, Any] = scaled.read_extract(folder)
    return frames, cast(Count, scaled.run)


def digest_of(folder: Path) -> str:
    """Give the digest of an extract: that of its manifest, which holds those of its files."""
    return sha256((folder / MANIFEST).read_bytes()).hexdigest()


def agencies_of(found: Mapping[str, pd.DataFrame]) -> list[str]:
    """Give the agencies that wrote something, by name."""
    return sorted({str(each) for frame in found.values() for each in frame["agency"].unique()})


def check_agency(agency: str, known: list[str]) -> None:
    """Raise AUDIT_03 for an agency that an extract does not have, with the near miss."""
    if agency not in (ALL, *known):
        raise WorkbookError(problem("AUDIT_03", agency, near=near(agency, known)))


def _made_up() -> Source:
    policy = policies.load("default")
    instrument = policies.applied(instruments.load(), policy)
    found = frames(made_up_cases(), instrument, policy, LAST_DAY)
    return Source(
        name=MADE_UP,
        frames=_nameless(found).by_name(),
        disclosure=policy.disclosure,
        digest=f"{MADE_UP}, {_CHILDREN} from seed {_SEED}",
        manifest=None,
    )


def made_up_cases() -> Iterator[Case]:
    """Make cases up by the rules that ship with the package, always the same."""
    policy = policies.load("default")
    return _cases(make_up(_CHILDREN, _SEED, policies.applied(instruments.load(), policy), policy))


def _nameless(found: Frames) -> Frames:
    return shielded(found, lambda what, ref: sha256(f"{what} {ref}".encode()).hexdigest(), "day")


def _cases(recordings: Iterator[MadeUp]) -> Iterator[Case]:
    """Fold recordings that were never kept in a store."""
    entries, seq = defaultdict[str, list[Entry]](list), 0
    for made_up in recordings:
        own = entries[made_up.case_ref]
        for event in made_up.events:
            seq += 1
            own.append(
                Entry(
                    seq=seq,
                    case_ref=made_up.case_ref,
                    case_version=len(own) + 1,
                    kind=type(event).__name__,
                    happened_on=made_up.happened_on,
                    recorded_at=made_up.at.astimezone(UTC),
                    recorded_by=made_up.who_name,
                    role=made_up.who_role,
                    agency=made_up.who_agency,
                    event=_told(event, own),
                )
            )
    return (fold(own) for ref, own in entries.items() if ref != AGENCY)


def _told(event: Event, own: list[Entry]) -> AnyEvent:
    return cast(AnyEvent, numbered(event, [each.seq for each in own]))
