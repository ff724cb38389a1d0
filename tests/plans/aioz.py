"""An AIOZ Stream in memory, for plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.inside.aioz import Account, _upload
from tests.inside.files import FileWindow
from tests.inside.http import Request
from tests.plans.play import Cut, Reply, reply
from tonearm.errors import ConnectionFailed

ID = "11111111-2222-4333-8444-555555555555"
ACCOUNT = Account("http://server", "ours")
DONE = reply(json={"status": "success", "message": "Done."})


def media(status: str = "new", qualities: list[dict[str, str]] | None = None) -> Reply:
    return reply(json={"status": "success", "data": {"id": ID, "status": status, "qualities": qualities}})


def ask(**changes: Any) -> _upload.Upload:
    usual: dict[str, Any] = {"title": "T", "part_size": 4}
    return _upload.Upload(**(usual | changes))


class Service:
    """An AIOZ Stream in memory; `failing` is asked before each request whether, and how, that one fails.

    A failure of which the client cannot know whether the request arrived has arrived.
    """

    def __init__(self, failing: Callable[[str], Reply | None] = lambda _: None) -> None:
        self.failing = failing
        self.seen: list[str] = []
        self.created = 0
        self.completed = 0
        self.status = "new"
        self.parts: dict[str, bytes] = {}
        self.made: list[dict[str, Any]] = []

    def __call__(self, request: Request) -> Reply:
        name = self.name(request)
        self.seen.append(name)
        failure = self.failing(name)
        if failure is None or (isinstance(failure, ConnectionFailed) and failure.sent):
            found = self.act(name, request)
            return found if failure is None else failure
        return failure

    @staticmethod
    def name(request: Request) -> str:
        if request.path == "/media/create":
            return "create"
        return request.path.removeprefix(f"/media/{ID}").strip("/") or request.method.lower()

    def act(self, name: str, request: Request) -> Reply:
        if name == "create":
            self.created += 1
            assert isinstance(request.json, dict)
            self.made.append({**request.json, "id": ID, "status": "new"})
        elif name == "media":
            return reply(json={"status": "success", "data": {"media": self.made, "total": len(self.made)}})
        elif name == "complete":
            self.completed += 1
            self.status = "transcoding"
        elif name == "part":
            assert request.form is not None
            _, index, file = request.form
            assert isinstance(index.value, bytes)
            assert isinstance(file.value, FileWindow)
            content = b"".join(file.value.blocks())
            before = self.parts.setdefault(index.value.decode(), content)
            assert before == content, "a part was repeated with other bytes"
            request.sent(len(content))
        elif name == "delete":
            found = media(self.status) if self.status != "deleted" else reply(status=404)
            self.status = "deleted"
            return found if isinstance(found, BaseException | Cut) or found.head.status == 404 else DONE
        return media(self.status) if name in ("create", "get") else DONE
