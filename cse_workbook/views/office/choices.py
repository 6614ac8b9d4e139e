"""What is chosen on a page to see part of it: kept in no store, and gone with the window.

The boxes are fields named `choose.{page}.{name}`. What stands in them counts once it is applied.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block, button

Chosen = str | list[str]

_FRONT: Final = "choose."
_LONGEST: Final = 500  # of one value: the words of a theme or of an agency
_MOST: Final = 10_000  # values of one box: children chosen from a caseload


def box(page: str, name: str) -> str:
    """Give the field of a choice on a page."""
    return f"{_FRONT}{page}.{name}"


def folded(summary: str, page: str, parts: Sequence[Block]) -> Block:
    """Fold the boxes of a page away, with the buttons that apply and clear them."""
    return blocks.details(
        summary,
        [
            *parts,
            blocks.buttons(
                button("Apply filters", f"apply:{page}"),
                button("Clear filters", f"clear:{page}", "secondary"),
            ),
        ],
    )


class Choices:
    """What stands in the boxes of one window, and what of it has been applied."""

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        self._boxes: dict[str, Chosen] = {}
        self._applied: dict[str, Mapping[str, Chosen]] = {}

    @staticmethod
    def takes(field: str, value: object) -> bool:
        """Tell whether this is a choice; whether it is offered is asked where it is used."""
        values = value if isinstance(value, list) else [value]
        short = all(isinstance(each, str) and len(each) <= _LONGEST for each in values)
        return field.startswith(_FRONT) and short and len(values) <= _MOST

    def keep(self, field: str, value: Chosen) -> None:
        """Hold what stands in a box."""
        self._boxes[field] = value

    def boxes(self, page: str) -> Mapping[str, Chosen]:
        """Give what stands in the boxes of a page, by name, applied or not."""
        front = box(page, "")
        found = {f.removeprefix(front): v for f, v in self._boxes.items() if f.startswith(front)}
        return {name: value for name, value in found.items() if value}

    def applied(self, page: str) -> Mapping[str, Chosen]:
        """Give what has been applied on a page, by name."""
        return self._applied.get(page, {})

    def apply(self, page: str) -> None:
        """Let what stands in the boxes of a page count."""
        self._applied[page] = self.boxes(page)

    def choose(self, page: str, **given: Chosen) -> None:
        """Choose this, and nothing else, on a page: as a link does that leads to part of it."""
        for name in self.boxes(page):
            del self._boxes[box(page, name)]
        for name, value in given.items():
            self.keep(box(page, name), value)
        self.apply(page)
