"""What pages are measured: the app as it is served, and stock Voila, both in headless Chromium.

Stock Voila is what `voila NOTEBOOK` gives in this environment: template lab, and every setting as
it comes. Its template asks the internet for two style sheets. Chromium is told that there is no
host but this machine, so they fail at once, and the stock page does not wait for them.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.served import Served

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 60
KERNEL_ID = 'JSON.parse(document.getElementById("jupyter-config-data").textContent).kernelId'
XSRF = {"X-XSRFToken": "0", "Cookie": "_xsrf=0"}


class Site(msgspec.Struct, frozen=True):
    """A server to visit: where it is, its process, and the cookies of who is signed in there."""

    origin: str
    pid: int
    cookies: Any = None

    def has_kernels(self) -> bool:
        """Tell whether a kernel of its runs."""
        children = psutil.Process(self.pid).children(recursive=True)
        return any("ipykernel_launcher" in _command(child) for child in children)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def workbook(served: Served, browser: Browser) -> Iterator[Site]:
    """Serve the app, and sign in once with the address it prints."""
    address = served.start()
    try:
        assert served.process is not None
        with browser.new_context() as context:
            # Not followed to the page: that would start a kernel that nobody ends.
            context.request.get(address, max_redirects=0)
            yield Site(served.origin, served.process.pid, context.storage_state())
    finally:
        served.stop()


@contextmanager
def stock_voila(folder: Path, *cells: str) -> Iterator[Site]:
    """Serve a notebook of a heading and these code cells by stock Voila."""
    notebook = folder / "stock.ipynb"
    notebook.write_text(json.dumps(_notebook(cells)), encoding="utf-8")
    port = _free_port()
    words = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
    with (folder / "stock.log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder)
    try:
        _wait_for(port)
        yield Site(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def visit(browser: Browser, site: Site, path: str = "/", script: str = "") -> Iterator[Page]:
    """Open a page in a fresh context, `script` running first; leave it and see its kernel end."""
    with browser.new_context(storage_state=site.cookies) as context:
        page = context.new_page()
        page.add_init_script(script)
        page.goto(f"{site.origin}{path}")
        yield page
        if site.cookies is None:
            # Stock Voila refuses the page that wants to end its kernel, and would keep it.
            kernel_id = page.evaluate(KERNEL_ID)
            context.request.delete(f"{site.origin}/api/kernels/{kernel_id}", headers=XSRF)
        page.goto("about:blank")
        _wait_until_ended(site)


def _wait_until_ended(site: Site) -> None:
    until = time.monotonic() + PATIENCE
    while site.has_kernels():
        if time.monotonic() > until:
            raise TimeoutError("a kernel goes on after its page was left")
        time.sleep(0.05)


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""  # it has just ended


def _notebook(cells: tuple[str, ...]) -> dict[str, Any]:
    code = {"cell_type": "code", "execution_count": None, "outputs": [], "metadata": {}}
    title = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Questions"}
    return {
        "cells": [title, *({**code, "id": f"c{n}", "source": c} for n, c in enumerate(cells))],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        **{"nbformat": 4, "nbformat_minor": 5},
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
