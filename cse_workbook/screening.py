"""Hold one completed screening of one child, checked.

A screening comes from outside as JSON (a stable contract, see README.md); `read_screening` finds
every problem in it and says each with its repair. Nothing is counted here. A blank has no key in
`answers`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import Any, Final, Literal

import msgspec

from cse_workbook.errors import Problem, WorkbookError, near, problem
from cse_workbook.instrument import Instrument
from cse_workbook.instrument.check import KEY

ADULT: Final = 18


class Answer(IntEnum):
    """The four answers, ordered: not known is more than no, and less than possible."""

    NO = 0
    NOT_KNOWN = 1
    POSSIBLE = 2
    YES = 3

    @property
    def key(self) -> str:
        """The word that stands for this answer in JSON and TOML."""
        return self.name.lower()


ANSWERS: Final[Mapping[str, Answer]] = {answer.key: answer for answer in Answer}


class Recorded(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One answer with what stands behind it. `when` never lowers an outcome."""

    answer: Literal["no", "not_known", "possible", "yes"]
    when: Literal["last_6_months", "earlier", "both"] | None = None
    seen_on: date | None = None
    evidence: str = ""
    kind: (
        Literal["seen", "child_said", "told_by_family", "told_by_professional", "professional_view"]
        | None
    ) = None
    source: str = ""

    @property
    def level(self) -> Answer:
        """The answer as an ordered value."""
        return ANSWERS[self.answer]


