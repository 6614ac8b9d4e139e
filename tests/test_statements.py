from pathlib import Path

from cse_workbook.store import sql, statements


def test_the_statements_that_run_are_the_ones_worded():
    assert Path(sql.__file__).read_text(encoding="utf-8") == statements.written(), "run `make sql`"
