"""The two pictures of an audit: points over time, and rates of groups with their intervals.

Both are drawn of printed figures only, in Vega-Lite. They need no colour: what belongs to a signal
is a filled diamond, any other point an empty circle. Rates stand on an axis from 0 to 100 %, so
that no picture makes a difference look larger than it is. Groups stand in the order of the table,
never by size.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
import vl_convert

from cse_workbook.audit import words
from cse_workbook.audit.shown import Picture
from cse_workbook.measures.charts import Value

_INK, _RULE = "#26355d", "#484949"
_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"  # a name, nothing is fetched
_WIDE, _HIGH, _STEP = 640, 260, 28
_ROLES: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_AXES: Final[dict[Value, str]] = {
    "ratio": "Rate",
    "numerator": "Number",
    "median": "Working days, median",
}
_LOOK: Final = {
    "font": "Arial, Helvetica, sans-serif",
    "axis": {
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "labelLimit": 260,
    },
}
_POINT: Final = {"type": "point", "size": 80, "color": _INK, "opacity": 1}
Layer = Mapping[str, Any]


def run_chart(question: str, table: pd.DataFrame, value: Value) -> Picture:
    """Draw a marked series (see `measures.marked`); a point that is not shown leaves a gap."""
    points = [
        {
            "period": f"{row['period_start']:%Y-%m-%d}",
            "value": _number(row[value]),
            "middle": _number(row["middle"]),
            "signal": bool(row["shift"] or row["trend"]),
        }
        for row in words.rows(table)
    ]
    x = {"field": "period", "type": "ordinal", "title": "First day of the period"}
    y = {"field": "value", "type": "quantitative", **_axis(value, _AXES[value])}
    layers: list[Layer] = [
        {
            "mark": {"type": "line", "color": _RULE, "strokeDash": [6, 4]},
            "encoding": {"y": {"field": "middle", "type": "quantitative"}},
        },
        {
            "mark": {"type": "line", "color": _INK, "invalid": "break-paths-show-domains"},
            "encoding": {"y": y},
        },
        {
            "mark": _POINT,
            "encoding": {
                "y": y,
                "shape": _by_signal("circle", "diamond"),
                "fill": _by_signal("white", _INK),
            },
        },
    ]
    shared = {"x": x | {"axis": {"labelAngle": -45}}}
    told = "; ".join(f"{each['period']}: {_said(each['value'], value)}" for each in points)
    middle = next((each["middle"] for each in points), None)
    median = "" if middle is None else f" Median {_said(middle, value)}."
    n_signal = sum(bool(each["signal"]) for each in points)
    signals = f"{n_signal} points belong" if n_signal else "No point belongs"
    said = f"Run chart. {question} {told}.{median} {signals} to a signal."
    return Picture(_svg(points, layers, shared, _HIGH), said)


def intervals(question: str, table: pd.DataFrame, by: str) -> Picture:
    """Draw the rate of each group with its interval; one that is not shown is an empty row."""
    points = [
        {
            "group": words.plain(row[by]),
            **{each: _number(row[each]) for each in ("ratio", "low", "high")},
        }
        for row in words.rows(table)
    ]
    groups = [each["group"] for each in points]
    y = {"field": "group", "type": "nominal", "title": words.heading(by), "sort": groups}
    x = {"type": "quantitative", **_axis("ratio", "Rate, with its 95% interval")}
    layers: list[Layer] = [
        {
            "mark": {"type": "rule", "color": _INK, "strokeWidth": 2},
            "encoding": {"x": x | {"field": "low"}, "x2": {"field": "high"}},
        },
        {"mark": _POINT | {"fill": "white"}, "encoding": {"x": x | {"field": "ratio"}}},
    ]
    told = "; ".join(f"{words.plain(row[by])}: {words.rate(row)}" for row in words.rows(table))
    said = f"Rates with intervals. {question} {told}."
    return Picture(_svg(points, layers, {"y": y}, _STEP * len(points)), said)


def _number(value: Any) -> float | None:
    """Give a printed figure as a number; None where it is hidden or blank."""
    return None if isinstance(value, str) or pd.isna(value) else float(value)


def _said(value: Any, of: Value) -> str:
    if value is None:
        return "not shown"
    return f"{100 * value:.0f}%" if of == "ratio" else f"{value:g}"


def _axis(value: Value, title: str) -> dict[str, Any]:
    """Give title, format and scale of an axis of figures."""
    if value == "ratio":
        return {"title": title, "axis": {"format": "%"}, "scale": {"domain": [0, 1]}}
    return {"title": title, "axis": {"format": "d"}, "scale": {"zero": True}}


def _by_signal(otherwise: str, signal: str) -> dict[str, Any]:
    return {"condition": {"test": "datum.signal", "value": signal}, "value": otherwise}


def _svg(points: Sequence[Mapping[str, Any]], layers: list[Layer], shared: Layer, high: int) -> str:
    """Write a chart as SVG, without anything from the network."""
    chart = {
        "$schema": _SCHEMA,
        "config": _LOOK,
        "width": _WIDE,
        "height": high,
        "data": {"values": points},
        "encoding": shared,
        "layer": layers,
    }
    svg: str = vl_convert.vegalite_to_svg(json.dumps(chart))
    # The words of the picture say it all, once; roles inside of it would say parts of it again.
    return _ROLES.sub("", svg)
