"""Somebody who speaks to the server without a browser, to see which doors are shut."""

import http.client
import json
import uuid
from collections.abc import Mapping
from typing import Any, Final

import websocket

from tests.browser.served import Served

PATIENCE: Final = 20


class Answer:
    """What the server answered: status, headers and words."""

    def __init__(self, got: http.client.HTTPResponse) -> None:
        self.status = got.status
        self.headers = {name.lower(): value for name, value in got.getheaders()}
        self.words = got.read().decode("utf-8", "replace")


def ask(served: Served, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
    """Ask for a path just as it is written; `_` in a header's name stands for a hyphen."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    named = {name.replace("_", "-"): value for name, value in headers.items() if value}
    connection.putrequest(method, path, skip_host="Host" in named)
    for name, value in {**named, "Content-Length": str(len(body))}.items():
        connection.putheader(name, value)
    connection.endheaders(body.encode())
    try:
        return Answer(connection.getresponse())
    finally:
        connection.close()


def cookie_of(state: Mapping[str, Any]) -> str:
    """Write the cookies of a signed-in browser as a request carries them."""
    return "; ".join(f"{each['name']}={each['value']}" for each in state["cookies"])


class Line:
    """A socket to a kernel, that may say anything."""

    def __init__(self, served: Served, kernel_id: str, cookie: str, origin: str = "") -> None:
        self.session = uuid.uuid4().hex
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{served.port}/api/kernels/{kernel_id}/channels",
            cookie=cookie,
            origin=origin or served.origin,
            timeout=PATIENCE,
        )

    def say(self, kind: str, content: Any, channel: str = "shell") -> None:
        """Send any message of the protocol of kernels."""
        header = {
            **{"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self.session},
            **{"username": "", "date": "2026-11-22T12:00:00Z", "version": "5.3"},
        }
        whole = {"channel": channel, "header": header, "parent_header": {}, "metadata": {}}
        self.socket.send(json.dumps({**whole, "content": content}))

    def tell(self, model: str, content: Any) -> None:
        """Send one message of the page."""
        self.say("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": content}})

    def heard_until(self, model: str, n: int = 999_999) -> list[dict[str, Any]]:
        """Ask for a sign of life, and give all that was said to the page until it came."""
        self.tell(model, {"kind": "ping", "n": n})
        heard: list[dict[str, Any]] = []
        while True:
            got = json.loads(self.socket.recv())
            if got["header"]["msg_type"] != "comm_msg":
                heard.append({"kind": got["header"]["msg_type"]})
                continue
            said = got["content"]["data"].get("content", {})
            if said.get("kind") == "pong" and said.get("n") == n:
                return heard
            heard.append(said)

    def close(self) -> None:
        self.socket.close()
