"""How is a dip sample drawn, read and reported?

The sheet that readers fill in holds a line a child, and is never among the results. What the
readers found comes back as counts, which are protected like any other.
"""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from cse_workbook.audit.guard import STRATA
from cse_workbook.audit.inquiry import Inquiry
from cse_workbook.audit.shown import Facts, Shown
from cse_workbook.audit.working_paper import handed_out, taken_back
from cse_workbook.sampling import PLAINLY, Sample, draw, legend, reading_sheet, results

_ALL: Final = "all"


class DipSample:
    """One draw from the cases of an audit: the same again from the same extract and seed."""

    def __init__(self, audit: Inquiry, strata: Sequence[str], sample: int, seed: int) -> None:
        """Draw so many cases of each stratum. Raises SAMPLE_01 and SAMPLE_02."""
        self.audit = audit
        self.per_stratum = sample
        self.sample: Sample = draw(pd.DataFrame(audit.source.frames["cases"]), strata, sample, seed)

    def strata(self) -> Shown:
        """Show how many cases there are in each stratum."""
        columns = self.sample.columns
        table = self.sample.strata.rename(columns={"size": "numerator"}).drop(columns="drawn")
        drawn = f"Of each stratum up to {self.per_stratum} were drawn; fewer cases give all."
        return self.audit.table(
            "Cases by stratum",
            table.assign(measure=STRATA),
            {each: each.replace("_", " ").capitalize() for each in columns},
            dict.fromkeys(columns, _ALL),
            [drawn, f"Mark of the draw: {self.sample.mark}."],
        )

    def questions(self) -> Shown:
        """Show what readers are asked of each case."""
        asked = legend()
        return Shown(
            title="What readers are asked",
            head=("Column", "Question", "Grades"),
            body=asked.to_numpy().tolist(),
            data=asked,
            facts=Facts(name="questions", rows=len(asked)),
        )

    def write_sheet(self, sheet: str) -> Shown:
        """Write what readers fill in into a new file. Raises what `handed_out` does."""
        return handed_out(
            sheet,
            reading_sheet(self.sample),
            "A line names a case by its row in cases.parquet of the extract, from 1.",
            "It is a working paper about single children, not for release.",
        )

    def grades(self, filled: str) -> Shown:
        """Show what the readers found. Raises what `taken_back` does, and SAMPLE_03 to SAMPLE_10
        for a sheet that is not this one, filled in.
        """
        title = "What the readers found"
        if not filled:
            return Shown(
                title=title,
                head=(),
                body=(),
                data=pd.DataFrame({"results": ["not read yet"]}),
                facts=Facts(name="grades", rows=0),
                notes=("Nothing yet: give the filled sheet as the parameter “results”.",),
            )
        found = results(taken_back(filled), self.sample)
        asked = {key: question for key, question, _ in legend().to_numpy().tolist()}
        return self.audit.table(
            title,
            found,
            {"measure": "Question", "grade": "Grade"},
            {"grade": _ALL},
            PLAINLY,
            labels=asked,
            of_all=True,
        )
