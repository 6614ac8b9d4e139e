"""Extracts of made-up cases."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd

from cse_workbook.case import events
from cse_workbook.extracts import (
    Source,
)
from cse_workbook.frames import Coarseness, WithAnswers, frames
from cse_workbook.policy import Extract, Person
from tests.made_up_events import OCC, OPENED, POLICY, case_on, screened

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LEAD = Person(role="lead officer", agency="Example School", works_as="lead_officer")
AUDITOR = Person(role="auditor", agency="Example Audit", works_as="auditor")
STAFF = Person(role="teacher", agency="Example School")
CANARY = "Zephyrine Quillfeather of Thistlewick Lane"
PARTS = ["Zephyrine", "Quillfeather", "Thistlewick", "Thistlewick Lane"]
Change = Callable[[pd.DataFrame], pd.DataFrame]


def source(dates: Coarseness = "week") -> Source:
    local = msgspec.structs.replace(POLICY, extract=Extract(dates=dates))
    return Source(OCC, local, "7:abc", "all", TODAY)


def two_cases() -> WithAnswers:
    case = case_on(
        (date(2026, 9, 9), OPENED),
        (date(2026, 9, 9), screened(self_harm="yes")),
        (date(2026, 9, 11), events.ReferralSent("social worker")),
    )
    entries = [msgspec.structs.replace(each, case_ref="C-0002") for each in case.entries]
    other = msgspec.structs.replace(case, ref="C-0002", entries=tuple(entries))
    return frames([case, other], OCC, POLICY, TODAY)


def sign(folder: Path) -> None:
    """Let the manifest hold the digests of the files as they now are, as a forger would."""
    parts = {
        path.name: {"rows": 2, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in folder.glob("*.parquet")
    }
    change_manifest(folder, files=parts)


def change_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))
