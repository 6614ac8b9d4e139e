"""What is shown of an audit: one table, perhaps with its picture, protected already.

Nothing else leaves a notebook. What a cell shows goes, in the same moment, into the notebook and
the report as a page, and into a file as CSV, so that all three say the same.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import pandas as pd
from IPython.display import display
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cse_workbook.disclosure.ledger import Table

HTML: Final = "text/html"
CSV: Final = "text/csv"
PLAIN: Final = "text/plain"
FACTS: Final = "application/vnd.cse-workbook.audit+json"
TEMPLATES: Final = Path(__file__).parent / "templates"


class Picture(msgspec.Struct, frozen=True):
    """A picture as SVG, and the words that say the same."""

    svg: str
    words: str

    @property
    def markup(self) -> Markup:
        """The picture as markup of our own making."""
        return Markup(self.svg)


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the run keeps of something shown: its file, rows, checks, and the table as printed."""

    name: str
    rows: int
    checks: Sequence[str] = ()
    rows_in: Mapping[str, str] = {}
    table: Table | None = None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A table for people (`head`, `body`: words, the first of a row names it), and for programs.

    `notes` stand under it, and its title is a heading of that level. Without a body the notes say
    why there is none.
    """

    title: str
    head: Sequence[str]
    body: Sequence[Sequence[str]]
    data: pd.DataFrame
    facts: Facts
    notes: Sequence[str] = ()
    picture: Picture | None = None
    level: int = 3

    def __repr__(self) -> str:
        """Show the title and how many rows there are."""
        return f"{self.title}: {len(self.data)} rows"

    def with_notes(self, *notes: str) -> "Shown":
        """Give it with more notes under it."""
        return msgspec.structs.replace(self, notes=[*self.notes, *notes])

    def show(self) -> None:
        """Show it in a notebook, where it is not the last thing in its cell."""
        display(self)  # type: ignore[no-untyped-call] # IPython has no type for it

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Give it in every form at once."""
        return {
            HTML: render("shown.html.j2", shown=self),
            CSV: self.data.to_csv(index=False, lineterminator="\n"),
            PLAIN: repr(self),
            FACTS: msgspec.to_builtins(self.facts),
        }


def render(template: str, **given: object) -> str:
    """Fill a template of this folder; what is given is text, never markup, unless it says so."""
    return _templates().get_template(template).render(**given)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
