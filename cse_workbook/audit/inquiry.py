"""What does an audit notebook ask, and in what form does it get the answer?

`begin` opens what is audited. Each call after it answers one question with something `Shown`: it
counts, protects small numbers, and looks whether that, with all that this run has shown before,
would give a hidden number away. Nothing is counted in the notebooks themselves.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

import pandas as pd

from cse_workbook.audit import words
from cse_workbook.audit.differences import differences
from cse_workbook.audit.guard import RATES, Guard
from cse_workbook.audit.periods import Calendar
from cse_workbook.audit.pictures import intervals, run_chart
from cse_workbook.audit.shown import Facts, Shown
from cse_workbook.audit.source import ALL, Source, open_source
from cse_workbook.disclosure import protected
from cse_workbook.measures import Measure, Period, find, marked, series
from cse_workbook.measures.charts import SHIFTED, TOO_FEW, TRENDING, Value
from cse_workbook.quality import RULES, check, in_words

MADE_UP: Final = "These children are made up. No figure here is about anybody."
NO_LABELS: Final[Mapping[str, str]] = {}
WITHHELD: Final = (
    "This is not shown: together with what stands above, it would tell a number that is hidden"
    " there."
)
NO_SIGNAL: Final = "No signal: the points vary as chance alone would make them vary."
_READ: Final = ("files are those that were written", "frames keep their contract")


def begin(extract: str, agency: str = ALL) -> "Inquiry":
    """Open what is audited: the extract of a folder, all of it or what one agency wrote.

    Without a folder the children are made up. Raises EXTRACT_01 to EXTRACT_04 and AUDIT_03.
    """
    return Inquiry(open_source(extract).of(agency), agency)


class Inquiry:
    """The questions of one run; what was shown is remembered, and weighed with what comes."""

    def __init__(self, source: Source, agency: str = ALL) -> None:
        """Begin with nothing shown."""
        self.source, self.agency = source, agency
        within = {"agency": agency, "cases_of": source.manifest.of if source.manifest else ALL}
        parts = {column: part for column, part in within.items() if part != ALL}
        self._guard = Guard(source.disclosure, parts)
        self._calendar = Calendar.of(source.manifest)

    def about(self, *periods: Period) -> Shown:
        """Say what is audited: of what, when it was extracted, by which rules.

        Raises what `Calendar.check` does.
        """
        self._calendar.check(*periods)
        manifest = self.source.manifest
        told = {"Audited": self.source.name, "Agency": self.agency}
        told |= {"Period": " and ".join(map(words.of, periods))} if periods else {}
        if manifest:
            told |= {
                "Extracted on": words.day(manifest.made_on),
                "Cases of": manifest.of,
                "Instrument": f"{manifest.instrument.key}, edition {manifest.instrument.edition}",
                "Policy": manifest.policy.key,
                "Days are exact to the": manifest.dates,
                "Head of the record": manifest.head,
            }
        return Shown(
            title="What is audited",
            head=("What", "Value"),
            body=[*told.items()],
            data=pd.DataFrame({"what": list(told), "value": list(told.values())}),
            facts=Facts(
                name="00-what-is-audited",
                rows=len(told),
                checks=_READ if manifest else (),
                rows_in={name: self._words(len(each)) for name, each in self.source.frames.items()},
            ),
            notes=[*(() if manifest else (MADE_UP,)), *self._calendar.remarks(periods)],
            level=2,
        )

    def measures(
        self, title: str, keys: Sequence[str], period: Period, by: Sequence[str] = ()
    ) -> Shown:
        """Count measures in a period, in all and by groups.

        Of one rate by one column a picture shows the intervals. What one agency wrote is not broken
        down by agency. Raises MEASURE_03 and MEASURE_04.
        """
        found = [find(key) for key in keys]
        by = [each for each in by if each not in self._guard.within]
        splits = [split for n in range(len(by) + 1) for split in combinations(by, n)]
        counted = [
            self.source.count(self.source.frames, found, period, by=split) for split in splits
        ]
        table = pd.concat(counted, ignore_index=True)[counted[-1].columns]
        named = table.assign(
            **{each: table[each].astype(object).fillna(words.TOTAL) for each in by}
        )
        data, facts = self._passed(title, named, found, by)
        if data is None:
            return withheld(title, facts)
        is_one, is_rate = bool(by) and len(found) == 1, not found[0].of_all
        asked = () if is_one else ("Question",)
        return Shown(
            title=title,
            head=[*asked, *map(words.heading, by), *words.heads(data)],
            body=[
                [
                    *(find(row["measure"]).question for _ in asked),
                    *(words.plain(row[each]) for each in by),
                    *words.figures(row, data),
                ]
                for row in words.rows(data)
            ],
            data=data,
            facts=facts,
            notes=self._notes(data, found),
            picture=intervals(found[0].question, data, by[0]) if is_one and is_rate else None,
        )

    def compared(self, title: str, keys: Sequence[str], periods: Sequence[Period]) -> Shown:
        """Set two periods side by side, with the difference of the rates and its interval.

        Raises MEASURE_03, MEASURE_05, and what `Calendar.check` does.
        """
        self._calendar.check(*periods)
        found = [find(key) for key in keys]
        counted = [self._series(each, periods) for each in found]
        data, facts = self._passed(title, pd.concat(counted, ignore_index=True), found)
        if data is None:
            return withheld(title, facts)
        apart = differences(data)
        return Shown(
            title=title,
            head=("Question", *map(words.of, periods), "Difference (95% interval)"),
            body=[
                [
                    each.question,
                    *map(words.rated, words.rows(of)),
                    words.difference(apart[each.key]),
                ]
                for each in found
                for of in [data[data["measure"] == each.key]]
            ],
            data=data.join(pd.DataFrame([apart[key] for key in data["measure"]], data.index)),
            facts=facts,
            notes=self._notes(data, found),
        )

    def chart(
        self, title: str, key: str, periods: Sequence[Period], value: Value = "ratio"
    ) -> Shown:
        """Draw a measure over periods as a run chart; its signals are those of what is printed.

        Periods before anything was recorded are left out: a zero would say that there was nothing.

        Raises MEASURE_03, MEASURE_05, and what `Calendar.check` does.
        """
        found = [find(key)]
        (first,) = [*self.source.frames[found[0].frame][[found[0].date]].min()]
        kept = [each for each in periods if pd.Timestamp(each.end) >= first] or periods[-1:]
        self._calendar.check(*kept)
        counted = self._series(found[0], kept)
        printed, facts = self._passed(title, counted, found)
        if printed is None:
            return withheld(title, facts)
        data = marked(printed, value=value)
        said = " ".join(data["signal"].unique())
        signals = [each for each in (SHIFTED, TRENDING, TOO_FEW) if each in said]
        return Shown(
            title=title,
            head=["Period", *words.heads(data)],
            body=[[words.period(row), *words.figures(row, data)] for row in words.rows(data)],
            data=data.drop(columns="signal"),
            facts=facts,
            notes=[
                *(signals or [NO_SIGNAL]),
                *self._calendar.unfinished(kept),
                *self._notes(data, found),
            ],
            picture=run_chart(found[0].question, data, value),
        )

    def rules(self, title: str, frame: str, period: Period) -> Shown:
        """Count how many rows of a frame break each rule of record quality."""
        counted = check(self.source.frames, period, count=self.source.count)
        of_frame = [RULES[code].frame == frame for code in counted["measure"]]
        table = counted[of_frame].reset_index(drop=True)
        data, facts = self._guard.passed(title, table, {}, [False] * len(table))
        if data is None:
            return withheld(title, facts)
        rules = [RULES[code] for code in data["measure"]]
        return Shown(
            title=title,
            head=["What is wrong", *words.heads(data)],
            body=[
                [f"{rule.code}: {rule.message}", *words.figures(row, data)]
                for rule, row in zip(rules, words.rows(data), strict=True)
            ],
            data=in_words(data),
            facts=facts,
            notes=[
                *words.marks(data, self.source.disclosure),
                *([words.STANDS] if any(each.measure.as_it_stands for each in rules) else ()),
                *(f"{each.code}: {each.repair} Source: {each.source}." for each in rules),
            ],
        )

    def table(
        self,
        title: str,
        table: pd.DataFrame,
        head: Mapping[str, str],
        margins: Mapping[str, str] | None = None,
        notes: Sequence[str] = (),
        *,
        labels: Mapping[str, str] = NO_LABELS,
        of_all: bool = False,
    ) -> Shown:
        """Show counts that are no measure: `numerator`, and perhaps `denominator` with its rate.

        `head` names the columns that come first, in words; `margins` those of them that split the
        numbers, each with the word that stands for all; `labels` words their values; `of_all` is
        that of a measure.
        """
        data, facts = self._guard.passed(title, table, margins or {}, [of_all] * len(table))
        if data is None:
            return withheld(title, facts)
        return Shown(
            title=title,
            head=[*head.values(), *words.heads(data)],
            body=[
                [
                    *(words.plain(labels.get(row[each], row[each])) for each in head),
                    *words.figures(row, data),
                ]
                for row in words.rows(data)
            ],
            data=data,
            facts=facts,
            notes=[*notes, *words.marks(data, self.source.disclosure)],
        )

    def _series(self, measure: Measure, periods: Sequence[Period]) -> pd.DataFrame:
        return series(self.source.frames, measure, periods, count=self.source.count)

    def _passed(
        self, title: str, table: pd.DataFrame, found: Sequence[Measure], by: Sequence[str] = ()
    ) -> tuple[pd.DataFrame | None, Facts]:
        of_all = {each.key: each.of_all for each in found}
        shares = [of_all[key] for key in table["measure"]]
        data, facts = self._guard.passed(title, table, dict.fromkeys(by, words.TOTAL), shares)
        if data is not None:
            # The share of all in all says nothing.
            is_all = pd.Series(shares, data.index) & (data[[*by]] == words.TOTAL).all(
                axis="columns"
            )
            data[RATES] = data[RATES].mask(is_all)
        return data, facts

    def _words(self, count: int) -> str:
        return protected(count, self.source.disclosure).words

    def _notes(self, data: pd.DataFrame, found: Sequence[Measure]) -> list[str]:
        return [*words.marks(data, self.source.disclosure), *words.notes_on(found)]


def withheld(title: str, facts: Facts) -> Shown:
    """Say that something is not shown, and why."""
    data = pd.DataFrame({"not_shown": [WITHHELD]})
    return Shown(title=title, head=(), body=(), data=data, facts=facts, notes=(WITHHELD,))
