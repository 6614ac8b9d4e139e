"""A made-up store, and what is recorded in it."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook import store
from cse_workbook.case.events import CaseOpened, JudgementRecorded, ReferralSent, Screened
from cse_workbook.errors import WorkbookError
from cse_workbook.store import Recorded, Store, Who
from cse_workbook.store.database import connect

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
TEACHER = Who("t.example", "teacher", "Example School")
SCREENED = Screened(
    msgspec.Raw(b'{"answers":{"self_harm":"yes"},"child_ref":"C-0001"}'),
    msgspec.Raw(b'{"route":"consult"}'),
)
JUDGEMENT = JudgementRecorded("consult", ("self_harm",), "A made-up worry")
OPENED = CaseOpened("A made-up reason")


def minutes(count: int) -> datetime:
    return AT + timedelta(minutes=count)


def new_store(folder: Path) -> Store:
    store.init(folder)
    return store.open_store(folder)


def draft_in(
    opened: Store, owner: str = "t.example", *, tab: str = "tab-1", child_ref: str = "C-0001"
) -> str:
    return opened.drafts.start(
        owner, child_ref, tab=tab, at=AT, instrument="occ_safeguard", edition=1
    )


def record(opened: Store, draft_id: str, case_ref: str = "C-0001", **others: Any) -> Recorded:
    details = {"tab": "tab-1", "happened_on": TODAY, "who": TEACHER, "at": AT, **others}
    return opened.record_draft(draft_id, [SCREENED, JUDGEMENT], case_ref=case_ref, **details)


def refer(
    opened: Store, case_ref: str = "C-0001", *, to: str = "social worker", **others: Any
) -> Recorded:
    details = {"based_on": None, "happened_on": TODAY, "who": TEACHER, "at": AT, **others}
    return opened.append(case_ref, [ReferralSent(to)], **details)


def open_case(opened: Store, case_ref: str = "C-0001") -> Recorded:
    return opened.append(case_ref, [OPENED], based_on=0, happened_on=TODAY, who=TEACHER, at=AT)


def refusal(action: Callable[[], object]) -> str:
    """Give the whole message with which an action is refused."""
    with pytest.raises(WorkbookError) as caught:
        action()
    return str(caught.value)


def run_raw(folder: Path, *statements: str) -> list[Any]:
    """Do to the records what someone with the key and no scruples could do; give the last rows."""
    key = (folder / "key").read_text()
    with closing(connect(folder / "records.db", key)) as connection:
        return [connection.execute(statement).fetchall() for statement in statements][-1]


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
