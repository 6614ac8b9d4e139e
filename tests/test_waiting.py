"""Who waits for what. Shows the reasons of the caseload.

1. Each reason has cases that have it and cases that just have not: `examples/caseload/*.toml`.
2. That somebody read a record changes nothing of what it waits for.
3. The order is by what is overdue longest, and never follows how much is recorded.
4. The list can be counted and filtered by reason, agency, worker, school and route.
5. Days are those of the place where the person is.
"""

import time
import tomllib
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_workbook.case import AnyEvent, Case, Entry, fold
from cse_workbook.case.events import (
    AdviceGiven,
    CaseClosed,
    RecordRead,
    ReferralAccepted,
    ReferralSent,
)
from cse_workbook.errors import WorkbookError
from cse_workbook.waiting import (
    Reason,
    Row,
    Waiting,
    When,
    chosen,
    counts,
    rows,
    unfinished,
    waiting,
)
from tests.made_up_events import OCC, OPENED, POLICY, entry, histories, screened, view

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOON = clock(12, tzinfo=UTC)
LEAD = {"recorded_by": "l.example", "role": "lead officer", "agency": "Example Borough"}


@pytest.fixture(autouse=True)
def in_britain(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the day begin where the examples are."""
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


# 1. Examples


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of an example: the day, who wrote it, its kind, and all that its kind says."""

    on: date
    by: str = "the teacher"
    kind: str
    says: dict[str, Any]

    @classmethod
    def of(cls, fields: dict[str, Any]) -> "Written":
        says = {name: value for name, value in fields.items() if name not in ("on", "by", "kind")}
        return cls(on=fields["on"], by=fields.get("by", cls.by), kind=fields["kind"], says=says)

    @property
    def event(self) -> AnyEvent:
        if self.kind == "Screened":
            return screened(self.says.get("circumstances"), **self.says["answers"])
        return msgspec.convert({"kind": self.kind, **self.says}, AnyEvent)


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One case or draft and what it waits for; the first file explains the fields."""

    title: str
    today: date
    at: clock = clock(9)
    entry: tuple[dict[str, Any], ...] = ()
    draft_saved: datetime | None = None
    waits_for: tuple[str, ...]
    says: tuple[str, ...] | None = None
    when: When | None = None

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, self.at, tzinfo=UTC)

    @property
    def case(self) -> Case:
        written = [Written.of(fields) for fields in self.entry]
        return fold(
            entry(
                seq,
                each.event,
                happened_on=each.on,
                recorded_at=datetime.combine(each.on, NOON),
                recorded_by=each.by,
            )
            for seq, each in enumerate(written, 1)
        )

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        if self.draft_saved is None:
            return waiting(self.case, OCC, POLICY, self.now)
        found = unfinished(self.draft_saved, self.now, POLICY)
        return (found,) if found else ()


EXAMPLES = [
    msgspec.convert(each, Example)
    for path in sorted((Path(__file__).parent / "examples" / "caseload").glob("*.toml"))
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
]
each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)


@each_example
def test_a_case_waits_for_what_the_example_says_and_for_nothing_else(example: Example) -> None:
    found = example.waiting

    assert [str(each.reason) for each in found] == list(example.waits_for)


@each_example
def test_the_sentence_in_the_list_says_what_it_is(example: Example) -> None:
    sentences = tuple(each.words for each in example.waiting)

    assert example.says in (None, sentences)


@each_example
def test_it_presses_as_the_example_says(example: Example) -> None:
    found = [each.when(example.today) for each in example.waiting]

    assert example.when is None or found == [example.when]


def test_each_reason_has_examples_that_have_it_and_there_are_as_many_that_wait_for_nothing() -> (
    None
):
    reasons = {reason for example in EXAMPLES for reason in example.waits_for}
    idle = [example for example in EXAMPLES if not example.waits_for]

    assert reasons == set(Reason)
    assert len(idle) >= len(Reason)
    assert len({example.title for example in EXAMPLES}) == len(EXAMPLES)


def test_the_reasons_stand_in_the_words_and_the_order_of_the_page() -> None:
    assert [str(reason) for reason in Reason] == [
        "Review overdue or due this week",
        "Referral sent, no answer in time",
        "View lower than the guidance, no reason yet",
        "Two people differ",
        "Changed since last reviewed",
        "Answers that would decide, open a week",
        "Host CSE lead not in the care plan",
        "Missing, no return interview",
        "Screening not finished for a day",
    ]


def test_a_draft_that_may_lie_for_hours_only_is_named_the_same_day() -> None:
    times = msgspec.structs.replace(POLICY.times, finish_draft_hours=2)
    strict = msgspec.structs.replace(POLICY, times=times)

    found = unfinished(NOW - timedelta(hours=3), NOW, strict)

    assert found is not None
    assert found.words == "Screening not finished for some hours"


def test_a_screening_with_another_instrument_is_taken_as_it_was_recorded() -> None:
    other = msgspec.structs.replace(OCC, key="another_tool", routes=(), indicators=())
    example = next(e for e in EXAMPLES if e.title.startswith("An answer put right raises"))
    decisive = next(e for e in EXAMPLES if e.title.endswith("open for nine days"))

    assert waiting(example.case, other, POLICY, NOW) == ()
    [found] = waiting(decisive.case, other, POLICY, NOW)
    assert found.words == "Answers that would decide, open 9 days: missing from home or care"


# 2. Reading changes nothing


@given(
    histories(), st.datetimes(datetime(2026, 9, 1), datetime(2027, 3, 1), timezones=st.just(UTC))
)
def test_reading_a_record_changes_nothing_of_what_it_waits_for(
    entries: list[Entry], now: datetime
) -> None:
    read = entry(len(entries) + 1, RecordRead("To give advice"), recorded_at=now, **LEAD)

    before, after = (fold(each) for each in (entries, [*entries, read]))

    assert waiting(after, OCC, POLICY, now) == waiting(before, OCC, POLICY, now)
    assert rows([after], OCC, POLICY, now) == rows([before], OCC, POLICY, now)


@given(histories())
def test_what_a_record_waits_for_stands_in_the_order_of_the_reasons(entries: list[Entry]) -> None:
    found = [each.reason for each in waiting(fold(entries), OCC, POLICY, NOW)]

    assert found == sorted(found, key=list(Reason).index)


# 3. The order


def case_of(ref: str, *events: tuple[date, AnyEvent], **others: Any) -> Case:
    """Fold what happened on these days to one child."""
    return fold(
        entry(
            seq,
            event,
            case_ref=ref,
            happened_on=on,
            recorded_at=datetime.combine(on, NOON),
            **others,
        )
        for seq, (on, event) in enumerate(events, 1)
    )


def opened(ref: str, days_ago: int) -> Case:
    return case_of(ref, (TODAY - timedelta(days=days_ago), OPENED))


def listed(*cases: Case, **others: Any) -> tuple[Row, ...]:
    return rows(cases, OCC, POLICY, NOW, **others)


def test_what_is_overdue_longest_stands_first_then_today_then_this_week_then_nothing() -> None:
    found = listed(
        opened("C-0001", 1),
        opened("C-0002", 36),
        opened("C-0003", 42),
        opened("C-0004", 44),
        opened("C-0005", 50),
    )

    assert [row.ref for row in found] == ["C-0005", "C-0004", "C-0003", "C-0002", "C-0001"]
    assert [row.when(TODAY) for row in found] == [
        *(When.OVERDUE, When.OVERDUE, When.TODAY, When.THIS_WEEK, When.NO_DATE),
    ]


def test_what_has_no_date_stands_before_what_waits_for_nothing() -> None:
    elsewhere = screened(looked_after="yes", placed_outside_home_authority="yes")

    found = listed(opened("C-0001", 1), case_of("C-0002", (TODAY, OPENED), (TODAY, elsewhere)))

    assert [row.ref for row in found] == ["C-0002", "C-0001"]
    assert [len(row.waiting) for row in found] == [1, 0]


def test_ties_stand_in_the_order_of_reference_also_past_the_ten_thousandth() -> None:
    found = listed(*(opened(ref, 50) for ref in ("C-10000", "C-0002", "C-9999", "C-0001")))

    assert [row.ref for row in found] == ["C-0001", "C-0002", "C-9999", "C-10000"]


def test_a_child_stands_once_with_all_reasons_the_most_pressing_first() -> None:
    long_ago, lately = TODAY - timedelta(days=50), TODAY - timedelta(days=1)
    events = [
        *((long_ago, OPENED), (lately, screened(harboured="yes")), (lately, view("consult"))),
        (TODAY - timedelta(days=4), ReferralSent("Children's social care")),
    ]

    [row] = listed(case_of("C-0001", *events))

    assert [each.reason for each in row.waiting] == [
        *(Reason.REVIEW, Reason.REFERRAL, Reason.LOWER_VIEW),
    ]
    assert [each.when(TODAY) for each in row.waiting] == [When.OVERDUE, When.OVERDUE, When.TODAY]


CONCERNS = [each.key for each in OCC.asked() if each.group != "circumstance"]
concerns = st.dictionaries(st.sampled_from(CONCERNS), st.sampled_from(["no", "yes"]), max_size=30)


@given(st.lists(st.tuples(st.integers(0, 60), concerns, concerns), min_size=2, max_size=5))
def test_the_order_does_not_follow_how_many_concerns_are_recorded(
    children: list[tuple[int, dict[str, str], dict[str, str]]],
) -> None:
    def caseload(which: int) -> list[Case]:
        highest = view("emergency")
        return [
            case_of(f"C-{number:04d}", (on, OPENED), (on, screened(**child[which])), (on, highest))
            for number, child in enumerate(children, 1)
            for on in [TODAY - timedelta(days=child[0])]
        ]

    one, other = (listed(*caseload(which)) for which in (1, 2))

    assert [row.ref for row in one] == [row.ref for row in other]


# 4. The list


@pytest.fixture
def caseload() -> tuple[Row, ...]:
    on, sent = TODAY - timedelta(days=3), ReferralSent("Children's social care")
    accepted = ReferralAccepted(3, "social worker, Example Borough")
    advice = AdviceGiven("What now?", "Refer", "teacher")
    referred = [(on, OPENED), (on, screened(self_harm="yes")), (on, sent), (on, accepted)]
    started = NOW - timedelta(days=2)
    return listed(
        opened("C-0001", 50),
        case_of("C-0002", *referred, (on, view("assess_today"))),
        case_of("C-0003", (TODAY, OPENED), (TODAY, advice), **LEAD),
        case_of("C-0004", (on, OPENED), (on, CaseClosed("The child is eighteen"))),
        schools={"C-0002": "Example School", "C-0006": "Example College"},
        drafts={"C-0001": started, "C-0005": NOW, "C-0006": started},
    )


def test_every_open_case_has_a_row_and_every_other_child_with_an_unfinished_draft(
    caseload: tuple[Row, ...],
) -> None:
    assert [row.ref for row in caseload] == ["C-0001", "C-0006", "C-0002", "C-0003"]


def test_a_row_tells_the_view_that_stands_who_works_with_the_child_and_the_school(
    caseload: tuple[Row, ...],
) -> None:
    row = caseload[2]

    assert (row.view, row.worker) == ("assess_today", "social worker, Example Borough")
    assert (row.agencies, row.school) == (("Example School",), "Example School")


def test_a_draft_stands_beside_what_the_record_waits_for(caseload: tuple[Row, ...]) -> None:
    assert [each.reason for each in caseload[0].waiting] == [Reason.REVIEW, Reason.DRAFT]
    assert caseload[1] == Row("C-0006", caseload[1].waiting, school="Example College")


def test_children_are_counted_once_for_each_reason(caseload: tuple[Row, ...]) -> None:
    twice = next(e for e in EXAMPLES if e.title.startswith("Missing twice"))
    found = rows([twice.case], OCC, POLICY, twice.now)

    assert counts(found)[Reason.MISSING] == 1
    assert counts(caseload) == {
        **dict.fromkeys(Reason, 0),
        **{Reason.REVIEW: 1, Reason.DRAFT: 2},
    }


@pytest.mark.parametrize(
    ("filters", "refs"),
    [
        ({}, ["C-0001", "C-0006", "C-0002", "C-0003"]),
        ({"reason": Reason.REVIEW}, ["C-0001"]),
        ({"reason": "draft"}, ["C-0001", "C-0006"]),
        ({"reason": "Screening not finished for a day"}, ["C-0001", "C-0006"]),
        ({"agency": "Example Borough"}, ["C-0003"]),
        ({"worker": "teacher, Example School"}, ["C-0001"]),
        ({"school": "Example School"}, ["C-0002"]),
        ({"route": "assess_today"}, ["C-0002"]),
        ({"reason": "draft", "school": "Example College"}, ["C-0006"]),
        ({"reason": "missing"}, []),
    ],
)
def test_the_list_can_be_filtered(
    caseload: tuple[Row, ...], filters: dict[str, Any], refs: list[str]
) -> None:
    assert [row.ref for row in chosen(caseload, **filters)] == refs


def test_a_reason_that_there_is_not_is_refused_rather_than_shown_as_an_empty_list(
    caseload: tuple[Row, ...],
) -> None:
    with pytest.raises(WorkbookError) as caught:
        chosen(caseload, reason="mising")

    assert str(caught.value) == (
        "CASE_19 · reason: nothing waits for the reason “mising”: there is none of that name."
        " Did you mean “missing”? Choose one of: review, referral, lower_view, differ, changed,"
        " decisive, host_lead, missing, draft."
    )


def test_who_only_read_a_record_is_not_among_the_agencies_that_wrote() -> None:
    before = [entry(1, OPENED, happened_on=TODAY), entry(2, RecordRead("To look"), **LEAD)]

    [row] = listed(fold(before))

    assert row.agencies == ("Example School",)


# 5. The day


def test_the_day_is_that_of_the_place_where_the_person_is(monkeypatch: pytest.MonkeyPatch) -> None:
    case, evening = opened("C-0001", 42), datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    [here] = waiting(case, OCC, POLICY, evening)
    monkeypatch.setenv("TZ", "Europe/Athens")
    time.tzset()

    [there] = rows([opened("C-0001", 43)], OCC, POLICY, evening)[0].waiting

    assert (here.words, there.words) == ("Review due", "Review overdue")
