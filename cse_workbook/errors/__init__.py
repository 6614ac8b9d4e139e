"""Say what went wrong, where, and what to do about it.

Every message a person can meet stands once in the module of its topic, under a code that the
documentation and the tests use. A message may quote an instrument, a key or a file name. It never
quotes what is recorded about a child.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from cse_workbook.errors import of_audits, of_commands, of_instruments, of_records


class Problem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is wrong: its code, the place, what is wrong there, and the repair."""

    code: str
    where: str
    what: str
    repair: str

    def __str__(self) -> str:
        """Write the problem as one line: code, place, what is wrong, repair."""
        return f"{self.code} · {self.where}: {self.what} {self.repair}"


class WorkbookError(Exception):
    """Refuse an input, with every problem found in it."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Take one problem or several."""
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["WorkbookError"], tuple[tuple[Problem, ...]]]:
        """Come whole out of another process."""
        return WorkbookError, (self.problems,)


# code: (what is wrong, what to do). Slots are filled by `problem`.
MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
    **of_instruments.MESSAGES,
    **of_records.MESSAGES,
    **of_audits.MESSAGES,
    **of_commands.MESSAGES,
}


def problem(code: str, where: str, **slots: object) -> Problem:
    """Fill the message of a code with its slots; `where` names the file, record or field."""
    what, repair = MESSAGES[code]
    return Problem(code, where, what.format(**slots), repair.format(**slots))


def near(word: str, known: Sequence[str]) -> str:
    """Offer the known words closest to a misspelt one, as a sentence that starts with a space.

    >>> near("signs", ["sign", "model"])
    ' Did you mean “sign”?'
    """
    close = difflib.get_close_matches(word, known, n=2, cutoff=0.6)
    return f" Did you mean {' or '.join(f'“{match}”' for match in close)}?" if close else ""
