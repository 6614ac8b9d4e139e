"""Which made-up children does a team read, and what might come back?

The children stand in `stories/calibration.toml`, which ships with the package: a few sentences
each, and no right answer. Readings can be made up, to try the figures out before anybody has read.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
import pandas as pd

from cse_workbook.calibration.readings import CHILD, READER, VIEW
from cse_workbook.frames.kinds import NO, NOT_GIVEN, NOT_KNOWN, POSSIBLE
from cse_workbook.instrument import Instrument

STORIES: Final = Path(__file__).parent.parent / "stories" / "calibration.toml"
READERS: Final = ("R1", "R2", "R3", "R4", "R5")
_BLANK: Final = ""
# Of a hundred readers, up to so many write this word; the others write what the story makes likely.
_OF_LIKELY: Final = ((10, POSSIBLE), (22, NOT_KNOWN), (28, _BLANK))
_OF_OTHERS: Final = ((4, POSSIBLE), (40, NOT_KNOWN), (50, _BLANK))


class ChildToRead(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A made-up child: what readers are given, and what to talk over afterwards.

    `view` and `likely` are how many people might read it, and only make readings up.
    """

    key: str
    age: int
    text: str
    afterwards: str
    view: str
    likely: Mapping[str, str]


class _Children(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    child: tuple[ChildToRead, ...]


@cache
def exercise() -> tuple[ChildToRead, ...]:
    """Give the made-up children that ship with the package."""
    return msgspec.convert(tomllib.loads(STORIES.read_text(encoding="utf-8")), _Children).child


def blank_sheet(instrument: Instrument) -> pd.DataFrame:
    """Give what one reader fills in: a row a made-up child, with `reader`, `view` and a column an
    indicator to be filled.
    """
    columns = [READER, VIEW, *(each.key for each in instrument.asked())]
    children = pd.DataFrame({CHILD: [each.key for each in exercise()]})
    return children.assign(**dict.fromkeys(columns, _BLANK))


def made_up_readings(instrument: Instrument, seed: int) -> pd.DataFrame:
    """Make readings of the made-up children up: a row a child and reader, as `read` takes it.

    The same seed gives the same readings on any machine: they hang on digests, not on chance.
    """
    rows = [
        {CHILD: child.key, READER: reader, **_reading(child, reader, instrument, seed)}
        for child in exercise()
        for reader in READERS
    ]
    return pd.DataFrame(rows)


def _reading(
    child: ChildToRead, reader: str, instrument: Instrument, seed: int
) -> Mapping[str, str]:
    asked = [each.key for each in instrument.asked()]
    percents = {key: _percent(seed, child.key, reader, key) for key in (VIEW, *asked)}
    answers = {
        key: _word(percents[key], _OF_LIKELY, child.likely[key])
        if key in child.likely
        else _word(percents[key], _OF_OTHERS, NO)
        for key in asked
    }
    return {VIEW: _view(child, instrument, percents[VIEW]), **answers}


def _word(percent: int, words: tuple[tuple[int, str], ...], otherwise: str) -> str:
    return next((word for up_to, word in words if percent < up_to), otherwise)


def _view(child: ChildToRead, instrument: Instrument, percent: int) -> str:
    """Give the likely view, or one a step below or above; an instrument may not have it at all."""
    routes = [each.key for each in instrument.routes]
    likely = routes.index(child.view) if child.view in routes else len(routes) // 2
    below, above = max(likely - 1, 0), min(likely + 1, len(routes) - 1)
    choices = ((5, NOT_GIVEN), (25, routes[below]), (35, routes[above]))
    return _word(percent, choices, routes[likely])


def _percent(*parts: object) -> int:
    """Give a number from 0 to 99 that hangs on these parts alone."""
    digest = sha256(":".join(map(str, parts)).encode()).hexdigest()
    return int(digest[:8], 16) % 100
