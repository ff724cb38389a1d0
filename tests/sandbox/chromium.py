"""A headless Chromium that obeys over a pair of pipes: its DevTools protocol, without a port and without a library."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from attrs import define, field

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
    "--window-size=1100,1000",
]
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then((all) => all.violations)"
"""Asks axe, which the page has loaded, what is wrong, and for no list of what is right."""

_TO_BROWSER, _FROM_BROWSER = 3, 4
"""The descriptors on which Chromium reads and writes."""


class PageFailed(AssertionError):
    """The page's script threw."""


@define
class Page:
    """One tab."""

    _orders: BinaryIO
    _answers: BinaryIO
    _session: str = field(default="", init=False)
    _sent: int = field(default=0, init=False)

    def open(self, url: str) -> None:
        """Open an address and wait until all of it is there."""
        target = self.command("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.command("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.command("Page.enable")
        self.command("Page.navigate", url=url)
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def value(self, script: str) -> Any:
        """Run a script as if a person had asked for it, wait for its promise, and return its value."""
        answer = self.command(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise PageFailed(answer["exceptionDetails"]["exception"].get("description", answer))
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression is true of the page; a page on which it never is fails."""
        self.value(f"""(async () => {{
          for (let turn = 0; turn < 1500; turn += 1) {{
            if ({condition}) return;
            await new Promise((go) => setTimeout(go, 20));
          }}
          throw new Error("it never became true");
        }})()""")

    def screenshot(self, to: Path) -> None:
        to.write_bytes(base64.b64decode(self.command("Page.captureScreenshot", captureBeyondViewport=True)["data"]))

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        self._sent += 1
        order = {"id": self._sent, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        self._orders.write(json.dumps(order).encode() + b"\0")
        self._orders.flush()
        while (message := self._message()).get("id") != self._sent:
            pass
        if "error" in message:
            raise PageFailed(message["error"])
        result: dict[str, Any] = message["result"]
        return result

    def _message(self) -> dict[str, Any]:
        text = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            if not byte:
                raise PageFailed("the browser has gone")
            text += byte
        message: dict[str, Any] = json.loads(text)
        return message


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """Run Chromium with an empty profile in a folder; what it says goes to `chromium.log` there."""
    assert PROGRAM is not None
    profile.mkdir(parents=True)
    with ExitStack() as stack:
        reading, orders = os.pipe()
        answers, writing = os.pipe()
        log = stack.enter_context((profile / "chromium.log").open("wb"))
        # The shell gives the pipes the numbers that the browser expects.
        give = f'exec "$@" {_TO_BROWSER}<&{reading} {_FROM_BROWSER}>&{writing}'
        process = subprocess.Popen(
            ["bash", "-c", give, "bash", PROGRAM, *_FLAGS, f"--user-data-dir={profile / 'data'}", "about:blank"],
            pass_fds=(reading, writing),
            stdout=log,
            stderr=log,
        )
        os.close(reading)
        os.close(writing)
        stack.callback(process.wait)
        page = Page(stack.enter_context(os.fdopen(orders, "wb")), stack.enter_context(os.fdopen(answers, "rb")))
        try:
            yield page
        finally:
            page._session = ""
            page.command("Browser.close")
