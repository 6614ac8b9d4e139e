"""What the server answers, and to whom. Every other address is refused.

A page starts a kernel of its own, and only the session that opened the page may reach that kernel.
"""

import asyncio
import hashlib
import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

import nbformat
from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.decorator import allow_unauthenticated, authorized
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado import web
from tornado.iostream import StreamClosedError
from voila.notebook_renderer import NotebookRenderer
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from cse_workbook.errors import problem
from cse_workbook.serving.signin import SignIn, redeem, run_folder

WIDGETS: Final = Path(__file__).parents[1] / "widgets"
STATIC: Final = WIDGETS / "static"
TEMPLATE: Final = WIDGETS / "template"
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Server": "cse-workbook",
    "X-Content-Type-Options": "nosniff",
}
KEPT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "SYSTEMROOT", "TEMP", "TMP")
LAST_WORDS_SECONDS: Final = 1
_REFUSALS: Final[Mapping[int, str]] = {403: "APP_03", 404: "APP_04", 410: "APP_02"}
_NOTICE: Final = (TEMPLATE / "notice.html").read_text(encoding="utf-8")


def digest() -> str:
    """Give a name that changes with any of the static files, so that a browser may keep them."""
    whole = hashlib.sha256()
    for file in sorted(STATIC.iterdir()):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:16]


def kernel_environment(folder: Path) -> dict[str, str]:
    """Give what a kernel needs of the environment, and nothing else of it."""
    own = {k: v for k, v in os.environ.items() if k in KEPT or k.startswith("CSE_WORKBOOK_")}
    return {
        **own,
        "CSE_WORKBOOK_HOME": str(folder),
        "IPYTHONDIR": str(run_folder(folder) / "ipython"),
        "PYTHONSAFEPATH": "1",
    }


class OwnKernels(Authorizer):
    """Let a session reach the kernels of its own pages. To all others they are not there."""

    def __init__(self, **kwargs: Any) -> None:
        """Begin with no kernels."""
        super().__init__(**kwargs)
        self.owners: dict[str, str] = {}

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        """Refuse as not found, so that a page cannot tell a stranger's kernel from one gone."""
        kernel_id = handler.path_kwargs["kernel_id"]
        owner = self.owners.get(kernel_id)
        if owner != user.username or kernel_id not in handler.kernel_manager:
            raise web.HTTPError(404)
        return True


class Door(JupyterHandler):
    """What all doors have in common: only this machine by name, and refusals in plain words."""

    def check_host(self) -> bool:
        """Accept the names of this machine with our port, so that no other name can reach it."""
        return self.request.host in self.settings["hosts"]

    def get_login_url(self) -> str:
        """Refuse in place of leading to a form: there is none."""
        raise web.HTTPError(403)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say what is refused and what to do, and never why in the words of a program."""
        code = _REFUSALS.get(status_code, "APP_05")
        told = problem(code, "")
        self.set_status(403 if status_code == 410 else status_code)
        words = {"code": code, "what": told.what, "repair": told.repair}
        slots = {key: escape(value[0].upper() + value[1:]) for key, value in words.items()}
        page = _NOTICE.format(**slots, static=self.settings["static_address"])
        self.set_header("Content-Type", "text/html; charset=utf-8")
        web.RequestHandler.finish(self, page)


class PageDoor(Door):
    """Sign in with a token, or start a kernel and show the page that belongs to it."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Answer with the page, written out while its kernel starts."""
        token, draft = (self.get_query_argument(name, "") for name in ("token", "draft"))
        if token:
            if not redeem(self.settings["folder"], token):
                raise web.HTTPError(410)
            provider = self.identity_provider
            assert isinstance(provider, SignIn)
            provider.start_session(self)
            self.redirect(f"/?{urlencode({'draft': draft})}" if draft else "/")
            return
        if not self.current_user:
            raise web.HTTPError(403)
        await self._show()

    async def _show(self) -> None:
        kernel_id = str(uuid4())
        own = self.authorizer
        assert isinstance(own, OwnKernels)
        alive = {k: v for k, v in own.owners.items() if k in self.kernel_manager}
        own.owners = {**alive, kernel_id: self.current_user.username}
        renderer = Renderer(self)
        await renderer.initialize()
        starting = asyncio.create_task(self._start_kernel(kernel_id))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        try:
            async for html, _ in renderer.generate_content_generator(kernel_id, starting):
                self.write(html)
                await self.flush()
        except StreamClosedError:
            # The page was closed before it was whole, and knows of no kernel that it could end.
            await starting
            await self.settings["kernel_manager"].shutdown_kernel(kernel_id)

    async def _start_kernel(self, kernel_id: str) -> Any:
        folder = self.settings["folder"]
        await self.kernel_manager.start_kernel(
            kernel_id=kernel_id,
            kernel_name="python3",
            cwd=str(run_folder(folder)),
            env=kernel_environment(folder),
            extra_arguments=["--HistoryManager.enabled=False"],
        )
        return self.kernel_manager.get_kernel(kernel_id)


