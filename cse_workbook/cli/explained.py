"""One screening with its outcome, and where to look up the words for it."""

import msgspec

from cse_workbook.cli.layout import Labels
from cse_workbook.instrument import Instrument
from cse_workbook.outcome import Outcome, Step, higher, shown, steps
from cse_workbook.policy import Policy
from cse_workbook.screening import Screening


class Explained(msgspec.Struct, frozen=True):
    """One outcome under the instrument as it stands, and the instrument as it was published."""

    instrument: Instrument
    published: Instrument
    policy: Policy
    labels: Labels
    screening: Screening
    outcome: Outcome

    @property
    def wanted(self) -> tuple[Step, ...]:
        """The steps of the higher of outcome and view, without those another stands in for."""
        instrument, outcome, view = self.instrument, self.outcome, self.screening.view
        route = higher(instrument, outcome.route, view.route) if view else outcome.route
        return shown(instrument, steps(instrument, outcome.findings, outcome.pathways, route))

    @property
    def is_top(self) -> bool:
        """Whether the outcome is the highest route, the call to 999."""
        return self.outcome.route == self.instrument.routes[-1].key

    @property
    def group_of(self) -> dict[str, str]:
        """The group of each indicator."""
        return {indicator.key: indicator.group for indicator in self.instrument.indicators}
