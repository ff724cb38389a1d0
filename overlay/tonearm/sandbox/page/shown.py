"""What the page shows, as JSON; with paths, because people may have opened it under another name of this machine."""

from typing import Any

from tonearm.sandbox import library
from tonearm.sandbox.aioz.objects import Media
from tonearm.sandbox.exchanges import Exchange
from tonearm.sandbox.guide import AIOZ, JELLYFIN
from tonearm.sandbox.openai import Result

RESULTS, PEAKS = "/_sandbox/results", "/_sandbox/peaks"
_BEGINNING = 300
"""How many letters of a text are in a list; the rest comes when somebody opens it."""

Json = dict[str, Any]


def item(one: library.Item) -> Json:
    """Show a file of the library."""
    return {
        "id": str(one.id),
        "name": one.name,
        "size": one.path.stat().st_size,
        "url": f"{JELLYFIN}/Audio/{one.id.hex}/stream?static=true",
        "peaks": f"{PEAKS}/library/{one.id}",
    }


def media(one: Media) -> Json:
    """Show an object, and what plays of it."""
    names = ("id", "title", "status", "duration", "size", "is_public")
    address = f"{AIOZ}/media/{one.id}"
    done = one.status == "done"
    ready = {quality.type for quality in one.qualities if quality.status == "done"}
    return {
        **{name: getattr(one, name) for name in names},
        "qualities": [
            {
                "name": quality.resolution,
                "type": quality.type,
                "status": quality.status,
                "bitrate": quality.bitrate,
                "url": f"{address}/hls/{number}/index.m3u8"
                if (quality.type, quality.status) == ("hls", "done")
                else None,
            }
            for number, quality in enumerate(one.qualities)
        ],
        "hls": f"{address}/m3u8" if "hls" in ready else None,
        "dash": f"{address}/manifest" if "dash" in ready or done else None,
        "source": f"{address}/source" if done else None,
        "player": f"{AIOZ}/embed/vod/{'hls' if 'hls' in ready else 'dash'}/{one.id}" if done else None,
        "peaks": f"{PEAKS}/media/{one.id}" if done else None,
    }


def result(one: Result, *, whole: bool = False) -> Json:
    """Show a spoken file or a transcript; `whole` with all of its text and the times of its words."""
    shown: Json = {
        "number": one.number,
        "kind": one.kind,
        "model": one.model,
        "voice": one.voice,
        "at": one.at,
        "text": one.text if whole else one.text[:_BEGINNING],
        "more": not whole and len(one.text) > _BEGINNING,
        "sound": f"{RESULTS}/{one.number}/sound" if one.sound is not None else None,
        "peaks": f"{PEAKS}/results/{one.number}" if one.sound is not None else None,
    }
    if whole:
        shown["words"] = [
            [round(word.start, 3), round(word.end, 3), word.text] for segment in one.segments for word in segment.words
        ]
    return shown


def sound_type(one: Result) -> str:
    """Say what a kept sound is: a recording was named by whoever sent it, and `data:text/html,a.wav` is a name, too."""
    sounds = one.media_type.startswith(("audio/", "video/"))
    return one.media_type if sounds else "application/octet-stream"


def request(one: Exchange) -> Json:
    """Show a request and how it was answered."""
    names = ("method", "path", "query", "status", "received", "sent", "fault", "at", "seconds")
    return {name: getattr(one, name) for name in names}
