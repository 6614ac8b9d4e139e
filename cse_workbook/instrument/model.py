"""What an instrument is made of, as frozen types; nothing here reads a file or counts an answer."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import msgspec


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every entry of an instrument has."""

    key: str


class Cite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word-for-word quotation and the source it stands in."""

    source: str
    quote: str


class Source(Part, frozen=True, kw_only=True):
    """A published document, and the file that holds its text."""

    title: str
    file: str


class Choice(Part, frozen=True, kw_only=True):
    """One of the words a person can choose: an answer, a time, or a way of knowing."""

    label: str
    help: str = ""


class Letter(Part, frozen=True, kw_only=True):
    """A letter of the mnemonic; `mark` is what is printed."""

    mark: str
    label: str


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a vague word of the guidance is read: a number, a list of groups or a yes/no, with its
    reason and who decided it.
    """

    value: bool | int | tuple[str, ...]
    means: str
    why: str
    decided_by: str
    decided_on: date
    local: bool = False


class Group(Part, frozen=True, kw_only=True):
    """Indicators that are asked and counted together."""

    label: str
    heading: str
    intro: str
    cite: Cite
    evidence: bool = True
    blanks_are_normal: bool = False


class Ages(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Whole years, both ends included, for which an indicator set from the age is yes."""

    from_: int = 0
    to: int = 17


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that appears beside some answers, for children of some ages where it says so."""

    on: tuple[str, ...]
    text: str
    urgent: bool = False
    ages: Ages | None = None


class Page(Part, frozen=True, kw_only=True):
    """A page of the form: the groups asked on it, and single indicators taken out of theirs."""

    label: str
    hint: str
    groups: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    asks_for_other: bool = False


class Indicator(Part, frozen=True, kw_only=True, cache_hash=True):
    """One observation about a child. `company` marks a fact about people and places around the
    child.
    """

    group: str
    label: str
    help: str
    who_would_know: str
    cite: Cite
    safeguard: tuple[str, ...] = ()
    company: bool = False
    only_when: str | None = None
    blank_counts_as: str = "not_known"
    set_from_age: Ages | None = None
    asked_under: str | None = None
    notes: tuple[Note, ...] = ()
    note: str = ""


class Route(Part, frozen=True, kw_only=True):
    """What to do next. Routes stand lowest first, and each includes the ones below it."""

    label: str
    says: str
    then: str
    view_label: str
    view_hint: str
    cite: Cite
    actions: tuple[str, ...] = ()


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At least so many of these groups and indicators. A word instead of a list or number names a
    reading.
    """

    of: str | tuple[str, ...]
    at_least: str | int


class Rule(Part, frozen=True, kw_only=True):
    """All its conditions together reach its route. A rule without a route only brings people and
    steps.
    """

    label: str
    when: tuple[Condition, ...]
    actions: tuple[str, ...]
    cite: Cite
    route: str | None = None
    says: str = ""
    read_as: str = ""
    readings: tuple[str, ...] = ()
    only_if: str | None = None
    note: str = ""


class Action(Part, frozen=True, kw_only=True):
    """A step: what, within what time, by which role. `time` says whose time limit it is: guidance
    or local.
    """

    text: str
    within: str
    by: str
    time: str
    cite: Cite
    instead_of: tuple[str, ...] = ()
    note: str = ""


class Always(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Actions that stand on every outcome."""

    actions: tuple[str, ...] = ()


class Instrument(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of one instrument, checked. Tuples keep the order of the file."""

    key: str
    edition: int
    title: str
    about: str
    digest: str
    names: Mapping[str, str]
    sources: tuple[Source, ...]
    letters: tuple[Letter, ...]
    answers: tuple[Choice, ...]
    whens: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    readings: Mapping[str, Reading]
    pages: tuple[Page, ...]
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    routes: tuple[Route, ...]
    rules: tuple[Rule, ...]
    always: Always
    actions: tuple[Action, ...]

    def named(self, condition: Condition) -> tuple[str, ...]:
        """Give the groups and indicators that a condition names, itself or through a reading."""
        if isinstance(condition.of, tuple):
            return condition.of
        value = self.readings[condition.of].value
        return value if isinstance(value, tuple) else ()

    def counted_by_name(self, condition: Condition) -> tuple[tuple[str, ...], ...]:
        """Give the keys of the indicators counted, apart for each group or indicator named."""
        return _counted_by_name(self.named(condition), self.indicators)

    def threshold(self, condition: Condition) -> int:
        """Give the number that a condition asks for at least."""
        value = condition.at_least
        if isinstance(value, str):
            read = self.readings[value].value
            value = read if isinstance(read, int) else 1
        return value

    def is_on(self, rule: Rule) -> bool:
        """Tell whether the readings in force let this rule stand."""
        return rule.only_if is None or bool(self.readings[rule.only_if].value)

    def asked(self) -> tuple[Indicator, ...]:
        """Give the indicators a person can answer: all but those set from the age."""
        return tuple(i for i in self.indicators if i.set_from_age is None)


@cache
def _counted_by_name(
    named: tuple[str, ...], indicators: tuple[Indicator, ...]
) -> tuple[tuple[str, ...], ...]:
    """Find what is counted once for all screenings: it follows from the instrument alone."""
    names = tuple(dict.fromkeys(named))
    counted = (
        tuple(i.key for i in indicators if i.key == name or _is_first(i, name, names))
        for name in names
    )
    return tuple(keys for keys in counted if keys)


def _is_first(indicator: Indicator, name: str, names: tuple[str, ...]) -> bool:
    # An indicator named beside its own group is counted once, under its own name.
    return indicator.group == name and indicator.key not in names
