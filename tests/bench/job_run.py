"""One measurement of the axis `jobs`: `python -m tests.bench.job_run KIND COUNT FOLDER` prints its figures as JSON."""

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

from tonearm import ServiceFailed, bulk

PLACES, FEWER, TAKES = 16, 4, 0.2
"""How many requests the server does at a time, at first and at last, and for how many seconds each."""

SETTLED, JUDGED, FALLS = 30.0, 15.0, 20.0
"""Seconds until the level must be found, over which it is judged, and for which it may follow the fall."""

_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=4, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def nothing(_: bulk.Job) -> None:
    """The job."""


def main() -> None:
    kind, many, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    measured = {"threads": threads, "dask": dask, "adding": adding, "resume": resume, "follow": follow}
    print(json.dumps(measured[kind](many, folder / "ledger")))


def jobs(many: int) -> Iterator[bulk.Job]:
    """So many, made one by one."""
    return (bulk.Job(f"recording {number}", f"{number}") for number in range(many))


def threads(many: int, ledger: Path) -> dict[str, Any]:
    return {"threads": driven(many, ledger)}


def dask(many: int, ledger: Path) -> dict[str, Any]:
    from distributed import Client

    script = ledger.with_name("cluster.py")
    script.write_text(_CLUSTER)
    connect: Any = Client
    with subprocess.Popen([sys.executable, script], stdin=-1, stdout=-1, text=True) as cluster:
        assert cluster.stdout is not None
        with connect(cluster.stdout.readline().strip(), set_as_default=False) as client:
            found = driven(many, ledger, executor=client.get_executor(pure=False), workers=32)
        cluster.communicate()
    return {"dask": found}


def driven(many: int, ledger: Path, **options: Any) -> dict[str, float]:
    """CPU and memory of a run."""
    bulk.run(nothing, jobs(20), ledger=ledger.with_name("first"), **options)
    before = status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    used = time.process_time()
    report = bulk.run(nothing, jobs(many), ledger=ledger, **options)
    used = time.process_time() - used
    assert report.done == many
    return {"ms": used / many * 1000, "mib": (status("VmHWM") - before) / 1024}


def status(name: str) -> int:
    """KiB of this process's memory."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def adding(many: int, ledger: Path) -> dict[str, Any]:
    found = list(jobs(many))
    began = time.monotonic()
    with bulk.Ledger.write(ledger) as book:
        book.add(found, "task", retry_failed=False)
    return {"adding": {"seconds": time.monotonic() - began}}


def resume(many: int, ledger: Path) -> dict[str, Any]:
    bulk.run(nothing, jobs(many), ledger=ledger)
    began = time.monotonic()
    report = bulk.run(nothing, jobs(many), ledger=ledger)
    assert report.skipped == many
    return {"resume": {"seconds": time.monotonic() - began}}


class Places:
    """A server that does only so many requests at a time, and what it saw."""

    def __init__(self) -> None:
        self.places, self.busy, self.lock = PLACES, 0, threading.Lock()
        self.done: list[float] = []
        self.refused: list[float] = []
        self.arrived: list[tuple[float, int]] = []
        self.asking = 0

    def enter(self) -> bool:
        with self.lock:
            self.asking += 1
            self.arrived.append((time.monotonic(), self.asking))
            self.busy += (free := self.busy < self.places)
            if not free:
                self.refused.append(time.monotonic())
            return free

    def leave(self, *, done: bool) -> None:
        with self.lock:
            self.asking -= 1
            if done:
                self.busy -= 1
                self.done.append(time.monotonic())


@contextmanager
def serving(places: Places) -> Iterator[int]:
    """The server on a port of the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            free = places.enter()
            if free:
                time.sleep(TAKES)
            self.send_response(200 if free else 503)
            self.send_header("Content-Length", "0")
            self.end_headers()
            places.leave(done=free)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def ask(port: int, _: bulk.Job) -> None:
    """The job: one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != 200:
        raise ServiceFailed("busy", status=status, method="GET", url=f"http://127.0.0.1:{port}")


def fixed(ledger: Path) -> float:
    """Requests a second by as many workers as the server has places, which is the best fixed number."""
    places, stop, began = Places(), threading.Event(), time.monotonic()

    def look(_: bulk.Report) -> None:
        if time.monotonic() >= began + JUDGED:
            stop.set()

    with serving(places) as port:
        endless = (bulk.Job(f"{number}") for number in count())
        bulk.run(partial(ask, port), endless, ledger=ledger, workers=PLACES, stop=stop, on_progress=look)
    return sum(at < began + JUDGED for at in places.done) / JUDGED


def follow(_: int, ledger: Path) -> dict[str, Any]:
    """How near `auto` comes to as many workers as there are places, and how soon it follows when there are fewer."""
    best = fixed(ledger.with_name("fixed"))
    places, stop, began = Places(), threading.Event(), time.monotonic()
    falls = began + SETTLED + JUDGED

    def look(report: bulk.Report) -> None:
        now = time.monotonic()
        if now >= falls:
            places.places = FEWER
        if now >= falls + FALLS:
            stop.set()

    with serving(places) as port:
        endless = (bulk.Job(f"{number}") for number in count())
        bulk.run(partial(ask, port), endless, ledger=ledger, stop=stop, on_progress=look)
    found = sum(began + SETTLED <= at < falls for at in places.done) / JUDGED
    asked = [sum(at < falls for at in times) for times in (places.done, places.refused)]
    above = [at for at, asking in places.arrived if at > falls and asking > FEWER + 1]
    return {
        "follow": {"part": found / best, "refused": asked[1] / sum(asked)},
        "fall": {"seconds": max(above, default=falls) - falls},
    }


if __name__ == "__main__":
    main()
