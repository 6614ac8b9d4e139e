"""The rules a further three times: as expressions of Polars, in the SQL of DuckDB, and in pandas.

Each is written as someone who knows that library would, and counts what the instrument says. “At
least n of these” is reached with an answer when at least n of the answers are that or more; for one
of these, that is the largest. All give the same columns as `score` and `readings`, as whole numbers
of one byte. Where there was a choice, the quicker way was taken: Polars adds up bytes rather than
truth values and runs its streaming engine; DuckDB reads a table of its own and keeps each step.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from cse_workbook.instrument import Instrument, Rule
from cse_workbook.scoring import READINGS, Columns

Run = Callable[[], Columns]
LEVELS = (1, 2, 3)


def conditions(rule: Rule, instrument: Instrument) -> Iterator[tuple[int, list[str]]]:
    """Give each condition of a rule as a number and the indicators it counts."""
    for condition in rule.when:
        counted = instrument.counted_by_name(condition)
        yield instrument.threshold(condition), [key for keys in counted for key in keys]


def leading(instrument: Instrument) -> list[list[str]]:
    """Give the rules that reach a route, or one above it, for each route from the highest."""
    routes = [route.key for route in reversed(instrument.routes[1:])]
    rules = [[rule.key for rule in instrument.rules if rule.route == route] for route in routes]
    return list(accumulate(rules))


def in_polars(columns: Columns, instrument: Instrument) -> Run:
    """Write the rules as expressions of one lazy query."""

    def sure(of: Sequence[pl.Expr], level: int) -> pl.Expr:
        return pl.sum_horizontal((each >= level).cast(pl.UInt8) for each in of)

    def at_least(n: int, keys: list[str]) -> pl.Expr:
        if n == 1:
            return pl.max_horizontal(keys)
        of = [pl.col(key) for key in keys]
        return pl.sum_horizontal((sure(of, level) >= n).cast(pl.UInt8) for level in LEVELS)

    only = {i.key: i.only_when for i in instrument.indicators if i.only_when}
    rules = {
        rule.key: pl.min_horizontal(at_least(*each) for each in conditions(rule, instrument))
        for rule in instrument.rules
    }
    reached = [pl.max_horizontal(keys) for keys in leading(instrument)]
    query = (
        pl.DataFrame(dict(columns))
        .lazy()
        .with_columns(**{key: pl.min_horizontal(key, when) for key, when in only.items()})
        .select(**rules)
        .with_columns(**{name: sure(reached, int(least)) for name, least in READINGS.items()})
    )
    return lambda: query.collect(engine="streaming").to_dict(as_series=True)


def in_duckdb(columns: Columns, instrument: Instrument) -> Run:
    """Write the rules as one query on a table, and take its result as an Arrow table."""

    def sure(of: Sequence[str], level: int) -> str:
        return " + ".join(f"({each} >= {level})::UTINYINT" for each in of)

    def at_least(n: int, keys: list[str]) -> str:
        if n == 1:
            return f"greatest({', '.join(keys)})"
        return " + ".join(f"({sure(keys, level)} >= {n})::UTINYINT" for level in LEVELS)

    def rule_of(rule: Rule) -> str:
        reached = (at_least(*each) for each in conditions(rule, instrument))
        return f"least({', '.join(reached)}) AS {rule.key}"

    only = {i.key: i.only_when for i in instrument.indicators if i.only_when}
    replaced = ", ".join(f"least({key}, {when}) AS {key}" for key, when in only.items())
    rules = ", ".join(map(rule_of, instrument.rules))
    reached = [f"greatest({', '.join(keys)})" for keys in leading(instrument)]
    places = ", ".join(f"{sure(reached, int(least))} AS {k}" for k, least in READINGS.items())
    database = duckdb.connect()
    database.register("given", pl.DataFrame(dict(columns)).to_arrow())
    database.execute("CREATE TABLE answers AS FROM given")
    query = f"""
        WITH counted AS MATERIALIZED (SELECT * REPLACE ({replaced}) FROM answers),
             results AS MATERIALIZED (SELECT {rules} FROM counted)
        SELECT *, {places} FROM results
    """
    return lambda: dict(_named(database.sql(query).to_arrow_table()))


def _named(table: Any) -> Iterator[tuple[str, Any]]:
    return zip(table.column_names, table.columns, strict=True)


def in_pandas(columns: Columns, instrument: Instrument) -> Run:
    """Write the rules as sums and largest values over columns of a frame."""
    answers = pd.DataFrame(dict(columns))
    only = {i.key: i.only_when for i in instrument.indicators if i.only_when}

    def sure(of: pd.DataFrame, level: int) -> Any:
        return (of >= level).sum(axis=1)

    def at_least(counted: pd.DataFrame, n: int, keys: list[str]) -> Any:
        if n == 1:
            return counted[keys].max(axis=1)
        return sum((sure(counted[keys], level) >= n).astype(np.uint8) for level in LEVELS)

    def run() -> Columns:
        counted = answers.assign(
            **{key: answers[[key, when]].min(axis=1) for key, when in only.items()}
        )
        results = pd.DataFrame(
            {
                rule.key: pd.concat(
                    [at_least(counted, *each) for each in conditions(rule, instrument)], axis=1
                ).min(axis=1)
                for rule in instrument.rules
            }
        )
        reached = pd.concat([results[keys].max(axis=1) for keys in leading(instrument)], axis=1)
        places = {k: sure(reached, int(least)).astype(np.uint8) for k, least in READINGS.items()}
        return dict(results.assign(**places).items())

    return run
