"""What each person may do with the records, on a real store.

1. Which records a person may open; the others are refused, and what may be a name is not repeated.
2. Every reading is an entry of the record.
3. An entry is checked, and written behind the version that was read.
4. What is noted of no child in particular.
5. Signposts.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cse_workbook import account, instrument, policy
from cse_workbook.case import Entry, events
from cse_workbook.casework import AGENCY, Casework, open_casework
from cse_workbook.policy import Person
from cse_workbook.store import Child, Store, Who
from cse_workbook.waiting import Reason
from tests import made_up_events
from tests.made_up_store import open_case, refusal
from tests.office_window import MORNING, entries, new_store, write

LEAD = Person(role="lead officer", agency="Example School", works_as="lead_officer")
COUNTY = msgspec.structs.replace(LEAD, agency="Example County")
STAFF = Person(role="teacher", agency="Example School")
AUDITOR = Person(role="auditor", agency="Example School", works_as="auditor")
NURSE = Who("n.example", "nurse", "Example Clinic")
SIGN = made_up_events.screened(self_harm="yes")
OPENED = events.CaseOpened("A made-up reason")
ADVICE = events.AdviceGiven("What now?", "Refer today", "teacher")
MEETING = date(2026, 12, 1)

Works = Callable[..., Casework]


@pytest.fixture
def opened(tmp_path: Path) -> Store:
    """Make a store with a case that the teacher wrote, and one that the nurse did."""
    made = new_store(tmp_path / "home")
    write(made, OPENED, SIGN, at=MORNING - timedelta(days=2))
    write(made, OPENED, ref="C-0002", at=MORNING - timedelta(days=1), who=NURSE)
    return made


@pytest.fixture
def works(opened: Store, monkeypatch: pytest.MonkeyPatch) -> Works:
    """Let a person work on the store, under an account."""

    def work(person: Person = LEAD, known_as: str = "l.example") -> Casework:
        monkeypatch.setattr(account, "name", lambda: known_as)
        local = msgspec.structs.replace(policy.load(), person=person)
        return Casework(opened, instrument.load(), local, now=lambda: MORNING)

    return work


def refs(casework: Casework) -> list[str]:
    return [case.ref for case in casework.cases()]


# 1. Which records


def test_a_lead_officer_opens_the_cases_of_their_agency(works):
    casework = works()

    assert casework.open("C-0001", "to give advice").ref == "C-0001"
    assert refs(casework) == ["C-0001"]


def test_another_agency_s_case_is_refused_and_nothing_of_it_is_told(works, opened):
    said = refusal(lambda: works().open("C-0002", "to give advice"))

    assert said == (
        "CASE_18 · Case C-0002: you cannot open this record. If you need to, ask a lead officer of"
        " an agency that works with the child and say why."
    )
    assert len(entries(opened, "C-0002")) == 1


def test_a_case_that_was_listed_for_the_meeting_is_open_to_every_lead_officer(works, opened):
    write(opened, events.MacseListed(MEETING, "Missing again"), ref="C-0002", at=MORNING, who=NURSE)

    assert works().open("C-0002", "to prepare a meeting").ref == "C-0002"
    assert refs(works(COUNTY)) == ["C-0002"]


def test_a_practitioner_opens_what_they_wrote_in_and_nothing_else(works):
    casework = works(STAFF, "t.example")

    assert casework.open("C-0001", "to give advice").ref == "C-0001"
    assert refusal(lambda: casework.open("C-0002", "to give advice")).startswith("CASE_18 · ")
    assert refusal(lambda: works(STAFF, "o.example").look("C-0001")) == (
        "CASE_18 · Case C-0001: you cannot open this record. If you need to, ask a lead officer and"
        " say why."
    )


def test_an_auditor_opens_no_case_and_writes_in_none(works):
    casework = works(AUDITOR, "t.example")

    assert refusal(lambda: casework.open("C-0001", "for an audit")).startswith("CASE_18 · ")
    assert refusal(
        lambda: casework.add("C-0001", events.RiskAssessed("x"), based_on=None)
    ).startswith("CASE_18 · ")


@pytest.mark.parametrize("person", [STAFF, AUDITOR])
def test_the_caseload_is_a_lead_officer_s(works, person):
    casework = works(person)

    said = (
        "CASE_02 · the caseload: you cannot do this: it is for a lead officer. If you need it, ask"
        " a lead officer and say why."
    )
    assert refusal(casework.cases) == said
    assert refusal(casework.caseload) == said


def test_a_case_that_does_not_exist_is_answered_with_one_of_one_s_own_that_is_like_it(works):
    assert refusal(lambda: works().open("c-001", "to give advice")) == (
        "CASE_01 · Case c-001: there is no case c-001 that you can open. Did you mean C-0001?"
        " Check the reference."
    )


def test_one_that_is_not_one_s_own_is_not_offered(works):
    assert refusal(lambda: works(COUNTY).open("C-0003", "to give advice")) == (
        "CASE_01 · Case C-0003: there is no case C-0003 that you can open. Check the reference."
    )


@pytest.mark.parametrize("typed", ["Jo Example", "Jo-Example", "Jo", "", "O'Example 1", "x" * 41])
def test_what_may_be_a_name_is_not_repeated(works, typed):
    assert refusal(lambda: works().open(typed, "to give advice")) == (
        "CASE_01 · Case …: there is no such case that you can open. Check the reference."
    )


def test_a_screening_left_for_a_day_waits_in_the_caseload_and_a_form_does_not(works, opened):
    casework, made = works(), {"tab": "tab-1", "at": MORNING - timedelta(days=3)}
    edition = {"instrument": "occ_safeguard", "edition": 1}
    form = opened.drafts.start("l.example", "C-0002", **made, **edition)
    opened.drafts.save(form, "form", "advice", **made)

    def unfinished() -> list[str]:
        found = casework.caseload()
        return [row.ref for row in found if any(w.reason is Reason.DRAFT for w in row.waiting)]

    before = unfinished()
    opened.drafts.start("l.example", "C-0001", **made, **edition)

    assert (before, unfinished()) == ([], ["C-0001"])


# 2. Reading


def test_a_reading_is_an_entry_with_its_purpose(works, opened):
    case = works().open("C-0001", "to give advice")

    last = entries(opened)[-1]
    assert last.event == events.RecordRead("to give advice")
    assert (last.recorded_by, last.by) == ("l.example", "lead officer, Example School")
    assert case.reads == (last,)


def test_a_record_is_not_opened_without_a_purpose(works, opened):
    assert refusal(lambda: works().open("C-0001", " ")) == (
        "CASE_04 · Case C-0001, purpose: it is blank. Select why you are opening this record."
    )
    assert len(entries(opened)) == 2


def test_looking_again_at_an_open_record_is_no_second_reading(works, opened):
    casework = works()
    casework.open("C-0001", "to give advice")

    casework.look("C-0001")

    assert [e.kind for e in entries(opened)].count("RecordRead") == 1


def test_who_a_child_is_is_shown_only_with_an_entry_that_says_so(works, opened):
    opened.children.save(Child("C-0001", name="Jo Example"))

    known = works().identity("C-0001", "to give advice")

    assert known.name == "Jo Example"
    assert entries(opened)[-1].event == events.RecordRead("to give advice", identity=True)


# 3. Writing


def test_an_entry_is_written_behind_the_version_that_was_read(works, opened):
    casework = works()
    case = casework.open("C-0001", "to give advice")

    recorded = casework.add("C-0001", ADVICE, based_on=case.version)

    last = entries(opened)[-1]
    assert (last.event, last.seq) == (ADVICE, recorded.seqs[-1])
    assert last.happened_on == MORNING.date()


def test_an_entry_may_tell_of_an_earlier_day_and_of_no_later_one(works, opened):
    casework = works()
    yesterday, tomorrow = (MORNING.date() + timedelta(days=n) for n in (-1, 1))

    casework.add("C-0001", ADVICE, based_on=None, happened_on=yesterday)
    said = refusal(lambda: casework.add("C-0001", ADVICE, based_on=None, happened_on=tomorrow))

    assert entries(opened)[-1].happened_on == yesterday
    assert said == (
        "CASE_08 · Case C-0001, happened_on: the date lies ahead. The date must be today or in the"
        " past."
    )


def test_what_stands_against_an_entry_keeps_it_out_of_the_record(works, opened):
    casework, before = works(), len(entries(opened))
    blank = events.AdviceGiven("What now?", "", "teacher")

    said = refusal(lambda: casework.add("C-0001", blank, based_on=None))

    assert said == "CASE_04 · Case C-0001, advice: it is blank. Write your advice."
    assert len(entries(opened)) == before


def test_nothing_is_added_to_a_case_that_is_not_there_or_not_one_s_own(works, opened):
    casework, before = works(), opened.head()

    assert refusal(lambda: casework.add("C-0009", ADVICE, based_on=None)).startswith("CASE_01 · ")
    assert refusal(lambda: casework.add("C-0002", ADVICE, based_on=None)).startswith("CASE_18 · ")
    assert opened.head() == before


def conflict(casework: Casework, version: int, **others: Any) -> str:
    return refusal(lambda: casework.add("C-0001", ADVICE, based_on=version, **others))


def draft_of(casework: Casework) -> tuple[str, str]:
    drafts, edition = casework.store.drafts, casework.instrument.edition
    made = {"tab": "tab-1", "at": MORNING, "instrument": "occ_safeguard", "edition": edition}
    draft_id = drafts.start("l.example", None, **made)
    drafts.save(draft_id, "advice.advice", "Refer today", tab="tab-1", at=MORNING)
    return draft_id, "tab-1"


def test_where_somebody_else_has_written_the_second_is_told_and_keeps_what_they_typed(
    works, opened
):
    casework = works()
    case, draft = casework.open("C-0001", "to give advice"), draft_of(casework)
    write(opened, events.ReferralSent("nurse"), events.ReferralSent("police"), at=MORNING)

    said = conflict(casework, case.version, draft=draft)

    assert said == (
        "STORE_02 · Case C-0001: it has moved on: you were looking at version 3, it is now at 5."
        " Open it again, read the two new entries, and record yours."
    )
    assert opened.drafts.read(draft[0], "l.example").answers["advice.advice"] == "Refer today"
    assert [e.kind for e in casework.look("C-0001").entries[3:]] == ["ReferralSent"] * 2


def test_somebody_else_who_only_reads_stands_in_nobody_s_way(works, opened):
    casework = works()
    case, draft = casework.open("C-0001", "to give advice"), draft_of(casework)
    write(opened, events.RecordRead("for an audit"), at=MORNING)

    recorded = casework.add("C-0001", ADVICE, based_on=case.version, draft=draft)

    assert entries(opened)[-1].event == ADVICE
    assert recorded.first_time
    assert not opened.drafts.of("l.example")


def test_an_entry_that_is_refused_leaves_its_draft(works, opened):
    casework = works()
    draft, blank = draft_of(casework), events.AdviceGiven("", "", "")

    refusal(lambda: casework.add("C-0001", blank, based_on=None, draft=draft))

    assert [d.draft_id for d in opened.drafts.of("l.example")] == [draft[0]]


def test_two_entries_are_written_together_or_not_at_all(works, opened):
    casework = works()
    blank = events.AdviceGiven("", "", "")

    refusal(lambda: casework.add("C-0001", ADVICE, blank, based_on=None))
    before = entries(opened)
    casework.add("C-0001", ADVICE, ADVICE, based_on=None)

    assert [e.kind for e in before] == ["CaseOpened", "Screened"]
    assert [e.kind for e in entries(opened)[2:]] == ["AdviceGiven"] * 2


# 4. No child in particular


THEME = events.ThemeNoted("Cars wait outside", "transport", "school gate")


def noted_of(casework: Casework) -> list[Entry]:
    return entries(casework.store, AGENCY)


def test_a_theme_of_no_child_in_particular_is_noted_beside_the_cases(works):
    casework = works()

    casework.add(AGENCY, THEME, based_on=None)
    casework.add(AGENCY, THEME, based_on=None)

    assert [e.kind for e in noted_of(casework)] == ["CaseOpened", "ThemeNoted", "ThemeNoted"]
    assert refs(casework) == ["C-0001"]


def test_a_theme_that_says_nothing_opens_nothing(works):
    casework = works()

    refusal(lambda: casework.add(AGENCY, events.ThemeNoted(" ", ""), based_on=None))

    assert noted_of(casework) == []


def test_what_is_noted_of_the_agency_s_work_is_a_lead_officer_s(works):
    said = refusal(lambda: works(STAFF).add(AGENCY, THEME, based_on=None))

    assert said.startswith("CASE_02 · themes and blockages: ")


def test_themes_and_blockages_are_gathered_from_the_agency_s_work_and_from_the_cases(works):
    casework = works()
    before = casework.noted()

    casework.add(AGENCY, THEME, based_on=None)
    casework.add("C-0001", THEME, based_on=None)

    assert before.themes == ()
    assert sorted(casework.noted().case_of.values()) == ["C-0001", AGENCY]


# 5. Signposts


def who(found: tuple[Any, ...]) -> list[str]:
    return [each.who for each in found]


def test_the_signposts_of_a_case_follow_what_its_last_screening_recorded(works, opened):
    casework = works()
    clinician = "Child and adolescent mental health service, duty clinician"

    assert who(casework.offered(casework.look("C-0001"))) == [clinician]
    write(opened, made_up_events.screened(looked_after="yes"), at=MORNING)
    assert who(casework.offered(casework.look("C-0001"))) == ["Independent Reviewing Officer"]


def test_where_nothing_is_recorded_no_signpost_is_offered(works, opened):
    casework = works()
    write(opened, events.MacseListed(MEETING, "x"), ref="C-0002", at=MORNING, who=NURSE)

    assert casework.offered(casework.look("C-0002")) == ()
    write(opened, made_up_events.screened(self_harm="no"), at=MORNING)
    assert casework.offered(casework.look("C-0001")) == ()


def test_the_whole_directory_can_be_searched_by_words(works):
    casework = works()

    assert casework.signposts() == casework.policy.contact
    assert who(casework.signposts(words="HEALTH self-harm")) == [
        "Child and adolescent mental health service, duty clinician"
    ]
    assert casework.signposts(words="self-harm submarine") == ()


# The folder


def test_the_records_of_a_folder_are_opened_under_its_own_policy(tmp_path):
    home = tmp_path / "home"
    with new_store(home) as made:
        open_case(made)
    shipped = Path(policy.__file__).parent / "policies" / "default.toml"
    own = shipped.read_text(encoding="utf-8").replace('"member of staff"', '"school nurse"')
    (home / "policy.toml").write_text(own, encoding="utf-8")

    casework = open_casework(home)

    assert casework.who.role == "school nurse"
    assert casework.today == casework.now().astimezone().date()
