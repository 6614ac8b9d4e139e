"""Which day is meant? Days of a made-up case, from the words that the arcs are told in.

A number counts days from the first screening. “today” is the day after the last day on which
anything was recorded; “today-3” and “today+4” count from it. “meeting after 20” is the first
meeting on or after day 20; meetings are every fourth Thursday. “next meeting” is the one to come,
“last meeting” the one before it. A moment is a day and a time: “6 22:40”.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import msgspec

MEETINGS: Final = timedelta(weeks=4)
_NOTICE: Final = timedelta(days=3)
_THURSDAY: Final = 3
_SATURDAY: Final = 5


class Days(msgspec.Struct, frozen=True):
    """The days of one case: the first, and the last on which anything was recorded."""

    first: date
    last: date

    def day(self, when: int | str) -> date:
        """Give the day that is meant. Raises ValueError for words that mean none."""
        if isinstance(when, int):
            return self.first + timedelta(when)
        today = self.last + timedelta(1)
        word, _, count = when.partition("meeting after ")
        if count and not word:
            return self._meeting_from(self.first + timedelta(int(count)))
        if when in ("next meeting", "last meeting"):
            coming = self._meeting_from(today + _NOTICE)
            return coming if when == "next meeting" else coming - MEETINGS
        if not when.startswith("today"):
            return self.first + timedelta(int(when))
        return today + timedelta(int(when.removeprefix("today") or 0))

    def moment(self, words: str) -> datetime:
        """Give the moment that is meant, in UTC."""
        when, _, clock = words.rpartition(" ")
        return datetime.combine(self.day(when), time.fromisoformat(clock), tzinfo=UTC)

    def written(self, when: int | str) -> date:
        """Give the working day on which something is written down: after a weekend the Monday.

        What counts back from today is written on the Friday before: it has been written by then.
        """
        day = self.day(when)
        past = day.weekday() - _SATURDAY
        if past < 0:
            return day
        return day + timedelta(2 - past) if isinstance(when, int) else day - timedelta(1 + past)

    def _meeting_from(self, day: date) -> date:
        coming = self.last + timedelta(1) + _NOTICE
        coming += timedelta((_THURSDAY - coming.weekday()) % 7)
        return coming - MEETINGS * ((coming - day) // MEETINGS)


def working(day: date) -> date:
    """Give the day itself, or the Friday before a weekend."""
    return day - timedelta(max(0, day.weekday() - _SATURDAY + 1))
