"""Work across services: publish a recording with captions, chapters and cover, and write the feed of a podcast.

    from tonearm import recipes

    recipes.publish(aioz, "talk.flac", title="Talk", preset="highest", language="en", transcriber=ai)
    recipes.feed(aioz, playlist_id, url="https://example.org/feed.xml").xml

May import: the public package `tonearm`, `_audio` (the length of a recording), `_files`, `_base`.

The asyncio functions are written by hand; the blocking ones are made from them by scripts/twins.py.
"""

from .async_feeds import async_feed
from .async_publishing import async_publish
from .feed_answer import Feed, Skipped
from .feeds import feed
from .options import FeedOptions, PublishOptions
from .publication import Published, Step, publish_steps
from .publishing import publish

__all__ = [
    "Feed",
    "FeedOptions",
    "PublishOptions",
    "Published",
    "Skipped",
    "Step",
    "async_feed",
    "async_publish",
    "feed",
    "publish",
    "publish_steps",
]
