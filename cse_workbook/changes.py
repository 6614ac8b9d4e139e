"""What changed between two screenings of a child, and over all of them?

Answers are compared question by question; nothing is counted, weighed or ranked. A question that
nobody answered is told apart from one whose answer is not known.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from cse_workbook.instrument import Indicator, Instrument
from cse_workbook.instrument.model import Letter
from cse_workbook.screening import Answer, Screening
from cse_workbook.standing import OTHER

BLANK: Final = ""
_KNOWN: Final = frozenset(a.key for a in (Answer.NO, Answer.POSSIBLE, Answer.YES))
# Weakest first. Where some questions are answered no and others by nobody, no is too much to say.
_STRENGTH: Final = (
    *(Answer.NO.key, BLANK),
    *(Answer.NOT_KNOWN.key, Answer.POSSIBLE.key, Answer.YES.key),
)


class Change(msgspec.Struct, frozen=True):
    """One question with its answer then and now; blank where there was none."""

    key: str
    then: str
    now: str

    def __repr__(self) -> str:
        """Name the question only."""
        return f"Change({self.key}, …)"


class Changes(msgspec.Struct, frozen=True):
    """What is different at a later screening, each list of questions in the instrument's order.

    Every question stands once: its answer moved, became known, is known no more, is the same
    (`n_same`), or has never been given. `gone` holds drivers of the earlier view, as it named them,
    that are no concern any more or that the later view does not name.
    """

    moved: tuple[Change, ...]
    known: tuple[Change, ...]
    lost: tuple[Change, ...]
    gone: tuple[str, ...]
    n_same: int
    never: tuple[str, ...]

    def __repr__(self) -> str:
        """Show how many, never which."""
        counts = (len(self.moved), len(self.known), len(self.lost))
        return "Changes({} moved, {} known, {} lost)".format(*counts)


class UnderLetter(msgspec.Struct, frozen=True):
    """A letter of the mnemonic, and the strongest answer under it at each screening."""

    letter: Letter
    answers: tuple[str, ...]

    @property
    def label(self) -> str:
        """The letter with what it stands for."""
        return f"{self.letter.mark} – {self.letter.label}"

    def __repr__(self) -> str:
        """Name the letter only."""
        return f"UnderLetter({self.letter.key}, …)"


def compare(earlier: Screening, later: Screening, instrument: Instrument) -> Changes:
    """Tell what changed from one screening to a later one.

    Questions that the instrument does not ask, answered with another one, stand last.
    """
    asked = [indicator.key for indicator in instrument.asked()]
    others = sorted({*earlier.answers, *later.answers} - set(asked))
    pairs = [Change(k, _answer(earlier, k), _answer(later, k)) for k in (*asked, *others)]
    changed = [pair for pair in pairs if pair.then != pair.now]
    known = [pair for pair in changed if pair.then not in _KNOWN and pair.now in _KNOWN]
    lost = [pair for pair in changed if pair.then in _KNOWN and pair.now not in _KNOWN]
    never = [pair.key for pair in pairs if pair.then == pair.now == BLANK]
    return Changes(
        moved=tuple(pair for pair in changed if pair not in known and pair not in lost),
        known=tuple(known),
        lost=tuple(lost),
        gone=_gone(earlier, later),
        n_same=len(pairs) - len(changed) - len(never),
        never=tuple(never),
    )


def _answer(screening: Screening, key: str) -> str:
    given = screening.answers.get(key)
    return BLANK if given is None else given.answer


def _gone(earlier: Screening, later: Screening) -> tuple[str, ...]:
    if earlier.view is None:
        return ()
    gone = [key for key in earlier.view.drivers if not _drives(key, later)]
    if earlier.view.other_driver and later.view is not None and not later.view.other_driver:
        gone.append(OTHER)
    return tuple(gone)


def _drives(key: str, screening: Screening) -> bool:
    """Tell whether a concern is still recorded, and named if a view was given."""
    given = screening.answers.get(key)
    is_named = screening.view is None or key in screening.view.drivers
    return is_named and given is not None and given.level >= Answer.POSSIBLE


def profile(screenings: Sequence[Screening], instrument: Instrument) -> tuple[UnderLetter, ...]:
    """Give each letter of the mnemonic, in order, with the strongest answer at each screening.

    It is “no” only where every question under the letter is answered no, but for those that are
    usually left blank. Never a total.
    """
    return tuple(
        UnderLetter(letter, tuple(_strongest(each, letter, instrument) for each in screenings))
        for letter in instrument.letters
    )


def _strongest(screening: Screening, letter: Letter, instrument: Instrument) -> str:
    groups = {group.key for group in instrument.groups if group.blanks_are_normal}
    under = [each for each in instrument.asked() if letter.key in each.safeguard]
    answers = [
        _answer(screening, each.key)
        for each in under
        if each.key in screening.answers or not _is_usually_blank(each, groups)
    ]
    return max(answers, key=_STRENGTH.index, default=BLANK)


def _is_usually_blank(indicator: Indicator, groups: set[str]) -> bool:
    is_counted_as_no = indicator.blank_counts_as == Answer.NO.key
    return indicator.group in groups or is_counted_as_no or indicator.asked_under is not None
