"""MACSE meeting."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cse_workbook.views import blocks
from cse_workbook.views.office.sections import Page, Press

if TYPE_CHECKING:
    from cse_workbook.views.office.office import Office


class MeetingPages:
    """The pages of this subject."""

    names: tuple[str, ...] = ("macse", "agenda", "hearing")

    def begin(self, office: "Office") -> None:
        """Hear which office it is in."""
        self.office = office

    @property
    def presses(self) -> Mapping[str, Press]:
        """Give what its buttons and links do."""
        return {}

    def page(self, name: str) -> Page:
        """Give a page."""
        return Page(
            title="MACSE meeting", heading="MACSE meeting", blocks=[blocks.text("…")], under="macse"
        )
