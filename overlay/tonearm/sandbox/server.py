import asyncio
import signal
import socket
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self, Unpack

import uvicorn
from attrs import define, field
from starlette.applications import Starlette

from tonearm.sandbox import aioz, app
from tonearm.sandbox.context import Context, JellyfinVersion
from tonearm.sandbox.exchanges import Exchange, Exchanges
from tonearm.sandbox.faults import Fault, FaultOptions, Faults
from tonearm.sandbox.middleware import FaultyProtocol

HOST = "127.0.0.1"
_GRACE = 0.5
"""Seconds that running exchanges have to end by themselves when the server stops."""
_CLIPS = Path(__file__).parent / "library"


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.settled.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().call_later(_GRACE, self._cut_off)
        await super().shutdown(sockets)

    def _cut_off(self) -> None:
        """Close what is still open: a client that stopped reading would hold its answer for ever."""
        for connection in self.server_state.connections:
            connection.transport.abort()


@define(eq=False)
class Sandbox:
    """A running sandbox; leaving it as a context manager stops it.

    Attributes:
        url: `http://127.0.0.1:PORT`.
        aioz_url: base URL of the AIOZ service.
        jellyfin_url: base URL of the Jellyfin service.
        openai_url: base URL of the OpenAI-compatible service.
    """

    _context: Context
    _faults: Faults
    _exchanges: Exchanges
    _server: _Server
    _thread: threading.Thread
    _cleanup: ExitStack
    _stopped: bool = field(default=False, init=False)

    @property
    def url(self) -> str:
        return self._context.base_url

    @property
    def aioz_url(self) -> str:
        return self.url + app.AIOZ

    @property
    def jellyfin_url(self) -> str:
        return self.url + app.JELLYFIN

    @property
    def openai_url(self) -> str:
        return self.url + app.OPENAI

    @property
    def requests(self) -> list[Exchange]:
        """The requests so far, oldest first, without their keys."""
        return self._exchanges.list()

    def fault(self, **options: Unpack[FaultOptions]) -> Fault:
        """Order a fault for the next requests that match; see `Fault` for what it takes.

        Returns:
            The fault; its `hits` tell how often it struck.

        Raises:
            ValueError: the options say nothing to do or do not fit together.
        """
        fault = Fault(**options)
        self._faults.add(fault)
        return fault

    def clear_faults(self) -> None:
        """Forget every fault and end the delays that are running."""
        self._faults.clear()

    def wait_idle(self, timeout: float = 60.0) -> None:
        """Wait until every transcode that was started has ended.

        Args:
            timeout: seconds.

        Raises:
            TimeoutError: a transcode is still running.
        """
        aioz.wait_idle(self._context, timeout)

    def stop(self) -> None:
        """End the server and everything it runs; a second call does nothing."""
        if self._stopped:
            return
        self._stopped = True
        self._faults.clear()
        self._server.should_exit = True
        self._thread.join()
        self._cleanup.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(
    *, port: int = 0, library: Path | None = None, data: Path | None = None, jellyfin: JellyfinVersion = "10.11"
) -> Sandbox:
    """Start a sandbox in a thread of this process, on the loopback interface.

    Args:
        port: port to listen on; 0 picks a free one.
        library: folder of audio files to serve; None serves the clips that come with the package.
        data: folder where the services keep what they are sent; None keeps it until the sandbox stops.
        jellyfin: which Jellyfin to be.

    Returns:
        The sandbox, once it answers.

    Raises:
        OSError: the port is taken.
    """
    with ExitStack() as cleanup:
        listener = cleanup.enter_context(_listen(port))
        if data is None:
            data = Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="tonearm-sandbox-")))
        context = Context(
            library=_CLIPS if library is None else library,
            data=data,
            base_url=f"http://{HOST}:{listener.getsockname()[1]}",
            jellyfin=jellyfin,
        )
        faults, exchanges = Faults(), Exchanges()
        server = _Server(_config(app.build(context, faults, exchanges)))
        cleanup.callback(app.shutdown, context)
        thread = threading.Thread(target=server.run, args=([listener],), name="tonearm sandbox", daemon=True)
        thread.start()
        server.settled.wait()
        return Sandbox(context, faults, exchanges, server, thread, cleanup.pop_all())


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


def serve(
    *, port: int, library: Path | None = None, data: Path | None = None, jellyfin: JellyfinVersion = "10.11"
) -> None:
    """Run a sandbox until Ctrl-C or SIGTERM, in the main thread; the arguments are those of `start`."""
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with start(port=port, library=library, data=data, jellyfin=jellyfin) as sandbox:
            print(f"tonearm sandbox ready on {sandbox.url}", flush=True)
            ended.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(256)
    except BaseException:
        listener.close()
        raise
    return listener
