"""What a person can write down before it is recorded: the fields of a draft, and the screening.

A draft maps field names to values as they were typed. The browser is not trusted: `refused` looks
at every value again. What must be put right before going on stands in `checks`.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from cse_workbook.instrument import Instrument
from cse_workbook.screening import ANSWERS, Recorded, Screening, View, whole_years

Draft = Mapping[str, Any]

WORDS_AT_MOST: Final = 10_000
EVIDENCE_AT_MOST: Final = 5_000
TYPED_AT_MOST: Final = 50_000  # what is kept of one box, so that nothing typed by hand is lost
YES_NO: Final = ("yes", "no", "not_known")
OTHER: Final = "other"
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
CONSULTED: Final = ("safeguarding_lead", "lead_officer", "social_worker", "someone_else", "nobody")

# field: None for words, or the values that may be chosen
CHOICES: Final[Mapping[str, tuple[str, ...] | None]] = {
    **dict.fromkeys(("child.ref", "age", "worry", "other_concern"), None),
    **dict.fromkeys(("who.name", "who.address", "who.school", "who.carers"), None),
    **dict.fromkeys(("home_authority", "host_authority", "needs", "what_happened"), None),
    **dict.fromkeys(("child_said", "child_wants", "carers_why_not", "protective", "trusts"), None),
    **dict.fromkeys(("view.other", "view.because", "view.talked_to"), None),
    **dict.fromkeys(("lower.because", "lower.who", "lower.said"), None),
    **dict.fromkeys(("told.who", "told.how", "told.when", "told.will_do"), None),
    "child.known": ("new", "existing"),
    **dict.fromkeys(("host_lead_named", "iro_seen"), YES_NO),
    **dict.fromkeys(("talked_alone", "child_knows", "carers_know"), YES_NO),
    "lower.consulted": CONSULTED,
    "correct.answer": tuple(ANSWERS),
    "correct.reason": None,
}
CHILD_SAYS: Final[Mapping[str, str]] = {
    "child_said": "The child said:",
    "child_wants": "The child wants:",
    "talked_alone": "Talked with the child alone:",
    "child_knows": "The child knows of the worry:",
}
PROTECTS: Final[Mapping[str, str]] = {
    "protective": "Protects now:",
    "trusts": "The child trusts:",
    "carers_know": "Parents or carers know:",
    "carers_why_not": "Why they do not know:",
}
DATES: Final = ("dob", "lower.on")


def refused(field: str, value: object, instrument: Instrument) -> str | None:
    """Say why a value cannot be kept as it is, or nothing. A browser's word is never trusted."""
    try:
        options = _options(field, instrument)
    except KeyError:
        return "This answer does not belong to the form. Reload the page and try again"
    values = (
        value if isinstance(value, list) and field in ("view.drivers", "all_at_once") else [value]
    )
    if not all(isinstance(each, str) for each in values):
        return "This answer could not be read. Give it again"
    if any(len(str(each)) > TYPED_AT_MOST for each in values):
        return f"This is longer than {TYPED_AT_MOST:,} characters and cannot be kept. Shorten it"
    if any("\x00" in str(each) or _broken(str(each)) for each in values):
        return "This holds a character that cannot be kept. Type it again"
    if options is not None and not all(each in (*options, "") for each in values):
        return "This is not one of the answers. Choose again"
    return None


def _broken(words: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in words)


def _options(field: str, instrument: Instrument) -> tuple[str, ...] | None:
    asked = [indicator.key for indicator in instrument.asked()]
    head, _, rest = field.partition(".")
    key, _, part = rest.partition(".")
    if head == "answers" and key in asked:
        choices: Mapping[str, tuple[str, ...] | None] = {
            "": tuple(ANSWERS),
            "when": tuple(choice.key for choice in instrument.whens),
            "kind": tuple(choice.key for choice in instrument.kinds),
            **dict.fromkeys(("evidence", "source"), None),
            **dict.fromkeys(("seen_on.day", "seen_on.month", "seen_on.year"), None),
        }
        return choices[part]
    if head == "looked":
        return ("left", "not_known")
    if any(field == f"{each}.{part}" for each in DATES for part in ("day", "month", "year")):
        return None
    if field == "view.route":
        return tuple(route.key for route in instrument.routes)
    if field == "view.drivers":
        return (*asked, OTHER)
    if field in ("all_at_once", "correct.key"):
        return tuple(asked)
    return CHOICES[field]


