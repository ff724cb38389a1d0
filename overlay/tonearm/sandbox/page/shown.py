"""The data of the page, as JSON; with paths, as people may open the page under another name of this machine."""

from typing import Any

from tonearm.sandbox import library
from tonearm.sandbox.aioz.objects import Media
from tonearm.sandbox.exchanges import Exchange
from tonearm.sandbox.guide import AIOZ, JELLYFIN
from tonearm.sandbox.openai import Result

RESULTS, PEAKS = "/_sandbox/results", "/_sandbox/peaks"
_BEGINNING = 300
"""Letters of a text in a list; the rest is sent when somebody opens it."""

Json = dict[str, Any]


def item(file: library.Item) -> Json:
    """Show a file of the library."""
    return {
        "id": str(file.id),
        "name": file.name,
        "size": file.path.stat().st_size,
        "url": f"{JELLYFIN}/Audio/{file.id.hex}/stream?static=true",
        "peaks": f"{PEAKS}/library/{file.id}",
    }


def media(media_object: Media) -> Json:
    """Show an object, and its playable files."""
    names = ("id", "title", "status", "duration", "size", "is_public")
    address = f"{AIOZ}/media/{media_object.id}"
    done = media_object.status == "done"
    ready = {quality.type for quality in media_object.qualities if quality.status == "done"}
    return {
        **{name: getattr(media_object, name) for name in names},
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
            for number, quality in enumerate(media_object.qualities)
        ],
        "hls": f"{address}/m3u8" if "hls" in ready else None,
        "dash": f"{address}/manifest" if "dash" in ready or done else None,
        "source": f"{address}/source" if done else None,
        "player": f"{AIOZ}/embed/vod/{'hls' if 'hls' in ready else 'dash'}/{media_object.id}" if done else None,
        "peaks": f"{PEAKS}/media/{media_object.id}" if done else None,
    }


def result(made: Result, *, whole: bool = False) -> Json:
    """Show a spoken file or a transcript; `whole` with all of its text and the times of its words."""
    shown: Json = {
        "number": made.number,
        "kind": made.kind,
        "model": made.model,
        "voice": made.voice,
        "at": made.at,
        "text": made.text if whole else made.text[:_BEGINNING],
        "more": not whole and len(made.text) > _BEGINNING,
        "sound": f"{RESULTS}/{made.number}/sound" if made.sound is not None else None,
        "peaks": f"{PEAKS}/results/{made.number}" if made.sound is not None else None,
    }
    if whole:
        shown["words"] = [
            [round(word.start, 3), round(word.end, 3), word.text] for segment in made.segments for word in segment.words
        ]
    return shown


def sound_type(made: Result) -> str:
    """Return the type of a kept sound, if it is audio or video: the sender chose its name, which may claim anything."""
    sounds = made.media_type.startswith(("audio/", "video/"))
    return made.media_type if sounds else "application/octet-stream"


def request(exchange: Exchange) -> Json:
    """Show a request and its response."""
    names = ("method", "path", "query", "status", "received", "sent", "fault", "at", "seconds")
    return {name: getattr(exchange, name) for name in names}
