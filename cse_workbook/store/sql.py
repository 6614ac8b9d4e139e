"""The statements that the store runs. Made by `make sql` from `statements.py`."""

from typing import Final

ENTRY_ADD: Final = """
INSERT INTO event (seq, case_ref, case_version, kind, happened_on, recorded_at, recorded_by, role, agency, body_hash, previous_hash, entry_hash, salt, body) VALUES (:seq, :case_ref, :case_version, :kind, :happened_on, :recorded_at, :recorded_by, :role, :agency, :body_hash, :previous_hash, :entry_hash, :salt, :body)
"""

ENTRY_HEAD: Final = """
SELECT event.seq, event.entry_hash
FROM event
WHERE event.seq = (SELECT max(event.seq) AS max_1
FROM event)
"""

ENTRY_END: Final = """
SELECT event.seq, event.entry_hash, (SELECT max(event.case_version) AS max_1
FROM event
WHERE event.case_ref = :of) AS version
FROM event
WHERE event.seq = (SELECT max(event.seq) AS max_2
FROM event)
"""

ENTRY_PAGE: Final = """
SELECT event.seq, event.case_ref, event.case_version, event.kind, event.happened_on, event.recorded_at, event.recorded_by, event.role, event.agency, event.body_hash, event.previous_hash, event.entry_hash, event.salt, event.body
FROM event
WHERE event.seq > :after ORDER BY event.seq
 LIMIT 500 OFFSET 0
"""

ENTRY_PAGE_OF_CASE: Final = """
SELECT event.seq, event.case_ref, event.case_version, event.kind, event.happened_on, event.recorded_at, event.recorded_by, event.role, event.agency, event.body_hash, event.previous_hash, event.entry_hash, event.salt, event.body
FROM event
WHERE event.case_ref = :of AND event.case_version > :after ORDER BY event.case_version
 LIMIT 500 OFFSET 0
"""

ENTRY_COUNT_SINCE: Final = """
SELECT count(*) AS count_1
FROM event
WHERE event.case_ref = :of AND event.case_version > :after AND event.kind != 'RecordRead'
"""

ENTRY_PAGE_UNREAD: Final = """
SELECT event.seq, event.case_ref, event.case_version, event.kind, event.happened_on, event.recorded_at, event.recorded_by, event.role, event.agency, CAST(event.body AS BLOB) AS body
FROM event
WHERE event.seq > :after AND event.kind != 'RecordRead' ORDER BY event.seq
 LIMIT 500 OFFSET 0
"""

CASE_REFS: Final = """
SELECT DISTINCT event.case_ref
FROM event
"""

RECORDED_ADD: Final = """
INSERT INTO recorded_draft (draft_id, first_seq, last_seq) VALUES (:draft_id, :first_seq, :last_seq)
"""

RECORDED: Final = """
SELECT recorded_draft.first_seq, recorded_draft.last_seq, event.entry_hash, event.case_ref
FROM recorded_draft JOIN event ON event.seq = recorded_draft.last_seq
WHERE recorded_draft.draft_id = :of
"""

DRAFT_START: Final = """
INSERT INTO draft (draft_id, owner, child_ref, started_at, saved_at, holder, held_since, instrument, edition) VALUES (:draft_id, :owner, :child_ref, :started_at, :saved_at, :holder, :held_since, :instrument, :edition)
"""

DRAFT_TOUCH: Final = """
UPDATE draft SET saved_at=:at WHERE draft.draft_id = :of AND draft.holder = :by
"""

DRAFT_ANSWER: Final = """
INSERT INTO draft_answer (draft_id, field, value, saved_at) VALUES (:draft_id, :field, :value, :saved_at) ON CONFLICT (draft_id, field) DO UPDATE SET value = excluded.value, saved_at = excluded.saved_at
"""

DRAFT_CHILD: Final = """
UPDATE draft SET child_ref=:child, saved_at=:at WHERE draft.draft_id = :of AND draft.holder = :by
"""

DRAFT_REMOVE: Final = """
DELETE FROM draft WHERE draft.draft_id = :of AND draft.holder = :by
"""

DRAFT_HOLD: Final = """
UPDATE draft SET holder=:by, held_since=:at WHERE draft.draft_id = :of
"""

DRAFT_RELEASE: Final = """
UPDATE draft SET holder=NULL, held_since=NULL WHERE draft.draft_id = :of AND draft.holder = :by
"""

DRAFT_THERE: Final = """
SELECT draft.draft_id
FROM draft
WHERE draft.draft_id = :of
"""

DRAFT_OF_OWNER: Final = """
SELECT draft.draft_id, draft.owner, draft.child_ref, draft.started_at, draft.saved_at, draft.holder, draft.held_since, draft.instrument, draft.edition
FROM draft
WHERE draft.owner = :owner ORDER BY draft.saved_at DESC, draft.draft_id
"""

DRAFT_READ: Final = """
SELECT draft.draft_id, draft.owner, draft.child_ref, draft.started_at, draft.saved_at, draft.holder, draft.held_since, draft.instrument, draft.edition
FROM draft
WHERE draft.owner = :owner AND draft.draft_id = :of ORDER BY draft.saved_at DESC, draft.draft_id
"""

DRAFT_ANSWERS: Final = """
SELECT draft_answer.field, draft_answer.value
FROM draft_answer
WHERE draft_answer.draft_id = :of
"""

