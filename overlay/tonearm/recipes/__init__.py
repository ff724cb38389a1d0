"""What crosses services: publish a recording with captions, chapters and cover, and the feed of a podcast.

    from tonearm import recipes

    recipes.publish(aioz, "talk.flac", title="Talk", preset="highest", language="en", transcriber=ai)

May import: the public package `tonearm`, `_audio` (how long something is), `_files`.

The asyncio functions are written by hand; the blocking ones are made from them by scripts/twins.py.
"""

from .async_publishing import async_publish
from .options import PublishOptions
from .publication import Published
from .publishing import publish

__all__ = [
    "PublishOptions",
    "Published",
    "async_publish",
    "publish",
]
