"""Entries and recordings: what goes in comes back, once, and stays."""

import threading
import traceback
from contextlib import closing

import msgspec
import pytest

from cse_workbook import store
from cse_workbook.case.events import Event, RecordRead, ReferralSent
from cse_workbook.errors import WorkbookError
from cse_workbook.store import Child
from cse_workbook.store.chain import EMPTY
from cse_workbook.store.database import connect, translated
from tests.made_up_store import (
    AT,
    JUDGEMENT,
    OPENED,
    SCREENED,
    TEACHER,
    TODAY,
    draft_in,
    minutes,
    new_store,
    open_case,
    record,
    refer,
    refusal,
    run_raw,
)

CANARY = "Canary Wren Made-Up"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def opened(folder):
    with new_store(folder) as made:
        yield made


def test_entries_come_back_as_they_were_written(opened):
    open_case(opened)
    refer(opened, at=minutes(5))

    first, second = opened.entries("C-0001")

    assert (first.seq, first.case_version, first.kind, first.event) == (1, 1, "CaseOpened", OPENED)
    assert (second.seq, second.case_version, second.kind) == (2, 2, "ReferralSent")
    assert second.event == ReferralSent("social worker")
    assert (second.happened_on, second.recorded_at) == (TODAY, minutes(5))
    assert (second.recorded_by, second.role, second.agency) == (
        "t.example",
        "teacher",
        "Example School",
    )


def test_entries_of_many_cases_are_one_chain_and_each_case_counts_its_own(opened):
    for case_ref in ("C-0001", "C-0002"):
        open_case(opened, case_ref)
    refer(opened, "C-0001")

    assert [(one.seq, one.case_ref, one.case_version) for one in opened.entries()] == [
        (1, "C-0001", 1),
        (2, "C-0002", 1),
        (3, "C-0001", 2),
    ]
    assert [one.seq for one in opened.entries("C-0001")] == [1, 3]


def test_more_entries_than_a_page_are_all_read_in_order(opened):
    open_case(opened)
    many = [ReferralSent(f"role {number}") for number in range(1200)]
    opened.append("C-0001", many, based_on=1, happened_on=TODAY, who=TEACHER, at=AT)

    assert [one.seq for one in opened.entries()] == list(range(1, 1202))
    assert [one.case_version for one in opened.entries("C-0001")] == list(range(1, 1202))
    assert opened.verify().count == 1201


def test_an_erased_body_reads_as_none_and_the_chain_holds(opened, folder):
    open_case(opened)
    refer(opened)
    run_raw(folder, "UPDATE event SET body = NULL, salt = NULL WHERE seq = 2")

    assert [one.event for one in opened.entries()] == [OPENED, None]
    assert (opened.verify().break_, opened.verify().erased) == (None, 1)


def test_an_entry_shows_its_place_and_never_what_it_says(opened):
    open_case(opened)
    refer(opened, to=CANARY)
    opened.children.save(Child("C-0001", name=CANARY))
    draft_id = draft_in(opened)
    opened.drafts.save(draft_id, "worry", CANARY, tab="tab-1", at=AT)

    assert [repr(one) for one in opened.entries()] == [
        "Entry(1, C-0001, CaseOpened)",
        "Entry(2, C-0001, ReferralSent)",
    ]
    assert repr(opened.children.read("C-0001")) == "Child(C-0001)"
    assert repr(opened.drafts.read(draft_id, "t.example")) == f"Draft({draft_id}, C-0001)"


@pytest.mark.parametrize(
    ("new", "words"),
    [(1, "the new entry"), (2, "the two new entries"), (12, "the 12 new entries")],
)
def test_a_case_that_has_moved_on_is_not_written_to(opened, new, words):
    open_case(opened, "C-0142")
    for _ in range(new):
        refer(opened, "C-0142")
    before = opened.head()

    assert refusal(lambda: refer(opened, "C-0142", based_on=1)) == (
        "STORE_02 · Case C-0142: it has moved on: you were looking at version 1, it is now at"
        f" {1 + new}. Open it again, read {words}, and record yours."
    )
    assert opened.head() == before


def test_a_case_that_is_not_open_is_not_written_to(opened):
    assert refusal(lambda: refer(opened, "C-0420")) == (
        "STORE_21 · Case C-0420: there is no such case. Check the reference, or record a screening"
        " first."
    )
    assert opened.head() == EMPTY


