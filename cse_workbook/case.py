"""What is recorded about a child, entry by entry.

Each kind of event is a frozen, tagged type; nothing here reads or writes a store. Corrections are
entries like any other.
"""

from datetime import date
from typing import Any

import msgspec


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """One fact about a case. The tag is the name of the class."""

    def __repr__(self) -> str:
        """Name the kind only: what an event holds belongs in no log and no traceback."""
        return f"{type(self).__name__}(…)"


class CaseOpened(Event, frozen=True, tag=True):
    """The first entry of every case."""

    reason: str


class Screened(Event, frozen=True, tag=True):
    """One completed screening, and what the rules said about it at that moment.

    `screening` and `outcome` are the JSON of the published contract; `circumstances` holds what was
    asked beside the indicators: needs, what happened, who has seen what.
    """

    screening: dict[str, object]
    outcome: dict[str, object]
    circumstances: dict[str, str] = {}


class JudgementRecorded(Event, frozen=True, tag=True):
    """What the practitioner thinks should happen: given before the outcome was shown, or changed or
    explained after it.
    """

    route: str
    drivers: tuple[str, ...]
    because: str = ""
    other_driver: str = ""
    talked_to: str = ""
    lower_because: str = ""
    consulted: str = ""
    consulted_on: date | None = None
    consulted_said: str = ""


class ReferralSent(Event, frozen=True, tag=True):
    """A referral or a telling that has happened: which role, how, when, what they will do.

    `written` holds what stood in the draft, where it was made before a screening was recorded.
    """

    to: str
    how: str = ""
    will_do: str = ""
    told_at: str = ""
    written: dict[str, Any] = {}


class Corrected(Event, frozen=True, tag=True):
    """A mistake put right: entry, field, the right value and why. The old entry stays."""

    entry: int
    field: str
    value: str
    reason: str


AnyEvent = CaseOpened | Screened | JudgementRecorded | ReferralSent | Corrected
