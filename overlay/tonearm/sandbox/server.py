import tempfile
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack

from attrs import define, field

from tonearm.sandbox import aioz as service
from tonearm.sandbox import guide
from tonearm.sandbox.aioz.options import AiozOptions
from tonearm.sandbox.aioz.service import Service
from tonearm.sandbox.context import Context, JellyfinIds, JellyfinVersion
from tonearm.sandbox.exchanges import Exchange, Exchanges
from tonearm.sandbox.faults import Fault, FaultNeverStruck, FaultOptions, Faults
from tonearm.sandbox.jellyfin import Jellyfin, jellyfin_of
from tonearm.sandbox.running import HOST, Running, bound

_CLIPS = Path(__file__).parent / "library"


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
    _running: Running
    _cleanup: ExitStack
    _stopped: bool = field(default=False, init=False)

    @property
    def url(self) -> str:
        """The address of the sandbox; a page there shows its contents."""
        return self._context.base_url

    @property
    def aioz_url(self) -> str:
        """The base URL of AIOZ Stream."""
        return self.url + guide.AIOZ

    @property
    def jellyfin_url(self) -> str:
        """The base URL of Jellyfin."""
        return self.url + guide.JELLYFIN

    @property
    def openai_url(self) -> str:
        """The base URL of the OpenAI-compatible server."""
        return self.url + guide.OPENAI

    @property
    def jellyfin(self) -> Jellyfin:
        """The Jellyfin of this sandbox, to control it: start-up, broken transcodes, Quick Connect, reports."""
        return jellyfin_of(self._context)

    @property
    def aioz(self) -> Service:
        """The AIOZ service of this sandbox; `hold`, `release` and `fail_next` control its transcoding."""
        return service.running(self._context)

    @property
    def requests(self) -> list[Exchange]:
        """The requests so far, oldest first, without their keys."""
        return self._exchanges.list()

    def fault(self, **options: Unpack[FaultOptions]) -> Fault:
        """Order a fault for the next requests that match; see `Fault` for its options.

        Returns:
            The fault; its `hits` count the requests that it hit.

        Raises:
            ValueError: the options have no effect, or do not fit together.
        """
        fault = Fault(**options)
        self._faults.add(fault)
        return fault

    def clear_faults(self) -> None:
        """Forget every fault and end the delays that are running."""
        self._faults.clear()

    @contextmanager
    def faults(self, *faults: Fault, unused_ok: bool = False) -> Generator[tuple[Fault, ...]]:
        """Order faults for as long as a `with` block runs.

        Args:
            faults: the faults.
            unused_ok: whether a fault may be felt by no request.

        Returns:
            The faults, with their `hits` and `strikes`.

        Raises:
            FaultNeverStruck: the block ended without an error, and no request felt one of the faults.
        """
        for fault in faults:
            self._faults.add(fault)
        try:
            yield faults
        finally:
            self._faults.remove(*faults)
        idle = [fault for fault in faults if not fault.strikes]
        if idle and not unused_ok:
            raise FaultNeverStruck(f"no request felt {', '.join(map(repr, idle))}")

    def wait_idle(self, timeout: float = 60.0) -> None:
        """Wait until every transcode that was started has ended.

        Args:
            timeout: seconds.

        Raises:
            TimeoutError: a transcode is still running.
        """
        self._running.wait_answering(timeout)
        service.wait_idle(self._context, timeout)
        self.jellyfin.transcodes.wait_idle(timeout)

    def stop(self) -> None:
        """End the server and its background work; a second call does nothing."""
        if self._stopped:
            return
        self._stopped = True
        with self._cleanup:
            self._faults.clear()
            self._running.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(
    *,
    port: int = 0,
    library: Path | None = None,
    data: Path | None = None,
    jellyfin: JellyfinVersion = "10.11",
    jellyfin_ids: JellyfinIds = "jellyfin",
    aioz: AiozOptions | None = None,
    any_model: bool = False,
    language_model: Path | None = None,
    on_request: Callable[[Exchange], None] | None = None,
) -> Sandbox:
    """Start a sandbox in a thread of this process, on the loopback interface.

    Args:
        port: port to listen on; 0 picks a free one.
        library: folder of audio files to serve; None serves the clips that come with the package.
        data: folder for the data of the services; None keeps them until the sandbox stops.
        jellyfin: the Jellyfin version to imitate.
        jellyfin_ids: the form of the ids of its items; `navidrome` is 44 hexadecimal digits.
        aioz: how the AIOZ service behaves where its sources leave it open; None is the more likely behaviour.
        any_model: whether every name is a model of the OpenAI service; else only those that `GET /models` lists.
        language_model: file (ARPA) with the expected sentences of real speech; None is the recogniser's own.
        on_request: called with each answered request, on the server's thread, so it must not wait.

    Returns:
        The sandbox, once it answers.

    Raises:
        OSError: the port is taken.
    """
    with ExitStack() as cleanup:
        held = cleanup.enter_context(bound(port))
        if data is None:
            data = Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="tonearm-sandbox-")))
        context = Context(
            library=_CLIPS if library is None else library,
            data=data,
            base_url=f"http://{HOST}:{held.getsockname()[1]}",
            jellyfin=jellyfin,
            jellyfin_ids=jellyfin_ids,
            aioz=AiozOptions() if aioz is None else aioz,
            any_model=any_model,
            language_model=language_model,
        )
        faults, exchanges = Faults(), Exchanges(on_request)
        running = Running(held, context, faults, exchanges)
        return Sandbox(context, faults, exchanges, running, cleanup.pop_all())
