"""Where the time of one upload, one download and one small call goes, by layer: `scripts/bench profile`.

Shares say where to look, and the axes how long it takes: what is called often looks dearer to a profiler than it is.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import tonearm
from tests.bench import machine, peers, transfer
from tests.bench.memory import make
from tests.bench.report import Settings, size_name

PROFILE = Path(__file__).with_name("PROFILE.md")
CALLS = 1000
MOST = 8
_Function = tuple[str, int, str]
"""Its file, line and name, as profilers know it; C functions have the file "~"."""
LAYERS = (
    ("tonearm", "/overlay/tonearm/"),
    ("generated code", "/tonearm_generated/"),
    ("httpx", "/httpx/"),
    ("httpcore", "/httpcore/"),
    ("h11", "/h11/"),
    ("anyio, asyncio", "/anyio/"),
)
ABOUT = """\
# Where the time goes

Made by `scripts/bench profile --write`: the share of each layer in the CPU time of all threads, by the code that ran,
and the functions of tonearm that took most. What is called often looks too dear."""
COSTS = """\
## The largest costs that were ours

- **Reading a list twice.** Each object of a page was parsed by generated code, twice, and then read from what that
  made: 47 us an object. An answer is decoded and parsed once now, generated readers set the fields of an object
  without its `__init__`, and times that Python itself can read no longer go through dateutil: 12 us.
- **Addresses and dates of nothing.** Each call made the URL without its query by parsing it again, twice, also for a
  log line that nobody wrote, and looked for a date in headers that were not there: a tenth of a small call. Both are
  gone.
- **What a client does for others.** httpx looks for cookies, redirects and its own line of log in each response; our
  own clients send without (a tenth of a small call). It also parses the same URL again each time.
- **Small and large blocks.** httpcore reads 64 KiB at a time; our connections read 256 KiB, which nearly halves the CPU
  time of a download. Of larger blocks, glibc gives the memory back to the system after each one in all threads but the
  main one: 340 page faults for a file of 1 MB. h11 copies each block four times; large bodies pass by it.
- **Waiting for the disk.** A download of 1 GiB stopped 32 times until the disk had what was received: 0.6 s. A thread
  waits for that now. Handing blocks over without a copy was tried and cost more: their memory came fresh from the
  system each time, 0.5 s of page faults, while the copy into a buffer costs 0.1 s.
- **Contexts and forks of nothing.** Each request entered seven contexts that `contextlib` makes of generators, and each
  call had an event and a queue for forks: 20 us of a small call. The contexts are two classes now, and forks bring
  their own.
- **Before the first call.** A client loaded what decodes, downloads, speaks and transcribes, and the code of every
  operation when it was made. They are loaded on first use, as are the models and the certificates.

What stays, and why: every request has a runner and a clock, as a deadline must be able to end it; asynchronous requests
are sent by a task of their own, without which httpcore loses connections when a call is cancelled. In transfers our
own code is a tenth of the CPU time, most of it reading and writing blocks; hashing, HTTP and the disk take the rest."""


def write_profile(settings: Settings, write: bool) -> None:
    """Print the page, and write it when asked."""
    machine.check()
    parts = [ABOUT, machine.describe()]
    with TemporaryDirectory(prefix="tonearm-bench-") as name, peers.started() as url:
        folder = Path(name)
        for size in {transfer.WARM_UP, settings.size}:
            make(transfer.source(folder, size), size)
        size = size_name(settings.size)
        parts.append(
            _part(f"One upload of {size}", lambda start: transfer.upload(url, settings.size, folder, start, 1))
        )
        parts.append(
            _part(f"One download of {size}", lambda start: transfer.download(url, settings.size, folder, start))
        )
        parts.append(_part(f"One small call ({CALLS} of them)", lambda start: _small(url, start)))
    text = "\n\n".join([*parts, COSTS])
    print(text)
    if write:
        PROFILE.write_text(text + "\n")


def _small(url: str, start: Callable[[], None]) -> None:
    with tonearm.OpenAI(api_key="bench", base_url=f"{url}/v1") as client:
        client.models()
        start()
        for _ in range(CALLS):
            client.models()


def _part(title: str, do: Callable[[Callable[[], None]], None]) -> str:
    own = _profiled(do)
    total = sum(own.values())
    layers: Counter[str] = Counter()
    for (file, _, function), seconds in own.items():
        layers[_layer(file, function)] += seconds
    rows = [f"| {name} | {seconds / total:.1%} |" for name, seconds in layers.most_common() if seconds > total / 500]
    ours = [(seconds, where) for where, seconds in own.items() if _layer(where[0], where[2]) == "tonearm"]
    most = [
        f"| `{Path(file).name}: {function}` | {seconds / total:.1%} |"
        for seconds, (file, _, function) in sorted(ours, reverse=True)[:MOST]
    ]
    return "\n".join(
        [
            f"## {title}",
            "",
            "| layer | share |",
            "| --- | --- |",
            *rows,
            "",
            "| of tonearm | share |",
            "| --- | --- |",
            *most,
        ]
    )


def _profiled(do: Callable[[Callable[[], None]], None]) -> "Counter[_Function]":
    """CPU seconds of every function's own code, in every thread, from where the function said to start.

    cProfile cannot do this since Python 3.12: one process holds one, and it mixes the calls of all threads.
    """
    own: Counter[_Function] = Counter()
    meters: list[_Meter] = []

    def measure() -> None:
        meters.append(_Meter())
        sys.setprofile(meters[-1])

    def start() -> None:
        threading.setprofile(lambda *_: measure())  # what a new thread begins with
        measure()

    try:
        do(start)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    for meter in meters:
        own.update(meter.own)
    return own


class _Meter:
    """The CPU time of each function's own code in one thread, without the time that measuring takes."""

    def __init__(self) -> None:
        self.own: Counter[_Function] = Counter()
        self._calls: list[_Function] = []
        self._since = time.thread_time()

    def __call__(self, frame: FrameType, event: str, arg: Any) -> None:
        if self._calls:
            self.own[self._calls[-1]] += time.thread_time() - self._since
        if event == "call":
            code = frame.f_code
            self._calls.append((code.co_filename, code.co_firstlineno, code.co_name))
        elif event == "c_call":
            self._calls.append(("~", 0, _c_name(arg)))
        elif self._calls:  # what was called before measuring began returns, too
            self._calls.pop()
        self._since = time.thread_time()


def _c_name(function: Any) -> str:
    """The name of a C function with the C module that it is from."""
    method = getattr(type(function.__self__), function.__name__, None)
    return f"{function.__module__}.{function.__name__}" if method is None else repr(method)


def _layer(file: str, function: str) -> str:
    for name, part in LAYERS:
        if part in file:
            return name
    if file != "~":
        return "the rest of Python"
    for name, words in {
        "the wire": ("_socket.", "_ssl.", "select."),
        "hashing": ("_hashlib", "hashlib", "_md5"),
        "files": ("_io.", "posix."),
    }.items():
        if any(word in function for word in words):
            return name
    return "other C functions of Python"
