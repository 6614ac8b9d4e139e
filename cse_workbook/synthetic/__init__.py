"""What could a year of cases look like? A made-up one, for trying out, teaching and tests.

The same seed gives the same children. Everything is invented: the situations stand in
`stories/occ_safeguard.toml`, what happens then in `stories/arcs.toml`. Every kind of entry appears
but two: a table is released, and a body erased, only where a file or a decision is there. Nothing
here reads a clock or writes anything.
"""

from cse_workbook.synthetic.caseload import FIRST_DAY, LAST_DAY, make_up
from cse_workbook.synthetic.entries import numbered
from cse_workbook.synthetic.people import COLLEGE, MadeUpChild
from cse_workbook.synthetic.stories import Arcs, Stories, arcs, stories
from cse_workbook.synthetic.telling import MadeUp

__all__ = [
    "COLLEGE",
    "FIRST_DAY",
    "LAST_DAY",
    "Arcs",
    "MadeUp",
    "MadeUpChild",
    "Stories",
    "arcs",
    "make_up",
    "numbered",
    "stories",
]
