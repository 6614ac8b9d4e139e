"""Plain text, 80 characters wide: no colour, no lines drawn, nothing a screen reader spells out."""

from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import fill
from typing import Final

import msgspec

from cse_workbook.instrument import Instrument, Route, Rule

WIDTH: Final = 80


class Labels(msgspec.Struct, frozen=True):
    """The parts of an instrument by their keys."""

    routes: Mapping[str, Route]
    rules: Mapping[str, Rule]
    indicators: Mapping[str, str]
    groups: Mapping[str, str]
    answers: Mapping[str, str]
    whens: Mapping[str, str]
    sources: Mapping[str, str]

    @classmethod
    def of(cls, instrument: Instrument) -> "Labels":
        """Collect the labels of an instrument."""
        return cls(
            routes={route.key: route for route in instrument.routes},
            rules={rule.key: rule for rule in instrument.rules},
            indicators={indicator.key: indicator.label for indicator in instrument.indicators},
            groups={group.key: group.label for group in instrument.groups},
            answers={choice.key: choice.label for choice in instrument.answers},
            whens={choice.key: choice.label.lower() for choice in instrument.whens},
            sources={source.key: source.title for source in instrument.sources},
        )


def paragraph(words: str, indent: str = "  ") -> str:
    """Set a paragraph."""
    return fill(words, WIDTH, initial_indent=indent, subsequent_indent=indent)


def item(words: str) -> str:
    """Set one entry of a list."""
    return fill(words, WIDTH, initial_indent="  - ", subsequent_indent="    ")


def written(day: date) -> str:
    """Write a day as people do.

    >>> written(date(2026, 11, 3))
    '3 November 2026'
    """
    return f"{day.day} {day:%B %Y}"


def many(things: Sequence[object], one: str, more: str) -> str:
    """Count things in words that agree with the number."""
    return f"{len(things)} {one if len(things) == 1 else more}"
