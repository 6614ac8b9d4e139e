"""Which kinds of fact can be written down about a child?

Each kind is a frozen, tagged type; its name is the kind in the record. An entry that refers to
another names it by its number in the record. When something happened stands in the row of its
entry, and is not repeated here. Nothing here reads or writes a store.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from cse_workbook.outcome import Outcome
from cse_workbook.screening import Screening


class Event(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind"
):
    """One fact about a case. The tag is the name of the class."""

    def __repr__(self) -> str:
        """Name the kind only: what an event holds belongs in no log and no traceback."""
        return f"{type(self).__name__}(…)"


class CaseOpened(Event, frozen=True, tag=True):
    """The first entry of every case; a closed case is opened again with another."""

    reason: str


class Screened(Event, frozen=True, tag=True):
    """One completed screening, and what the rules said about it at that moment.

    Both are kept as the JSON of the published contract, and read only where they are needed.
    `circumstances` holds what was asked beside the indicators: needs, what happened, who has seen
    what.
    """

    screening_json: msgspec.Raw = msgspec.field(name="screening")
    outcome_json: msgspec.Raw = msgspec.field(name="outcome")
    circumstances: dict[str, str] = {}

    @classmethod
    def of(
        cls, screening: Screening, outcome: Outcome, circumstances: Mapping[str, str] | None = None
    ) -> "Screened":
        """Write a screening and its outcome down."""
        return cls(_raw(screening), _raw(outcome), dict(circumstances or {}))

    @property
    def screening(self) -> Screening:
        """The screening, read from its JSON each time it is asked for."""
        return msgspec.json.decode(self.screening_json, type=Screening)

    @property
    def outcome(self) -> Outcome:
        """The outcome, read from its JSON each time it is asked for."""
        return msgspec.json.decode(self.outcome_json, type=Outcome)


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value, order="sorted"))


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


class ReferralDrafted(Event, frozen=True, tag=True):
    """A referral was written and not sent yet: to which service."""

    to: str


class ReferralSent(Event, frozen=True, tag=True):
    """A referral or a telling that has happened: which role, how, when, what they will do.

    `written` holds what stood in the draft, where it was made before a screening was recorded.
    """

    to: str
    how: str = ""
    will_do: str = ""
    told_at: str = ""
    written: dict[str, Any] = {}


class ReferralAcknowledged(Event, frozen=True, tag=True):
    """The service said that it has the referral."""

    referral: int
    by: str = ""


class ReferralAccepted(Event, frozen=True, tag=True):
    """The service took the referral up: the allocated worker, by role and agency."""

    referral: int
    worker: str = ""


class ReferralDeclined(Event, frozen=True, tag=True):
    """The service did not take the referral up, and why."""

    referral: int
    because: str


class ReferralClosed(Event, frozen=True, tag=True):
    """What was asked for in the referral came to its end, and how."""

    referral: int
    because: str


class RiskAssessed(Event, frozen=True, tag=True):
    """A professional's risk assessment (form CSE2): what it found, and what is planned.

    For a looked-after child: when the Independent Reviewing Officer saw it, and when the host
    authority's CSE lead was put into the care plan, where that is known.
    """

    found: str
    plan: str = ""
    iro_seen_on: date | None = None
    host_lead_in_plan_on: date | None = None


class AdviceGiven(Event, frozen=True, tag=True):
    """What a lead officer was asked, advised, and to which role; `signposts` names services."""

    asked: str
    advice: str
    to: str
    signposts: tuple[str, ...] = ()


class SecondReading(Event, frozen=True, tag=True):
    """Another person's view of the same answers, given without seeing the first."""

    screening: int
    route: str
    drivers: tuple[str, ...]
    because: str = ""


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has changed about one driver of a view: seen when, known from where."""

    driver: str
    changed: str
    seen_on: date
    source: str

    def __repr__(self) -> str:
        """Name the driver only."""
        return f"Evidence({self.driver}, …)"


class StepDownAgreed(Event, frozen=True, tag=True):
    """The view of a child was lowered: with evidence for each driver, the child's or the family's
    view, and a second reader by name and role.
    """

    from_route: str
    to_route: str
    evidence: tuple[Evidence, ...]
    child_view: str
    second_reader: str


class ReviewHeld(Event, frozen=True, tag=True):
    """The case was looked at again: what was concluded, and when next (blank: by the policy)."""

    concluded: str
    next_on: date | None = None


class MacseListed(Event, frozen=True, tag=True):
    """The child is to be heard at a multi-agency meeting, and why."""

    meeting_on: date
    because: str


class MacseHeard(Event, frozen=True, tag=True):
    """The meeting heard the child, or put it off to another day and said why."""

    meeting_on: date
    decided: str = ""
    present: str = ""
    put_off_to: date | None = None
    because: str = ""


class MissingEpisode(Event, frozen=True, tag=True):
    """The child was missing from home or care; `returned_at` is blank while missing."""

    missing_at: datetime
    returned_at: datetime | None = None
    reported_to: str = ""


class ReturnInterview(Event, frozen=True, tag=True):
    """A return interview was offered, and done or not; `episode` is the entry of the episode."""

    episode: int
    offered_on: date | None = None
    done_at: datetime | None = None
    by: str = ""
    because_not: str = ""


class ActionSet(Event, frozen=True, tag=True):
    """Somebody is to do something by a day; `step` is the instrument's key for it, if any."""

    what: str
    who: str
    due_on: date
    step: str = ""


