"""What happens to made-up children? Told in two TOML files that a practitioner can read.

`stories/occ_safeguard.toml` holds situations, and words for them. `stories/arcs.toml` holds what
happens then: an arc is the course of one case, a piece something that may happen beside it. Days
count from the first screening.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

FOLDER: Final = Path(__file__).parent.parent / "stories"
STORIES: Final = FOLDER / "occ_safeguard.toml"
ARCS: Final = FOLDER / "arcs.toml"
# Days from the first screening, one of a span of them, or words for a day (see `days`).
When = int | tuple[int, int] | str
Chance = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Refuse a key that is not known."""


class Story(Strict, frozen=True, kw_only=True):
    """One kind of situation: the ages it fits, the worry, and what is likely to be recorded.

    `known` is recorded of every child of this story, and `circumstances` beside it; `home` and
    `host` name the authorities of a child in care.
    """

    key: str
    ages: tuple[int, int]
    worry: str
    likely: Mapping[str, str]
    known: Mapping[str, str] = {}
    circumstances: Mapping[str, str] = {}
    home: str = ""
    host: str = ""


class Stories(Strict, frozen=True, kw_only=True):
    """All stories, and words that fit any of them."""

    story: tuple[Story, ...]
    because: tuple[str, ...]
    child_said: tuple[str, ...]
    talked_to: tuple[str, ...]
    consulted: tuple[str, ...]
    consulted_said: tuple[str, ...]
    lower_because: tuple[str, ...]
    other_driver: tuple[str, ...]
    protective: tuple[str, ...]
    sources: tuple[str, ...]


class Step(Strict, frozen=True, kw_only=True):
    """One entry of an arc: when it is written, by whom, its kind and what it says.

    `called` is its name in the arc; `of` names the entry it follows. `happened` is when it
    happened, where that is not the day it is written. It comes `times` times, `every` so many days.
    """

    day: When
    by: str
    kind: str
    says: Mapping[str, Any] = {}
    called: str = ""
    of: str = ""
    happened: int | str | None = None
    every: int = 0
    times: int = 1


class Arc(Strict, frozen=True, kw_only=True):
    """The course of one case. Of every forty made-up cases, `share` take it, and of those
    `at_college` belong to another agency. It begins some days before the last, within a span;
    `beside` gives the chance of each piece.
    """

    key: str
    about: str
    share: int
    began: tuple[int, int]
    steps: tuple[Step, ...]
    at_college: int = 0
    stories: tuple[str, ...] = ()
    screeners: tuple[str, ...] = ()
    beside: Mapping[str, Chance] = {}


class Piece(Strict, frozen=True, kw_only=True):
    """Something that may happen beside an arc."""

    key: str
    steps: tuple[Step, ...]


class Arcs(Strict, frozen=True, kw_only=True):
    """All arcs and pieces, who may screen, and what is noted of the agency's work as a whole."""

    screeners: tuple[str, ...]
    arc: tuple[Arc, ...]
    piece: tuple[Piece, ...]
    agency: tuple[Step, ...]


@cache
def stories() -> Stories:
    """Read the situations that ship with the package."""
    return msgspec.convert(tomllib.loads(STORIES.read_text(encoding="utf-8")), Stories)


@cache
def arcs() -> Arcs:
    """Read the arcs that ship with the package."""
    return msgspec.convert(tomllib.loads(ARCS.read_text(encoding="utf-8")), Arcs)
