"""Receives the webhooks of AIOZ Stream as a plain ASGI application: says when audio is ready, or why it is not.

    pip install uvicorn
    uvicorn --app-dir examples webhook_app:app
    tonearm aioz webhooks --create https://your.example.org/aioz

Nothing in a webhook proves who sent it, so the object is read before anything is believed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import tonearm
from tonearm.aioz import Webhook

LARGEST = 1024 * 1024


async def app(
    scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
) -> None:
    """Answer one request: 204 for an event, 400 for anything else."""
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more and len(body) <= LARGEST:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    status = 204
    try:
        await happened(Webhook.from_request(body))
    except tonearm.InvalidInput:
        status = 400
    except tonearm.TonearmError:
        status = 503  # the object could not be read
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body"})


async def happened(webhook: Webhook) -> None:
    """Say what became of an object, in its own words and not in those of the event."""
    if webhook.event not in ("encoding_finished", "encoding_failed"):
        return
    async with tonearm.AsyncAioz() as aioz:
        media = await aioz.get(webhook.media.id)
    print(f"{media.title}: {media.status} {media.assets.hls_url or ''}", flush=True)
