"""A case, and what stands against adding to it."""

from datetime import UTC, date, datetime, timedelta

from cse_workbook.adding import Author, objections
from cse_workbook.case import AnyEvent, Case, events, fold
from cse_workbook.instrument import Instrument
from tests import made_up_events
from tests.made_up_events import OPENED, entries_of

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SIGN = made_up_events.screened(self_harm="yes")
ACTION = events.ActionSet("Call the school", "teacher", TOMORROW)
BLOCKAGE = events.BlockageNoted("No place to talk", YESTERDAY, "Example School")
EPISODE = events.MissingEpisode(NOON, NOON + HOUR)

LEAD = Author("l.example", "lead officer", "Example County", "lead_officer")
TEACHER = Author("t.example", "teacher", "Example School", "practitioner")


def case_of(*made: AnyEvent) -> Case:
    """Fold these events as the entries 2, 3 … of a case, all written by the teacher."""
    return fold(entries_of(OPENED, *made))


def against(
    event: AnyEvent, occ: Instrument, *before: AnyEvent, author: Author = LEAD
) -> list[str]:
    """Say what stands against an entry behind others, the first of which is entry 2."""
    return [str(each) for each in objections(event, case_of(*before), author, TODAY, occ)]
