"""The timeline as one static picture: lanes, each with a shape of its own, months across the top.

Every mark is drawn. Words are left out where they would lie over one another or over a mark; the
sentences have them all. Nothing in the picture needs colour to be told apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import Final

import msgspec

from cse_workbook.timeline.lanes import Lane, Mark, Timeline, sentences

WIDTH: Final = 890
HEIGHT: Final = 306
_LEFT: Final = 120.0
_RIGHT: Final = 730.0
_TOP: Final = 46
_STEP: Final = 46
_REACH: Final = 10.0  # from the middle of a mark to its side
_NUDGE: Final = 6.0  # between marks of the same day, so that each can be seen
_GAP: Final = 6.0
_OPEN: Final = 20.0  # at least, of what has no end recorded
_DAYS_AT_LEAST: Final = 28
_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000)

_TEXT, _SECONDARY, _INK, _RED, _RULE = "#0b0c0c", "#484949", "#26355d", "#982828", "#cecece"
_CIRCLE: Final = "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0Z"
_SQUARE: Final = "M-8-8H8V8H-8Z"
_FILLED: Final = f'fill="{_INK}" stroke="#fff" stroke-width="1.5"'
# The outline of the marks of a lane, and how it is filled and drawn.
_SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "Screenings": (_CIRCLE, _FILLED),
    "Views": (_SQUARE, _FILLED),
    "Referrals": ("M0-9 10 8H-10Z", _FILLED),
    "Missing": (_SQUARE, f'fill="{_RED}" stroke="#fff" stroke-width="1.5"'),
    "Meetings": ("M0-11 11 0 0 11-11 0Z", _FILLED),
    "Advice": (
        "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0Z",
        f'fill="#fff" stroke="{_INK}" stroke-width="3"',
    ),
}
# How wide a character of Arial or Helvetica is, in parts of the size.
_WIDTHS: Final[Mapping[str, float]] = {
    **dict.fromkeys("ijl'", 0.23),
    **dict.fromkeys(" ,.:;ftI/!", 0.28),
    **dict.fromkeys("r()-", 0.34),
    **dict.fromkeys("ckszvxyJ", 0.5),
    **dict.fromkeys("abdeghnopquL0123456789", 0.56),
    **dict.fromkeys("ABCDEFHKNPRSTUVXYZw", 0.73),
}
_WIDEST: Final = 1.0  # of any other
_FALLBACK: Final = 1.1  # another font may be so much wider


class _Scale(msgspec.Struct, frozen=True):
    """Where on the picture a day stands: months begin at the left, the last day is at the right."""

    first_on: date
    last_on: date

    def x(self, on: date) -> float:
        n_days = max((self.last_on - self.first_on).days, _DAYS_AT_LEAST)
        return _LEFT + (_RIGHT - _LEFT) * (on - self.first_on).days / n_days


class _Placed(msgspec.Struct, frozen=True):
    """A mark with the place of its middle, and of the end of what lasted."""

    mark: Mark
    x: float
    end: float

    @property
    def left(self) -> float:
        return self.x - _REACH

    @property
    def right(self) -> float:
        return max(self.end, self.x + _REACH)


def picture(timeline: Timeline) -> str:
    """Draw a timeline as SVG of `WIDTH` by `HEIGHT`, the same every time."""
    scale = _Scale(timeline.first_on.replace(day=1), timeline.last_on)
    said = " ".join(sentences(timeline))
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}" height="{HEIGHT}"'
            f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Arial, Helvetica, sans-serif"'
            f' font-size="14" fill="{_TEXT}">',
            "<title>Timeline</title>",
            f"<desc>{_escaped(said)}</desc>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            *_months(scale),
            *(_lane(lane, _TOP + _STEP * n, scale) for n, lane in enumerate(timeline.lanes)),
            "</svg>",
        )
    )


# Months


def _months(scale: _Scale) -> Iterator[str]:
    for x, words in _ticks(scale):
        yield (
            f'<path d="M{_n(x)} 28V{HEIGHT - 8}" stroke="{_RULE}"/>'
            f'<text x="{_n(x)}" y="18" text-anchor="middle" fill="{_SECONDARY}">{words}</text>'
        )


def _ticks(scale: _Scale) -> list[tuple[float, str]]:
    """Give the days named across the top: the first, as many months as there is room for, and the
    last.
    """
    first_on, last_on = scale.first_on, scale.last_on
    for months in _MONTHS:
        days = _firsts(first_on, last_on, months)
        ticks = [(scale.x(day), _named(day, months >= 12 or day.month == 1)) for day in days]
        if all(_is_apart(one, other) for one, other in pairwise(ticks)):
            break
    has_years = first_on.year != last_on.year
    start, end = ((scale.x(day), _named(day, has_years)) for day in (first_on, last_on))
    ticks = [start, *(tick for tick in ticks if _is_apart(start, tick))]
    return [*ticks, end] if _is_apart(ticks[-1], end) else ticks


def _firsts(first_on: date, last_on: date, months: int) -> Iterator[date]:
    """Give the first days of every so many months of the calendar, after the first day."""
    first, last = (day.year * 12 + day.month - 1 for day in (first_on, last_on))
    for count in range((first // months + 1) * months, last + 1, months):
        yield date(count // 12, count % 12 + 1, 1)


def _named(day: date, has_year: bool) -> str:
    return f"{day.day} {day:%b} {day.year}" if has_year else f"{day.day} {day:%b}"


def _is_apart(one: tuple[float, str], other: tuple[float, str]) -> bool:
    return other[0] - one[0] >= (_width(one[1]) + _width(other[1])) / 2 + 2 * _GAP


# Lanes


def _lane(lane: Lane, y: int, scale: _Scale) -> str:
    placed = _placed(lane.marks, scale)
    outline, look = _SHAPES[lane.name]
    bars = (_bar(p, y) for p in placed if p.end > p.x)
    marks = (f'<path transform="translate({_n(p.x)} {y})" d="{outline}"/>' for p in placed)
    return "\n".join(
        (
            f'<path d="M{_n(_LEFT)} {y}H{_n(_RIGHT)}" stroke="{_RULE}"/>',
            f'<text x="0" y="{y + 5}" font-size="16">{_escaped(lane.name)}</text>',
            *_words(placed, y),
            *bars,
            f"<g {look}>",
            *marks,
            "</g>",
        )
    )


def _placed(marks: Sequence[Mark], scale: _Scale) -> list[_Placed]:
    placed: list[_Placed] = []
    for mark in marks:
        x = scale.x(mark.on)
        if placed and placed[-1].mark.on == mark.on:
            x = min(placed[-1].x + _NUDGE, WIDTH - _REACH)
        end = max(x + _OPEN, _RIGHT) if mark.until is None else scale.x(mark.until)
        placed.append(_Placed(mark, x, max(x, end)))
    return placed


def _bar(placed: _Placed, y: int) -> str:
    """Draw how long something lasted, dashed where no end is recorded."""
    dashes = ' stroke-dasharray="5 3"' if placed.mark.until is None else ""
    return (
        f'<path d="M{_n(placed.x)} {y}H{_n(placed.end)}" stroke="{_RED}" stroke-width="6"{dashes}/>'
    )


# Words


def _words(placed: Sequence[_Placed], y: int) -> list[str]:
    """Write the words of the marks where there is room, the newest first."""
    together = _together(placed)
    taken = [(each[0].left, max(p.right for p in each)) for each in together]
    written: list[str] = []
    for marks in reversed(together):
        for words, left in _candidates(marks):
            right = left + _ground(words)
            if left >= _LEFT and right <= WIDTH and _is_free(left, right, taken):
                taken.append((left, right))
                written.append(_text(words, left, y))
                break
    return written


def _together(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """Put marks that touch one another together: they share their words."""
    together: list[list[_Placed]] = []
    right = 0.0
    for each in placed:
        if together and each.left < right:
            together[-1].append(each)
        else:
            together.append([each])
        right = max(right, each.right)
    return together


def _candidates(marks: Sequence[_Placed]) -> Iterator[tuple[str, float]]:
    """Give the words and where their ground could begin: behind the marks, or before them; or the
    words of the last mark alone.
    """
    words = ", ".join(dict.fromkeys(p.mark.words for p in marks if p.mark.words))
    if words:
        behind = max(p.right for p in marks)
        yield words, behind
        yield words, marks[0].left - _ground(words)
        yield marks[-1].mark.words, behind


def _is_free(left: float, right: float, taken: Iterable[tuple[float, float]]) -> bool:
    return all(right <= start or end <= left for start, end in taken)


def _text(words: str, left: float, y: int) -> str:
    """Write words on a white ground, so that no line runs through them."""
    return (
        f'<rect x="{_n(left)}" y="{y - 9}" width="{_n(_ground(words))}" height="18" fill="#fff"/>'
        f'<text x="{_n(left + _GAP)}" y="{y + 5}">{_escaped(words)}</text>'
    )


def _ground(words: str) -> float:
    return _width(words) + 2 * _GAP


def _width(words: str) -> float:
    return 14 * _FALLBACK * sum(_WIDTHS.get(each, _WIDEST) for each in words)


def _escaped(words: str) -> str:
    """Make words of text: markup loses its meaning, and what XML cannot hold is left out."""
    return escape("".join(each for each in words if each.isprintable()))


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
