"""Numbers over months as one static picture of bars, and the words that say the same.

Only what may be shown comes in here. A hidden number is a low hatched bar that is as high whatever
it hides. The number stands in words over every bar, so nothing has to be measured.
"""

from collections.abc import Mapping
from typing import Final

from cse_workbook.disclosure import Shown
from cse_workbook.months import name_of

_STEP: Final = 70  # from one bar to the next
_BAR: Final = 44
_TOP: Final = 40  # room for words over the highest bar
_TALLEST: Final = 126.0
_BELOW: Final = 50  # room for the names of the months
_HIDDEN: Final = 12.0
_LOWEST: Final = 16.0  # of a number that is shown, so that it is higher than one that is hidden
_TEXT, _INK, _RULE = "#0b0c0c", "#26355d", "#cecece"
_HATCHED: Final = (
    '<pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse"'
    f' patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    f'<rect width="2" height="6" fill="{_INK}"/></pattern>'
)


def size(numbers: Mapping[str, Shown]) -> tuple[int, int]:
    """Give the width and the height of the picture of these months."""
    return max(len(numbers), 1) * _STEP, _floor(numbers) + _BELOW


def _floor(numbers: Mapping[str, Shown]) -> int:
    """Give how far down the bars stand: only as far as the highest one needs."""
    highest = max((shown.number or 0 for shown in numbers.values()), default=0)
    return _TOP + round(_TALLEST if highest else _HIDDEN)


def picture(numbers: Mapping[str, Shown]) -> str:
    """Draw the numbers of months like “2026-11”, in their order, as SVG."""
    highest = max((shown.number or 0 for shown in numbers.values()), default=0)
    floor, (wide, high) = _floor(numbers), size(numbers)
    columns = [
        f'<g transform="translate({place * _STEP + _STEP // 2} {floor})">{column}</g>'
        for place, column in enumerate(_column(*each, highest) for each in numbers.items())
    ]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
            f' viewBox="0 0 {wide} {high}" font-family="Arial, Helvetica, sans-serif"'
            f' font-size="14" text-anchor="middle" fill="{_TEXT}">',
            f"<defs>{_HATCHED}</defs>",
            f'<path d="M0 {floor}H{wide}" stroke="{_RULE}"/>',
            *columns,
            "</svg>",
        )
    )


def _column(month: str, shown: Shown, highest: int) -> str:
    """Draw one bar around the middle of its foot, with its words and the name of its month."""
    height = round(_height(shown, highest))
    look = f'fill="url(#hatched)" stroke="{_INK}"' if shown.is_hidden else f'fill="{_INK}"'
    size = f'width="{_BAR}" height="{height}"'
    bar = f'<rect x="{-_BAR // 2}" y="{-height}" {size} {look}/>' if height else ""
    # “fewer than 8” is wider than its bar and goes on two lines.
    first, _, rest = shown.words.partition(" ")
    lines = [each for each in (rest, first) if each]
    words = [_text(-height - 8 - 16 * line, each) for line, each in enumerate(lines)]
    name, _, year = name_of(month).partition(" ")
    return "".join((bar, *words, _text(20, name[:3]), _text(38, year)))


def _text(y: int, words: str) -> str:
    return f'<text y="{y}">{words}</text>'


def _height(shown: Shown, highest: int) -> float:
    if shown.number is None:
        return _HIDDEN
    return _LOWEST + (_TALLEST - _LOWEST) * shown.number / highest if shown.number else 0.0


def in_words(numbers: Mapping[str, Shown]) -> str:
    """Say what the picture says, month by month."""
    return " ".join(f"{name_of(month)}: {shown.words}." for month, shown in numbers.items())
