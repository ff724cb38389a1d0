"""The audio operations of AIOZ Stream: create, upload, transcode, list, change, delete, and attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from starlette.routing import BaseRoute

from tonearm.sandbox.aioz.access import RateWindow
from tonearm.sandbox.aioz.account_routes import Account
from tonearm.sandbox.aioz.analytics_routes import Analytics
from tonearm.sandbox.aioz.attachments import Attachments
from tonearm.sandbox.aioz.guard import Guard
from tonearm.sandbox.aioz.life import Life
from tonearm.sandbox.aioz.live_routes import Live
from tonearm.sandbox.aioz.playback import Playback
from tonearm.sandbox.aioz.player_routes import Players
from tonearm.sandbox.aioz.playlist_routes import Playlists
from tonearm.sandbox.aioz.routes import Operations
from tonearm.sandbox.aioz.service import Service
from tonearm.sandbox.aioz.webhook_routes import Webhooks

if TYPE_CHECKING:
    from tonearm.sandbox.context import Context  # a circle: it holds the options of this service

_services: WeakKeyDictionary[Context, Service] = WeakKeyDictionary()
_lives: WeakKeyDictionary[Context, Life] = WeakKeyDictionary()


def routes(context: Context) -> list[BaseRoute]:
    """Return the routes, relative to the service's mount."""
    # Orders for lives survive a restart of the server, as its data do.
    life = _lives.setdefault(context, Life())
    service = _services[context] = Service(context.data / "aioz", context.aioz, life)
    guard = Guard(context.aioz.error_status, RateWindow(context.aioz.rate_limit), service.keys)
    api = f"{context.base_url}/aioz/api"
    attachments = Attachments(service, api, guard)
    operations = Operations(service, api, guard, attachments)
    return [
        *operations.routes(),
        *attachments.routes(),
        *Playlists(service, api, guard).routes(),
        *Webhooks(service, guard).routes(),
        *Account(service, guard).routes(),
        *Analytics(service, guard).routes(),
        *Live(service, api, guard).routes(),
        *Players(service, guard).routes(),
        *Playback(service, guard).routes(),
        guard.rest(),
    ]


def running(context: Context) -> Service:
    """Return the service of a running sandbox; `hold`, `release` and `fail_next` control its transcoding."""
    return _services[context]


def wait_idle(context: Context, timeout: float) -> None:
    """Wait so many seconds for the transcodes that run and are not held; raise TimeoutError when one still does."""
    _services[context].wait_idle(timeout)


def shutdown(context: Context) -> None:
    """Stop the transcodes and close the database."""
    _services.pop(context).close()
