"""Plays of objects, for analytics."""

from uuid import uuid4

from tonearm.sandbox.aioz.store import Store

KIND = "play"


def played(store: Store, media_id: str, at: float, seconds: float, country: str, device: str) -> None:
    """Record a play of an object: when, for how many seconds, and where."""
    media = store.get(media_id)
    play = {
        "media_id": media_id,
        "media_type": "audio",
        "at": at,
        "seconds": seconds,
        "country": country,
        "device_type": device,
        "tags": list(media.tags or ()) if media else [],
    }
    store.put_record(KIND, str(uuid4()), play)
