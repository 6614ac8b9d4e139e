"""Numbers over months as one static picture of bars, and the words that say the same.

Only what may be shown comes in here. A hidden number is a low hatched bar that is as high whatever
it hides. The number stands in words over every bar, so nothing has to be measured.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from cse_workbook.disclosure import Shown
from cse_workbook.months import name_of

HEIGHT: Final = 216
_STEP: Final = 76  # from one bar to the next
_BAR: Final = 44
_TOP: Final = 40
_FLOOR: Final = 166
_HIDDEN: Final = 12.0
_LOWEST: Final = 16.0  # of a number that is shown, so that it is higher than one that is hidden
_TEXT, _INK, _RULE = "#0b0c0c", "#26355d", "#cecece"
_HATCHED: Final = (
    '<pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse"'
    f' patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    f'<rect width="2" height="6" fill="{_INK}"/></pattern>'
)


def width(numbers: Mapping[str, Shown]) -> int:
    """Give the width of the picture of these months."""
    return max(len(numbers), 1) * _STEP


def picture(numbers: Mapping[str, Shown]) -> str:
    """Draw the numbers of months like “2026-11”, in their order, as SVG."""
    highest = max((shown.number or 0 for shown in numbers.values()), default=0)
    columns = [
        part
        for place, (month, shown) in enumerate(numbers.items())
        for part in _column(place * _STEP + _STEP / 2, month, shown, highest)
    ]
    wide = width(numbers)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{HEIGHT}"'
            f' viewBox="0 0 {wide} {HEIGHT}" font-family="Arial, Helvetica, sans-serif"'
            f' font-size="14" text-anchor="middle" fill="{_TEXT}">',
            f"<defs>{_HATCHED}</defs>",
            f'<path d="M0 {_FLOOR}H{wide}" stroke="{_RULE}"/>',
            *columns,
            "</svg>",
        )
    )


def _column(x: float, month: str, shown: Shown, highest: int) -> Iterator[str]:
    height = _height(shown, highest)
    look = f'fill="url(#hatched)" stroke="{_INK}"' if shown.is_hidden else f'fill="{_INK}"'
    if height:
        yield (
            f'<rect x="{x - _BAR / 2:.0f}" y="{_FLOOR - height:.0f}" width="{_BAR}"'
            f' height="{height:.0f}" {look}/>'
        )
    # “fewer than 8” is wider than its bar and goes on two lines.
    first, _, rest = shown.words.partition(" ")
    for line, words in enumerate(reversed([each for each in (first, rest) if each])):
        yield f'<text x="{x:.0f}" y="{_FLOOR - height - 8 - 16 * line:.0f}">{words}</text>'
    name, _, year = name_of(month).partition(" ")
    yield f'<text x="{x:.0f}" y="{_FLOOR + 20}">{name[:3]}</text>'
    yield f'<text x="{x:.0f}" y="{_FLOOR + 38}">{year}</text>'


def _height(shown: Shown, highest: int) -> float:
    if shown.number is None:
        return _HIDDEN
    room = _FLOOR - _TOP - _LOWEST
    return _LOWEST + room * shown.number / highest if shown.number else 0.0


def in_words(numbers: Mapping[str, Shown]) -> str:
    """Say what the picture says, month by month."""
    return " ".join(f"{name_of(month)}: {shown.words}." for month, shown in numbers.items())
