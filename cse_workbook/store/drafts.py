"""What has a person written down that is not recorded yet?

A draft is kept answer by answer: each is on the disk before it is acknowledged. One window at a
time writes to a draft; another may take it over, and the first is then told. A draft belongs to the
person who started it, and for anyone else it is not there.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.store import sql
from cse_workbook.store.chain import canonical
from cse_workbook.store.database import Database


class Holder(msgspec.Struct, frozen=True):
    """The window that writes to a draft, and since when."""

    tab: str
    since: datetime


class Draft(msgspec.Struct, frozen=True):
    """A screening somebody has started: whose, for whom, in which edition, the answers."""

    draft_id: str
    owner: str
    child_ref: str | None
    started_at: datetime
    saved_at: datetime
    holder: Holder | None
    instrument: str
    edition: int
    answers: dict[str, Any]

    def __repr__(self) -> str:
        """Show the ids, never an answer."""
        return f"Draft({self.draft_id}, {self.child_ref})"


def stamp(at: datetime) -> str:
    """Write a moment as it is stored: UTC, to the microsecond; it must know its time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Drafts:
    """The drafts of a store."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._database = database

    def start(
        self,
        owner: str,
        child_ref: str | None = None,
        *,
        tab: str,
        at: datetime,
        instrument: str,
        edition: int,
    ) -> str:
        """Start a draft held by this window and give its opaque id."""
        draft_id, moment = secrets.token_hex(16), stamp(at)
        with self._database.writing():
            self._database.change(
                sql.DRAFT_START,
                **{"draft_id": draft_id, "owner": owner, "child_ref": child_ref},
                **{"started_at": moment, "saved_at": moment, "holder": tab, "held_since": moment},
                **{"instrument": instrument, "edition": edition},
            )
        return draft_id

    def save(self, draft_id: str, field: str, value: object, *, tab: str, at: datetime) -> None:
        """Save one answer; when this returns it is on the disk.

        Raises STORE_19 if the draft is not there, STORE_20 if another window holds it.
        """
        moment = stamp(at)
        with self._database.writing():
            text = canonical(value).decode()
            if not self._database.change(sql.DRAFT_TOUCH, of=draft_id, by=tab, at=moment):
                raise self.refusal(draft_id)
            self._database.change(
                sql.DRAFT_ANSWER, draft_id=draft_id, field=field, value=text, saved_at=moment
            )

    def set_child(self, draft_id: str, child_ref: str, *, tab: str, at: datetime) -> None:
        """Say for which child the draft is. Raises as `save` does."""
        with self._database.writing():
            if not self._database.change(
                sql.DRAFT_CHILD, of=draft_id, by=tab, at=stamp(at), child=child_ref
            ):
                raise self.refusal(draft_id)

    def read(self, draft_id: str, owner: str) -> Draft:
        """Read a draft of this person; raise STORE_19 if they have none of this id."""
        rows = self._database.rows(sql.DRAFT_READ, owner=owner, of=draft_id)
        if not rows:
            raise self._gone()
        return self._draft(*rows[0])

    def of(self, owner: str) -> Sequence[Draft]:
        """Read all the drafts of a person, the last saved first."""
        return [self._draft(*row) for row in self._database.rows(sql.DRAFT_OF_OWNER, owner=owner)]

    def delete(self, draft_id: str, *, tab: str) -> None:
        """Remove a draft and its answers for good. Raises as `save` does."""
        with self._database.writing():
            if not self.remove(draft_id, tab=tab):
                raise self.refusal(draft_id)

    def remove(self, draft_id: str, *, tab: str) -> bool:
        """Remove a draft this window holds, in its caller's transaction; say whether it did."""
        return bool(self._database.change(sql.DRAFT_REMOVE, of=draft_id, by=tab))

    def hold(self, draft_id: str, owner: str, *, tab: str, at: datetime) -> Holder | None:
        """Make this window the one that writes, or give the one that does, and change nothing.

        Raises STORE_19 if the person has no such draft.
        """
        with self._database.writing():
            holder = self.read(draft_id, owner).holder
            if holder is not None and holder.tab != tab:
                return holder
            if holder is None:
                self._database.change(sql.DRAFT_HOLD, of=draft_id, by=tab, at=stamp(at))
        return None

    def take_over(self, draft_id: str, owner: str, *, tab: str, at: datetime) -> None:
        """Make this window the one that writes, whoever held the draft. Raises as `hold` does."""
        with self._database.writing():
            self.read(draft_id, owner)
            self._database.change(sql.DRAFT_HOLD, of=draft_id, by=tab, at=stamp(at))

    def release(self, draft_id: str, *, tab: str) -> None:
        """Let the draft go, if this window holds it: the next one to open it need not ask."""
        with self._database.writing():
            self._database.change(sql.DRAFT_RELEASE, of=draft_id, by=tab)

    def refusal(self, draft_id: str) -> WorkbookError:
        """Say why a window may not write to a draft: it is gone, or another window holds it."""
        if self._database.rows(sql.DRAFT_THERE, of=draft_id):
            return WorkbookError(problem("STORE_20", "this draft"))
        return self._gone()

    @staticmethod
    def _gone() -> WorkbookError:
        return WorkbookError(problem("STORE_19", "this draft"))

    def _draft(self, draft_id: str, *columns: Any) -> Draft:
        """Make a draft of its columns, in the order of the table, and its answers."""
        owner, child_ref, started_at, saved_at, tab, since, instrument, edition = columns
        answers = self._database.rows(sql.DRAFT_ANSWERS, of=draft_id)
        return Draft(
            draft_id=draft_id,
            owner=owner,
            child_ref=child_ref,
            started_at=datetime.fromisoformat(started_at),
            saved_at=datetime.fromisoformat(saved_at),
            holder=None if tab is None else Holder(tab, datetime.fromisoformat(since)),
            instrument=instrument,
            edition=edition,
            answers={field: msgspec.json.decode(value) for field, value in answers},
        )