class ActionDone(Event, frozen=True, tag=True):
    """An action was done, and what came of it."""

    action: int
    note: str = ""


class ThemeNoted(Event, frozen=True, tag=True):
    """Something the agency keeps meeting: its kind, the kind of place, what was done about it."""

    theme: str
    of_kind: str
    place: str = ""
    done: str = ""


class BlockageNoted(Event, frozen=True, tag=True):
    """What stops action, since when, at which agency, and what would end it."""

    stops: str
    since_on: date
    agency: str
    would_end: str = ""


class BlockageResolved(Event, frozen=True, tag=True):
    """A blockage ended: when and how."""

    blockage: int
    ended_on: date
    how: str


class SharingDecision(Event, frozen=True, tag=True):
    """Whether information was shared: what, with whom, yes or no, and why."""

    what: str
    with_whom: str
    is_shared: bool
    because: str


class PackReleased(Event, frozen=True, tag=True):
    """What was released to a meeting about this child: the digest names the file."""

    meeting_on: date
    digest: str


class TableReleased(Event, frozen=True, tag=True):
    """A table with small numbers protected was released: the digest names the file.

    `as_printed` holds the table as JSON (`disclosure.ledger.Table`): what the next is weighed with.
    """

    name: str
    digest: str
    as_printed: str


class RecordRead(Event, frozen=True, tag=True):
    """Somebody read the record, and for what; `identity`: they were shown who the child is."""

    purpose: str
    identity: bool = False


class Corrected(Event, frozen=True, tag=True):
    """A mistake put right: entry, field, the right value and why. The old entry stays."""

    entry: int
    field: str
    value: str
    reason: str


class CaseClosed(Event, frozen=True, tag=True):
    """A person closed the case, and why. The program never does."""

    because: str


class BodyErased(Event, frozen=True, tag=True):
    """What an entry said was erased under a written retention decision."""

    entry: int
    decision: str


AnyEvent = (
    CaseOpened
    | Screened
    | JudgementRecorded
    | ReferralDrafted
    | ReferralSent
    | ReferralAcknowledged
    | ReferralAccepted
    | ReferralDeclined
    | ReferralClosed
    | RiskAssessed
    | AdviceGiven
    | SecondReading
    | StepDownAgreed
    | ReviewHeld
    | MacseListed
    | MacseHeard
    | MissingEpisode
    | ReturnInterview
    | ActionSet
    | ActionDone
    | ThemeNoted
    | BlockageNoted
    | BlockageResolved
    | SharingDecision
    | PackReleased
    | TableReleased
    | RecordRead
    | Corrected
    | CaseClosed
    | BodyErased
)
