"""What a section of the lead officer's pages is, and what stands around its pages."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from cse_workbook.views.blocks import Block, Rich, go
from cse_workbook.views.pages import clock, written

if TYPE_CHECKING:
    from cse_workbook.casework import Casework
    from cse_workbook.views.office.office import Office

Press = Callable[[str, str], None]
# Page to go to, and the words of its link.
NAVIGATION: Final = (
    ("caseload", "Caseload"),
    ("start", "Screen a child"),
    ("themes", "Themes and blockages"),
    ("macse", "{meeting}"),
)


class Page(msgspec.Struct, kw_only=True):
    """One page as a section gives it; what stands around it is put there by the office."""

    title: str
    heading: str
    blocks: Sequence[Block]
    under: str  # the link of the navigation that it stands under
    caption: str | None = None
    back: str | None = None
    on_this_page: Sequence[tuple[str, str]] = ()
    focus: str | None = None
    foot: str = ""  # printed, besides what every page prints
    state: tuple[str, Rich] | None = None


class Section(Protocol):
    """The pages of one subject."""

    names: tuple[str, ...]

    @property
    def presses(self) -> Mapping[str, Press]:
        """What its buttons and links do: verb, and the function given the rest and the page."""

    def page(self, name: str) -> Page:
        """Give a page. Raises WorkbookError where it cannot be read."""

    def begin(self, office: "Office") -> None:
        """Hear which office it is in."""


def navigation(casework: "Casework", under: str) -> list[dict[str, Any]]:
    """Give the links between the sections, for those who work as a lead officer."""
    if not casework.is_lead:
        return []
    names = casework.instrument.names
    return [
        {"to": f"go:{page}", "text": words.format_map(names), "current": page == under}
        for page, words in NAVIGATION
    ]


def framed(casework: "Casework", name: str, page: Page, *, draft: str | None) -> dict[str, Any]:
    """Give a page as the widget takes it, with banner, help and foot."""
    instrument, policy, who = casework.instrument, casework.policy, casework.who
    edition = f"{instrument.title}, edition {instrument.edition}"
    head = casework.store.head()
    made = f"Made by {who.role}, {who.agency}, {moment(casework.now())}."
    shell: dict[str, Any] = {
        "signed_in": f"{who.role}, {who.agency}",
        "foot": [
            f"Instrument: {edition}. Policy: {policy.key}. ",
            go("go:accessibility", "Accessibility statement"),
        ],
        "refer_now": None,
        "home": "go:caseload",
        "nav": navigation(casework, page.under),
        "pause_minutes": policy.times.pause_after_minutes,
        "on_this_page": [{"focus": focus, "text": words} for focus, words in page.on_this_page],
        "nothing_yet": False,
    }
    if page.state is not None and draft is None:
        strong, small = page.state
        shell["state"] = {"strong": strong, "small": list(small)}
    foot = (
        f"{page.foot} {edition}. Policy: {policy.key}. Record: {head.short}. {made} Made to help a"
        " professional decide."
    )
    return {
        **{"id": name, "section": None, "title": page.title, "heading": page.heading},
        **{"caption": page.caption, "back": _back(page.back)},
        **{"draft": draft, "saved_at": None, "recorded": None, "shell": shell},
        **{"focus": page.focus, "problems": [], "alert": None, "read_only": False, "known": {}},
        "printing": {"head": None, "foot": [foot.strip()]},
        "blocks": list(page.blocks),
    }


def _back(to: str | None) -> dict[str, str] | None:
    """Give the link back, by the name of the page that it leads to, where that has one."""
    names = {f"go:{page}": words for page, words in NAVIGATION}
    return {"to": to, "text": names.get(to, "Back")} if to else None


def moment(at: datetime) -> str:
    """Write a moment: 23 November 2026 at 14:02."""
    return f"{written(at.astimezone().date())} at {clock(at)}"
