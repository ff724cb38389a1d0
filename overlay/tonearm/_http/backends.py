"""The libraries that send, which are loaded with the first request."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import Any, Literal, TypeAlias

from ..errors import ConfigurationError

Backend: TypeAlias = Literal["httpx", "httpx2"]
"""The library that sends."""

_BACKENDS: tuple[Backend, ...] = ("httpx", "httpx2")


def check_backend(backend: Backend) -> Backend:
    """Check that a library is known and installed; httpx always is.

    Raises:
        ConfigurationError: the library is unknown, or not installed.
    """
    if backend not in _BACKENDS:
        raise ConfigurationError.of("backend", backend, " or ".join(_BACKENDS))
    if backend == "httpx2":
        core(backend)
    return backend


def core(backend: Backend) -> Any:
    """The library of connections: httpcore, or httpcore2 of httpx2, which has the same names."""
    if backend == "httpx":
        import httpcore

        return httpcore
    if find_spec("httpx2") is None:
        raise ConfigurationError(
            "backend='httpx2' needs httpx2", argument="backend", hint="pip install 'tonearm[httpx2]'"
        )
    return importlib.import_module("httpcore2")
