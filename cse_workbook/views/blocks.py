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


def mark(sign: str) -> Run:
    """Put a sign in front of words that say the same: it is seen and not read out."""
    return {"mark": sign}


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
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Rich | Sequence[Rich]]],
    **more: Any,
) -> Block:
    """Show rows under headings; narrow pages repeat the heading in front of each cell.

    A cell is one text, or several, a line each. With `scroll`, its name as a place, a table scrolls
    sideways on narrow pages; with `row_headers` the first cell of a row is its heading.
    """
    cells = [[list(cell) for cell in row] for row in rows]
    return {"kind": "table", "caption": caption, "columns": list(columns), "rows": cells, **more}


def bullets(*items: Rich) -> Block:
    """List texts, a bullet each."""
    return {"kind": "list", "items": [list(item) for item in items]}


def facts(items: Mapping[str, Rich], **more: Any) -> Block:
    """Show short facts side by side, each under its name."""
    named = [{"key": key, "value": list(value)} for key, value in items.items()]
    return {"kind": "facts", "items": named, **more}


def side(heading: str, title: str, *paragraphs: Rich) -> dict[str, Any]:
    """Make one side of a pair."""
    return {"heading": heading, "title": title, "text": [list(each) for each in paragraphs]}


def pair(left: Mapping[str, Any], right: Mapping[str, Any], **more: Any) -> Block:
    """Put two statements side by side, in the same size."""
    return {"kind": "pair", "left": dict(left), "right": dict(right), **more}


def count(to: str, words: str, n: int) -> dict[str, Any]:
    """Make one link of `counts`."""
    return {"to": to, "text": words, "n": n}


def counts(items: Iterable[Mapping[str, Any]], **more: Any) -> Block:
    """List links, each with its number."""
    return {"kind": "counts", "items": [dict(item) for item in items], **more}


def status(*runs: Run, **more: Any) -> Block:
    """Show a line that is read out when it changes."""
    return {"kind": "status", "text": list(runs), **more}


def picture(svg: str, alt: str, label: str, size: tuple[int, int], **more: Any) -> Block:
    """Show a drawing, in a place of the name `label` that scrolls sideways where it is too wide.

    `alt` says what the drawing says; `size` is its width and height in pixels.
    """
    width, height = size
    whole = {"kind": "picture", "svg": svg, "alt": alt, "label": label}
    return {**whole, "width": width, "height": height, **more}


def when(field: str, *values: str) -> dict[str, Any]:
    """Show a block only while a field has one of these values."""
    return {"when": {"field": field, "in": list(values)}}
