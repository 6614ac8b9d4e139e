"""What is to be put right in a form before its entry is written, in the words that a page says."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from cse_workbook.errors import MESSAGES, Problem
from cse_workbook.views.blocks import Block
from cse_workbook.views.checks import Trouble, date_troubles, too_long

if TYPE_CHECKING:
    from cse_workbook.views.office.writing import Form, Sheet

# The page says of these what to do, and of CASE_16 what is wrong; of all others it says both.
_REPAIR_ONLY: Final = frozenset({"CASE_04", "CASE_08", "CASE_09", "CASE_10", "CASE_15", "CASE_17"})
_WRONG_ONLY: Final = frozenset({"CASE_16"})


def sentence(code: str) -> str:
    """Give the words of a message that has no slots, as a page says them."""
    what, repair = MESSAGES[code]
    return f"{_capital(what)} {repair}".rstrip(".")


def placed(form: "Form", sheet: "Sheet", found: Problem) -> Trouble:
    """Say a problem at the field of the form where it was typed; one of the whole entry at the
    first.
    """
    field = found.where.partition(", ")[2]
    own = f"{form.key}.{field}" if field else next(iter(form.fields))
    place = form.places(sheet).get(field, own)
    said = f"{_capital(found.what)} {found.repair}"
    if found.code in _REPAIR_ONLY:
        said = found.repair
    elif found.code in _WRONG_ONLY:
        said = _capital(found.what)
    return Trouble(place, found.code, said.rstrip("."))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def day_troubles(
    sheet: "Sheet",
    field: str,
    label: str,
    words: str = "",
    codes: tuple[str, str] = ("FORM_06", "FORM_08"),
) -> Iterator[Trouble]:
    """Check a day in three boxes; `words` ask for it where it is left empty and may not be."""
    found = list(date_troubles(sheet.answers, field, codes, label))
    yield from found
    if words and not found and sheet.date(field) is None:
        yield Trouble(f"{field}.day", "CASE_04", words)


def longer(sheet: "Sheet", boxes: Iterable[Block]) -> Iterator[Trouble]:
    """Say which boxes hold more than is kept of them."""
    for box in boxes:
        if "max" in box:
            yield from too_long(sheet.answers, box["field"], box["label"].rstrip("?"), box["max"])


def boxes_of(found: Iterable[Block]) -> Iterator[Block]:
    """Give the parts of a form that are filled in, in their order."""
    for block in found:
        if "field" in block:
            yield block
        yield from boxes_of(block.get("blocks", ()))


def one_each(found: Iterable[Trouble], boxes: Sequence[str]) -> list[Trouble]:
    """Keep the first trouble of each box, in the order of the boxes."""
    order = {box: place for place, box in enumerate(boxes)}
    first: dict[str, Trouble] = {}
    for each in found:
        inside = (b for b in order if each.field == b or each.field.startswith(f"{b}."))
        first.setdefault(next(inside, each.field), each)
    return [first[box] for box in sorted(first, key=lambda box: order.get(box, len(order)))]
