"""Who is the child behind a reference?

References are opaque, made here and never used twice. Names, dates of birth and addresses stand in
this table and nowhere else.
"""

from datetime import date
from typing import Final

import msgspec
from sqlalchemy import Integer, bindparam, cast, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from cse_workbook.store.database import Database
from cse_workbook.store.tables import child


class Child(msgspec.Struct, frozen=True):
    """What is known of who a child is; what is not known is blank."""

    child_ref: str
    name: str = ""
    date_of_birth: date | None = None
    address: str = ""
    school: str = ""
    carers: str = ""
    home_authority: str = ""
    host_authority: str = ""

    def __repr__(self) -> str:
        """Show the reference, never who it is."""
        return f"Child({self.child_ref})"


_NUMBER: Final = cast(func.substr(child.c.child_ref, 3), Integer)
_LAST: Final = select(func.max(_NUMBER)).where(child.c.child_ref.op("GLOB")("C-[0-9]*"))
_new = upsert(child)
_NOTE: Final = _new.on_conflict_do_update(
    index_elements=["child_ref"],
    set_={
        column.name: func.coalesce(func.nullif(_new.excluded[column.name], ""), column)
        for column in child.columns
        if not column.primary_key
    },
)
_READ: Final = select(child).where(child.c.child_ref == bindparam("of"))
_MAKE: Final = insert(child)


class Children:
    """The children of a store."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._database = database

    def next_ref(self) -> str:
        """Make a reference that no child has had, and keep it from being made again."""
        with self._database.writing():
            number = (self._database.rows(_LAST)[0][0] or 0) + 1
            child_ref = f"C-{number:04d}"
            self._database.change(_MAKE, **_columns(Child(child_ref)))
        return child_ref

    def read(self, child_ref: str) -> Child | None:
        """Read who a child is; nothing if the reference has never been made."""
        rows = self._database.rows(_READ, of=child_ref)
        if not rows:
            return None
        reference, name, born, *others = rows[0]
        return Child(reference, name, date.fromisoformat(born) if born else None, *others)

    def save(self, known: Child) -> None:
        """Keep what is known of a child. What is blank here is left as it was."""
        with self._database.writing():
            self.note(known)

    def note(self, known: Child) -> None:
        """Do what `save` does inside a transaction that its caller holds."""
        self._database.change(_NOTE, **_columns(known))


def _columns(known: Child) -> dict[str, str]:
    born = known.date_of_birth
    columns: dict[str, str] = msgspec.structs.asdict(known)
    return {**columns, "date_of_birth": born.isoformat() if born else ""}
