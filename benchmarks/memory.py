"""How much memory does the kernel hold that leads one person through the form?

Ours runs the code of the served notebook on a store of its own and is walked from Start to the
outcome by the messages the page sends, every answer saved on the way. The baseline is a kernel that
shows a single RadioButtons of ipywidgets and has done nothing else: what any widget page needs.
Both are the same kernel of this Python, started with the same arguments.

RSS counts all pages a process has in memory; PSS shares out those that several processes use. It is
also seen that numpy and pandas, which the form does not need, are not loaded.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from jupyter_client import BlockingKernelClient, KernelManager

from benchmarks.made_up import fields
from benchmarks.ratio import Measure, Ratio, medians
from cse_workbook import store

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "screen_a_child.ipynb"
BARE = """\
import ipywidgets
ipywidgets.RadioButtons(options=["Yes", "Possible", "No", "Not known"], value=None)
"""
NOT_NEEDED = ("numpy", "pandas")
PAGES = ("child", "circumstances", "signs", "vulnerabilities", "further", "protective", "view")
PATIENCE = 60
ROUNDS = 3
MB = 1_000_000


class Kernel:
    """A running kernel and the one widget shown in it, spoken to as a page would."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self.process = psutil.Process(manager.provisioner.pid)
        self.client = client
        self.model = ""

    def run(self, code: str) -> str:
        """Run code to its end; give what it printed, and remember the widget it showed."""
        asked = self.client.execute(code)
        printed = ""
        while True:
            said = self.client.get_iopub_msg(timeout=PATIENCE)
            kind, content = said["header"]["msg_type"], said["content"]
            if kind == "error":
                raise RuntimeError("\n".join(content["traceback"]))
            if kind == "execute_result":
                view = content["data"]["application/vnd.jupyter.widget-view+json"]
                self.model = view["model_id"]
            printed += content["text"] if kind == "stream" else ""
            idle = kind == "status" and content["execution_state"] == "idle"
            if idle and said["parent_header"].get("msg_id") == asked:
                return printed

    def tell(self, **content: Any) -> dict[str, Any]:
        """Send one message of the page, and give the answer to it."""
        data = {"method": "custom", "content": content}
        told = self.client.session.msg("comm_msg", {"comm_id": self.model, "data": data})
        self.client.shell_channel.send(told)
        while True:
            said = self.client.get_iopub_msg(timeout=PATIENCE)
            if said["header"]["msg_type"] == "comm_msg":
                answer: dict[str, Any] = said["content"]["data"]["content"]
                return answer


@contextmanager
def kernel(**environment: str) -> Iterator[Kernel]:
    """Start a kernel of this Python, and end it."""
    manager = KernelManager(kernel_name="python3", transport="ipc")
    manager.start_kernel(
        env={**os.environ, **environment}, extra_arguments=["--HistoryManager.enabled=False"]
    )
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def walk(opened: Kernel) -> None:
    """Go from Start to the outcome, page by page, and see that it is reached."""
    opened.tell(kind="open", draft=None, page=None, tab="tab")
    draft = opened.tell(kind="press", n=0, draft=None, page="start", to="start")["page"]["draft"]
    for n, (field, value) in enumerate(fields(), 1):
        said = opened.tell(kind="save", n=n, draft=draft, field=field, value=value)
        expect(said, "saved")
    for page in PAGES:
        opened.tell(kind="press", n=0, draft=draft, page="sections", to=f"go:{page}")
        opened.tell(kind="press", n=0, draft=draft, page=page, to="continue")
    reached = opened.tell(kind="press", n=0, draft=draft, page="check", to="record")
    expect({"kind": reached["page"]["id"]}, "outcome")


def expect(said: Mapping[str, Any], kind: str) -> None:
    """Stop where a kernel does not do what is measured."""
    if said["kind"] != kind:
        raise AssertionError(f"{said['kind']} where {kind} was expected")


def compare() -> Iterator[Ratio]:
    """Compare resident and proportional memory."""
    for kind in ("rss", "pss"):
        found = medians({"ours": ours(kind), "theirs": theirs(kind)}, ROUNDS)
        name = f"kernel in the journey, {kind.upper()}"
        yield Ratio(name, "kernel with one RadioButtons", **found, unit="MB", target=1.3)


def ours(kind: str) -> Measure:
    """Make a measure of the kernel that has reached the outcome."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")

    def measure() -> float:
        with tempfile.TemporaryDirectory() as home:
            store.init(Path(home) / "data")
            with kernel(CSE_WORKBOOK_HOME=str(Path(home) / "data")) as opened:
                opened.run(code)
                walk(opened)
                held = in_memory(opened, kind)
                _see_what_is_not_loaded(opened)
        return held

    return measure


def _see_what_is_not_loaded(opened: Kernel) -> None:
    loaded = opened.run(f"import sys; print([x for x in {NOT_NEEDED} if x in sys.modules])")
    if loaded.strip() != "[]":
        raise AssertionError(f"the kernel of the form has loaded {loaded}")


def theirs(kind: str) -> Measure:
    """Make a measure of the kernel that shows one widget."""

    def measure() -> float:
        with kernel() as opened:
            opened.run(BARE)
            return in_memory(opened, kind)

    return measure


def in_memory(opened: Kernel, kind: str) -> float:
    """Give the RSS or PSS of a kernel in megabytes."""
    held: int = getattr(opened.process.memory_full_info(), kind)
    return held / MB
