"""The clients of a worker: made once for each server, shared by its threads, and closed once their run has ended."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any, TypeAlias

import tonearm

from .work import run_id

Make: TypeAlias = "Callable[..., Any]"
"""Makes a client, at each worker once for each server; picklable, without a key in it. `base_url=` tells the server."""

_clients: dict[Any, Any] = {}
_ending: dict[str, list[Any]] = {}
"""The keys of the clients that end with a run; a function of the caller's may have given one that lives on."""
_making = Lock()


def client_of(make: Make, server: str | None = None) -> Any:
    """The client of this process for a server; its threads share it, and with it connections and retries.

    To another process each job of a run brings its own copy of `make`, so those are known by what they say.
    """
    key: Any = make, server
    if current := run_id.get():
        with suppress(pickle.PicklingError, AttributeError, TypeError):  # what cannot be pickled stays in one process
            key = current, server, pickle.dumps(make)
    with _making:
        if key not in _clients:
            _clients[key] = make() if server is None else make(base_url=server)
            if key[0] == current and getattr(make, "func", make) in (tonearm.OpenAI, tonearm.Aioz, tonearm.Jellyfin):
                _ending.setdefault(current, []).append(key)
        return _clients[key]


def close_clients(run: str) -> None:
    """Close the clients that were made in this process for a run, once nothing of it is under way."""
    with _making:
        clients = [_clients.pop(key) for key in _ending.pop(run, ())]
    for client in clients:
        client.close()
