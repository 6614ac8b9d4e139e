"""What could screenings look like? Made-up ones, for trying out, teaching and tests.

The same seed gives the same children. Everything is invented: the stories stand in
`stories/occ_safeguard.toml`. Nothing here reads a clock or writes anything.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec

from cse_workbook.case import Event
from cse_workbook.case.events import CaseOpened, JudgementRecorded, Screened
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Outcome, explain
from cse_workbook.policy import Policy
from cse_workbook.screening import Answer, Screening, read_screening

STORIES: Final = Path(__file__).parent / "stories" / "occ_safeguard.toml"
FIRST_DAY: Final = date(2026, 1, 5)
LAST_DAY: Final = date(2026, 11, 20)
_CLARITY: Final = (0.1, 0.2, 0.5, 0.85)  # how much of a story has come to light
_AGAIN: Final = 0.3  # of the children are screened a second time
_LOWER: Final = 0.15  # of the views are below the guidance
_HIGHER: Final = 0.1

Raw = dict[str, Any]


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of situation: the ages it fits, the worry, and what is likely to be recorded."""

    key: str
    ages: tuple[int, int]
    worry: str
    likely: Mapping[str, str]


class Stories(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All stories, and words that fit any of them."""

    story: tuple[Story, ...]
    because: tuple[str, ...]
    child_said: tuple[str, ...]
    consulted: tuple[str, ...]
    consulted_said: tuple[str, ...]
    lower_because: tuple[str, ...]
    other_driver: tuple[str, ...]
    protective: tuple[str, ...]
    sources: tuple[str, ...]


class MadeUp(msgspec.Struct, frozen=True):
    """One recording: the events of one sitting, for the case they belong to."""

    case_ref: str
    at: datetime
    events: tuple[Event, ...]


@cache
def stories() -> Stories:
    """Read the stories that ship with the package."""
    return msgspec.convert(tomllib.loads(STORIES.read_text(encoding="utf-8")), Stories)


def make_up(cases: int, seed: int, instrument: Instrument, policy: Policy) -> tuple[MadeUp, ...]:
    """Make up recordings for so many children, C-0001 onwards, in the order of time.

    Each child is screened once, some twice; the policy has been applied to the instrument.
    """
    days = [FIRST_DAY + timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    first_days = sorted(Random(seed).choices(working, k=cases))
    recordings = [
        recording
        for number, day in enumerate(first_days, 1)
        for recording in _case(
            f"C-{number:04d}", day, Random(f"{seed} {number}"), instrument, policy
        )
    ]
    return tuple(sorted(recordings, key=lambda each: (each.at, each.case_ref)))


def _case(
    case_ref: str, day: date, random: Random, instrument: Instrument, policy: Policy
) -> Iterator[MadeUp]:
    story = random.choice(stories().story)
    raw = _screening(case_ref, story, day, random, instrument)
    opened = CaseOpened("A screening was recorded.")
    yield MadeUp(
        case_ref, _moment(day, random), (opened, *_events(raw, random, instrument, policy))
    )
    again = day + timedelta(days=random.randrange(14, 60))
    if random.random() < _AGAIN and again <= LAST_DAY:
        later = _learnt({**raw, "screened_on": again.isoformat()}, random)
        yield MadeUp(case_ref, _moment(again, random), _events(later, random, instrument, policy))


def _moment(day: date, random: Random) -> datetime:
    minutes = timedelta(minutes=random.randrange(9 * 60))
    return datetime.combine(day, time(8), tzinfo=UTC) + minutes


def _screening(
    case_ref: str, story: Story, day: date, random: Random, instrument: Instrument
) -> Raw:
    words = stories()
    answers: Raw = {}
    clarity = random.choice(_CLARITY)
    for indicator in instrument.asked():
        if indicator.key in story.likely and random.random() < clarity:
            evidence = story.likely[indicator.key]
            answers[indicator.key] = _recorded(evidence, day, random)
        elif indicator.blank_counts_as == "no":
            answers[indicator.key] = "no"
        elif (given := _other(random)) is not None:
            answers[indicator.key] = given
    return {
        "child_ref": case_ref,
        "age": random.randint(*story.ages),
        "screened_on": day.isoformat(),
        "instrument": instrument.key,
        "answers": answers,
        "worry": story.worry,
        "child_said": random.choice(words.child_said),
        "protective": random.choice(words.protective),
    }


def _recorded(evidence: str, day: date, random: Random) -> Raw:
    answer = random.choices(["yes", "possible"], weights=[2, 1])[0]
    if not evidence:
        return {"answer": answer}
    seen_on = day - timedelta(days=random.randrange(1, 40))
    kinds = ["seen", "child_said", "told_by_family", "told_by_professional", "professional_view"]
    return {
        "answer": answer,
        "when": random.choices(["last_6_months", "earlier", "both"], weights=[6, 1, 2])[0],
        "seen_on": seen_on.isoformat(),
        "evidence": f"{evidence} (made up)",
        "kind": random.choice(kinds),
        "source": random.choice(stories().sources),
    }


def _other(random: Random) -> str | None:
    """Answer what is not part of the story: mostly no, not known, or nothing."""
    return random.choices(["no", "not_known", "possible", None], weights=[400, 180, 6, 414])[0]


def _learnt(raw: Raw, random: Random) -> Raw:
    """Screen again when more is known: half of what was not known has an answer."""
    answers = {
        key: random.choice(["yes", "no"])
        if given == "not_known" and random.random() < 0.5
        else given
        for key, given in raw["answers"].items()
    }
    return {**raw, "answers": answers}


def _events(raw: Raw, random: Random, instrument: Instrument, policy: Policy) -> tuple[Event, ...]:
    """Give what one sitting records: screening with outcome, the view, and a reason if lower."""
    screening = read_screening(raw, raw["child_ref"], instrument)
    outcome = explain(screening, instrument, policy)
    view = _view(screening, outcome, random, instrument)
    given = {name: getattr(view, name) for name in ("route", "drivers", "because", "other_driver")}
    whole = read_screening({**raw, "view": given}, raw["child_ref"], instrument)
    screened = Screened.of(whole, outcome)
    routes = [route.key for route in instrument.routes]
    if routes.index(view.route) >= routes.index(outcome.route) or random.random() < 0.3:
        return screened, view
    return screened, view, _explained(view, screening, random)


def _view(
    screening: Screening, outcome: Outcome, random: Random, instrument: Instrument
) -> JudgementRecorded:
    routes = [route.key for route in instrument.routes]
    chance = random.random()
    step = -1 if chance < _LOWER else 1 if chance > 1 - _HIGHER else 0
    # No made-up case is an emergency.
    place = min(max(routes.index(outcome.route) + step, 0), len(routes) - 2)
    concerns = [key for key, given in screening.answers.items() if given.level >= Answer.POSSIBLE]
    drivers = tuple(random.sample(concerns, k=min(len(concerns), random.randint(1, 3))))
    words = stories()
    return JudgementRecorded(
        route=routes[place],
        drivers=drivers,
        because=random.choice(words.because),
        other_driver="" if drivers else random.choice(words.other_driver),
    )


def _explained(view: JudgementRecorded, screening: Screening, random: Random) -> JudgementRecorded:
    words = stories()
    return msgspec.structs.replace(
        view,
        lower_because=random.choice(words.lower_because),
        consulted=random.choice(words.consulted),
        consulted_on=screening.screened_on,
        consulted_said=random.choice(words.consulted_said),
    )
