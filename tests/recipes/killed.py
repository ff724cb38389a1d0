"""Publishes a recording in a process that is killed at one step after the other, and then in one that is not.

Run as a program with a JSON object as its argument; it prints the number of steps. A step is a change that is about to
be made, at a service or of a journal: between two of them it makes no difference where a process is killed. Each
process is a fork of this one, which has no threads.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import sys
from pathlib import Path
from typing import Any

from tests.inside.aioz import _media
from tests.inside.engine import Call, runners
from tests.inside.files import StateLog
from tests.recipes.published import everything, publish


def load_all() -> None:
    """Load what the processes share, before they part: each would spend half of its time on it."""
    ours = (f"tonearm.{name}" for name in ("_audio", "_transfer", "aioz", "openai", "subtitles"))
    for package in map(importlib.import_module, (*ours, "tonearm_generated.aioz")):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    importlib.import_module("anyio._backends._asyncio")


class Box:
    """Where the sandbox is that another process runs."""

    def __init__(self, url: str) -> None:
        self.aioz_url, self.openai_url = f"{url}/aioz/api", f"{url}/openai/v1"


def killed_at(step: int | None) -> None:
    """Have this process be killed at a step of what it does next."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)

    blocking, asynchronous = runners._Runner.perform, runners._AsyncRunner.perform

    def perform(self: Any, effect: Any) -> Any:
        if changes(effect):
            count()
        return blocking(self, effect)

    async def perform_async(self: Any, effect: Any) -> Any:
        if changes(effect):
            count()
        return await asynchronous(self, effect)

    runners._Runner.perform = perform  # type: ignore[method-assign]
    runners._AsyncRunner.perform = perform_async  # type: ignore[method-assign]
    for name in ("append", "remove"):
        _count(name, count)


def changes(effect: Any) -> bool:
    """Whether an effect has a service change anything."""
    if not isinstance(effect, Call):
        return False
    request = effect.request
    return request.path.endswith("/complete") or not (request.method == "GET" or request.path.endswith("/media"))


def _count(name: str, count: Any) -> None:
    change = getattr(StateLog, name)

    def counted(*args: Any) -> Any:
        count()
        return change(*args)

    setattr(StateLog, name, counted)


def run(step: int | None, box: Any, source: Path, **options: Any) -> bool:
    """Publish in a process of its own; whether it came to its end."""
    process = os.fork()
    if process == 0:
        killed_at(step)
        try:
            publish(box, source, **options)
        except BaseException as error:
            print(f"step {step}: {error!r}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if status not in (0, -signal.SIGKILL):
        sys.exit(1)
    return status == 0


def main(told: dict[str, Any]) -> int:
    """Kill at each step, and publish each time all the same; how many steps there are."""
    load_all()
    _media._FIRST_POLL = 0.01
    box, source = Box(told["url"]), Path(told["source"])
    for number, playlist in enumerate(told["playlists"], 1):
        options = {"way": told["way"], **everything(playlist, title=f"killed {told['way']} {number}")}
        options["state"] = source.with_name(f"state {number}")
        if run(number, box, source, **options):
            return number - 1
        run(None, box, source, **options)
    sys.exit("more steps than playlists")


if __name__ == "__main__":
    print(main(json.loads(sys.argv[1])))