DRAFTS_SAVED: Final = """
SELECT draft.draft_id, draft.saved_at
FROM draft
"""

CHILD_LAST: Final = """
SELECT max(CAST(substr(child.child_ref, 3) AS INTEGER)) AS max_1
FROM child
WHERE child.child_ref GLOB 'C-[0-9]*'
"""

CHILD_MAKE: Final = """
INSERT INTO child (child_ref, name, date_of_birth, address, school, carers, home_authority, host_authority) VALUES (:child_ref, :name, :date_of_birth, :address, :school, :carers, :home_authority, :host_authority)
"""

CHILD_NOTE: Final = """
INSERT INTO child (child_ref, name, date_of_birth, address, school, carers, home_authority, host_authority) VALUES (:child_ref, :name, :date_of_birth, :address, :school, :carers, :home_authority, :host_authority) ON CONFLICT (child_ref) DO UPDATE SET name = coalesce(nullif(excluded.name, ''), child.name), date_of_birth = coalesce(nullif(excluded.date_of_birth, ''), child.date_of_birth), address = coalesce(nullif(excluded.address, ''), child.address), school = coalesce(nullif(excluded.school, ''), child.school), carers = coalesce(nullif(excluded.carers, ''), child.carers), home_authority = coalesce(nullif(excluded.home_authority, ''), child.home_authority), host_authority = coalesce(nullif(excluded.host_authority, ''), child.host_authority)
"""

CHILD_SCHOOLS: Final = """
SELECT child.child_ref, child.school
FROM child
"""

CHILD_READ: Final = """
SELECT child.child_ref, child.name, child.date_of_birth, child.address, child.school, child.carers, child.home_authority, child.host_authority
FROM child
WHERE child.child_ref = :of
"""

SETTING_ADD: Final = """
INSERT INTO setting (name, value) VALUES (:name, :value)
"""

SETTING_READ: Final = """
SELECT setting.value
FROM setting
WHERE setting.name = :of
"""

LAYOUT: Final = (
    """
CREATE TABLE child (
	child_ref TEXT NOT NULL,
	name TEXT NOT NULL,
	date_of_birth TEXT NOT NULL,
	address TEXT NOT NULL,
	school TEXT NOT NULL,
	carers TEXT NOT NULL,
	home_authority TEXT NOT NULL,
	host_authority TEXT NOT NULL,
	PRIMARY KEY (child_ref)
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE draft (
	draft_id TEXT NOT NULL,
	owner TEXT NOT NULL,
	child_ref TEXT,
	started_at TEXT NOT NULL,
	saved_at TEXT NOT NULL,
	holder TEXT,
	held_since TEXT,
	instrument TEXT NOT NULL,
	edition INTEGER NOT NULL,
	PRIMARY KEY (draft_id)
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE event (
	seq INTEGER NOT NULL,
	case_ref TEXT NOT NULL,
	case_version INTEGER NOT NULL,
	kind TEXT NOT NULL,
	happened_on TEXT NOT NULL,
	recorded_at TEXT NOT NULL,
	recorded_by TEXT NOT NULL,
	role TEXT NOT NULL,
	agency TEXT NOT NULL,
	body_hash TEXT NOT NULL,
	previous_hash TEXT NOT NULL,
	entry_hash TEXT NOT NULL,
	salt TEXT,
	body TEXT,
	PRIMARY KEY (seq),
	UNIQUE (case_ref, case_version),
	CHECK ((body IS NULL) = (salt IS NULL))
)
 STRICT
    """,
    """
CREATE TABLE setting (
	name TEXT NOT NULL,
	value INTEGER NOT NULL,
	PRIMARY KEY (name)
)
 STRICT
    """,
    """
CREATE TABLE draft_answer (
	draft_id TEXT NOT NULL,
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	saved_at TEXT NOT NULL,
	PRIMARY KEY (draft_id, field),
	FOREIGN KEY(draft_id) REFERENCES draft (draft_id) ON DELETE CASCADE
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TABLE recorded_draft (
	draft_id TEXT NOT NULL,
	first_seq INTEGER NOT NULL,
	last_seq INTEGER NOT NULL,
	PRIMARY KEY (draft_id),
	FOREIGN KEY(first_seq) REFERENCES event (seq),
	FOREIGN KEY(last_seq) REFERENCES event (seq)
)
 WITHOUT ROWID,
 STRICT
    """,
    """
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
    WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL AND NEW.seq IS OLD.seq AND NEW.case_ref IS OLD.case_ref AND NEW.case_version IS OLD.case_version AND NEW.kind IS OLD.kind AND NEW.happened_on IS OLD.happened_on AND NEW.recorded_at IS OLD.recorded_at AND NEW.recorded_by IS OLD.recorded_by AND NEW.role IS OLD.role AND NEW.agency IS OLD.agency AND NEW.body_hash IS OLD.body_hash AND NEW.previous_hash IS OLD.previous_hash AND NEW.entry_hash IS OLD.entry_hash)
    BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END
    """,
    """
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END
    """,
    """
CREATE TRIGGER event_is_not_replaced BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq
                 OR (case_ref = NEW.case_ref AND case_version = NEW.case_version))
    BEGIN SELECT RAISE(ABORT, 'an entry is never replaced'); END
    """,
)
