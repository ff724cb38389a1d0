"""The audio operations of AIOZ Stream: create, upload, transcode, list, change, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from starlette.routing import BaseRoute

from tonearm.sandbox.aioz.access import RateWindow
from tonearm.sandbox.aioz.routes import Operations
from tonearm.sandbox.aioz.service import Service

if TYPE_CHECKING:
    from tonearm.sandbox.context import Context  # which holds the options of this service

_services: WeakKeyDictionary[Context, Service] = WeakKeyDictionary()


def routes(context: Context) -> list[BaseRoute]:
    """Return the routes, relative to the service's mount."""
    service = _services[context] = Service(context.data / "aioz")
    return Operations(service, f"{context.base_url}/aioz/api", RateWindow()).routes()


def wait_idle(context: Context, timeout: float) -> None:
    """Wait so many seconds for the transcodes that run; raise TimeoutError when one still does."""
    _services[context].wait_idle(timeout)


def shutdown(context: Context) -> None:
    """Stop the transcodes and close the database."""
    _services.pop(context).close()
