"""What a lead officer can ask of the records from a notebook: tables, pictures, one entry more."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

import cse_workbook
from cse_workbook import store
from cse_workbook.case.events import AdviceGiven, RecordRead
from cse_workbook.errors import WorkbookError
from cse_workbook.workbook import CaseFile, Workbook, open_workbook, practise
from tests.made_up_store import JUDGEMENT, OPENED, TEACHER

MARKUP = "<img src=x onerror=alert(1)>"
CASE = "C-0006"


@pytest.fixture(scope="module")
def wb() -> Workbook:
    return practise(cases=40, seed=1)


def said(workbook: Workbook, ref: str) -> list[RecordRead]:
    entries = workbook.casework.store.entries(ref)
    return [e.event for e in entries if isinstance(e.event, RecordRead)]


def test_the_caseload_is_a_row_for_each_thing_a_child_waits_for(wb):
    table = wb.caseload()

    assert list(table) == [
        *("child", "waiting_for", "in_words", "since", "due", "when"),
        *("standing_view", "worker", "school"),
    ]
    assert table.child.str.fullmatch(r"C-\d{4}").all()
    assert pd.api.types.is_datetime64_any_dtype(table.due)
    firsts = table.drop_duplicates("child").when
    assert firsts.map(["overdue", "today", "this week", "no date"].index).is_monotonic_increasing


def test_the_caseload_can_be_filtered_and_stays_a_table_where_nothing_is_left(wb):
    by_reason = wb.caseload(reason="Two people differ")
    nobody = wb.caseload(school="Another School")

    assert set(by_reason.waiting_for) == {"Two people differ"}
    assert len(nobody) == 0
    assert list(nobody) == list(by_reason)


def test_opening_a_record_is_entered_in_it_with_its_purpose(wb):
    before = said(wb, CASE)

    case = wb.case(CASE, purpose="to prepare a meeting")

    assert said(wb, CASE) == [*before, RecordRead("to prepare a meeting")]
    assert case.case.reads[-1].event == RecordRead("to prepare a meeting")


def test_a_case_that_is_not_there_offers_a_near_miss_and_repeats_no_name(wb):
    with pytest.raises(WorkbookError) as missed:
        wb.case("C-0066")
    with pytest.raises(WorkbookError) as named:
        wb.case("Jane Example")

    assert "there is no case C-0066 that you can open. Did you mean C-00" in str(missed.value)
    assert "Jane" not in str(named.value)


def test_screenings_and_what_changed_between_them_are_tables(wb):
    case = wb.case(CASE)

    assert list(case.screenings.index) == [1, 2]
    assert list(case.screenings) == [
        *("day", "by", "age", "guidance", "if_confirmed", "if_unknowns_yes", "view", "entry")
    ]
    assert set(case.compare(1, 2).what) == {"known"}
    assert list(case.compare(1, 1)) == ["question", "then", "now", "what"]
    assert list(case.answers) == [1, 2]
    assert list(case.profile()) == [1, 2]
    assert len(case.profile()) == 9


@pytest.mark.parametrize("numbers", [(0, 1), (1, 3), (-1, 2)])
def test_a_screening_that_is_not_there_cannot_be_compared(wb, numbers):
    with pytest.raises(IndexError, match="this case has the screenings 1 to 2"):
        wb.case(CASE).compare(*numbers)


def test_the_lists_of_a_case_are_tables_with_days(wb):
    case = wb.case(CASE)

    assert list(case.actions) == ["what", "who", "due", "done", "is_late", "entry"]
    assert list(case.advice) == ["day", "asked", "advice", "to", "by", "entry"]
    assert list(case.entries) == ["day", "what", "who", "entry", "corrects"]
    assert pd.api.types.is_datetime64_any_dtype(case.actions.due)
    assert len(case.entries) >= len(case.case.entries)


def test_the_timeline_has_a_picture_sentences_and_the_table_behind_it(wb):
    drawn = wb.case(CASE).timeline()

    assert drawn.svg.startswith("<svg")
    assert drawn.says[0].startswith("Timeline from ")
    assert len(drawn.table) > 10
    assert "<summary>The same as a table</summary>" in drawn._repr_html_()
    assert "entries)" in repr(drawn)


def test_the_record_is_seen_as_it_stood_on_a_day(wb):
    case = wb.case(CASE)

    earlier = case.on(date(2026, 4, 1))

    assert len(case.case.screenings) == 2
    assert len(earlier.case.screenings) == 1
    assert earlier.case.version < case.case.version


def test_before_its_first_day_there_is_no_record(wb):
    with pytest.raises(WorkbookError) as none_yet:
        wb.case(CASE).on(date(2020, 1, 1))

    assert str(none_yet.value) == (
        "CASE_20 · Case C-0006: there was no record yet on that day. Give a day on or after"
        " 3 March 2026."
    )


def test_an_entry_is_added_behind_what_was_read_and_a_conflict_writes_nothing(wb):
    first, second = wb.case("C-0002"), wb.case("C-0002")
    advice = AdviceGiven("What first?", "Ask the school nurse", "teacher")

    after = first.add(advice)
    with pytest.raises(WorkbookError) as conflict:
        second.add(advice)

    assert after.advice.advice.iloc[-1] == "Ask the school nurse"
    assert conflict.value.problems[0].code == "STORE_02"
    assert wb.case("C-0002").advice.advice.tolist().count("Ask the school nurse") == 1


def test_markup_in_free_text_stays_text(wb):
    case = wb.case("C-0003").add(AdviceGiven(MARKUP, MARKUP, MARKUP))

    shown = [case._repr_html_(), case.timeline()._repr_html_(), case.advice._repr_html_()]

    assert [html for html in shown if MARKUP in html] == []
    assert "&lt;img" in case.advice._repr_html_()


def test_what_is_printed_holds_nothing_of_a_child(wb):
    case = wb.case(CASE)

    assert repr(wb) == "Workbook(lead officer, Example School)"
    assert repr(case) == f"CaseFile(C-0006, version {case.case.version})"
    assert case.summary()[1] == "Screenings: 2."
    assert "<h3>C-0006</h3>" in case._repr_html_()


def test_signposts_are_searched_by_words(wb):
    assert list(wb.signposts("return interview").who) == ["Missing-from-home service"]
    assert len(wb.signposts()) > 5
    assert list(wb.signposts("no such service")) == ["who", "what", "where", "hours", "how"]


def test_a_page_is_shown_from_an_open_workbook(wb):
    assert type(wb.show("caseload")).__name__ == "Page"


def test_everything_that_can_be_called_says_what_it_does():
    named = [*vars(Workbook).items(), *vars(CaseFile).items()]

    public = [(name, call) for name, call in named if not name.startswith("_")]

    assert [name for name, call in public if not call.__doc__] == []


def test_the_same_numbers_give_the_same_caseload(wb):
    assert practise(cases=5, seed=3).caseload().equals(cse_workbook.practise(5, 3).caseload())


def test_a_case_nobody_has_screened_yet_gives_empty_tables(tmp_path):
    store.init(tmp_path / "home")
    (tmp_path / "home" / "policy.toml").write_text(
        (cse_workbook.policy.SHIPPED / "default.toml")
        .read_text(encoding="utf-8")
        .replace('works_as = "practitioner"', 'works_as = "lead_officer"'),
        encoding="utf-8",
    )
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    with store.open_store(tmp_path / "home") as opened:
        opened.append(
            "C-0001", [OPENED, JUDGEMENT], based_on=None, happened_on=at.date(), who=TEACHER, at=at
        )

    own = open_workbook(tmp_path / "home", now=lambda: at)
    case = own.case("C-0001")

    assert len(case.screenings) == len(case.answers) == len(case.profile()) == 0
    assert "Standing view" in case.summary()[2]
    own.close()
