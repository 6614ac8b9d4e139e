"""What the entries of a case add up to.

1. Every kind of entry is written as canonical JSON and read again the same.
2. Some kinds open and close the case.
3. A case as it stood is the case of the entries written by then.
4. Nothing that was written is lost, and nothing of a child is shown by a `repr`.
"""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.lib.pretty import pretty

from cse_workbook.case import AnyEvent, Entry, Event, fold
from cse_workbook.case.events import (
    CaseClosed,
    Evidence,
    RecordRead,
    ReferralAcknowledged,
    ReferralSent,
    Screened,
)
from cse_workbook.store.chain import canonical
from tests.made_up_cases import ALONE, BEGUN, DAY, FOLLOWING, SENT, WHERE
from tests.made_up_events import (
    KINDS,
    OPENED,
    entries_of,
    entry,
    erased,
    histories,
    of_kind,
    screened,
)

# 1. Written and read again


@settings(max_examples=20)
@given(st.data())
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_entry_is_read_again_as_it_was_written(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(of_kind(kind))

    written = canonical(event)
    again = msgspec.json.decode(written, type=AnyEvent)

    assert again == event
    assert canonical(again) == written


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_name_of_a_kind_is_its_tag(kind: type[Event]) -> None:
    assert kind.__struct_config__.tag == kind.__name__


def test_an_entry_with_a_field_that_is_not_known_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(b'{"kind":"CaseOpened","reason":"","more":1}', type=AnyEvent)


def test_what_is_left_at_its_default_is_not_written() -> None:
    assert canonical(ReferralSent("nurse")) == b'{"kind":"ReferralSent","to":"nurse"}'


def test_a_screening_and_its_outcome_are_read_again_from_what_was_written() -> None:
    event = screened({"iro_seen": "yes"}, self_harm="yes")

    assert event.screening.answers["self_harm"].answer == "yes"
    assert event.outcome.route == "assess_today"
    assert event.circumstances == {"iro_seen": "yes"}


# 2. Open and closed


def test_a_case_is_open_from_its_first_entry() -> None:
    case = fold(entries_of(OPENED))

    assert case.is_open
    assert case.ref == "C-0001"
    assert case.version == 1
    assert case.opened_on == date(2026, 9, 1)


def test_a_person_closes_a_case() -> None:
    assert not fold(entries_of(OPENED, CaseClosed("Moved away"))).is_open


def test_a_closed_case_can_be_opened_again() -> None:
    case = fold(entries_of(OPENED, CaseClosed("Moved away"), OPENED))

    assert case.is_open
    assert case.opened_on == date(2026, 9, 1)
    assert case.version == 3


def test_a_case_stays_closed_when_the_reason_is_erased() -> None:
    assert not fold(erased(entries_of(OPENED, CaseClosed("Moved away")), 2)).is_open


def test_what_is_added_after_the_closing_opens_nothing() -> None:
    assert not fold(entries_of(OPENED, CaseClosed("Moved away"), RecordRead("An audit"))).is_open


def test_a_case_without_entries_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        fold([])


def test_there_is_no_case_before_its_first_entry() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        fold(entries_of(OPENED), until=datetime(2026, 8, 31, tzinfo=UTC))


def test_an_entry_of_another_case_is_not_given() -> None:
    assert fold(entries_of(OPENED)).entry(2) is None


# 3. As it stood


@given(histories())
def test_a_case_as_it_stood_is_the_case_of_the_entries_written_by_then(
    entries: list[Entry],
) -> None:
    for until in {each.recorded_at for each in entries}:
        then = [each for each in entries if each.recorded_at <= until]

        assert fold(entries, until) == fold(then)


# 4. Nothing is lost, nothing is shown


@given(histories())
def test_every_entry_stays_in_the_record_in_its_order(entries: list[Entry]) -> None:
    case = fold(entries)
    as_written = [case.written.get(each.seq, each) for each in case.entries]

    assert as_written == entries


@given(histories())
def test_every_entry_stands_once_where_its_kind_belongs(entries: list[Entry]) -> None:
    case = fold(entries)
    begun = {each.start.seq for name in BEGUN for each in getattr(case, name)}

    for each in case.entries:
        name = WHERE.get(type(each.event).__name__)
        following = type(each.event).__name__ in FOLLOWING
        found = [
            *(t for n in BEGUN for t in getattr(case, n) if each in (t.start, *t.after)),
            *(e for n in ALONE for e in getattr(case, n) if e == each),
        ]
        assert len(found) == (name is not None and (not following or _start(each) in begun))


def _start(entry: Entry) -> int:
    number = getattr(entry.event, FOLLOWING[type(entry.event).__name__])
    # What stands before what it is to follow follows nothing.
    return number if number < entry.seq else 0


@settings(max_examples=20)
@given(st.data())
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_event_shows_its_kind_only(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(of_kind(kind))

    assert repr(event) == f"{kind.__name__}(…)"


def test_evidence_shows_its_driver_only() -> None:
    evidence = Evidence("self_harm", "No harm seen", DAY, "school nurse")

    assert repr(evidence) == "Evidence(self_harm, …)"


@pytest.mark.parametrize("shown", [repr, pretty])
def test_entries_threads_and_cases_show_numbers_kinds_and_the_reference_only(shown: Any) -> None:
    case = fold([entry(1, OPENED), entry(2, SENT), entry(3, ReferralAcknowledged(2))])

    assert shown(case) == "Case(C-0001, version 3)"
    assert shown(case.entries[1]) == "Entry(2, C-0001, ReferralSent)"
    assert "A made-up worry" not in shown(case.referrals[0])
    assert "A made-up worry" not in shown(SENT)


def test_an_entry_tells_others_the_role_and_agency_of_who_wrote_it() -> None:
    assert entry(1, OPENED).by == "teacher, Example School"


def test_a_screening_that_was_read_is_not_shown_by_its_entry() -> None:
    event = screened(self_harm={"answer": "yes", "evidence": "Told a friend"})

    assert isinstance(event, Screened)
    assert "Told" not in repr(entry(2, event))
