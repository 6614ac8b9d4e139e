"""Which tables does an audit count, and what stands in them?

Five frames, declared once: screenings, cases, referrals, episodes, actions. They are made of folded
cases, a row for each thing, and hold words, numbers and days, never what a person wrote. Beside
them stands a table of the answers, declared for an instrument, for scoring them again. Nothing is
counted over children here, and nothing is hidden: that is for measures and disclosure control.
"""

from collections.abc import Iterable
from datetime import date

from cse_workbook.case import Case
from cse_workbook.frames.declared import BREAKDOWNS, SCHEMAS
from cse_workbook.frames.kinds import type_of
from cse_workbook.frames.lens import Lens
from cse_workbook.frames.of_actions import actions
from cse_workbook.frames.of_answers import Answers, answers_schema
from cse_workbook.frames.of_cases import case_row
from cse_workbook.frames.of_episodes import episodes
from cse_workbook.frames.of_referrals import referrals
from cse_workbook.frames.of_screenings import screenings
from cse_workbook.frames.reading import read
from cse_workbook.frames.tables import Coarseness, Frames, Table, WithAnswers, shielded
from cse_workbook.frames.working_days import working_days
from cse_workbook.instrument import Instrument
from cse_workbook.policy import Policy

__all__ = [
    "BREAKDOWNS",
    "SCHEMAS",
    "Coarseness",
    "Frames",
    "WithAnswers",
    "answers_schema",
    "frames",
    "shielded",
    "type_of",
    "working_days",
]


def frames(
    cases: Iterable[Case], instrument: Instrument, policy: Policy, today: date
) -> WithAnswers:
    """Make the frames of cases as they stand on a day, and the table of answers; the policy has
    been applied to the instrument.

    In `child` and `case` stands the reference of the record: see `shielded`. A case without a
    screening has no row of screenings; one that waits for a review has a row of actions for it.
    """
    lens = Lens.of(instrument, policy, today)
    tables = {name: Table(schema) for name, schema in SCHEMAS.items()}
    answers = Answers(instrument)
    for case in cases:
        one = read(case, lens)
        missing = list(episodes(one, lens))
        tables["screenings"].add(screenings(one, lens))
        tables["cases"].add([case_row(one, missing, lens)])
        tables["referrals"].add(referrals(one, lens))
        tables["episodes"].add(missing)
        tables["actions"].add(actions(one, lens))
        answers.add(one)
    given = {name: table.whole() for name, table in tables.items()}
    return WithAnswers(**given, answers=answers.whole())
