"""What must be put right on a page before going on, in the words a person reads.

Only the child, the age, the worry, the view and one driver are ever required. Nothing here blocks
a referral: the page “Refer now, without finishing” checks nothing.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import msgspec

from cse_workbook.instrument import Indicator, Instrument
from cse_workbook.screening import Screening, is_reference, whole_years
from cse_workbook.views.form import (
    EVIDENCE_AT_MOST,
    OTHER,
    WORDS_AT_MOST,
    Draft,
    date_of,
    drivers_offered,
)

SAYS: Final[Mapping[str, str]] = {
    "FORM_01": "Select whether this child is already in the workbook",
    "FORM_02": "Enter the child's reference, for example C-0042",
    "FORM_03": "A reference is a letter and numbers, for example C-0042. Do not enter a name here",
    "FORM_04": "There is no child with this reference that you can open. Check it, or choose"
    " ‘No. Make a new reference’",
    "FORM_05": "Enter the date of birth, or the age in years",
    "FORM_06": "{label} must include a {parts}",
    "FORM_07": "Year must have 4 numbers",
    "FORM_08": "{label} must be a real date",
    "FORM_09": "{label} must be in the past",
    "FORM_10": "Age must be a whole number, for example 14",
    "FORM_11": "Age must be between 0 and 17",
    "FORM_12": "The date of birth makes the child {computed}, and the age says {age}. Change one"
    " of them",
    "FORM_13": "Write what worries you. A few words are enough",
    "FORM_14": "{label} must be {limit} characters or fewer. You have written {written}",
    "FORM_15": "{label}: the date must be a real date, for example 10 11 2026",
    "FORM_16": "{label}: the date must include a {parts}",
    "FORM_17": "{label}: the date must be today or in the past",
    "FORM_18": "{label}: the date is before the child was born",
    "FORM_19": "{label}: the date is more than 6 months ago, but you chose In the last 6 months."
    " Change one of them",
    "FORM_20": "The home authority and the host authority are the same. Change one of them, or"
    " answer No to ‘Placed outside their home authority’",
    "FORM_21": "Select what you think should happen now",
    "FORM_22": "Select at least one thing that drives your view",
    "FORM_23": "Select up to 3. You have selected {count}",
    "FORM_24": "Write what else drives your view",
    "FORM_25": "Write why your view is lower. A sentence is enough",
    "FORM_26": "Select who you have talked to, or Nobody yet",
    "FORM_27": "Enter who you talked to. A role is enough",
    "FORM_28": "Enter whom you told",
    "FORM_29": "{label} must be today or in the past",
    "FORM_30": "{label}: what makes you say so must be {limit} characters or fewer. You have"
    " written {written}",
    "FORM_31": "Select the answer that is wrong",
    "FORM_32": "Select the right answer",
    "FORM_33": "The record says this already. Select another answer",
    "FORM_34": "Write why it is corrected. A sentence is enough",
}


class Trouble(msgspec.Struct, frozen=True):
    """Something to put right before going on: field, code, and the sentence a person reads."""

    field: str
    code: str
    text: str


def trouble(field: str, code: str, **slots: object) -> Trouble:
    """Fill the sentence of a code."""
    return Trouble(field, code, SAYS[code].format(**slots))


def date_troubles(
    draft: Draft, field: str, codes: tuple[str, str], label: str
) -> Iterator[Trouble]:
    """Check a date that may be left empty: all parts there, four numbers in the year, a real day.

    `codes` are those for a missing part and for a day that does not exist.
    """
    parts = {p: str(draft.get(f"{field}.{p}", "")).strip() for p in ("day", "month", "year")}
    absent = [part for part, value in parts.items() if not value]
    if len(absent) == 3:
        return
    if absent:
        yield trouble(f"{field}.{absent[0]}", codes[0], label=label, parts=" and ".join(absent))
    elif not re.fullmatch(r"\d{4}", parts["year"]):
        yield trouble(f"{field}.year", "FORM_07")
    elif date_of(draft, field) is None:
        yield trouble(f"{field}.day", codes[1], label=label)


def child_troubles(draft: Draft, today: date) -> Iterator[Trouble]:
    """Check the page “The child and the worry”. An age of 18 or over is not an error but a page."""
    if draft.get("child.known") not in ("new", "existing"):
        yield trouble("child.known", "FORM_01")
    elif draft["child.known"] == "existing":
        typed = str(draft.get("child.ref", "")).strip()
        if not typed:
            yield trouble("child.ref", "FORM_02")
        elif not (is_reference(typed) and any(sign.isdigit() for sign in typed)):
            yield trouble("child.ref", "FORM_03")
    yield from _age_troubles(draft, today)
    worry = str(draft.get("worry", ""))
    if not worry.strip():
        yield trouble("worry", "FORM_13")
    yield from too_long(draft, "worry", "What worries you", WORDS_AT_MOST)


def _age_troubles(draft: Draft, today: date) -> Iterator[Trouble]:
    found = list(date_troubles(draft, "dob", ("FORM_06", "FORM_08"), "Date of birth"))
    yield from found
    born_on, typed = date_of(draft, "dob"), str(draft.get("age", "")).strip()
    if born_on is not None and born_on > today:
        yield trouble("dob.day", "FORM_09", label="Date of birth")
        return
    if not typed:
        if born_on is None and not found:
            yield trouble("dob.day", "FORM_05")
    elif not re.fullmatch(r"-?\d+", typed):
        yield trouble("age", "FORM_10")
    elif not 0 <= int(typed) <= 120:
        yield trouble("age", "FORM_11")
    elif born_on is not None and whole_years(born_on, today) != int(typed):
        yield trouble("age", "FORM_12", computed=whole_years(born_on, today), age=typed)


def too_long(draft: Draft, field: str, label: str, limit: int) -> Iterator[Trouble]:
    """Check the length of a text box."""
    written = len(str(draft.get(field, "")))
    if written > limit:
        sizes = {"limit": f"{limit:,}", "written": f"{written:,}"}
        yield trouble(field, "FORM_14", label=label, **sizes)


def circumstance_troubles(draft: Draft) -> Iterator[Trouble]:
    """Check the page of circumstances."""
    home, host = (
        str(draft.get(f"{each}_authority", "")).strip().lower() for each in ("home", "host")
    )
    placed = draft.get("answers.placed_outside_home_authority") in ("yes", "possible")
    if placed and home and home == host:
        yield trouble("host_authority", "FORM_20")


def answer_troubles(draft: Draft, indicator: Indicator, today: date) -> Iterator[Trouble]:
    """Check what stands behind one answer of yes or possible."""
    field = f"answers.{indicator.key}"
    if draft.get(field) not in ("yes", "possible"):
        return
    written = len(str(draft.get(f"{field}.evidence", "")))
    if written > EVIDENCE_AT_MOST:
        sizes = {"limit": f"{EVIDENCE_AT_MOST:,}", "written": f"{written:,}"}
        yield trouble(f"{field}.evidence", "FORM_30", label=indicator.label, **sizes)
    yield from date_troubles(draft, f"{field}.seen_on", ("FORM_16", "FORM_15"), indicator.label)
    seen_on, born_on = date_of(draft, f"{field}.seen_on"), date_of(draft, "dob")
    if seen_on is None:
        return
    months = (today.year - seen_on.year) * 12 + today.month - seen_on.month
    is_older = (months, today.day) > (6, seen_on.day)
    if seen_on > today:
        yield trouble(f"{field}.seen_on.day", "FORM_17", label=indicator.label)
    elif born_on is not None and seen_on < born_on:
        yield trouble(f"{field}.seen_on.day", "FORM_18", label=indicator.label)
    elif draft.get(f"{field}.when") == "last_6_months" and is_older:
        yield trouble(f"{field}.seen_on.day", "FORM_19", label=indicator.label)


def view_troubles(draft: Draft, instrument: Instrument) -> Iterator[Trouble]:
    """Check the page “Your view”. A driver no longer answered yes or possible does not count."""
    if not draft.get("view.route"):
        yield trouble("view.route", "FORM_21")
    offered = (*drivers_offered(draft, instrument), OTHER)
    drivers = [key for key in draft.get("view.drivers", ()) if key in offered]
    if not drivers:
        yield trouble("view.drivers", "FORM_22")
    elif len(drivers) > 3:
        yield trouble("view.drivers", "FORM_23", count=len(drivers))
    if OTHER in drivers and not str(draft.get("view.other", "")).strip():
        yield trouble("view.other", "FORM_24")
    for field, label in (("view.because", "Why"), ("view.talked_to", "Who you have talked to")):
        yield from too_long(draft, field, label, WORDS_AT_MOST)


def lower_troubles(draft: Draft, today: date) -> Iterator[Trouble]:
    """Check the reason for a view below the guidance. “Nobody yet” is an honest answer."""
    if not str(draft.get("lower.because", "")).strip():
        yield trouble("lower.because", "FORM_25")
    consulted = draft.get("lower.consulted")
    if not consulted:
        yield trouble("lower.consulted", "FORM_26")
    if consulted == "someone_else" and not str(draft.get("lower.who", "")).strip():
        yield trouble("lower.who", "FORM_27")
    if consulted and consulted != "nobody":
        yield from date_troubles(draft, "lower.on", ("FORM_06", "FORM_08"), "The date")
        talked_on = date_of(draft, "lower.on")
        if talked_on is not None and talked_on > today:
            yield trouble("lower.on.day", "FORM_29", label="The date")


def told_troubles(draft: Draft) -> Iterator[Trouble]:
    """Check whom the person has told, or to whom they have referred."""
    if not str(draft.get("told.who", "")).strip():
        yield trouble("told.who", "FORM_28")


def correction_troubles(draft: Draft, screening: Screening) -> Iterator[Trouble]:
    """Check a correction of one recorded answer."""
    key, right = str(draft.get("correct.key", "")), draft.get("correct.answer")
    if not key:
        yield trouble("correct.key", "FORM_31")
    if not right:
        yield trouble("correct.answer", "FORM_32")
    elif key in screening.answers and screening.answers[key].answer == right:
        yield trouble("correct.answer", "FORM_33")
    if not str(draft.get("correct.reason", "")).strip():
        yield trouble("correct.reason", "FORM_34")
