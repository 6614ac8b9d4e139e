"""What do the frames say, in figures that an audit can defend?

Measures are declared with `@measure`, one module a topic; `run` counts them in a period, `series`
over several; `agreement` compares readers. Nothing here reads a file or knows of small numbers.
"""

# Each topic registers its measures when it is read.
from cse_workbook.measures import (  # noqa: F401  (read for what they register)
    judgement,
    recording,
    returns,
    times,
    volumes,
)
from cse_workbook.measures.charts import marked, series
from cse_workbook.measures.model import MEASURES, Counted, Measure, find, measure
from cse_workbook.measures.period import Period, read_period, run_up
from cse_workbook.measures.running import Count, groups, run, wilson

__all__ = [
    "MEASURES",
    "Count",
    "Counted",
    "Measure",
    "Period",
    "find",
    "groups",
    "marked",
    "measure",
    "read_period",
    "run",
    "run_up",
    "series",
    "wilson",
]
