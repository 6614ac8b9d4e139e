"""How are the records laid out in the database?

Events are written once. The triggers refuse any change of an event but one: taking out its body and
salt, together, for good. Who a child is stands apart from what is recorded; drafts stand apart from
both.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

metadata: Final = MetaData()


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null)


event: Final = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("case_ref"),
    Column("case_version", Integer, nullable=False),
    _text("kind"),
    _text("happened_on"),
    _text("recorded_at"),
    _text("recorded_by"),
    _text("role"),
    _text("agency"),
    _text("body_hash"),
    _text("previous_hash"),
    _text("entry_hash"),
    # Long and read least, so last: what stands before it is found without reading through it.
    _text("salt", null=True),
    _text("body", null=True),
    UniqueConstraint("case_ref", "case_version"),
    # An erased body must not be guessable from its hash, so its salt goes with it.
    CheckConstraint("(body IS NULL) = (salt IS NULL)"),
    sqlite_strict=True,
)

child: Final = Table(
    "child",
    metadata,
    Column("child_ref", Text, primary_key=True),
    _text("name"),
    _text("date_of_birth"),
    _text("address"),
    _text("school"),
    _text("carers"),
    _text("home_authority"),
    _text("host_authority"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

draft: Final = Table(
    "draft",
    metadata,
    Column("draft_id", Text, primary_key=True),
    _text("owner"),
    _text("child_ref", null=True),
    _text("started_at"),
    _text("saved_at"),
    _text("holder", null=True),
    _text("held_since", null=True),
    _text("instrument"),
    Column("edition", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

draft_answer: Final = Table(
    "draft_answer",
    metadata,
    Column("draft_id", ForeignKey("draft.draft_id", ondelete="CASCADE"), primary_key=True),
    Column("field", Text, primary_key=True),
    _text("value"),
    _text("saved_at"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

recorded_draft: Final = Table(
    "recorded_draft",
    metadata,
    Column("draft_id", Text, primary_key=True),
    Column("first_seq", ForeignKey("event.seq"), nullable=False),
    Column("last_seq", ForeignKey("event.seq"), nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

setting: Final = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_strict=True,
)

_KEPT: Final = " AND ".join(
    f"NEW.{column.name} IS OLD.{column.name}"
    for column in event.columns
    if column.name not in {"body", "salt"}
)

_TRIGGERS: Final = (
    f"""
    CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
    WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL AND {_KEPT})
    BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END
    """,
    """
    CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END
    """,
    # INSERT OR REPLACE deletes without calling the trigger above.
    """
    CREATE TRIGGER event_is_not_replaced BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq
                 OR (case_ref = NEW.case_ref AND case_version = NEW.case_version))
    BEGIN SELECT RAISE(ABORT, 'an entry is never replaced'); END
    """,
)


def layout() -> Sequence[str]:
    """Give the statements that make the tables and triggers of an empty store."""
    dialect = sqlite.dialect()
    tables = metadata.sorted_tables
    return [*(str(CreateTable(table).compile(dialect=dialect)) for table in tables), *_TRIGGERS]
