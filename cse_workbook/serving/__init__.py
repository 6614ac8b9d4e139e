"""Serve one notebook to the person at this machine, and nothing else to anybody.

A Voila server that is configured in code: no file on disk can change it. It listens on this machine
only, lets in whoever holds a fresh address, and keeps the rest of Voila's doors shut.
"""

import webbrowser
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.request import HTTPRedirectHandler, build_opener

from tornado.netutil import bind_sockets

from cse_workbook.errors import WorkbookError, problem
from cse_workbook.serving.server import HOST, Workbook
from cse_workbook.serving.signin import mint_token, redeem

__all__ = ["mint_token", "serve"]

_PATIENCE: Final = 5


def serve(
    notebook: Path,
    folder: Path,
    port: int,
    open_browser: bool,
    on_ready: Callable[[str], None],
) -> None:
    """Serve a notebook on the records of a data folder until the process is told to stop.

    `on_ready` is given an address that signs in once, as soon as the server answers. Where a server
    of the same folder has the port already, it is given a fresh address of that one. Raises APP_01
    where another program has the port.
    """

    def ready() -> None:
        address = _address(folder, port)
        on_ready(address)
        if open_browser:
            webbrowser.open(address)

    try:
        sockets = bind_sockets(port, address=HOST)
    except OSError as taken:
        if not _is_ours(folder, port):
            raise WorkbookError(problem("APP_01", f"port {port}")) from taken
        ready()
        return
    Workbook.instance(
        notebook_path=str(notebook.resolve()),
        folder=folder.resolve(),
        port=port,
        sockets=sockets,
        on_ready=ready,
    ).launch()


def _address(folder: Path, port: int) -> str:
    return f"http://{HOST}:{port}/?token={mint_token(folder)}"


class _Stay(HTTPRedirectHandler):
    """Follow no redirect."""

    def redirect_request(self, *_: Any) -> None:
        """Stay."""


def _is_ours(folder: Path, port: int) -> bool:
    """Tell whether a server of this folder has a port: no other uses up the folder's tokens."""
    address = _address(folder, port)
    # Any answer will do, also a refusal or none: what counts is what became of the token.
    with suppress(OSError, HTTPException):
        build_opener(_Stay).open(address, timeout=_PATIENCE).close()
    return not redeem(folder, address.partition("token=")[2])
