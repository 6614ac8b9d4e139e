"""Run the command line as `python -m cse_workbook`."""

from cse_workbook.cli import main

main()
