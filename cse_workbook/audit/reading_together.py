"""How is a calibration shown: people read the same made-up children alone, and then compare?

The children are made up, so nothing of a child is protected here. What is protected are the
readers: nothing tells which of them gave which answer.
"""

from collections.abc import Sequence
from typing import Final

import msgspec
import pandas as pd

from cse_workbook import calibration
from cse_workbook import instrument as instruments
from cse_workbook.audit import words
from cse_workbook.audit.shown import Facts, Shown
from cse_workbook.audit.working_paper import handed_out, taken_back

MADE_UP: Final = "These readings are made up, to try it: nobody read these children."
_ALPHA: Final = "Alpha (95% interval)"


class ReadingTogether:
    """The readings of a team, and what they tell."""

    def __init__(self, readings: str, seed: int) -> None:
        """Read a table of readings; without one, make readings up.

        Raises what `taken_back` and `calibration.read` do.
        """
        self.instrument = instruments.load()
        self.seed, self.is_made_up = seed, not readings
        table = (
            taken_back(readings)
            if readings
            else calibration.made_up_readings(self.instrument, seed)
        )
        children = [each.key for each in calibration.exercise()]
        self.readings = calibration.read(table, self.instrument, children)

    def children(self) -> Shown:
        """Show the made-up children, as each reader gets them."""
        read = [(each.key, str(each.age), each.text) for each in calibration.exercise()]
        shown = _shown("The children to read", ("Child", "Age", "What is known"), read)
        return msgspec.structs.replace(shown, level=2)

    def write_sheet(self, sheet: str) -> Shown:
        """Write what one reader fills in into a new file. Raises what `handed_out` does."""
        return handed_out(
            sheet,
            calibration.blank_sheet(self.instrument),
            "Each reader fills in a copy of their own, alone: a code of their own under reader, and"
            " words of the form (yes, possible, no or not_known). Put the copies together, one"
            " below the other, and give them as the parameter “readings”.",
        )

    def overall(self) -> Shown:
        """Show how far views, and all answers together, agree."""
        return self._agreement(
            "Agreement in all", calibration.overall(self.readings, seed=self.seed)
        )

    def by_view(self) -> Shown:
        """Show of each view how often others who read the child gave it too."""
        return self._agreement("Agreement by view", calibration.by_view(self.readings))

    def by_item(self) -> Shown:
        """Show for each question how far answers agree."""
        return self._agreement(
            "Agreement by question", calibration.by_item(self.readings, seed=self.seed)
        )

    def conversation(self) -> Shown:
        """Show what is most worth a talk: where readings are furthest apart."""
        found = calibration.conversation(self.readings)
        body = [(row["child"], row["label"], row["said"]) for row in words.rows(found)]
        head = ("Child", "Question", "What was answered")
        return _shown("For the conversation", head, body, found)

    def afterwards(self) -> Shown:
        """Show what each child was made up to talk over."""
        told = [(each.key, each.afterwards) for each in calibration.exercise()]
        return _shown("What each child is for", ("Child", "To talk over"), told)

    def _agreement(self, title: str, table: pd.DataFrame) -> Shown:
        has_alpha = "alpha" in table
        body = [
            [
                row["label"],
                f"{row['n_children']}",
                words.rated(row),
                *([_alpha(row)] if has_alpha else []),
            ]
            for row in words.rows(table)
        ]
        head = ["About", "Children", "Pairs that agree (95% interval)"]
        shown = _shown(title, [*head, *([_ALPHA] if has_alpha else [])], body, table.round(4))
        made_up = (MADE_UP,) if self.is_made_up else ()
        return shown.with_notes(*made_up, *calibration.PLAINLY)


def _alpha(row: words.Row) -> str:
    if pd.isna(row["alpha"]):
        return words.BLANK
    return f"{row['alpha']:.2f} ({row['alpha_low']:.2f} to {row['alpha_high']:.2f})"


def _shown(
    title: str,
    head: Sequence[str],
    body: Sequence[Sequence[str]],
    data: pd.DataFrame | None = None,
) -> Shown:
    table = pd.DataFrame(body, columns=list(head)) if data is None else data
    name = title.lower().replace(" ", "-")
    return Shown(
        title=title, head=head, body=body, data=table, facts=Facts(name=name, rows=len(table))
    )
