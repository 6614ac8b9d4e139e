"""Entries of a made-up case, and where each kind stands."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from cse_workbook.case import Entry, Thread
from cse_workbook.case.events import (
    ActionSet,
    BlockageNoted,
    MissingEpisode,
    ReferralSent,
)
from tests.made_up_events import (
    screened,
    view,
)

DAY = date(2026, 9, 3)
NIGHT = datetime(2026, 9, 2, 22, 0, tzinfo=UTC)
SCREENED = screened(self_harm="yes")
SENT = ReferralSent("social worker", written={"worry": "A made-up worry"})
ACTION = ActionSet("Offer an interview", "social worker", DAY)
MISSING = MissingEpisode(NIGHT)
BLOCKAGE = BlockageNoted("No place to talk", DAY, "Example School")
VIEW = view("refer_now", "self_harm")

# The list of a case in which a kind of entry stands, and the field that names what it follows.
WHERE = {
    "Screened": "screenings",
    "JudgementRecorded": "views",
    "ReferralDrafted": "drafted",
    "ReferralSent": "referrals",
    "ReferralAcknowledged": "referrals",
    "ReferralAccepted": "referrals",
    "ReferralDeclined": "referrals",
    "ReferralClosed": "referrals",
    "RiskAssessed": "assessments",
    "AdviceGiven": "advice",
    "SecondReading": "screenings",
    "StepDownAgreed": "views",
    "ReviewHeld": "reviews",
    "MacseListed": "meetings",
    "MacseHeard": "meetings",
    "MissingEpisode": "missing",
    "ReturnInterview": "missing",
    "ActionSet": "actions",
    "ActionDone": "actions",
    "ThemeNoted": "themes",
    "BlockageNoted": "blockages",
    "BlockageResolved": "blockages",
    "SharingDecision": "sharing",
    "PackReleased": "releases",
    "TableReleased": "releases",
    "RecordRead": "reads",
    "BodyErased": "erased",
}
FOLLOWING = {
    "SecondReading": "screening",
    "ReferralAcknowledged": "referral",
    "ReferralAccepted": "referral",
    "ReferralDeclined": "referral",
    "ReferralClosed": "referral",
    "ActionDone": "action",
    "ReturnInterview": "episode",
    "BlockageResolved": "blockage",
}
BEGUN = ("screenings", "referrals", "actions", "missing", "blockages")
ALONE = sorted(set(WHERE.values()) - set(BEGUN))


def numbers(entries: Iterable[Entry]) -> list[int]:
    return [each.seq for each in entries]


def threads(found: Sequence[Thread]) -> list[list[int]]:
    return [[each.start.seq, *numbers(each.after)] for each in found]


def event_of(entry: Entry | None) -> Any:
    assert entry is not None
    return entry.event
