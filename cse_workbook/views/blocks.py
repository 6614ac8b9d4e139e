"""The parts a page is made of, as plain data that a widget turns into HTML.

A rich text is a list of runs: plain strings, or small objects for emphasis and links. Everything
is data and is shown as text; nothing here is markup.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Run = str | dict[str, str]
Rich = Sequence[Run]
Block = dict[str, Any]


def strong(text: str) -> Run:
    """Emphasise."""
    return {"strong": text}


def go(to: str, text: str, hidden: str = "") -> Run:
    """Link to another page, or press something; `hidden` is read out but not seen."""
    return {"to": to, "text": text, **({"hidden": hidden} if hidden else {})}


def jump(element: str, text: str) -> Run:
    """Link to a place on the same page."""
    return {"focus": element, "text": text}


def text(*runs: Run, style: str = "body", **more: Any) -> Block:
    """Make a paragraph."""
    return {"kind": "text", "text": list(runs), "style": style, **more}


def heading(words: str, level: int = 2, **more: Any) -> Block:
    """Make a heading."""
    return {"kind": "heading", "text": words, "level": level, **more}


def quote(words: str, source: str) -> Block:
    """Quote a source word for word."""
    return {"kind": "quote", "text": words, "source": source}


def box(kind: str, blocks: Iterable[Block], **more: Any) -> Block:
    """Put blocks into an `inset`, a `frame`, a `panel` or a `section`."""
    return {"kind": kind, "blocks": list(blocks), **more}


def details(summary: str, blocks: Iterable[Block], **more: Any) -> Block:
    """Fold blocks away under a summary."""
    return {"kind": "details", "summary": [summary], "blocks": list(blocks), **more}


def emergency(*runs: Run, alert: bool = False, **more: Any) -> Block:
    """Say to call 999; with `alert` it is announced when it appears."""
    return {"kind": "emergency", "text": list(runs), "alert": alert, **more}


def area(
    field: str, label: str, hint: str, value: Any, rows: int, limit: int, **more: Any
) -> Block:
    """Ask for words in a box that grows."""
    return {
        **{"kind": "area", "field": field, "label": label, "hint": [hint] if hint else None},
        **{
            "value": value or "",
            "rows": rows,
            "max": limit,
            "count_from": more.pop("count_from", None),
        },
        **more,
    }


def line(
    field: str, label: str, hint: str, value: Any, width: int | None = None, **more: Any
) -> Block:
    """Ask for one line of text."""
    return {
        **{"kind": "input", "field": field, "label": label, "hint": [hint] if hint else None},
        **{"value": value or "", "width": width, "numeric": more.pop("numeric", False)},
        **more,
    }


def day(field: str, label: str, hint: str, answers: Mapping[str, Any], **more: Any) -> Block:
    """Ask for a date in three boxes."""
    value = {part: answers.get(f"{field}.{part}", "") for part in ("day", "month", "year")}
    return {"kind": "date", "field": field, "label": label, "hint": [hint], "value": value, **more}


def radios(
    field: str,
    label: str,
    options: Sequence[Sequence[str]],
    value: Any,
    hint: str = "",
    **more: Any,
) -> Block:
    """Ask to choose one of several; an option may carry a hint as a third part."""
    return {
        **{"kind": "radios", "field": field, "label": label, "hint": [hint] if hint else None},
        **{"value": value, "large": more.pop("large", False), "inline": more.pop("inline", False)},
        **{"legend": more.pop("legend", "small"), "options": [_option(each) for each in options]},
        **more,
    }


def _option(parts: Sequence[str]) -> dict[str, str]:
    return dict(zip(("value", "label", "hint"), parts, strict=False))


def button(words: str, to: str, style: str = "primary", **more: Any) -> dict[str, Any]:
    """Make a button; style `link` looks like a link."""
    return {"text": words, "to": to, "style": style, **more}


def buttons(*items: dict[str, Any]) -> Block:
    """Put buttons side by side."""
    return {"kind": "buttons", "items": list(items)}


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[Rich]], **more: Any
) -> Block:
    """Show rows under headings; narrow pages repeat the heading in front of each cell."""
    cells = [[list(cell) for cell in row] for row in rows]
    return {"kind": "table", "caption": caption, "columns": list(columns), "rows": cells, **more}


def when(field: str, *values: str) -> dict[str, Any]:
    """Show a block only while a field has one of these values."""
    return {"when": {"field": field, "in": list(values)}}