class ThemeNoted(Event, frozen=True, tag=True):
    """A kind of entry that this version does not know."""

    theme: str


def test_an_entry_of_an_unknown_kind_is_not_passed_over(opened):
    opened.append(
        "C-0001",
        [OPENED, ThemeNoted(CANARY)],
        based_on=0,
        happened_on=TODAY,
        who=TEACHER,
        at=AT,
    )

    assert refusal(lambda: list(opened.entries())) == (
        "STORE_22 · entry 2: this version of the workbook cannot read an entry of the kind"
        " “ThemeNoted”. Install the version that recorded it."
    )
    assert opened.verify().break_ is None


def test_the_caseload_is_read_as_the_entries_of_all_cases_but_for_who_read_them(opened, folder):
    opened.append("C-0001", [OPENED, JUDGEMENT], based_on=0, happened_on=TODAY, who=TEACHER, at=AT)
    open_case(opened, "C-0002")
    many = [RecordRead("To give advice"), ReferralSent("social worker “on duty”")] * 600
    opened.append("C-0001", many, based_on=2, happened_on=TODAY, who=TEACHER, at=minutes(5))
    run_raw(folder, "UPDATE event SET body = NULL, salt = NULL WHERE seq = 2")

    found = list(opened.caseload_entries())

    assert found == [one for one in opened.entries() if one.kind != "RecordRead"]
    assert (len(found), found[1].event) == (603, None)


def test_the_caseload_does_not_pass_over_an_entry_of_an_unknown_kind_either(opened):
    unknown = [OPENED, ThemeNoted(CANARY)]
    opened.append("C-0001", unknown, based_on=0, happened_on=TODAY, who=TEACHER, at=AT)

    assert "STORE_22 · entry 2:" in refusal(lambda: list(opened.caseload_entries()))


def test_a_moment_without_a_time_zone_is_not_written(opened):
    without = AT.replace(tzinfo=None)

    with pytest.raises(ValueError, match="time zone"):
        refer(opened, at=without)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = '{}' WHERE seq = 1",
        "UPDATE event SET body = NULL WHERE seq = 1",
        "UPDATE event SET salt = NULL WHERE seq = 1",
        "UPDATE event SET agency = 'x' WHERE seq = 1",
        "UPDATE event SET body = NULL, salt = NULL, agency = 'x' WHERE seq = 1",
        "DELETE FROM event WHERE seq = 1",
        "REPLACE INTO event SELECT * FROM event WHERE seq = 1",
        "REPLACE INTO event (seq, case_ref, case_version, kind, happened_on, recorded_at,"
        " recorded_by, role, agency, body_hash, previous_hash, entry_hash)"
        " SELECT 9, case_ref, case_version, kind, happened_on, recorded_at,"
        " recorded_by, role, agency, body_hash, previous_hash, entry_hash FROM event",
        "INSERT INTO event SELECT * FROM event",
    ],
)
def test_the_database_itself_refuses_to_change_an_entry(opened, folder, statement):
    open_case(opened)
    before = list(opened.entries())

    with pytest.raises(Exception, match=r"an entry is never|CHECK constraint"):
        run_raw(folder, statement)

    assert list(opened.entries()) == before


def test_a_draft_is_recorded_with_the_case_opened_and_is_then_gone(opened):
    draft_id = draft_in(opened)
    opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=AT)

    recorded = record(opened, draft_id)

    assert (recorded.case_ref, recorded.seqs, recorded.first_time) == ("C-0001", (1, 2, 3), True)
    assert recorded.head == opened.head()
    opening, *written = opened.entries()
    assert opening.kind == "CaseOpened"
    assert [one.event for one in written] == [SCREENED, JUDGEMENT]
    assert opened.drafts.of("t.example") == []
    assert opened.children.read("C-0001") == Child("C-0001")


def test_nothing_of_a_recorded_draft_stays_in_its_tables(opened, folder):
    draft_id = draft_in(opened)
    opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=AT)
    record(opened, draft_id)

    assert (
        run_raw(folder, "SELECT * FROM draft_answer UNION SELECT draft_id,1,1,1 FROM draft") == []
    )


