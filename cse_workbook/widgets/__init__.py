"""Show a page in the browser, and hear what is done there.

One widget shows every page. What it shows and what is answered travels as messages, never as widget
state, so that nothing of a child is ever part of a notebook. It holds no rules and keeps nothing.
"""

import asyncio
import json
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anywidget

STATIC: Final = Path(__file__).parent / "static"
NOTEBOOK: Final = Path(__file__).parent / "notebook"
# Each needs only those before it. A served page loads the same files one by one.
MODULES: Final = (
    *("dom", "form", "wording", "fields", "question", "blocks", "saving", "notices"),
    *("reach", "hiding", "pausing", "frame", "place", "page"),
)
_IMPORT: Final = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)


def joined() -> str:
    """Join the modules of the page and its look into one module, as a notebook needs it."""
    files = [*(STATIC / f"{name}.js" for name in MODULES), NOTEBOOK / "notebook.js"]
    texts = (file.read_text(encoding="utf-8") for file in files)
    whole = "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
    look = json.dumps((STATIC / "page.css").read_text(encoding="utf-8"))
    return f"{whole}\nexport default () => notebook({look});\n"


def _loop() -> asyncio.AbstractEventLoop | None:
    """Give the loop that runs here, if one does: none does where a test makes a page."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class Page(anywidget.AnyWidget):
    """The one page of a workbook: `send` shows something there, `on_msg` hears what was done."""

    _esm = joined()
    _css = (NOTEBOOK / "notebook.css").read_text(encoding="utf-8")

    def __init__(self) -> None:
        """Make a page that belongs to the thread it is made in."""
        super().__init__()
        self._thread, self._loop = threading.get_ident(), _loop()

    def send(self, content: Mapping[str, Any], buffers: Any = None) -> None:
        """Send a message to the browser."""
        super().send(dict(content), buffers)

    def _handle_custom_msg(self, content: Any, buffers: Any) -> None:
        """Hear a message in the page's own thread, where its store was opened.

        JupyterLab has a kernel hear its widgets in another thread than it runs its cells.
        """
        hear = super()._handle_custom_msg
        if self._loop is None or threading.get_ident() == self._thread:
            hear(content, buffers)
        else:
            self._loop.call_soon_threadsafe(hear, content, buffers)
