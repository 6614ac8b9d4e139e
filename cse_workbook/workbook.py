"""Look at the records from a notebook: the calls behind the pages, as tables.

Everything here goes through `casework`: what a person may not open is refused, and opening a record
is entered in it, with its purpose, like on the pages. Tables are pandas DataFrames; free text in
them is text. Nothing here counts up concerns or ranks children.
"""

import atexit
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from cse_workbook import store
from cse_workbook.case import AnyEvent, Case, fold
from cse_workbook.case.events import ActionDone, ActionSet, AdviceGiven
from cse_workbook.casework import Casework, open_casework
from cse_workbook.changes import compare, profile
from cse_workbook.errors import WorkbookError, problem
from cse_workbook.home import data_folder
from cse_workbook.rehearsal import fill, work_as_lead_officer
from cse_workbook.screening import Screening
from cse_workbook.standing import screened, standing, view_at
from cse_workbook.timeline import picture, rows, sentences, timeline

if TYPE_CHECKING:
    from cse_workbook.widgets import Page

PURPOSE: Final = "to give advice"
PRACTICE: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)
_DAYS: Final = {"day", "since", "due", "done"}


def open_workbook(
    home: str | Path | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> "Workbook":
    """Open the records of a data folder. Raises STORE_03 to STORE_11 where they cannot be."""
    return Workbook(open_casework(data_folder() if home is None else Path(home), now))


def practise(cases: int = 40, seed: int = 1) -> "Workbook":
    """Open a made-up caseload to practise on, as a lead officer of Example School.

    The same numbers give the same children. It is Monday 23 November 2026 there, 9:00. Nothing in
    it is real, and the folder it is kept in is thrown away with the program.
    """
    kept = TemporaryDirectory(prefix="cse-workbook-practice-")
    atexit.register(kept.cleanup)
    folder = Path(kept.name) / "records"
    store.init(folder)
    work_as_lead_officer(folder)
    with store.open_store(folder) as empty:
        fill(empty, cases=cases, seed=seed, now=PRACTICE)
    return open_workbook(folder, now=lambda: PRACTICE)


class Workbook:
    """The records as one person may see them.

    >>> import cse_workbook
    >>> wb = cse_workbook.open()      # doctest: +SKIP
    >>> wb.caseload()                 # doctest: +SKIP
    >>> wb.case("C-0001").timeline()  # doctest: +SKIP
    """

    def __init__(self, casework: Casework) -> None:
        """Work on records that are open."""
        self.casework = casework

    def __repr__(self) -> str:
        """Say who is at work, and where the record stands."""
        return f"Workbook({self.casework.author.role}, {self.casework.author.agency})"

    def caseload(self, **chosen: str) -> pd.DataFrame:
        """Say who waits for what, in the order of what is overdue longest.

        Takes filters by name: reason, agency, worker, school, route. Gives a row for each thing a
        child waits for: child (reference), waiting_for and in_words (text), since and due (day, or
        blank), when (overdue, today, this week or no date), standing_view, worker, school (text).
        Raises CASE_02 for anybody but a lead officer.
        """
        from cse_workbook.waiting import chosen as filtered

        labels = {route.key: route.view_label for route in self.casework.instrument.routes}
        found = filtered(self.casework.caseload(), **chosen)
        names = ("child", "waiting_for", "in_words", "since", "due", "when")
        return _table(
            (*names, "standing_view", "worker", "school"),
            (
                (
                    *(row.ref, str(each.reason), each.words, each.since_on, each.due_on),
                    str(each.when(self.casework.today)),
                    *(labels.get(row.view, ""), row.worker, row.school),
                )
                for row in found
                for each in row.waiting
            ),
        )

    def case(self, ref: str, purpose: str = PURPOSE) -> "CaseFile":
        """Open a record; that it was read, and for what, is entered in it.

        Raises CASE_01, with near misses among one's own cases, where there is none to open.
        """
        return CaseFile(self.casework, self.casework.open(ref, purpose), purpose)

    def signposts(self, words: str = "") -> pd.DataFrame:
        """Search the directory of services of the policy: who, what, where, hours, how (text)."""
        found = self.casework.signposts(words=words)
        names = ("who", "what", "where", "hours", "how")
        return _table(names, ([getattr(each, name) for name in names] for each in found))

    def show(self, page: str = "caseload") -> "Page":
        """Show a page of the workbook: screen_a_child, review_a_case, caseload, themes or
        macse_meeting.
        """
        from cse_workbook.views import apps

        return apps.page_of(self.casework, apps.HOMES[page])

    def close(self) -> None:
        """Close the records."""
        self.casework.store.close()


class CaseFile:
    """One record, opened. `case` holds all of it as frozen types; the rest shows it as tables."""

    def __init__(self, casework: Casework, case: Case, purpose: str) -> None:
        """Take a case that has been opened and for what."""
        self.casework, self.case, self.purpose = casework, case, purpose

    def __repr__(self) -> str:
        """Show the reference and the version, never what is recorded."""
        return f"CaseFile({self.case.ref}, version {self.case.version})"

    def _repr_html_(self) -> str:
        """Say in sentences what stands in the record today."""
        words = "".join(f"<li>{escape(each)}</li>" for each in self.summary())
        heading = f"<h3>{escape(self.case.ref)}</h3>"
        return f"<section aria-label='Case'>{heading}<ul>{words}</ul></section>"

    def summary(self) -> list[str]:
        """Give sentences: open or closed, screenings, the view that stands, open actions."""
        view = standing(self.case, self.casework.instrument)
        labels = {route.key: route.view_label for route in self.casework.instrument.routes}
        open_actions = sum(1 for each in self.case.actions if each.last(ActionDone) is None)
        state = "Open" if self.case.is_open else "Closed"
        return [
            f"{state} since {self.case.opened_on:%d %B %Y}." if self.case.is_open else "Closed.",
            f"Screenings: {len(self.case.screenings)}.",
            "Nobody has given a view yet."
            if view is None
            else f"Standing view: {labels[view.route]}, {view.entry.by}.",
            f"Open actions: {open_actions}.",
            f"Opened {self.purpose}. That is entered in the record.",
        ]

    def on(self, day: date) -> "CaseFile":
        """Give the record as it stood at the end of a day. Raises CASE_20 if there was none yet."""
        end = datetime.combine(day, time.max).astimezone()
        first = self.case.entries[0].recorded_at.astimezone().date()
        if first > day:
            begun = f"{first.day} {first:%B %Y}"
            raise WorkbookError(problem("CASE_20", f"Case {self.case.ref}", begun=begun))
        return CaseFile(self.casework, fold(self._as_written(), until=end), self.purpose)

    @property
    def screenings(self) -> pd.DataFrame:
        """The screenings: number, day, by (role and agency), age (years), guidance (what the rules
        said), if_confirmed, if_unknowns_yes, view (what the practitioner said), entry.
        """
        labels = {route.key: route.view_label for route in self.casework.instrument.routes}
        found: list[tuple[Any, ...]] = []
        for number, thread in enumerate(self.case.screenings, 1):
            made = screened(thread)
            outcome, view = made.outcome, view_at(self.case, thread)
            routes = (outcome.route, outcome.route_confirmed, outcome.route_possible)
            found.append(
                (
                    *(number, thread.start.happened_on, thread.start.by, made.screening.age),
                    *(labels.get(route, route) for route in routes),
                    labels.get(view.route, view.route) if view else "",
                    thread.start.seq,
                )
            )
        names = ("number", "day", "by", "age", "guidance", "if_confirmed", "if_unknowns_yes")
        return _table((*names, "view", "entry"), found).set_index("number")

    @property
    def answers(self) -> pd.DataFrame:
        """The answers: a row an indicator in the order of the instrument, a column a screening."""
        words = {choice.key: choice.label for choice in self.casework.instrument.answers}
        return pd.DataFrame(
            {
                number: {
                    indicator.label: words[screening.answers[indicator.key].answer]
                    if indicator.key in screening.answers
                    else "No answer"
                    for indicator in self.casework.instrument.asked()
                }
                for number, screening in enumerate(self._screenings(), 1)
            }
        )

    @property
    def entries(self) -> pd.DataFrame:
        """Every entry in order: day, what, who, entry; a correction under what it corrects."""
        names = ("day", "what", "who", "entry", "corrects")
        rows_ = rows(self.case, self.casework.instrument)
        return _table(names, ([getattr(row, name) for name in names] for row in rows_))

    @property
    def actions(self) -> pd.DataFrame:
        """The actions: what, who (text), due (day), done (day, or blank), is_late, entry."""
        return _table(
            ("what", "who", "due", "done", "is_late", "entry"),
            (
                (
                    *(event.what, event.who, event.due_on, done.happened_on if done else None),
                    done is None and event.due_on < self.casework.today,
                    thread.start.seq,
                )
                for thread in self.case.actions
                if isinstance(event := thread.start.event, ActionSet)
                for done in [thread.last(ActionDone)]
            ),
        )

    @property
    def advice(self) -> pd.DataFrame:
        """The advice given: day, asked, advice, to, by (text), entry."""
        return _table(
            ("day", "asked", "advice", "to", "by", "entry"),
            (
                (entry.happened_on, event.asked, event.advice, event.to, entry.by, entry.seq)
                for entry in self.case.advice
                if isinstance(event := entry.event, AdviceGiven)
            ),
        )

    def timeline(self) -> "Picture":
        """Show the case as one picture, with what it says in sentences and the table behind it."""
        drawn = timeline(self.case, self.casework.instrument, self.casework.policy)
        return Picture(picture(drawn), sentences(drawn), self.entries)

    def compare(self, earlier: int, later: int) -> pd.DataFrame:
        """Say what changed between two screenings, by their numbers from 1.

        Gives question, then, now (text), and what: moved, known or no longer known. Raises
        IndexError for a number that there is not.
        """
        made = self._screenings()
        if not (1 <= earlier <= len(made) and 1 <= later <= len(made)):
            raise IndexError(f"this case has the screenings 1 to {len(made)}")
        found = compare(made[earlier - 1], made[later - 1], self.casework.instrument)
        labels = {i.key: i.label for i in self.casework.instrument.indicators}
        words = {choice.key: choice.label for choice in self.casework.instrument.answers}
        groups: Mapping[str, Sequence[Any]] = {
            "moved": found.moved,
            "known": found.known,
            "no longer known": found.lost,
        }
        return _table(
            ("question", "then", "now", "what"),
            (
                (
                    labels[each.key],
                    *(words.get(answer, "No answer") for answer in (each.then, each.now)),
                    what,
                )
                for what, changed in groups.items()
                for each in changed
            ),
        )

    def profile(self) -> pd.DataFrame:
        """Give the SAFEGUARD profile: a row a letter, a column a screening, the strongest answer.

        There is no total: letters are a lens, and not a score.
        """
        words = {choice.key: choice.label for choice in self.casework.instrument.answers}
        found = profile(self._screenings(), self.casework.instrument)
        return pd.DataFrame(
            {
                number: {
                    f"{row.letter.mark} – {row.letter.label}": words.get(
                        given[number - 1], "No answer"
                    )
                    for row in found
                    for given in [row.answers]
                }
                for number in range(1, len(self.case.screenings) + 1)
            }
        )

    def add(self, event: AnyEvent) -> "CaseFile":
        """Add an entry behind the version that was read, and give the record as it then stands.

        Raises CASE_01 to CASE_18 for an entry that cannot stand, and STORE_02 where somebody else
        has written since: nothing is written then.
        """
        self.casework.add(self.case.ref, event, based_on=self.case.version)
        return CaseFile(self.casework, self.casework.look(self.case.ref), self.purpose)

    def _screenings(self) -> list[Screening]:
        return [screened(thread).screening for thread in self.case.screenings]

    def _as_written(self) -> Iterable[Any]:
        """Give the entries as they were written, before any correction."""
        return (self.case.written.get(entry.seq, entry) for entry in self.case.entries)


class Picture:
    """A picture with its text alternative and the table behind it."""

    def __init__(self, svg: str, says: Sequence[str], table: pd.DataFrame) -> None:
        """Take the picture, what it says in sentences, and the table."""
        self.svg, self.says, self.table = svg, tuple(says), table

    def __repr__(self) -> str:
        """Say how much there is to see, and nothing of it."""
        return f"Picture({len(self.table)} entries)"

    def _repr_html_(self) -> str:
        """Show the picture, its sentences and its table; all text is escaped."""
        said = "".join(f"<li>{escape(each)}</li>" for each in self.says)
        table = self.table.to_html(index=False, escape=True, border=0)
        return (
            f"<figure>{self.svg}<figcaption><details><summary>The same in sentences</summary>"
            f"<ul>{said}</ul></details><details><summary>The same as a table</summary>{table}"
            "</details></figcaption></figure>"
        )


def _table(columns: Sequence[str], found: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Make a table whose columns are there also where it has no rows; days are of one type."""
    table = pd.DataFrame([tuple(row) for row in found], columns=list(columns))
    for name in _DAYS & set(columns):
        table[name] = pd.to_datetime(table[name])
    return table