def test_a_case_is_opened_once(opened):
    record(opened, draft_in(opened))
    record(opened, draft_in(opened))

    kinds = [one.kind for one in opened.entries("C-0001")]
    assert kinds == ["CaseOpened", "Screened", "JudgementRecorded", "Screened", "JudgementRecorded"]


def test_the_same_draft_recorded_twice_is_recorded_once(opened):
    draft_id = draft_in(opened)
    first = record(opened, draft_id)
    record(opened, draft_in(opened), "C-0002")

    again = record(opened, draft_id)

    assert again == msgspec.structs.replace(first, first_time=False)
    assert opened.recorded(draft_id) == again
    assert opened.head().seq == 6


def test_a_draft_that_was_not_recorded_is_not_said_to_be(opened):
    assert opened.recorded(draft_in(opened)) is None


def test_what_is_known_of_the_child_is_kept_in_the_same_transaction(opened):
    record(opened, draft_in(opened), child=Child("C-0001", home_authority="Example Borough"))

    assert opened.children.read("C-0001") == Child("C-0001", home_authority="Example Borough")


def test_a_recording_that_fails_half_way_leaves_everything_as_it_was(opened):
    draft_id = draft_in(opened)
    opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=AT)

    message = refusal(lambda: record(opened, draft_id, child=Child("C-0001", name="\ud800")))

    assert message.startswith("STORE_25")
    assert opened.head() == EMPTY
    assert opened.drafts.read(draft_id, "t.example").answers == {"worry": "x"}
    assert record(opened, draft_id).first_time


def test_a_draft_that_does_not_exist_is_not_recorded(opened):
    assert refusal(lambda: record(opened, "nobody's")) == (
        "STORE_19 · this draft: it is not here: it was recorded or deleted, or it is not yours."
        " Go back to the start to see the screenings you have started."
    )


def test_a_window_that_lost_the_draft_does_not_record_it(opened):
    draft_id = draft_in(opened)
    opened.drafts.take_over(draft_id, "t.example", tab="tab-2", at=minutes(1))

    assert refusal(lambda: record(opened, draft_id)) == (
        "STORE_20 · this draft: it is open in another window now, so this was not saved."
        " Go on in the other window, or choose “Work here again”."
    )
    assert opened.head() == EMPTY


def test_many_writers_at_once_lose_nothing_and_keep_the_chain(folder):
    new_store(folder).close()
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with store.open_store(folder) as mine:
                for turn in range(10):
                    record(mine, draft_in(mine), f"C-{number * 100 + turn:04d}")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    with store.open_store(folder) as mine:
        assert mine.verify().count == 4 * 10 * 3
        assert mine.verify().break_ is None


def test_a_store_that_stays_locked_is_told(folder):
    new_store(folder).close()
    with (
        closing(connect(folder / "records.db", (folder / "key").read_text())) as other,
        store.open_store(folder, patience=0.05) as mine,
    ):
        draft_id = draft_in(mine)
        other.execute("BEGIN IMMEDIATE")

        message = refusal(lambda: mine.drafts.save(draft_id, "a", "b", tab="tab-1", at=AT))

        other.execute("ROLLBACK")
        assert message == (
            f"STORE_13 · {folder / 'records.db'}: another program is writing to the records and has"
            " not finished, so this was not saved. Try again in a minute."
        )
        mine.drafts.save(draft_id, "a", "b", tab="tab-1", at=AT)


def test_a_fault_of_ours_is_not_dressed_up_as_the_disk(opened):
    connection = opened.database.raw

    with pytest.raises(Exception, match="no such table: missing_table"), translated("here"):
        connection.execute("SELECT 1 FROM missing_table")


def test_text_that_is_not_utf_8_is_damage_and_is_not_quoted(opened, folder):
    draft_id = draft_in(opened)
    opened.drafts.save(draft_id, "worry", "x", tab="tab-1", at=AT)
    run_raw(folder, f"UPDATE draft_answer SET value = CAST(x'{CANARY.encode().hex()}ff' AS TEXT)")

    with pytest.raises(WorkbookError) as caught:
        opened.drafts.read(draft_id, "t.example")

    assert caught.value.problems[0].code == "STORE_11"
    assert CANARY not in "".join(traceback.format_exception(caught.value))
