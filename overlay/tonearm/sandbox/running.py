"""The thread in which a sandbox runs, from one restart to the next."""

import asyncio
import socket
import sys
import threading
import traceback

import uvicorn
from starlette.applications import Starlette

from tonearm.sandbox import app
from tonearm.sandbox.context import Context
from tonearm.sandbox.exchanges import Exchanges
from tonearm.sandbox.faults import Faults
from tonearm.sandbox.wire import FaultyProtocol

HOST = "127.0.0.1"
_GRACE, _TURNS = 0.5, 20
"""Seconds that running exchanges have to end by themselves when the server stops, and into how many turns of the event
loop they are cut at least: on a busy machine seconds may pass without a turn for anyone."""
_BACKLOG = 256
_LONGEST_STOP = 90
"""Seconds after which a stop that does not end becomes an error that shows where the threads are."""


def bound(port: int) -> socket.socket:
    """Bind a port of the loopback interface (0: a free one), without listening yet: connections are refused."""
    # asyncio sends small writes at once only if the protocol is declared as TCP; else a response in two writes waits
    # for the peer's delayed acknowledgement.
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((HOST, port))
    except BaseException:
        held.close()
        raise
    return held


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, answering: threading.Event) -> None:
        super().__init__(config)
        self._answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._answering.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._accept_no_more()
        for _ in range(2):
            await asyncio.sleep(0)
        self._cut_off_after(_TURNS)
        await super().shutdown(sockets)

    def go_down(self) -> None:
        """Stop listening and close every connection, now."""
        self.should_exit = True
        self._accept_no_more()
        self._cut_off()
        loop = asyncio.get_running_loop()
        loop.call_soon(loop.call_soon, self._listen_no_more)

    def _accept_no_more(self) -> None:
        """Accept no further connection.

        asyncio leaves a socket open that it accepts in the turn in which its server is closed (seen in 3.11), so the
        server is closed two turns later.
        """
        for listening in [listener for server in self.servers for listener in server.sockets]:
            asyncio.get_running_loop().remove_reader(listening.fileno())

    def _listen_no_more(self) -> None:
        for server in self.servers:
            server.close()
        self._cut_off()

    def _cut_off_after(self, turns: int) -> None:
        if turns:
            asyncio.get_running_loop().call_later(_GRACE / _TURNS, self._cut_off_after, turns - 1)
        else:
            self._cut_off()

    def _cut_off(self) -> None:
        """Close all open connections: a client that stopped reading would block its response for ever."""
        for connection in self.server_state.connections:
            if not connection.transport.is_closing():
                connection.transport.abort()


class Running:
    """Runs the application on one port; a restart stops and starts everything, and keeps the data."""

    def __init__(self, held: socket.socket, context: Context, faults: Faults, exchanges: Exchanges) -> None:
        self._held = held
        self._port = held.getsockname()[1]
        self._context, self._faults, self._exchanges = context, faults, exchanges
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._answering = threading.Event()
        self._back_after: float | None = None
        self._failure: BaseException | None = None
        self._server = self._built()
        self._thread = threading.Thread(target=self._run, name="tonearm sandbox", daemon=True)
        self._held.listen(_BACKLOG)
        self._thread.start()
        self._answering.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        with self._lock:
            self._stopping.set()
            self._server.should_exit = True
        self._faults.interrupt()
        self._thread.join(_LONGEST_STOP)
        if self._thread.is_alive():
            raise TimeoutError(f"the sandbox did not stop within {_LONGEST_STOP} s. The threads:\n{_stacks()}")

    def wait_answering(self, timeout: float) -> None:
        """Wait at most `timeout` seconds for the end of a restart, if there is one; else raise TimeoutError."""
        if not self._answering.wait(timeout):
            raise TimeoutError(f"the server is still down after {timeout} s")
        if self._failure is not None:
            raise RuntimeError("the server has failed") from self._failure

    def _built(self) -> _Server:
        application = app.build(self._context, self._faults, self._exchanges, self._restart)
        return _Server(_config(application), self._answering)

    def _restart(self, back_after: float) -> None:
        self._answering.clear()
        self._back_after = back_after
        self._faults.interrupt()
        self._server.go_down()

    def _run(self) -> None:
        """Serve; a failure is raised by whoever waits for the start."""
        try:
            self._serve()
        except BaseException as error:
            self._failure = error
        finally:
            self._answering.set()

    def _serve(self) -> None:
        while True:
            try:
                self._server.run(sockets=[self._held])
            finally:
                app.shutdown(self._context)
                self._held.close()
            with self._lock:
                if self._stopping.is_set() or self._back_after is None:
                    return
                # Bound but not listening, the port stays with this sandbox and refuses connections.
                self._held = bound(self._port)
            if self._stopping.wait(self._back_after):
                self._held.close()
                return
            self._back_after = None
            with self._lock:
                self._server = self._built()
                self._server.should_exit = self._stopping.is_set()
            self._held.listen(_BACKLOG)


def _stacks() -> str:
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    return "\n".join(
        f"{names.get(ident, ident)}:\n{''.join(traceback.format_stack(frame))}"
        for ident, frame in sys._current_frames().items()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # it is documented
    )


def _config(application: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=FaultyProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
    )
