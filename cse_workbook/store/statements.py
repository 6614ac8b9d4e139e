"""How is each thing asked of the database?

Every statement is worded once, here, in SQLAlchemy. `written` gives them as the text of `sql.py`,
which is what runs: a page need not load a library to say what it always says. `make sql` writes
that file again, and a test holds it current.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    ColumnClause,
    Integer,
    LargeBinary,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as upsert

from cse_workbook.store.tables import (
    child,
    draft,
    draft_answer,
    event,
    layout,
    recorded_draft,
    setting,
)

_SHOWN: Final = (
    *("seq", "case_ref", "case_version", "kind", "happened_on", "recorded_at"),
    *("recorded_by", "role", "agency"),
)
_BODY: Final = cast(event.c.body, LargeBinary)
_DIALECT: Final = sqlite.dialect(paramstyle="named")
_HEAD: Final = '''"""The statements that the store runs. Made by `make sql` from `statements.py`."""

from typing import Final
'''


def _given(name: str) -> BindParameter[Any]:
    return bindparam(name)


def _constant(text: str) -> ColumnClause[Any]:
    return literal_column(text)


def _record() -> Mapping[str, ClauseElement]:
    """Word what is asked of the record, 500 entries at a time."""
    last = select(func.max(event.c.seq)).scalar_subquery()
    head = select(event.c.seq, event.c.entry_hash).where(event.c.seq == last)
    of_case, after = event.c.case_ref == _given("of"), _given("after")
    version = select(func.max(event.c.case_version)).where(of_case).scalar_subquery()
    page, none, done = _constant("500"), _constant("0"), recorded_draft
    return {
        "ENTRY_ADD": insert(event),
        "ENTRY_HEAD": head,
        "ENTRY_END": head.add_columns(version.label("version")),
        "ENTRY_PAGE": select(event)
        .where(event.c.seq > after)
        .order_by(event.c.seq)
        .limit(page)
        .offset(none),
        "ENTRY_PAGE_OF_CASE": select(event)
        .where(of_case, event.c.case_version > after)
        .order_by(event.c.case_version)
        .limit(page)
        .offset(none),
        # What only tells that somebody read the record is in nobody's way.
        "ENTRY_COUNT_SINCE": select(func.count()).where(
            of_case, event.c.case_version > after, event.c.kind != _constant("'RecordRead'")
        ),
        # Without the columns that only hold the chain. A body is taken as its bytes: as text, it
        # would lie in memory three times over.
        "ENTRY_PAGE_UNREAD": select(*(event.c[name] for name in _SHOWN), _BODY)
        .where(event.c.seq > after, event.c.kind != _constant("'RecordRead'"))
        .order_by(event.c.seq)
        .limit(page)
        .offset(none),
        "CASE_REFS": select(event.c.case_ref).distinct(),
        "RECORDED_ADD": insert(done),
        "RECORDED": select(done.c.first_seq, done.c.last_seq, event.c.entry_hash, event.c.case_ref)
        .join(event, event.c.seq == done.c.last_seq)
        .where(done.c.draft_id == _given("of")),
    }


def _drafts() -> Mapping[str, ClauseElement]:
    """Word what is asked of the drafts."""
    this, by, at = draft.c.draft_id == _given("of"), _given("by"), _given("at")
    held = (this, draft.c.holder == by)
    touch = update(draft).where(*held).values(saved_at=at)
    of_owner = (
        select(draft)
        .where(draft.c.owner == _given("owner"))
        .order_by(draft.c.saved_at.desc(), draft.c.draft_id)
    )
    answer = upsert(draft_answer)
    return {
        "DRAFT_START": insert(draft),
        "DRAFT_TOUCH": touch,
        "DRAFT_ANSWER": answer.on_conflict_do_update(
            index_elements=["draft_id", "field"],
            set_={"value": answer.excluded.value, "saved_at": answer.excluded.saved_at},
        ),
        "DRAFT_CHILD": touch.values(child_ref=_given("child")),
        "DRAFT_REMOVE": delete(draft).where(*held),
        "DRAFT_HOLD": update(draft).where(this).values(holder=by, held_since=at),
        "DRAFT_RELEASE": update(draft)
        .where(*held)
        .values(holder=_constant("NULL"), held_since=_constant("NULL")),
        "DRAFT_THERE": select(draft.c.draft_id).where(this),
        "DRAFT_OF_OWNER": of_owner,
        "DRAFT_READ": of_owner.where(this),
        "DRAFT_ANSWERS": select(draft_answer.c.field, draft_answer.c.value).where(
            draft_answer.c.draft_id == _given("of")
        ),
        "DRAFTS_SAVED": select(draft.c.draft_id, draft.c.saved_at),
    }


def _children() -> Mapping[str, ClauseElement]:
    """Word what is asked of the children; what is blank in a note is left as it was."""
    number = cast(func.substr(child.c.child_ref, _constant("3")), Integer)
    made_here = child.c.child_ref.op("GLOB")(_constant("'C-[0-9]*'"))
    note, blank = upsert(child), _constant("''")
    return {
        "CHILD_LAST": select(func.max(number)).where(made_here),
        "CHILD_MAKE": insert(child),
        "CHILD_NOTE": note.on_conflict_do_update(
            index_elements=["child_ref"],
            set_={
                column.name: func.coalesce(func.nullif(note.excluded[column.name], blank), column)
                for column in child.columns
                if not column.primary_key
            },
        ),
        "CHILD_SCHOOLS": select(child.c.child_ref, child.c.school),
        "CHILD_READ": select(child).where(child.c.child_ref == _given("of")),
    }


def _settings() -> Mapping[str, ClauseElement]:
    return {
        "SETTING_ADD": insert(setting),
        "SETTING_READ": select(setting.c.value).where(setting.c.name == _given("of")),
    }


def _lines() -> Iterator[str]:
    yield _HEAD
    for name, statement in {**_record(), **_drafts(), **_children(), **_settings()}.items():
        worded = statement.compile(dialect=_DIALECT)
        yield f'{name}: Final = """\n{_plain(str(worded))}\n"""\n'
    made = "".join(f'    """\n{_plain(one)}\n    """,\n' for one in layout())
    yield f"LAYOUT: Final = (\n{made})"


def _plain(text: str) -> str:
    """Leave out the blanks at line ends."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def written() -> str:
    """Give the text of `sql.py`: a constant a statement, parameters by name, and the layout."""
    return "\n".join(_lines()) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")
