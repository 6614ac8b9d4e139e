"""Which tables does an audit count, and what stands in them?

Five frames, declared once: screenings, cases, referrals, episodes, actions. They are made of folded
cases, a row for each thing, and hold words, numbers and days, never what a person wrote. Nothing is
counted over children here, and nothing is hidden: that is for measures and disclosure control.
"""

from collections.abc import Iterable
from datetime import date

from cse_workbook.case import Case
from cse_workbook.frames.declared import BREAKDOWNS, SCHEMAS
from cse_workbook.frames.kinds import type_of
from cse_workbook.frames.of_actions import actions
from cse_workbook.frames.of_cases import case_row
from cse_workbook.frames.of_episodes import episodes
from cse_workbook.frames.of_referrals import referrals
from cse_workbook.frames.of_screenings import screenings
from cse_workbook.frames.reading import Lens, read
from cse_workbook.frames.tables import Coarseness, Frames, Table, shielded
from cse_workbook.frames.working_days import working_days
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy

__all__ = [
    "BREAKDOWNS",
    "SCHEMAS",
    "Coarseness",
    "Frames",
    "frames",
    "shielded",
    "type_of",
    "working_days",
]


def frames(cases: Iterable[Case], instrument: Instrument, policy: Policy, today: date) -> Frames:
    """Make the frames of cases as they stand on a day; the policy has been applied to the
    instrument.

    In `child` and `case` stands the reference of the record: see `shielded`. A case without a
    screening has no row of screenings; one that waits for a review has a row of actions for it.
    """
    lens = Lens.of(instrument, policy, today)
    tables = {name: Table(schema) for name, schema in SCHEMAS.items()}
    for case in cases:
        one = read(case, policy)
        tables["screenings"].add(screenings(one, lens))
        tables["cases"].add([case_row(one, lens)])
        tables["referrals"].add(referrals(one, lens))
        tables["episodes"].add(episodes(one, lens))
        tables["actions"].add(actions(one, lens))
    return Frames(**{name: table.whole() for name, table in tables.items()})
