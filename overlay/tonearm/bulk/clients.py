"""The clients of a worker: made once for each server, shared by its threads, and closed once their run has ended."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any, TypeAlias

from .work import run_id

Make: TypeAlias = "Callable[..., Any]"
"""Makes a client, once for each server at each worker; picklable, without a key in it; called with `base_url=`."""

_clients: dict[Any, Any] = {}
_ending: dict[str, list[Any]] = {}
"""For each run the keys of the clients to close; clients of the caller's own functions stay open."""
_making = Lock()


def client_of(make: Make, server: str | None = None) -> Any:
    """The client of this process for a server; its threads share it, and with it connections and retries.

    In another process each job of a run has its own copy of `make`, so copies are compared by their pickles.
    """
    key: Any = make, server
    if current := run_id.get():
        with suppress(
            pickle.PicklingError, AttributeError, TypeError
        ):  # if it cannot be pickled, it stays in one process
            key = current, server, pickle.dumps(make)
    with _making:
        if key not in _clients:
            _clients[key] = make() if server is None else make(base_url=server)
            if key[0] == current and _is_ours(make):
                _ending.setdefault(current, []).append(key)
        return _clients[key]


def _is_ours(make: Make) -> bool:
    """Whether a class of client, or another function of this library, makes the client: nobody else can hold it."""
    module: str = getattr(getattr(make, "func", make), "__module__", None) or ""
    return module.partition(".")[0] == __name__.partition(".")[0]


def close_clients(run: str) -> None:
    """Close the clients that this process has made for a run, after its last job."""
    with _making:
        clients = [_clients.pop(key) for key in _ending.pop(run, ())]
    for client in clients:
        client.close()
