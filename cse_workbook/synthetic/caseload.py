"""Which children does a made-up caseload hold, and when does each case begin?

Arcs are dealt like cards: of every forty children each arc has its share, so that even a small
caseload holds every course a case may take.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import chain
from random import Random
from typing import Final

import msgspec

from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy
from cse_workbook.synthetic.days import Days, working
from cse_workbook.synthetic.people import child, person
from cse_workbook.synthetic.screenings import Rules
from cse_workbook.synthetic.stories import Arc, arcs, stories
from cse_workbook.synthetic.telling import MadeUp, steps_of, tell
from cse_workbook.synthetic.told import Told
from cse_workbook.themes import AGENCY

LAST_DAY: Final = date(2026, 11, 20)
YEAR: Final = timedelta(354)
FIRST_DAY: Final = LAST_DAY - YEAR
_LEAD: Final = "lead officer"
# When, which case (so that no two are equal), what, and what comes after it.
_Waiting = tuple[datetime, int, MadeUp, Iterator[MadeUp]]


class Card(msgspec.Struct, frozen=True):
    """What is dealt to one child: the first day, the arc, and whether it is one of the college."""

    first: date
    arc: Arc
    at_college: bool


def make_up(
    cases: int, seed: int, instrument: Instrument, policy: Policy, until: date = LAST_DAY
) -> Iterator[MadeUp]:
    """Make up a year of recordings for so many children, C-0001 onwards, in the order of time.

    Nothing is recorded after `until`. The policy has been applied to the instrument. The same seed
    and day give the same recordings.
    """
    rules = Rules(instrument, policy)
    dealt = sorted(_dealt(cases, Random(seed), until), key=lambda card: card.first)
    told = (
        (card.first, _of_a_child(number, card, until, seed, rules))
        for number, card in enumerate(dealt, 1)
    )
    return _in_order_of_time([(until - YEAR, _of_the_agency(until, seed, rules))], told)


def _dealt(cases: int, random: Random, until: date) -> Iterator[Card]:
    pack = [(arc, number < arc.at_college) for arc in arcs().arc for number in range(arc.share)]
    for dealt in range(0, cases, len(pack)):
        for arc, at_college in random.sample(pack, k=len(pack))[: cases - dealt]:
            first = working(until - timedelta(random.randint(*arc.began)))
            yield Card(first, arc, at_college)


def _of_a_child(number: int, card: Card, until: date, seed: int, rules: Rules) -> Iterator[MadeUp]:
    random, arc, at_college = Random(f"{seed} {number}"), card.arc, card.at_college
    fits = [story for story in stories().story if story.key in arc.stories or not arc.stories]
    story = random.choice(fits)
    screener = random.choice(arc.screeners or arcs().screeners)
    told = Told(
        ref=f"C-{number:04d}",
        days=Days(card.first, until),
        random=random,
        rules=rules,
        screener=person(screener, at_college=at_college),
        at_college=at_college,
        child=child(number, story, card.first, until, random, at_college=at_college),
        story=story,
    )
    return tell(told, steps_of(arc, random))


def _of_the_agency(until: date, seed: int, rules: Rules) -> Iterator[MadeUp]:
    told = Told(
        ref=AGENCY,
        days=Days(until - YEAR, until),
        random=Random(f"{seed} {AGENCY}"),
        rules=rules,
        screener=person(_LEAD, at_college=False),
    )
    return tell(told, arcs().agency)


def _in_order_of_time(*cases: Iterable[tuple[date, Iterator[MadeUp]]]) -> Iterator[MadeUp]:
    """Merge cases that come with their first day and in its order.

    Of each case only the next recording is held, so that a caseload of any size fits in memory.
    """
    waiting: list[_Waiting] = []
    for number, (first, told) in enumerate(chain.from_iterable(cases)):
        while waiting and waiting[0][0].date() < first:
            yield _next(waiting)
        _wait(waiting, number, told)
    while waiting:
        yield _next(waiting)


def _next(waiting: list[_Waiting]) -> MadeUp:
    _, number, recording, told = heappop(waiting)
    _wait(waiting, number, told)
    return recording


def _wait(waiting: list[_Waiting], number: int, told: Iterator[MadeUp]) -> None:
    recording = next(told, None)
    if recording is not None:
        heappush(waiting, (recording.at, number, recording, told))
