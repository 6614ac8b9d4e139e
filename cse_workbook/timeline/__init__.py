"""What happened to a child, in order: as a picture, in sentences, and as a table of every entry.

The picture and the sentences say the same: which marks stand in which lane, and on which days. No
word that a person wrote about the child is in either; those stand in the table.
"""

from cse_workbook.timeline.lanes import Lane, Mark, Timeline, sentences, timeline
from cse_workbook.timeline.picture import HEIGHT, WIDTH, picture
from cse_workbook.timeline.table import Row, rows

__all__ = [
    "HEIGHT",
    "WIDTH",
    "Lane",
    "Mark",
    "Row",
    "Timeline",
    "picture",
    "rows",
    "sentences",
    "timeline",
]
