"""The forms for what an agency keeps meeting, and for what stops it acting, until it ends.

They can be about a case, or about no child in particular.
"""

from collections.abc import Iterator
from typing import Final

from cse_workbook.case.events import BlockageNoted, BlockageResolved, ThemeNoted
from cse_workbook.views import blocks
from cse_workbook.views.blocks import Block
from cse_workbook.views.office import boxes
from cse_workbook.views.office.writing import Form, Sheet

NO_NAMES: Final = "No names of children. Use references"


def _theme_blocks(sheet: Sheet) -> Iterator[Block]:
    yield boxes.area(sheet, "theme.theme", "What do you keep meeting?", NO_NAMES)
    kind = "For example transport, online, gifts"
    yield boxes.line(sheet, "theme.of_kind", "What kind of thing is it?", kind)
    place = "A place or a kind of place, for example a park after dark. No names"
    yield boxes.line(sheet, "theme.place", "Where?", place)
    yield boxes.area(sheet, "theme.done", "What did you do about it?", rows=2)


THEME: Final = Form(
    key="theme",
    button="Note a theme",
    heading="Note a theme",
    fields=dict.fromkeys(("theme.theme", "theme.of_kind", "theme.place", "theme.done")),
    blocks=_theme_blocks,
    event=lambda sheet: ThemeNoted(
        theme=sheet.words("theme.theme"),
        of_kind=sheet.words("theme.of_kind"),
        place=sheet.words("theme.place"),
        done=sheet.words("theme.done"),
    ),
)


def _blockage_blocks(sheet: Sheet) -> Iterator[Block]:
    yield boxes.area(sheet, "blockage.stops", "What stops action?", NO_NAMES)
    yield boxes.day(sheet, "blockage.since_on", "Since when?")
    yield boxes.line(sheet, "blockage.agency", "Which agency?")
    yield boxes.area(sheet, "blockage.would_end", "What would end it?", rows=2)


BLOCKAGE: Final = Form(
    key="blockage",
    button="Note a blockage",
    heading="Note a blockage",
    fields=dict.fromkeys(("blockage.stops", "blockage.agency", "blockage.would_end")),
    dates={"blockage.since_on": ("Since when", "Enter since when")},
    blocks=_blockage_blocks,
    event=lambda sheet: BlockageNoted(
        stops=sheet.words("blockage.stops"),
        since_on=sheet.date("blockage.since_on") or sheet.today,
        agency=sheet.words("blockage.agency"),
        would_end=sheet.words("blockage.would_end"),
    ),
)


def _ended_blocks(sheet: Sheet) -> Iterator[Block]:
    begun = sheet.followed
    if begun is not None and isinstance(begun.event, BlockageNoted):
        yield blocks.text(f"{begun.event.stops} ({begun.event.agency})")
    yield boxes.day(sheet, "ended.ended_on", "When did it end?")
    yield boxes.area(sheet, "ended.how", "How did it end?")


ENDED: Final = Form(
    key="ended",
    button="Mark as ended",
    heading="Mark as ended",
    fields={"ended.how": None},
    dates={"ended.ended_on": ("The end", "Enter when it ended")},
    blocks=_ended_blocks,
    event=lambda sheet: BlockageResolved(
        blockage=sheet.follows,
        ended_on=sheet.date("ended.ended_on") or sheet.today,
        how=sheet.words("ended.how"),
    ),
)
