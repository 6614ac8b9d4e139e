"""How is counted what is too large for one machine?

By Dask, on the threads of this machine or with the scheduler at an address. Nothing is counted here
in a way of its own: `tables` counts a table stretch by stretch, `measures` a frame part by part,
and what comes of the parts is put together as what comes of a whole one. So the figures are the
same to the last digit. Dask is an extra (`scale`), and this is the only place that knows it.
"""

from cse_workbook.errors import WorkbookError, problem

try:
    from cse_workbook.scaled.engine import Engine, engine
    from cse_workbook.scaled.extracts import read_extract, run
    from cse_workbook.scaled.screenings import counted, score
except ModuleNotFoundError as error:
    if str(error.name).partition(".")[0] not in ("dask", "distributed"):
        raise
    raise WorkbookError(problem("SCALE_01", "--engine dask")) from None

__all__ = ["Engine", "counted", "engine", "read_extract", "run", "score"]