def date_of(draft: Draft, field: str) -> date | None:
    """Give the date typed into three boxes, if it is one; month names are understood."""
    parts = [str(draft.get(f"{field}.{part}", "")).strip() for part in ("day", "month", "year")]
    if not re.fullmatch(r"[0-9]{4}", parts[2]):
        return None
    try:
        return date(int(parts[2]), _month(parts[1]), int(parts[0]))
    except ValueError:
        return None


def _month(words: str) -> int:
    if words.isdigit():
        return int(words)
    found = [
        n for n, name in enumerate(MONTHS, 1) if len(words) > 2 and name.startswith(words.lower())
    ]
    if not found:
        raise ValueError
    return found[0]


def age_of(draft: Draft, today: date) -> int | None:
    """Give the age in completed years, from the date of birth where there is one."""
    born_on = date_of(draft, "dob")
    if born_on is not None and born_on <= today:
        return whole_years(born_on, today)
    typed = str(draft.get("age", "")).strip()
    return int(typed) if re.fullmatch(r"\d{1,3}", typed) else None


def screening_of(draft: Draft, child_ref: str, today: date, instrument: Instrument) -> Screening:
    """Give the screening that a checked draft describes; the view in it is the one given first."""
    age = age_of(draft, today)
    if age is None:
        raise ValueError("a draft is checked before it becomes a screening")
    answers = {
        indicator.key: _recorded(draft, f"answers.{indicator.key}")
        for indicator in instrument.asked()
        if draft.get(f"answers.{indicator.key}")
    }
    all_at_once = [
        key for key in draft.get("all_at_once", ()) if draft.get(f"answers.{key}") == "not_known"
    ]
    return Screening(
        child_ref=child_ref,
        age=age,
        answers=answers,
        instrument=instrument.key,
        screened_on=today,
        worry=draft.get("worry", ""),
        other_concern=draft.get("other_concern", ""),
        child_said=_together(draft, CHILD_SAYS),
        protective=_together(draft, PROTECTS),
        all_at_once=tuple(all_at_once),
        view=view_of(draft),
    )


def view_of(draft: Draft) -> View:
    """Give the practitioner's view that a checked draft holds."""
    chosen = [key for key in draft.get("view.drivers", ()) if key]
    return View(
        route=draft["view.route"],
        drivers=tuple(key for key in chosen if key != OTHER),
        because=draft.get("view.because", ""),
        other_driver=draft.get("view.other", "") if OTHER in chosen else "",
    )


def drivers_offered(draft: Draft, instrument: Instrument) -> list[str]:
    """Give the indicators answered yes or possible, in the order of the instrument."""
    asked = [indicator.key for indicator in instrument.asked()]
    return [key for key in asked if draft.get(f"answers.{key}") in ("yes", "possible")]


def _recorded(draft: Draft, field: str) -> Recorded:
    answer = draft[field]
    if answer not in ("yes", "possible"):
        return Recorded(answer)
    return Recorded(
        answer,
        when=draft.get(f"{field}.when") or None,
        seen_on=date_of(draft, f"{field}.seen_on"),
        evidence=draft.get(f"{field}.evidence", ""),
        kind=draft.get(f"{field}.kind") or None,
        source=draft.get(f"{field}.source", ""),
    )


def _together(draft: Draft, labels: Mapping[str, str]) -> str:
    """Join several boxes into the one text of the published contract, each under its question."""
    words = {"yes": "Yes", "no": "No", "not_known": "Not known"}
    given = {label: draft.get(field, "") for field, label in labels.items()}
    return "\n".join(
        f"{label} {words.get(value, value)}" for label, value in given.items() if value
    )
