"""Show a page in the browser, and hear what is done there.

One widget shows every page. What it shows and what is answered travels as messages, never as widget
state, so that nothing of a child is ever part of a notebook. It holds no rules and keeps nothing.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anywidget

STATIC: Final = Path(__file__).parent / "static"
# Each needs only those before it. A served page loads the same files one by one.
MODULES: Final = (
    *("dom", "form", "fields", "question", "blocks", "saving", "notices"),
    *("hiding", "pausing", "frame", "reach", "place", "page"),
)
_IMPORT: Final = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)


def joined() -> str:
    """Join the modules of the page into one, as a notebook needs it."""
    texts = ((STATIC / f"{name}.js").read_text(encoding="utf-8") for name in MODULES)
    whole = "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
    return f"{whole}\nexport default {{ render }};\n"


class Page(anywidget.AnyWidget):
    """The one page of a workbook: `send` shows something there, `on_msg` hears what was done."""

    _esm = joined()
    _css = (STATIC / "page.css").read_text(encoding="utf-8")

    def send(self, content: Mapping[str, Any], buffers: Any = None) -> None:
        """Send a message to the browser."""
        super().send(dict(content), buffers)
