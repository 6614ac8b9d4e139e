"""The forms for missing episodes, their return interviews, and what becomes of a referral."""

from collections.abc import Iterator, Mapping
from typing import Final

from cse_workbook.case import AnyEvent
from cse_workbook.case.events import (
    MissingEpisode,
    ReferralAccepted,
    ReferralAcknowledged,
    ReferralClosed,
    ReferralDeclined,
    ReferralSent,
    ReturnInterview,
)
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble
from cse_workbook.views.office import boxes
from cse_workbook.views.office.writing import Form, Sheet
from cse_workbook.views.pages import written

# A missing episode


def _missing_blocks(sheet: Sheet) -> Iterator[Block]:
    yield blocks.text("If the child is missing now, report it to the police now.")
    yield from boxes.moment_boxes(sheet, "missing.missing_at", "Missing from")
    hint = f"{boxes.EXAMPLE}. Leave it empty while the child is missing"
    yield from boxes.moment_boxes(sheet, "missing.returned_at", "Missing until", hint)
    yield boxes.line(
        sheet, "missing.reported_to", "To whom was it reported?", "A role or a service"
    )


def _missing(sheet: Sheet) -> MissingEpisode:
    return MissingEpisode(
        missing_at=boxes.moment(sheet, "missing.missing_at") or sheet.casework.now(),
        returned_at=boxes.moment(sheet, "missing.returned_at"),
        reported_to=sheet.words("missing.reported_to"),
    )


def _missing_checks(sheet: Sheet) -> Iterator[Trouble]:
    begun = "Enter since when the child was missing"
    yield from boxes.moment_troubles(sheet, "missing.missing_at", "The day", begun)
    yield from boxes.moment_troubles(sheet, "missing.returned_at", "The day of return")


MISSING: Final = Form(
    key="missing",
    button="Record a missing episode",
    heading="Record a missing episode",
    fields=dict.fromkeys(
        ("missing.missing_at_time", "missing.returned_at_time", "missing.reported_to")
    ),
    dates={"missing.missing_at": ("", ""), "missing.returned_at": ("", "")},
    places=lambda _sheet: {"happened_on": "missing.missing_at"},
    happened_on=lambda sheet: sheet.date("missing.missing_at"),
    blocks=_missing_blocks,
    event=_missing,
    checks=_missing_checks,
)


# A return interview


def _interview_blocks(sheet: Sheet) -> Iterator[Block]:
    begun = sheet.followed
    if begun is not None and isinstance(begun.event, MissingEpisode):
        day = written(begun.event.missing_at.astimezone().date())
        yield blocks.text(f"About the episode that began on {day}.")
    empty = f"{boxes.EXAMPLE}. Leave it empty if it was not"
    yield boxes.day(sheet, "interview.offered_on", "When was it offered?", empty)
    yield from boxes.moment_boxes(sheet, "interview.done_at", "When was it done?", empty)
    who = "A role. Somebody independent of those who care for the child"
    yield boxes.line(sheet, "interview.by", "Who did it?", who)
    yield boxes.area(sheet, "interview.because_not", "If it was not done, why not?", rows=2)


def _interview_checks(sheet: Sheet) -> Iterator[Trouble]:
    yield from boxes.moment_troubles(sheet, "interview.done_at", "The day")


INTERVIEW: Final = Form(
    key="interview",
    button="Record the return interview",
    heading="Record the return interview",
    fields=dict.fromkeys(("interview.done_at_time", "interview.by", "interview.because_not")),
    dates={"interview.offered_on": ("The day", ""), "interview.done_at": ("", "")},
    blocks=_interview_blocks,
    event=lambda sheet: ReturnInterview(
        episode=sheet.follows,
        offered_on=sheet.date("interview.offered_on"),
        done_at=boxes.moment(sheet, "interview.done_at"),
        by=sheet.words("interview.by"),
        because_not=sheet.words("interview.because_not"),
    ),
    checks=_interview_checks,
)


# What becomes of a referral

_BECAME: Final[Mapping[str, str]] = {
    "acknowledged": "The service has said that it has it",
    "accepted": "The service has taken it up",
    "declined": "The service has not taken it up",
    "closed": "What was asked for has come to its end",
}


def _referral_blocks(sheet: Sheet) -> Iterator[Block]:
    begun = sheet.followed
    if begun is not None and isinstance(begun.event, ReferralSent):
        yield blocks.text(f"Referral to {begun.event.to}, {written(begun.happened_on)}.")
    yield boxes.radios(sheet, "referral.became", "What has happened?", list(_BECAME.items()))
    on = blocks.when("referral.became", "acknowledged")
    yield boxes.line(sheet, "referral.by", "Who said so?", "A role is enough", **on)
    asked, hint = "Who is the allocated worker?", "Role and agency. Leave it empty if nobody is"
    on = blocks.when("referral.became", "accepted")
    yield boxes.line(sheet, "referral.worker", asked, hint, **on)
    why = boxes.area(sheet, "referral.because", "Why, and what happens now?")
    yield {**why, **blocks.when("referral.became", "declined", "closed")}
    yield boxes.day(sheet, "referral.on", "When?", boxes.OR_EMPTY)


def _referral(sheet: Sheet) -> AnyEvent:
    became, because = sheet.words("referral.became"), sheet.words("referral.because")
    if became == "accepted":
        return ReferralAccepted(sheet.follows, sheet.words("referral.worker"))
    if became == "declined":
        return ReferralDeclined(sheet.follows, because)
    if became == "closed":
        return ReferralClosed(sheet.follows, because)
    return ReferralAcknowledged(sheet.follows, sheet.words("referral.by"))


def _referral_checks(sheet: Sheet) -> Iterator[Trouble]:
    if not sheet.words("referral.became"):
        yield Trouble("referral.became", "CASE_04", "Select what has happened")


REFERRAL: Final = Form(
    key="referral",
    button="Say what became of it",
    heading="Say what became of the referral",
    fields={
        **dict.fromkeys(("referral.by", "referral.worker", "referral.because")),
        "referral.became": tuple(_BECAME),
    },
    dates={"referral.on": ("The date", "")},
    places=lambda _sheet: {"happened_on": "referral.on"},
    happened_on=lambda sheet: sheet.date("referral.on"),
    blocks=_referral_blocks,
    event=_referral,
    checks=_referral_checks,
)
