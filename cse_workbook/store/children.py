"""Who is the child behind a reference?

References are opaque, made here and never used twice. Names, dates of birth and addresses stand in
this table and nowhere else.
"""

from datetime import date

import msgspec

from cse_workbook.store import sql
from cse_workbook.store.database import Database


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


class Children:
    """The children of a store."""

    def __init__(self, database: Database) -> None:
        """Work on this database."""
        self._database = database

    def next_ref(self) -> str:
        """Make a reference that no child has had, and keep it from being made again."""
        with self._database.writing():
            number = (self._database.rows(sql.CHILD_LAST)[0][0] or 0) + 1
            child_ref = f"C-{number:04d}"
            self._database.change(sql.CHILD_MAKE, **_columns(Child(child_ref)))
        return child_ref

    def read(self, child_ref: str) -> Child | None:
        """Read who a child is; nothing if the reference has never been made."""
        rows = self._database.rows(sql.CHILD_READ, of=child_ref)
        if not rows:
            return None
        reference, name, born, *others = rows[0]
        return Child(reference, name, date.fromisoformat(born) if born else None, *others)

    def schools(self) -> dict[str, str]:
        """Give the school of every child of whom it is known, by reference."""
        return {ref: school for ref, school in self._database.rows(sql.CHILD_SCHOOLS) if school}

    def save(self, known: Child) -> None:
        """Keep what is known of a child. What is blank here is left as it was."""
        with self._database.writing():
            self.note(known)

    def note(self, known: Child) -> None:
        """Do what `save` does inside a transaction that its caller holds."""
        self._database.change(sql.CHILD_NOTE, **_columns(known))


def _columns(known: Child) -> dict[str, str]:
    born = known.date_of_birth
    columns: dict[str, str] = msgspec.structs.asdict(known)
    return {**columns, "date_of_birth": born.isoformat() if born else ""}
