"""The base classes of all clients: their connection, its settings, and how it is closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial, wraps
from types import TracebackType
from typing import Any, ClassVar, Generic, Literal, ParamSpec, Self, TypeVar, cast

from attrs import evolve

from ..errors import ConfigurationError, TonearmError
from ..retry import Retry
from .backends import Backend, check_backend
from .clients import AsyncHttpClient, HttpClient
from .connection import C, Connections, Options, Wire
from .front_proxy import Certificate, Front, front
from .httpx2_client import AsyncLentClient, LentClient, adopted
from .lent import check_lent, lent_secrets
from .response import bare
from .settings import Address, options

P = ParamSpec("P")
R = TypeVar("R")


def discreet(function: Callable[P, R]) -> Callable[P, R]:
    """Keep keys and passwords out of tracebacks: errors of the function are raised without its frames."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except TonearmError as error:
            refusal = bare(error)
        del args, kwargs
        raise refusal

    return guarded


def discreet_async(function: Callable[P, Awaitable[R]]) -> Callable[P, Coroutine[Any, Any, R]]:
    """Keep keys and passwords out of tracebacks of a coroutine."""

    @wraps(function)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await function(*args, **kwargs)
        except TonearmError as error:
            refusal = bare(error)
        del args, kwargs
        raise refusal

    return guarded


def _new(front: Front, backend: Backend, *, asynchronous: bool) -> HttpClient | AsyncHttpClient:
    """Make our own client; what connects is loaded now, as a client that is lent, or makes no request, needs none."""
    from .own_clients import new_async_client, new_client

    return new_async_client(front, backend) if asynchronous else new_client(front, backend)


class _Base(Generic[C]):
    _wire: Wire[C]

    _asynchronous: ClassVar[bool]

    def _connect(
        self,
        http: LentClient | AsyncLentClient | None,
        where: Address,
        keys: Mapping[str, str],
        secrets: tuple[str, ...],
        to: Options,
        headers: Mapping[str, str] | None,
        certificate: Certificate | None,
        backend: Backend | None,
    ) -> None:
        lent = cast("C | None", adopted(http))
        usable = check_backend(backend or "httpx")
        if lent is not None:
            if backend is not None:
                raise ConfigurationError("http is a client of a library", argument="backend", hint="leave it out")
            check_lent(lent, keys, asynchronous=self._asynchronous)
            secrets += lent_secrets(lent)
        before = front(where.url, headers, certificate, keys=keys, lent=lent is not None)
        secrets += tuple(before.headers.values())
        make = cast("Callable[[], C]", partial(_new, before, usable, asynchronous=self._asynchronous))
        ours = Connections(make, lent, lent=lent is not None)
        self._wire = Wire(ours, where.url, keys, secrets, to, owned=lent is None, query=where.query, front=before)

    def with_options(
        self,
        *,
        timeout: float | None = None,
        deadline: float | Literal["same"] | None = "same",
        retry: Retry | None = None,
    ) -> Self:
        """Return this client with other settings, on the same connections; closing it leaves them open.

        Args:
            timeout: seconds of silence after which a read or write fails; None keeps the present timeout.
            deadline: seconds that a whole call may take; None for no limit.
            retry: how failed requests are retried; None keeps the present settings.

        Raises:
            ConfigurationError: a time is not a positive number.
        """
        now = self._wire.options
        tuned = options(
            now.timeout if timeout is None else timeout,
            now.deadline if deadline == "same" else deadline,
            retry or now.retry,
            silence=now.timeout,
        )
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin._wire = evolve(self._wire, options=tuned, owned=False)
        return twin

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._wire.base_url}>"


class ClientBase(_Base[HttpClient]):
    """A blocking client. It may be used from several threads, and as a context manager."""

    _asynchronous = False

    def close(self) -> None:
        """Close the connections, unless they came with ``http=`` or belong to another client."""
        if self._wire.owned and (client := self._wire.connections.end()):
            client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


class AsyncClientBase(_Base[AsyncHttpClient]):
    """A client for asyncio; use it in one event loop, best as an async context manager."""

    _asynchronous = True

    async def close(self) -> None:
        """Close the connections, unless they came with ``http=`` or belong to another client."""
        if self._wire.owned and (client := self._wire.connections.end()):
            await client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self.close()
