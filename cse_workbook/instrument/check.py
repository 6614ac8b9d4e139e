"""Find every problem of an instrument's file, with the near miss and the repair.

A rule can only say *at least so many of these*: `at_most` is refused with its reason, so that one
more concern can never make a child look safer. Quotations are compared word for word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from cse_workbook.errors import Problem, near, problem
from cse_workbook.instrument.model import (
    Action,
    Always,
    Choice,
    Group,
    Indicator,
    Letter,
    Page,
    Reading,
    Route,
    Rule,
    Source,
)

SLOT: Final = re.compile(r"\{([^{}]*)\}")
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")

# table in the file: (field of the instrument, type of an entry)
SECTIONS: Final[Mapping[str, tuple[str, type[msgspec.Struct]]]] = {
    "source": ("sources", Source),
    "letter": ("letters", Letter),
    "answer": ("answers", Choice),
    "when": ("whens", Choice),
    "kind": ("kinds", Choice),
    "page": ("pages", Page),
    "group": ("groups", Group),
    "indicator": ("indicators", Indicator),
    "route": ("routes", Route),
    "rule": ("rules", Rule),
    "action": ("actions", Action),
}
SINGLE: Final[Mapping[str, tuple[str, Any]]] = {
    "key": ("key", str),
    "edition": ("edition", int),
    "title": ("title", str),
    "about": ("about", str),
    "names": ("names", dict[str, str]),
    "reading": ("readings", dict[str, Reading]),
    "always": ("always", Always),
}


class Entries(msgspec.Struct, frozen=True):
    """The entries of a file that could be read, and the keys of all of them, readable or not."""

    fields: Mapping[str, Any]
    keys: Mapping[str, Sequence[str]]

    def of(self, section: str) -> Sequence[Any]:
        """Give the entries of one table of the file."""
        return tuple(self.fields[SECTIONS[section][0]])


def entries_of(raw: Mapping[str, Any], where: str) -> tuple[Entries, list[Problem]]:
    """Convert decoded TOML into typed entries, with every problem of form."""
    problems: list[Problem] = []
    fields: dict[str, Any] = {}

    def convert(value: Any, kind: Any, place: str) -> Any:
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            problems.append(problem("INSTRUMENT_02", place, detail=str(error)))
            return None

    known = [*SECTIONS, *SINGLE]
    for extra in sorted(raw.keys() - set(known)):
        close = near(extra, known)
        problems.append(problem("INSTRUMENT_08", where, kind="table", key=extra, near=close))
    for name, (field, kind) in SINGLE.items():
        fields[field] = convert(raw.get(name), kind, f"{where}, {name}")
    for name, (field, kind) in SECTIONS.items():
        fields[field] = []
        for place, entry in _placed(raw.get(name, []), f"{where}, {name}"):
            if _says_at_most(entry):
                problems.append(problem("INSTRUMENT_07", place))
            elif (part := convert(entry, kind, place)) is not None:
                fields[field].append(part)
    return Entries(fields, _keys(raw)), problems


def problems_of(entries: Entries, texts: Mapping[str, str], where: str) -> Iterator[Problem]:
    """Find what does not fit together: repeated keys, unknown names, empty rules, misquotations.

    `texts` holds the folded text of each source by its key.
    """
    yield from _keys_that_do_not_do(entries, where)
    yield from _unknown_names(entries, where)
    yield from _stray_brackets(entries, where)
    readings = entries.fields["readings"]
    if readings is not None:
        groups, indicators = entries.keys["group"], _groups_of(entries.of("indicator"))
        yield from miscounted(entries.of("rule"), groups, indicators, readings, where)
    yield from _misquoted(entries, texts, where)


def miscounted(
    rules: Iterable[Rule],
    groups: Sequence[str],
    indicators: Mapping[str, str],
    readings: Mapping[str, Reading],
    where: str,
) -> Iterator[Problem]:
    """Find conditions that count nothing, ask for too many, or name what is not there.

    `indicators` maps each indicator to its group; `readings` are those in force.
    """
    for rule in rules:
        place = f"{where}, rule “{rule.key}”"
        if not rule.when:
            yield problem("INSTRUMENT_06", place, detail="it has no condition")
        for condition in rule.when:
            of = _read(condition.of, readings, tuple)
            number = _read(condition.at_least, readings, int)
            for word, value, kind in (
                (condition.of, of, "list"),
                (condition.at_least, number, "number"),
            ):
                if value is None:
                    yield _misread(str(word), kind, readings, place)
            if of is not None and number is not None:
                yield from _uncountable(of, number, groups, indicators, place)


def _misread(word: str, kind: str, readings: Mapping[str, Reading], place: str) -> Problem:
    if word in readings:
        return problem("INSTRUMENT_02", place, detail=f"the reading “{word}” must be a {kind}")
    return problem(
        "INSTRUMENT_08", place, kind="reading", key=word, near=near(word, list(readings))
    )


def _uncountable(
    of: Sequence[str],
    number: int,
    groups: Sequence[str],
    indicators: Mapping[str, str],
    place: str,
) -> Iterator[Problem]:
    known = [*groups, *indicators]
    unknown = [word for word in of if word not in known]
    for word in unknown:
        yield problem("INSTRUMENT_03", place, group=word, near=near(word, known))
    available = sum(key in of or group in of for key, group in indicators.items())
    if not available and not unknown:
        yield problem("INSTRUMENT_06", place, detail="nothing belongs to what it names")
    elif available and not 1 <= number <= available:
        yield problem("INSTRUMENT_10", place, value=number, available=available)


def _read(named: Any, readings: Mapping[str, Reading], kind: type) -> Any:
    value = named
    if isinstance(named, str):
        value = readings[named].value if named in readings else None
    return value if type(value) is kind else None


def _placed(entries: Any, place: str) -> Iterator[tuple[str, Any]]:
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        key = entry.get("key") if isinstance(entry, dict) else None
        yield (f"{place} “{key}”" if key else f"{place} {number}"), entry


def _says_at_most(entry: Any) -> bool:
    conditions = entry.get("when", []) if isinstance(entry, dict) else []
    given = conditions if isinstance(conditions, list) else [conditions]
    return any(isinstance(condition, dict) and "at_most" in condition for condition in given)


def _keys(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    tables = {"reading": raw.get("reading"), "name": raw.get("names")}
    keys = {kind: list(table) if isinstance(table, dict) else [] for kind, table in tables.items()}
    for name in SECTIONS:
        entries = raw.get(name, [])
        given = entries if isinstance(entries, list) else [entries]
        keys[name] = [str(entry.get("key")) for entry in given if isinstance(entry, dict)]
    return keys


def _groups_of(indicators: Iterable[Indicator]) -> dict[str, str]:
    return {indicator.key: indicator.group for indicator in indicators}


def _keys_that_do_not_do(entries: Entries, where: str) -> Iterator[Problem]:
    for name in SECTIONS:
        keys = entries.keys[name]
        for key in dict.fromkeys(keys):
            if keys.count(key) > 1:
                yield problem("INSTRUMENT_04", f"{where}, {name}", key=key, kind=name)
            if not KEY.fullmatch(key) and name != "letter":
                yield problem("INSTRUMENT_09", f"{where}, {name}", key=key)


def _unknown_names(entries: Entries, where: str) -> Iterator[Problem]:
    for place, kind, words in _mentions(entries, where):
        known = entries.keys[kind]
        for word in words:
            if word not in known:
                yield problem("INSTRUMENT_08", place, kind=kind, key=word, near=near(word, known))


def _stray_brackets(entries: Entries, where: str) -> Iterator[Problem]:
    for action in entries.of("action"):
        if set("{}") & set(SLOT.sub("", action.text)):
            detail = "a curly bracket in its text has no partner"
            yield problem("INSTRUMENT_02", f"{where}, action “{action.key}”", detail=detail)


def _mentions(entries: Entries, where: str) -> Iterator[tuple[str, str, Sequence[str]]]:
    for indicator in entries.of("indicator"):
        place = f"{where}, indicator “{indicator.key}”"
        yield place, "group", [indicator.group]
        yield place, "letter", indicator.safeguard
        yield place, "indicator", [indicator.only_when] if indicator.only_when else []
        yield place, "indicator", [indicator.asked_under] if indicator.asked_under else []
        yield (
            place,
            "answer",
            [indicator.blank_counts_as, *(a for n in indicator.notes for a in n.on)],
        )
    for page in entries.of("page"):
        yield f"{where}, page “{page.key}”", "group", page.groups
        yield f"{where}, page “{page.key}”", "indicator", page.indicators
    for route in entries.of("route"):
        yield f"{where}, route “{route.key}”", "action", route.actions
    for rule in entries.of("rule"):
        place = f"{where}, rule “{rule.key}”"
        yield place, "route", [rule.route] if rule.route else []
        yield place, "action", rule.actions
        yield place, "reading", [*rule.readings, *([rule.only_if] if rule.only_if else [])]
    for action in entries.of("action"):
        place = f"{where}, action “{action.key}”"
        yield place, "action", action.instead_of
        yield place, "name", SLOT.findall(action.text)
    if entries.fields["always"] is not None:
        yield f"{where}, always", "action", entries.fields["always"].actions


def _misquoted(entries: Entries, texts: Mapping[str, str], where: str) -> Iterator[Problem]:
    for name in ("group", "indicator", "route", "rule", "action"):
        for part in entries.of(name):
            place, cite = f"{where}, {name} “{part.key}”", part.cite
            if cite.source not in texts:
                close = near(cite.source, list(texts))
                yield problem("INSTRUMENT_08", place, kind="source", key=cite.source, near=close)
            elif folded(cite.quote) not in texts[cite.source]:
                yield problem("INSTRUMENT_05", place, quote=cite.quote, source=cite.source)


def folded(text: str) -> str:
    r"""Fold white space to single blanks and drop bold marks; nothing else of a text is changed.

    >>> folded("**Young\n  carer**")
    'Young carer'
    """
    return " ".join(text.replace("**", "").split())
