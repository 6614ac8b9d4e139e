"""Read a local policy: what a partnership decides itself, and the instrument as it then stands.

A policy may decide a reading otherwise, own the names of forms and meetings, and set time limits,
contacts and intervals. It cannot add or remove rules: that would be another instrument.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from cse_workbook.errors import Problem, WorkbookError, near, problem
from cse_workbook.instrument import Instrument, digest, shipped
from cse_workbook.instrument.check import KEY, miscounted
from cse_workbook.instrument.files import PACKAGE, read_bytes, toml

SHIPPED: Final = PACKAGE / "policies"
Positive = Annotated[int, msgspec.Meta(ge=1)]
Words = Annotated[str, msgspec.Meta(pattern=r"\S")]
Phrase = Annotated[str, msgspec.Meta(pattern=r"^[\w|'’ -]*\w[\w|'’ -]*$")]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Refuse a key that is not known."""


class Person(Strict, frozen=True, kw_only=True):
    """The role and agency of whoever uses the embedded store, and which job they do with it."""

    role: Words
    agency: Words
    works_as: Literal["practitioner", "lead_officer", "auditor", "administrator"] = "practitioner"


class Decision(Strict, frozen=True, kw_only=True):
    """A reading decided otherwise, with who decided it and when."""

    value: bool | int | tuple[str, ...]
    why: str
    decided_by: str
    decided_on: date


class Times(Strict, frozen=True, kw_only=True):
    """Intervals, in the unit of each name."""

    review_days: Positive
    due_soon_days: Positive
    acknowledge_days: Positive
    decide_within_days: Positive
    finish_draft_hours: Positive
    return_interview_hours: Positive
    pause_after_minutes: Annotated[int, msgspec.Meta(ge=10)]


class Disclosure(Strict, frozen=True, kw_only=True):
    """Counts from 1 to `suppress_up_to` are hidden, others rounded to the nearest `round_to`."""

    suppress_up_to: Positive
    round_to: Positive


class Extract(Strict, frozen=True, kw_only=True):
    """How coarse days are in an extract: as they are, the Monday of the week, the first of the
    month.
    """

    dates: Literal["day", "week", "month"] = "week"


class Contact(Strict, frozen=True, kw_only=True):
    """Whom to call, for what, where, at which hours and how.

    It is offered beside advice where one of `offered_on` is recorded of the case: keys of
    indicators answered yes or possible, and of rules and pathways reached.
    """

    who: str
    what: str
    where: str
    hours: str
    how: str
    offered_on: tuple[str, ...] = ()


class Wording(Strict, frozen=True, kw_only=True):
    """Phrases that put blame on a child, with words to write instead and the list they are from.

    In a phrase, words parted by `|` stand for one another. `why` completes a sentence that begins
    with the phrase.
    """

    phrases: Annotated[tuple[Phrase, ...], msgspec.Meta(min_length=1)]
    instead: Words
    source: Words
    why: Words = "can sound as if the child were to blame"


class Policy(Strict, frozen=True, kw_only=True):
    """One partnership's decisions. `digest` names the file's content."""

    key: str
    title: str
    decided_by: str
    decided_on: date
    person: Person
    times: Times
    disclosure: Disclosure
    extract: Extract = Extract()
    names: Mapping[str, Words] = {}
    reading: Mapping[str, Decision] = {}
    within: Mapping[str, Words] = {}
    contact: tuple[Contact, ...] = ()
    wording: tuple[Wording, ...] = ()
    digest: str = ""


@cache
def load(name: str = "default") -> Policy:
    """Load a policy by its key, or from the path of a TOML file.

    Raises POLICY_01 (syntax, with its line), POLICY_02 (an entry that does not fit) or POLICY_04
    (no such policy).
    """
    path = SHIPPED / f"{name}.toml" if KEY.fullmatch(name) else Path(name)
    if KEY.fullmatch(name) and not path.exists():
        raise WorkbookError(problem("POLICY_04", name, near=near(name, shipped(SHIPPED))))
    return parse(read_bytes(path), path.name)


def local(folder: Path) -> Policy:
    """Load the file `policy.toml` of a data folder, or the default policy where there is none."""
    own = folder / "policy.toml"
    return load(str(own)) if own.exists() else load()


def parse(content: bytes, where: str) -> Policy:
    """Turn the bytes of a TOML file into a policy. Raises POLICY_01, POLICY_02 or INSTRUMENT_12
    (not readable).
    """
    raw = toml(content, where, "POLICY_01")
    try:
        return msgspec.convert({**raw, "digest": digest(content)}, Policy)
    except msgspec.ValidationError as error:
        raise WorkbookError(problem("POLICY_02", where, detail=str(error))) from None


def applied(instrument: Instrument, policy: Policy) -> Instrument:
    """Give the instrument as it stands under a policy: readings, names and local time limits.

    Raises POLICY_02 and POLICY_03 for decisions the instrument has no place for, and INSTRUMENT_03,
    _06 or _10 for a reading with which a rule would count nothing. The digest stays the
    instrument's own.
    """
    problems = list(_misfits(instrument, policy))
    if problems:
        raise WorkbookError(problems)
    readings = dict(instrument.readings)
    for key, decision in policy.reading.items():
        readings[key] = msgspec.structs.replace(
            readings[key], local=True, **msgspec.structs.asdict(decision)
        )
    groups = [group.key for group in instrument.groups]
    indicators = {indicator.key: indicator.group for indicator in instrument.indicators}
    problems = list(miscounted(instrument.rules, groups, indicators, readings, policy.key))
    if problems:
        raise WorkbookError(problems)
    names = {**instrument.names, **policy.names}
    actions = tuple(
        msgspec.structs.replace(
            action,
            text=action.text.format_map(names),
            within=policy.within.get(action.key, action.within),
        )
        for action in instrument.actions
    )
    return msgspec.structs.replace(instrument, readings=readings, names=names, actions=actions)


def _misfits(instrument: Instrument, policy: Policy) -> Iterator[Problem]:
    actions = {action.key: action for action in instrument.actions}
    offered = [key for contact in policy.contact for key in contact.offered_on]
    parts = [*instrument.indicators, *instrument.rules]
    for kind, keys, known in (
        ("name", policy.names, instrument.names),
        ("reading", policy.reading, instrument.readings),
        ("action", policy.within, actions),
        ("indicator or rule", offered, {part.key: part for part in parts}),
    ):
        for key in keys:
            if key not in known:
                close = near(key, list(known))
                yield problem("POLICY_03", policy.key, kind=kind, key=key, near=close)
    for key in policy.within:
        if key in actions and actions[key].time == "guidance":
            detail = f"the time limit of “{key}” is the guidance's own and cannot be changed here"
            yield problem("POLICY_02", policy.key, detail=detail)
    for key, decision in policy.reading.items():
        own = instrument.readings.get(key)
        if own is not None and type(decision.value) is not type(own.value):
            kind = {bool: "true or false", int: "a number", tuple: "a list"}[type(own.value)]
            yield problem("POLICY_02", policy.key, detail=f"the reading “{key}” must be {kind}")