class Renderer(NotebookRenderer):  # type: ignore[misc] # voila has no types
    """Voila's renderer for the one notebook, read as a file, with our template."""

    def __init__(self, door: PageDoor) -> None:
        """Take the settings from the server of a door."""
        app = door.settings["voila"]
        super().__init__(
            request_handler=door,
            voila_configuration=app.voila_configuration,
            traitlet_config=app.config,
            notebook_path=app.notebook_path,
            template_paths=app.template_paths,
            contents_manager=app.contents_manager,
            base_url="/",
            kernel_spec_manager=app.kernel_spec_manager,
            page_config={},
        )
        self.link = {
            "static": door.settings["static_address"],
            "modules": sorted(file.name for file in STATIC.glob("*.js")),
            "xsrf": door.xsrf_token.decode(),
        }

    async def initialize(self, **kwargs: Any) -> None:
        """Prepare the template, with what the page needs to know of the server."""
        await super().initialize(**kwargs)
        self.resources["link"] = self.link

    async def load_notebook(self, path: str) -> Any:
        """Read the notebook past the contents manager, which would write down that it trusts it."""
        notebook = nbformat.reads(Path(path).read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call] # nbformat has no types
        return await self.fix_notebook(notebook)


class KernelDoor(Door, KernelHandler):
    """Tell whether a page's kernel is there, or end it."""


class ChannelsDoor(Door, VoilaKernelWebsocketHandler):  # type: ignore[misc] # voila has no types
    """Carry messages between a page and its kernel."""

    async def open(self, kernel_id: str) -> None:
        """Open the channel; a short answer must not wait to be sent with the next one."""
        self.set_nodelay(True)
        await super().open(kernel_id)


class ShutdownDoor(Door, APIHandler):
    """End the kernel of a page that is being closed."""

    auth_resource = "kernels"

    @authorized
    async def post(self, kernel_id: str) -> None:
        """End the kernel, once it has had time for what the page sent last."""
        await asyncio.sleep(LAST_WORDS_SECONDS)
        await self.settings["kernel_manager"].shutdown_kernel(kernel_id)
        self.set_status(204)
        self.finish()


class StaticDoor(Door, web.StaticFileHandler):
    """Give the files of the page; their address changes with them, so a browser may keep them."""

    @allow_unauthenticated
    async def get(self, path: str, include_body: bool = True) -> None:
        """Give a file."""
        await super().get(path, include_body)

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep it."""
        self.set_header("Cache-Control", "private, max-age=31536000, immutable")


class NoDoor(Door):
    """Refuse every other address."""

    @allow_unauthenticated
    async def prepare(self, **_: Any) -> None:
        """Refuse before anything is looked at."""
        raise web.HTTPError(404)
