"""How well are the records kept: which rules do they break, and how often?

A rule is a small function over one frame, declared with `@rule`; `check` counts in a period how
many rows each rule looks at and how many break it. A row that breaks a rule says that something is
not written down, or is written down wrongly; never that somebody did wrong, and never which child.
"""

# Each frame's rules register themselves when they are read.
from cse_workbook.quality import (  # noqa: F401  (read for what they register)
    of_cases,
    of_screenings,
    of_steps,
)
from cse_workbook.quality.checking import check, in_words
from cse_workbook.quality.model import RULES, Rule, rule

__all__ = ["RULES", "Rule", "check", "in_words", "rule"]
