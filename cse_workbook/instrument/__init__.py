"""An instrument: indicators, readings, rules, routes and actions of one published tool, as data.

An instrument is one TOML file. Everything in it carries a word-for-word citation. This package
checks the file and turns it into frozen types; it does not count anything (`scoring`) and knows no
particular instrument.
"""

from cse_workbook.instrument.files import digest, load, parse, shipped
from cse_workbook.instrument.model import (
    Action,
    Cite,
    Condition,
    Indicator,
    Instrument,
    Reading,
    Route,
    Rule,
)

__all__ = [
    "Action",
    "Cite",
    "Condition",
    "Indicator",
    "Instrument",
    "Reading",
    "Route",
    "Rule",
    "digest",
    "load",
    "parse",
    "shipped",
]
