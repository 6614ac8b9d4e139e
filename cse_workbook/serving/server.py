"""The Voila server with its settings, and what it may write down about requests."""

import logging
import re
from typing import Any, Final

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets import List
from traitlets.config import Config
from voila.app import Voila

from cse_workbook.serving.connection import Connection
from cse_workbook.serving.doors import (
    HEADERS,
    STATIC,
    TEMPLATE,
    ChannelsDoor,
    KernelDoor,
    NoDoor,
    OwnKernels,
    PageDoor,
    ShutdownDoor,
    StaticDoor,
    digest,
)
from cse_workbook.serving.signin import SignIn, cookie_secret

HOST: Final = "127.0.0.1"
IDLE_SECONDS: Final = 65 * 60
_KERNEL: Final = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
# Kernels, what stands in a query, and, in quotation marks, words that a browser chose.
_SECRETS: Final = re.compile(r"\w{8}-\w{4}-\w{4}-\w{4}-\w{12}|(?<==)[\w-]+|[\"'].*[\"']", re.DOTALL)
_SETTINGS: Final = Config(
    {
        "VoilaConfiguration": {
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "extension_allowlist": [],
            "file_allowlist": [],
            "preheat_kernel": False,
            "show_tracebacks": False,
            "strip_sources": True,
            "template": "cse",
        },
        # A kernel that died is gone: an empty one in its place would answer for it.
        "KernelRestarter": {"restart_limit": 0, "time_to_dead": 1.0},
        "KernelManager": {"transport_encryption": "required"},
        "MappingKernelManager": {
            "cull_connected": True,
            "cull_idle_timeout": IDLE_SECONDS,
            "cull_interval": 60,
            "transport_encryption": "required",
        },
    }
)


class Workbook(Voila):  # type: ignore[misc] # voila has no types
    """A Voila server for one notebook, one data folder and this machine."""

    folder = AnyTrait()
    sockets: List[Any] = List()
    on_ready = AnyTrait()

    def __init__(self, **kwargs: Any) -> None:
        """Take `notebook_path`, `folder`, `port`, the bound `sockets` and `on_ready`."""
        super().__init__(config=_SETTINGS, ip=HOST, log_level=logging.WARNING, **kwargs)

    def launch(self) -> None:
        """Run until the process is told to stop; arguments of the command line are not ours."""
        self.initialize([])
        self.start()

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read no settings from disk."""

    def setup_template_dirs(self) -> None:
        """Use our template alone."""
        self.template_paths = [str(TEMPLATE)]

    def init_settings(self) -> dict[str, Any]:
        """Add what our doors need, and let a page send its widget messages and nothing else."""
        self.cookie_secret = cookie_secret(self.folder)
        self.identity_provider_class, self.authorizer_class = SignIn, OwnKernels
        self.kernel_websocket_connection_class = Connection
        settings: dict[str, Any] = super().init_settings()
        # Only the kernel of this very Python, whatever kernels are installed for the account.
        self.kernel_spec_manager.kernel_dirs = []
        self.kernel_manager.allowed_message_types = ["comm_msg"]
        self.identity_provider.cookie_name = f"cse-workbook-{self.port}"
        return {
            **settings,
            "allow_remote_access": False,
            "folder": self.folder,
            "headers": dict(HEADERS),
            "hosts": (f"{HOST}:{self.port}", f"localhost:{self.port}"),
            "log_function": _log_request,
            # The page asks by itself whether its kernel is there.
            "ws_ping_interval": 0,
            "ws_ping_timeout": 0,
            "static_address": f"/static/{digest()}/",
            "xsrf_cookie_kwargs": {"httponly": True, "path": "/", "samesite": "Strict"},
            "xsrf_cookie_name": f"cse-workbook-xsrf-{self.port}",
        }

    def init_handlers(self) -> list[Any]:
        """Open the few doors there are."""
        return [
            (r"/", PageDoor),
            (r"/static/[0-9a-f]{16}/([a-z]+\.(?:css|js))", StaticDoor, {"path": str(STATIC)}),
            (rf"/api/kernels/{_KERNEL}", KernelDoor),
            (rf"/api/kernels/{_KERNEL}/channels", ChannelsDoor),
            (rf"/voila/api/shutdown/{_KERNEL}", ShutdownDoor),
            (r"/.*", NoDoor),
        ]

    def listen(self) -> None:
        """Answer on the sockets given, and end all kernels afterwards."""
        for name in (self.log.name, "tornado.access", "tornado.application", "tornado.general"):
            logging.getLogger(name).addFilter(_without_secrets)
        HTTPServer(self.app).add_sockets(self.sockets)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.on_ready)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.debug("Stopped from the keyboard.")
        finally:
            self.stop()


def _log_request(handler: Any) -> None:
    """Write down what went wrong with a request, without query, kernel or person."""
    status, request = handler.get_status(), handler.request
    level = logging.ERROR if status >= 500 else logging.INFO
    logging.getLogger("tornado.access").log(level, "%d %s %s", status, request.method, request.path)


def _without_secrets(record: logging.LogRecord) -> bool:
    """Keep kernels, tokens, and what an exception says, out of the log: only its kind is kept."""
    words = "A request failed" if record.exc_info else record.getMessage()
    kind = f": {record.exc_info[0].__name__}" if record.exc_info and record.exc_info[0] else ""
    record.msg, record.args, record.exc_info = _SECRETS.sub("…", words) + kind, (), None
    return True
