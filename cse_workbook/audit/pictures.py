"""The two pictures of an audit: points over time, and rates of groups with their intervals.

Both are drawn of printed figures only. They need no colour: what belongs to a signal is a filled
diamond, any other point an empty circle. Rates stand on an axis from 0 to 100 %, so that no picture
makes a difference look larger than it is. Groups stand in the order of their names, never by size.
"""

import re
from typing import Any, Final

import altair as alt
import pandas as pd
import vl_convert

from cse_workbook.audit import words
from cse_workbook.audit.shown import Picture
from cse_workbook.measures.charts import Value

_INK, _RULE = "#26355d", "#484949"
_ROLES: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_FONT: Final = "Arial, Helvetica, sans-serif"
_WIDE, _HIGH, _STEP = 640, 260, 28
_AXES: Final[dict[Value, str]] = {
    "ratio": "Rate",
    "numerator": "Number",
    "median": "Working days, median",
}


def run_chart(question: str, table: pd.DataFrame, value: Value) -> Picture:
    """Draw a marked series (see `measures.marked`); a point that is not shown leaves a gap."""
    drawn = pd.DataFrame(
        {
            "period": [f"{start:%Y-%m-%d}" for start in table["period_start"]],
            "value": pd.to_numeric(table[value], errors="coerce").astype(float),
            "middle": table["middle"].astype(float),
            "signal": ["signal" if each else "point" for each in table["shift"] | table["trend"]],
        }
    )
    x = alt.X("period:O", title="First day of the period", axis=alt.Axis(labelAngle=-45))
    y = alt.Y("value:Q", title=_AXES[value], axis=_axis(value), scale=_scale(value))
    base = alt.Chart(drawn).encode(x=x)
    line = base.mark_line(color=_INK, invalid="break-paths-show-domains").encode(y=y)
    middle = base.mark_line(color=_RULE, strokeDash=[6, 4]).encode(y="middle:Q")
    points = base.mark_point(size=80, color=_INK, opacity=1, fill="white").encode(
        y=y,
        shape=alt.Shape(
            "signal:N",
            scale=alt.Scale(domain=["point", "signal"], range=["circle", "diamond"]),
            legend=None,
        ),
        fill=alt.Fill(
            "signal:N",
            scale=alt.Scale(domain=["point", "signal"], range=["white", _INK]),
            legend=None,
        ),
    )
    chart = alt.layer(middle, line, points).properties(width=_WIDE, height=_HIGH)
    told = [
        _point(period, each, value)
        for period, each in zip(drawn["period"], drawn["value"], strict=True)
    ]
    n_signal = int((drawn["signal"] == "signal").sum())
    middle_words = (
        ""
        if drawn["middle"].isna().all()
        else f" Median {_figure(drawn['middle'].iloc[0], value)}."
    )
    signals = (
        f" {n_signal} points belong to a signal." if n_signal else " No point belongs to a signal."
    )
    return Picture(_svg(chart), f"Run chart. {question} {'; '.join(told)}.{middle_words}{signals}")


def intervals(question: str, table: pd.DataFrame, by: str) -> Picture:
    """Draw the rate of each group with its interval; one that is not shown is an empty row."""
    drawn = pd.DataFrame(
        {
            "group": [words.group(each) for each in table[by]],
            **{each: table[each].astype(float) for each in ("ratio", "low", "high")},
        }
    )
    y = alt.Y("group:N", title=words.heading(by), sort=list(drawn["group"]))
    scale, axis = _scale("ratio"), _axis("ratio")
    base = alt.Chart(drawn).encode(y=y)
    bars = base.mark_rule(color=_INK, strokeWidth=2).encode(
        x=alt.X("low:Q", title="Rate, with its 95% interval", scale=scale, axis=axis), x2="high:Q"
    )
    points = base.mark_point(size=80, color=_INK, fill="white", opacity=1).encode(x="ratio:Q")
    chart = alt.layer(bars, points).properties(width=_WIDE, height=_STEP * len(drawn))
    told = [f"{words.group(row[by])}: {words.rate(row)}" for row in words.rows(table)]
    return Picture(_svg(chart), f"Rates with intervals. {question} {'; '.join(told)}.")


def _point(period: str, value: float, of: Value) -> str:
    return f"{period}: {'not shown' if pd.isna(value) else _figure(value, of)}"


def _figure(value: float, of: Value) -> str:
    return f"{100 * value:.0f}%" if of == "ratio" else f"{value:g}"


def _axis(value: Value) -> alt.Axis:
    return alt.Axis(format="%" if value == "ratio" else "d")


def _scale(value: Value) -> alt.Scale:
    return alt.Scale(domain=[0, 1]) if value == "ratio" else alt.Scale(zero=True)


def _svg(chart: Any) -> str:
    """Write a chart as SVG, without anything from the network."""
    look = chart.configure(font=_FONT).configure_axis(
        labelFontSize=14, titleFontSize=14, labelLimit=260, titleFontWeight="normal"
    )
    svg: str = vl_convert.vegalite_to_svg(look.to_json())
    # The words of the picture say it all, once; roles inside of it would say parts of it again.
    return _ROLES.sub("", svg)
