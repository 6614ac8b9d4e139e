"""What the page says below a box about words just saved in it: never of the child's own words."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from cse_workbook.policy import Policy
from cse_workbook.wording import advice, folded

# The last part of the names of boxes that hold what a child says.
CHILDS_OWN: Final = frozenset({"child_said", "child_wants", "child_view"})


def note_on(
    save: Mapping[str, Any], answers: Mapping[str, Any], policy: Policy
) -> dict[str, str] | None:
    """Give the first advice on the text of a message `save`, or nothing; nothing is changed.

    `answers` are those of the draft. The message may name in `left` the phrases that the person
    has been told of in this box and is not to be told of again.
    """
    field, text, left = str(save.get("field")), save.get("value"), save.get("left")
    told = left if isinstance(left, list) else ()
    if not isinstance(text, str) or _is_the_childs(field, answers):
        return None
    done = {folded(each) for each in told if isinstance(each, str)}
    for each in advice(text, policy.wording):
        if folded(each.phrase) not in done:
            return msgspec.structs.asdict(each)
    return None


def _is_the_childs(field: str, answers: Mapping[str, Any]) -> bool:
    """Tell whether a box holds the child's own words, also as evidence that the child gave."""
    question, _, part = field.rpartition(".")
    said = part == "evidence" and answers.get(f"{question}.kind") == "child_said"
    return said or part in CHILDS_OWN