class View(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the practitioner thinks should happen, given before the outcome is shown.

    One to three drivers: indicator keys, or `other_driver` in words in place of one of them.
    """

    route: str
    drivers: tuple[str, ...] = ()
    because: str = ""
    other_driver: str = ""
    lower_because: str = ""
    consulted: str = ""


class Screening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One completed instrument for one child at one time."""

    child_ref: str
    age: int
    answers: Mapping[str, Recorded]
    instrument: str
    screened_on: date | None = None
    date_of_birth: date | None = None
    worry: str = ""
    other_concern: str = ""
    child_said: str = ""
    protective: str = ""
    all_at_once: tuple[str, ...] = ()
    view: View | None = None


FIELDS: Final[Mapping[str, Any]] = {
    field.name: field.type for field in msgspec.structs.fields(Screening)
}

_BEHIND: Final[Mapping[str, Any]] = {
    field.name: field.type for field in msgspec.structs.fields(Recorded)
}


def whole_years(born_on: date, on: date) -> int:
    """Count completed years of age; someone born on 29 February has the birthday on 1 March.

    >>> whole_years(date(2012, 3, 27), date(2026, 3, 26))
    13
    """
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def read_screening(raw: object, where: str, instrument: Instrument) -> Screening:
    """Check one screening as decoded from JSON, and give it as a frozen type.

    `where` names the record in messages. Raises `WorkbookError` with all its problems (SCREENING_01
    to SCREENING_24).
    """
    if not isinstance(raw, dict):
        detail = "a screening is an object of names and values"
        raise WorkbookError(problem("SCREENING_03", where, detail=detail))
    problems: list[Problem] = list(_unknown(raw, FIELDS, where))
    values = {key: value for key, value in raw.items() if key in FIELDS}
    answers = _answers(values.pop("answers", None), where, instrument, problems)
    values = _typed(values, where, problems)
    is_told = "age" in raw or "date_of_birth" in raw
    problems += _ages(values, where) if is_told else [problem("SCREENING_07", where)]
    problems += _references(values, where, instrument)
    problems += _dates(answers, values, where)
    if problems:
        raise WorkbookError(problems)
    values.setdefault("age", _age(values))
    values.setdefault("instrument", instrument.key)
    return Screening(answers=answers, **values)


def to_json(screening: Screening) -> bytes:
    """Write a screening as the JSON that `read_screening` takes."""
    return msgspec.json.encode(screening)


def columns_of(screening: Screening, instrument: Instrument) -> dict[str, int]:
    """Give a value an indicator: the answer, what a blank counts as, or what the age says."""
    columns = {}
    for indicator in instrument.indicators:
        if indicator.set_from_age is not None:
            ages = indicator.set_from_age
            inside = ages.from_ <= screening.age <= ages.to
            columns[indicator.key] = int(Answer.YES if inside else Answer.NO)
        elif indicator.key in screening.answers:
            columns[indicator.key] = int(screening.answers[indicator.key].level)
        else:
            columns[indicator.key] = int(ANSWERS[indicator.blank_counts_as])
    return columns


def _unknown(raw: Mapping[str, Any], known: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for key in raw:
        if key not in known:
            yield problem("SCREENING_24", where, key=shown(key), near=near(key, list(known)))


def shown(text: str) -> str:
    """Show what can be a key; of anything else, which may be a child's words, only the length."""
    return text if KEY.fullmatch(text) else f"… ({len(text)} characters)"


def _answers(
    raw: Any, where: str, instrument: Instrument, problems: list[Problem]
) -> dict[str, Recorded]:
    if not isinstance(raw, dict):
        detail = "it needs “answers”, an object with a key for each answered indicator"
        problems.append(problem("SCREENING_03", where, detail=detail))
        return {}
    indicators = {indicator.key: indicator for indicator in instrument.indicators}
    answers: dict[str, Recorded] = {}
    for key, value in raw.items():
        place = f"{where}, answers.{shown(key)}"
        if key not in indicators:
            close = near(key, list(indicators))
            problems.append(
                problem(
                    "SCREENING_01", where, key=shown(key), instrument=instrument.key, near=close
                )
            )
        elif indicators[key].set_from_age is not None:
            problems.append(problem("SCREENING_09", place, key=key))
        elif (recorded := _recorded(value, place, problems)) is not None:
            answers[key] = recorded
    return answers


def _recorded(value: Any, place: str, problems: list[Problem]) -> Recorded | None:
    entry = {"answer": value} if isinstance(value, str) else value
    if not isinstance(entry, dict):
        problems.append(problem("SCREENING_02", place, near=""))
        return None
    found = list(_unknown(entry, _BEHIND, place))
    given = entry.get("answer")
    if not isinstance(given, str) or given not in ANSWERS:
        close = near(given.lower(), list(ANSWERS)) if isinstance(given, str) else ""
        found.append(problem("SCREENING_02", place, near=close))
    problems += found
    if found:
        return None
    try:
        return msgspec.convert(entry, Recorded)
    except msgspec.ValidationError as error:
        code = "SCREENING_19" if "seen_on" in str(error) else "SCREENING_03"
        problems.append(problem(code, place, detail=_clean(error)))
        return None


def _typed(values: dict[str, Any], where: str, problems: list[Problem]) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for key, value in values.items():
        place = f"{where}, {key}"
        if key == "age":
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                problems.append(problem("SCREENING_04", place))
            else:
                typed[key] = value
            continue
        try:
            typed[key] = msgspec.convert(value, FIELDS[key])
        except msgspec.ValidationError as error:
            dated = key in ("screened_on", "date_of_birth")
            code = "SCREENING_19" if dated else "SCREENING_03"
            problems.append(problem(code, place, detail=_clean(error)))
    return typed


def _clean(error: msgspec.ValidationError) -> str:
    # In these two msgspec quotes what was given, which may be a child's words: it is cut out.
    text = str(error)
    if text.startswith("Invalid enum value"):
        return "Invalid enum value - at " + text.rpartition(" - at ")[2]
    return text.split(" `")[0] if "unknown field" in text else text


def _age(values: Mapping[str, Any]) -> int | None:
    born_on, on = values.get("date_of_birth"), values.get("screened_on")
    return values.get("age") if born_on is None or on is None else whole_years(born_on, on)


def _ages(values: Mapping[str, Any], where: str) -> Iterator[Problem]:
    born_on, on = values.get("date_of_birth"), values.get("screened_on")
    if born_on is not None and on is None:
        detail = "“date_of_birth” needs “screened_on”, to work out the age"
        yield problem("SCREENING_03", where, detail=detail)
    elif born_on is not None and on is not None and born_on > on:
        yield problem("SCREENING_06", where)
    elif (age := _age(values)) is None:
        return  # what was given is no age, and has been said already
    elif age >= ADULT:
        yield problem("SCREENING_05", where, age=age)
    elif values.get("age", age) != age:
        yield problem("SCREENING_08", where, computed=age, age=values["age"])


def _references(values: Mapping[str, Any], where: str, instrument: Instrument) -> Iterator[Problem]:
    reference = values.get("child_ref")
    if reference is None or not is_reference(reference):
        yield problem("SCREENING_20", f"{where}, child_ref")
    given = values.get("instrument", instrument.key)
    if given != instrument.key:
        yield problem("SCREENING_17", where, given=shown(given), instrument=instrument.key)
    known = [indicator.key for indicator in instrument.asked()]
    named: list[tuple[str, Sequence[str]]] = [("all_at_once", values.get("all_at_once", ()))]
    view: View | None = values.get("view")
    if view is not None:
        named.append(("view.drivers", view.drivers))
        count = len(view.drivers) + bool(view.other_driver)
        if not 1 <= count <= 3:
            yield problem("SCREENING_23", f"{where}, view", count=count)
        routes = [route.key for route in instrument.routes]
        if view.route not in routes:
            close = near(view.route, routes)
            yield problem(
                "SCREENING_25", f"{where}, view.route", route=shown(view.route), near=close
            )
    for field, keys in named:
        for key in keys:
            if key not in known:
                yield problem(
                    "SCREENING_01",
                    f"{where}, {field}",
                    key=shown(key),
                    instrument=instrument.key,
                    near=near(key, known),
                )


def is_reference(text: str) -> bool:
    """Tell whether a text is letters, digits and inner hyphens, at most 40 characters."""
    return len(text) <= 40 and text.isascii() and all(part.isalnum() for part in text.split("-"))


def _dates(
    answers: Mapping[str, Recorded], values: Mapping[str, Any], where: str
) -> Iterator[Problem]:
    born_on, on = values.get("date_of_birth"), values.get("screened_on")
    for key, recorded in answers.items():
        if recorded.seen_on is not None and on is not None and recorded.seen_on > on:
            yield problem("SCREENING_21", f"{where}, answers.{key}.seen_on")
        if recorded.seen_on is not None and born_on is not None and recorded.seen_on < born_on:
            yield problem("SCREENING_22", f"{where}, answers.{key}.seen_on")
