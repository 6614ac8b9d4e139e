"""What happened to a child, in order: the picture, the sentences that say the same, the table.

1. Each subject has its lane, and each lane its marks, oldest first.
2. The sentences say what the picture says: the same marks, and as many of them in each lane.
3. Every mark is drawn; words never lie over one another or over a mark.
4. Nothing that a person wrote is in the picture, and markup stays text.

The table behind it is in `test_timeline_table`.

The picture of one made-up case is `golden/timeline.svg`. After a decision to change how it looks,
write it again with

    python -m tests.test_timeline

and look at it before it is committed.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from cse_workbook.case import AnyEvent, Case, Entry, fold
from cse_workbook.case.events import (
    ActionDone,
    AdviceGiven,
    CaseClosed,
    Corrected,
    Evidence,
    MacseHeard,
    MacseListed,
    MissingEpisode,
    RecordRead,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReferralSent,
    ReturnInterview,
    SecondReading,
    StepDownAgreed,
)
from cse_workbook.policy import Policy
from cse_workbook.timeline import HEIGHT, WIDTH, Mark, Timeline, picture, sentences, timeline
from tests.made_up_events import (
    KINDS,
    MARKUP,
    OCC,
    OPENED,
    POLICY,
    case_on,
    entries_of,
    entry,
    histories,
    morning,
    screened,
    view,
)

GOLDEN: Final = Path(__file__).parent / "golden" / "timeline.svg"
SVG: Final = "{http://www.w3.org/2000/svg}"
LANES: Final = ["Screenings", "Views", "Referrals", "Missing", "Meetings", "Advice"]
SIGN: Final = screened(self_harm="yes")
ADVICE: Final = AdviceGiven("What now?", "Refer today", "teacher")


def missing(on: date, nights: int = 1) -> MissingEpisode:
    return MissingEpisode(morning(on), morning(on + timedelta(days=nights)))


def autumn() -> Case:
    """Make up the case of the golden picture: September to November 2026."""
    first, second, third = date(2026, 9, 2), date(2026, 10, 26), date(2026, 11, 16)
    return case_on(
        (first, OPENED),
        (first, SIGN),
        (first, view("consult")),
        (date(2026, 10, 18), missing(date(2026, 10, 18))),
        (second, SIGN),
        (second, view("assess_today")),
        (date(2026, 10, 27), ReferralSent("social worker")),
        (date(2026, 10, 27), ADVICE),
        (date(2026, 10, 29), ReferralAccepted(7, "social worker, Example Borough")),
        (date(2026, 10, 30), MacseListed(date(2026, 11, 4), "Missing again")),
        (date(2026, 11, 4), MacseHeard(date(2026, 11, 4), "Visit today")),
        (date(2026, 11, 14), missing(date(2026, 11, 14))),
        (third, SIGN),
        (third, view("refer_now")),
        (date(2026, 11, 17), ADVICE),
        (date(2026, 11, 23), RecordRead("To give advice")),
    )


def five_years() -> Case:
    """Make up a case of 300 entries."""
    first = date(2021, 11, 20)
    kinds = [SIGN, view("refer_now"), ReferralSent(""), view("consult"), ADVICE]
    days = [first + timedelta(days=6 * n) for n in range(300)]
    made = [
        (on, missing(on, n % 9) if n % 6 == 5 else kinds[n % 6]) for n, on in enumerate(days, 1)
    ]
    return case_on((first, OPENED), *made[:-1])


def laid(case: Case) -> Timeline:
    return timeline(case, OCC, POLICY)


def marks(name: str, *events: AnyEvent) -> list[Mark]:
    """Give the marks in a lane for events that are entry 2 and on, each a day after the other."""
    lanes = {lane.name: lane.marks for lane in laid(fold(entries_of(OPENED, *events))).lanes}
    return list(lanes[name])


def words(name: str, *events: AnyEvent) -> list[str]:
    return [mark.words for mark in marks(name, *events)]


# 1. Lanes


def test_the_lanes_stand_in_their_order_also_where_nothing_is_recorded() -> None:
    found = laid(fold(entries_of(OPENED)))

    assert [lane.name for lane in found.lanes] == LANES
    assert {lane.marks for lane in found.lanes} == {()}
    assert found.first_on == found.last_on == date(2026, 9, 1)


def test_a_screening_is_marked_on_its_day() -> None:
    assert marks("Screenings", SIGN) == [Mark(date(2026, 9, 2), date(2026, 9, 2), "", 2)]


def test_a_view_is_marked_in_the_words_of_the_instrument() -> None:
    assert words("Views", view("consult"), view("refer_now")) == ["Report the concern", "Refer now"]


def test_a_step_down_is_marked_among_the_views() -> None:
    lowered = StepDownAgreed("refer_now", "consult", (), "Agrees", "A second reader")

    assert words("Views", view("refer_now"), lowered) == [
        "Refer now",
        "lowered to Report the concern",
    ]


def test_a_second_reading_is_marked_among_the_views() -> None:
    reading = SecondReading(2, "refer_now", ())

    found = marks("Views", SIGN, reading, view("consult"))

    assert [mark.words for mark in found] == ["second reading: Refer now", "Report the concern"]
    assert [mark.entry for mark in found] == [3, 4]


def test_a_route_that_the_instrument_has_not_is_not_shown_as_it_was_written() -> None:
    assert words("Views", SIGN, view(MARKUP), SecondReading(2, MARKUP, ())) == [
        "another view",
        "second reading: another view",
    ]


def test_each_step_of_a_referral_is_marked() -> None:
    steps = (
        ReferralSent("social care"),
        ReferralAcknowledged(2),
        ReferralAccepted(2),
        ReferralDeclined(2, "Not for us"),
        ReferralClosed(2, "The work is done"),
        ActionDone(2),
    )

    assert words("Referrals", *steps) == ["sent", "acknowledged", "accepted", "declined", "ended"]


def test_a_missing_episode_is_marked_from_the_day_to_the_return() -> None:
    (mark,) = marks("Missing", missing(date(2026, 10, 18), 3))

    assert mark == Mark(date(2026, 10, 18), date(2026, 10, 21), "3 nights", 2)


@pytest.mark.parametrize(
    ("nights", "said"),
    [(0, "the same day"), (1, "one night"), (2, "2 nights"), (-1, "the same day")],
)
def test_a_missing_episode_says_how_long_it_lasted(nights: int, said: str) -> None:
    assert words("Missing", missing(date(2026, 10, 18), nights)) == [said]


def test_a_child_who_is_not_recorded_as_back_is_marked_without_an_end() -> None:
    (mark,) = marks("Missing", MissingEpisode(morning(date(2026, 9, 2))))

    assert (mark.until, mark.words) == (None, "no return recorded")


def test_what_only_follows_a_missing_episode_is_not_marked() -> None:
    assert len(marks("Missing", missing(date(2026, 9, 2)), ReturnInterview(2))) == 1


def test_a_meeting_is_marked_once_on_its_day_with_what_is_recorded_last() -> None:
    on = date(2026, 11, 4)

    assert marks("Meetings", MacseListed(on, "")) == [Mark(on, on, "MACSE, listed", 2)]
    assert marks("Meetings", MacseListed(on, ""), MacseHeard(on, "Visit")) == [
        Mark(on, on, "MACSE", 3)
    ]


def test_a_meeting_put_off_is_marked_with_the_day_it_was_put_off_to() -> None:
    on, later = date(2026, 11, 4), date(2026, 12, 2)
    put_off = MacseHeard(on, put_off_to=later, because="Nobody came")

    assert marks("Meetings", put_off, MacseListed(later, "")) == [
        Mark(on, on, "MACSE, put off", 2),
        Mark(later, later, "MACSE, listed", 2),
    ]


def test_a_meeting_has_the_name_that_the_policy_gives_it(default_policy: Policy) -> None:
    case = fold(entries_of(OPENED, MacseHeard(date(2026, 11, 4), "Visit")))
    named = replace(default_policy, names={"meeting": "MACE meeting"})
    nameless = replace(default_policy, names={})

    assert timeline(case, OCC, named).lanes[4].marks[0].words == "MACE"
    assert timeline(case, replace(OCC, names={}), nameless).lanes[4].marks[0].words == "meeting"


def test_advice_is_marked_on_its_day() -> None:
    assert marks("Advice", ADVICE) == [Mark(date(2026, 9, 2), date(2026, 9, 2), "", 2)]


def test_a_corrected_entry_is_marked_as_it_reads() -> None:
    rights = (
        Corrected(2, "route", "refer_now", "Slip"),
        Corrected(2, "happened_on", "2026-08-20", "Told late"),
    )

    assert marks("Views", view("consult"), *rights) == [
        Mark(date(2026, 8, 20), date(2026, 8, 20), "Refer now", 2)
    ]


def test_what_was_written_late_stands_on_the_day_it_happened() -> None:
    case = case_on((date(2026, 9, 1), OPENED), (date(2026, 9, 9), SIGN), (date(2026, 9, 3), SIGN))

    assert [mark.entry for mark in laid(case).lanes[0].marks] == [3, 2]


def test_a_timeline_spans_every_day_of_its_entries_and_marks() -> None:
    case = case_on(
        (date(2026, 9, 1), OPENED),
        (date(2026, 9, 2), missing(date(2026, 8, 3))),
        (date(2026, 9, 5), MacseListed(date(2026, 10, 1), "")),
    )

    assert (laid(case).first_on, laid(case).last_on) == (date(2026, 8, 3), date(2026, 10, 1))


def test_a_mark_shows_the_number_of_its_entry_only() -> None:
    assert repr(marks("Views", view("consult"))) == "[Mark(entry 2)]"


# 2. Sentences


def test_the_sentences_say_lane_by_lane_what_is_marked() -> None:
    assert sentences(laid(autumn())) == (
        "Timeline from 2 September 2026 to 23 November 2026.",
        "Screenings, 3: on 2 September 2026; on 26 October 2026; on 16 November 2026.",
        "Views, 3: Report the concern on 2 September 2026; Assess today on 26 October 2026;"
        " Refer now on 16 November 2026.",
        "Referrals, 2: sent on 27 October 2026; accepted on 29 October 2026.",
        "Missing, 2: from 18 October 2026 to 19 October 2026, one night; from 14 November 2026 to"
        " 15 November 2026, one night.",
        "Meetings, 1: MACSE on 4 November 2026.",
        "Advice, 2: on 27 October 2026; on 17 November 2026.",
    )


def test_the_sentences_of_one_day_name_it_once_and_say_where_there_is_nothing() -> None:
    case = fold([entry(1, MissingEpisode(morning(date(2026, 9, 1))))])

    assert sentences(laid(case)) == (
        "Timeline of 1 September 2026.",
        "Screenings: none.",
        "Views: none.",
        "Referrals: none.",
        "Missing, 1: from 1 September 2026, no return recorded.",
        "Meetings: none.",
        "Advice: none.",
    )


# 3. The picture


def drawn(case: Case) -> ET.Element:
    return ET.fromstring(picture(laid(case)))


def shapes(svg: ET.Element) -> list[list[tuple[float, float]]]:
    """Give the middle of each mark, lane by lane."""
    lanes = svg.findall(f"{SVG}g")
    return [
        [tuple(map(float, re.findall(r"[\d.]+", path.attrib["transform"]))) for path in lane]  # type: ignore[misc]
        for lane in lanes
    ]


def boxes(svg: ET.Element) -> list[tuple[float, float, float]]:
    """Give left, right and middle of the white ground under each word."""
    return [
        (x, x + float(rect.attrib["width"]), float(rect.attrib["y"]) + 9)
        for rect in svg.findall(f"{SVG}rect")[1:]
        for x in [float(rect.attrib["x"])]
    ]


def bars(svg: ET.Element) -> list[tuple[float, float, float]]:
    found = [path.attrib for path in svg.findall(f"{SVG}path") if path.get("stroke-width") == "6"]
    numbers = [[float(n) for n in re.findall(r"[\d.]+", each["d"])] for each in found]
    return [(left, right, y) for left, y, right in numbers]


def said(svg: ET.Element) -> list[str]:
    return [each.text or "" for each in svg.findall(f"{SVG}text")]


def test_the_picture_of_a_made_up_case_is_the_one_agreed() -> None:
    assert picture(laid(autumn())) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_the_picture_names_its_lanes_and_months_and_tells_what_it_shows() -> None:
    svg = drawn(autumn())

    assert [each for each in said(svg) if each in LANES] == LANES
    assert said(svg)[:4] == ["1 Sep", "1 Oct", "1 Nov", "23 Nov"]
    assert svg.findtext(f"{SVG}title") == "Timeline"
    assert svg.findtext(f"{SVG}desc") == " ".join(sentences(laid(autumn())))


def test_words_stand_beside_the_marks() -> None:
    found = [each for each in said(drawn(autumn())) if each not in LANES][4:]

    assert sorted(found) == [
        *("Assess today", "MACSE", "Refer now", "Report the concern"),
        *("one night", "one night", "sent, accepted"),
    ]


def test_each_lane_but_the_missing_one_has_a_shape_of_its_own_and_that_one_a_bar() -> None:
    lanes = drawn(five_years()).findall(f"{SVG}g")
    outlines = [{path.attrib["d"] for path in lane} for lane in lanes]

    assert [len(each) for each in outlines] == [1, 1, 1, 1, 0, 1]
    assert len(set.union(*outlines)) == 4
    assert lanes[1].attrib["fill"] != lanes[3].attrib["fill"]


def test_where_no_return_is_recorded_the_bar_is_open() -> None:
    svg = drawn(fold([entry(1, MissingEpisode(morning(date(2026, 9, 1))))]))
    (bar,) = [path for path in svg.findall(f"{SVG}path") if path.get("stroke-width") == "6"]

    assert "stroke-dasharray" in bar.attrib
    assert "no return recorded" in said(svg)


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), ["1 Sep"]),
        (date(2026, 9, 22), date(2026, 9, 22), ["1 Sep", "22 Sep"]),
        (
            date(2026, 1, 9),
            date(2026, 6, 2),
            ["1 Jan", "1 Feb", "1 Mar", "1 Apr", "1 May", "1 Jun"],
        ),
        (date(2026, 11, 22), date(2027, 2, 1), ["1 Nov 2026", "1 Dec", "1 Jan 2027", "1 Feb"]),
    ],
    ids=["the first of a month", "one day", "half a year", "into the next year"],
)
def test_the_months_are_named_across_the_top(first: date, last: date, named: list[str]) -> None:
    svg = drawn(case_on((first, OPENED), (last, CaseClosed("Moved away"))))

    assert said(svg)[: len(named)] == named
    assert said(svg)[len(named)] == "Screenings"


def test_over_five_years_the_years_are_named_across_the_top() -> None:
    named = said(drawn(five_years()))

    assert named[: named.index("Screenings")] == [
        *("1 Nov 2021", "1 Jan 2023", "1 Jan 2024", "1 Jan 2025", "1 Jan 2026"),
        *named[5 : named.index("Screenings")],
    ]


def test_a_day_mistyped_by_centuries_still_makes_a_picture() -> None:
    svg = drawn(case_on((date(1, 1, 1), OPENED), (date(9999, 12, 31), SIGN)))

    assert len(shapes(svg)[0]) == 1


def test_marks_of_one_day_stand_beside_one_another() -> None:
    day = date(2026, 9, 30)
    svg = drawn(case_on((day, OPENED), *[(day, SIGN)] * 5))

    assert len(set(shapes(svg)[0])) == 5


def inside(left: float, right: float) -> bool:
    return left >= 0 and right <= WIDTH


@pytest.mark.parametrize("case", [autumn(), five_years(), fold(entries_of(OPENED))], ids=repr)
def test_every_mark_of_a_case_is_drawn(case: Case) -> None:
    lanes = laid(case).lanes

    assert [len(found) for found in shapes(drawn(case))] == [len(lane.marks) for lane in lanes]


@settings(max_examples=60)
@given(histories(most=20))
def test_the_picture_has_as_many_marks_in_each_lane_as_the_sentences_say(
    entries: list[Entry],
) -> None:
    found = laid(fold(entries))

    counts = [int((re.findall(r", (\d+):", each) or ["0"])[0]) for each in sentences(found)[1:]]
    listed = [len(each.split("; ")) for each in sentences(found)[1:]]

    assert [len(lane) for lane in shapes(drawn(fold(entries)))] == counts
    assert all(count in (0, length) for count, length in zip(counts, listed, strict=True))


def overlapping(svg: ET.Element) -> Iterator[tuple[Any, Any]]:
    words, around = boxes(svg), [(x - 8, x + 8, y) for lane in shapes(svg) for x, y in lane]
    for n, (left, right, y) in enumerate(words):
        for other in (*words[n + 1 :], *around, *bars(svg)):
            if other[2] == y and other[0] < right - 0.1 and left + 0.1 < other[1]:
                yield (left, right, y), other


@settings(max_examples=60)
@given(histories(most=20))
def test_words_never_lie_over_one_another_or_over_a_mark(entries: list[Entry]) -> None:
    svg = drawn(fold(entries))

    assert list(overlapping(svg)) == []
    assert all(inside(left, right) for left, right, _ in boxes(svg))
    assert all(inside(x - 8, x + 8) and 0 < y < HEIGHT for lane in shapes(svg) for x, y in lane)


def test_in_a_long_record_words_are_left_out_and_marks_are_not() -> None:
    svg = drawn(five_years())

    assert list(overlapping(svg)) == []
    assert sum(map(len, shapes(svg))) == 299
    assert 0 < len(boxes(svg)) < 30


def test_of_marks_that_touch_the_words_of_the_last_are_kept_where_all_have_no_room() -> None:
    day = date(2026, 9, 28)
    views = [(day, view(route)) for route in ("consult", "assess_today", "refer_now")]
    svg = drawn(case_on((date(2026, 9, 20), view("consult")), *views))

    assert [each for each in said(svg) if each not in LANES][2:] == [
        "Refer now",
        "Report the concern",
    ]


@given(histories())
@settings(max_examples=20)
def test_the_same_case_gives_the_same_picture(entries: list[Entry]) -> None:
    assert picture(laid(fold(entries))) == picture(laid(fold(list(entries))))


# 4. Nothing a person wrote


def written_by_a_person(kind: type) -> AnyEvent:
    """Make up an event with markup in every text of it."""
    if kind.__name__ == "Screened":
        return screened(self_harm={"answer": "yes", "evidence": MARKUP, "source": MARKUP})
    day, at = date(2026, 9, 2), morning(date(2026, 9, 2))
    values = {
        **{str: MARKUP, int: 2, bool: True, date: day, datetime: at},
        **{date | None: day, datetime | None: at, tuple[str, ...]: (MARKUP,)},
        **{tuple[Evidence, ...]: (Evidence(MARKUP, MARKUP, day, MARKUP),)},
        **{dict[str, Any]: {MARKUP: MARKUP}},
    }
    fields = {field.name: values[field.type] for field in msgspec.structs.fields(kind)}
    return kind(**fields)


def everything() -> Case:
    kinds = [kind for kind in KINDS if kind.__name__ != "Corrected"]
    return fold(
        [
            entry(1, OPENED),
            *(
                entry(seq, written_by_a_person(kind), role=MARKUP, agency=MARKUP)
                for seq, kind in enumerate(kinds, 2)
            ),
        ]
    )


def test_nothing_that_a_person_wrote_is_in_the_picture_or_its_sentences() -> None:
    svg, spoken = picture(laid(everything())), " ".join(sentences(laid(everything())))

    assert len(re.findall("<g ", svg)) == 6
    assert "script" not in svg + spoken
    assert "alert" not in svg + spoken


def test_markup_in_the_names_of_a_policy_or_instrument_stays_text() -> None:
    policy = replace(POLICY, names={"meeting": f"{MARKUP}\x01"})
    routes = tuple(replace(route, view_label=f'"{MARKUP}') for route in OCC.routes)
    case = fold(entries_of(OPENED, view("consult"), MacseHeard(date(2026, 9, 20), "")))

    svg = ET.fromstring(picture(timeline(case, replace(OCC, routes=routes), policy)))

    assert MARKUP in svg.findtext(f"{SVG}desc", "")
    assert svg.findall(f".//{SVG}script") == []


if __name__ == "__main__":
    GOLDEN.write_text(picture(laid(autumn())) + "\n", encoding="utf-8")
