"""The media object, as it is stored and as the service shows it."""

import time
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

from attrs import frozen

USER_ID = str(uuid5(NAMESPACE_URL, "tonearm:sandbox:user"))
BITRATES = {"standard": 128_000, "good": 192_000, "highest": 320_000, "lossless": 320_000}
"""The presets, each with the bit rate in bits per second that is used when a quality names none."""

Json = dict[str, Any]


@frozen(kw_only=True)
class Quality:
    """One requested rendition, and its status."""

    resolution: str
    type: str
    container_type: str
    bitrate: int
    codec: str = "aac"
    channels: str = "2"
    sample_rate: int = 44_100
    language: str = ""
    index: int = 0
    status: str = "new"


DEFAULT_QUALITIES = tuple(
    Quality(resolution=name, type="hls", container_type="mpegts", bitrate=BITRATES[name])
    for name in ("highest", "standard")
)
"""The default renditions, as in the sample responses of the AIOZ Audio document."""


@frozen(kw_only=True)
class Media:
    """One audio object; times are nanoseconds since 1970, the duration is in seconds, the size in bytes."""

    id: str
    title: str
    description: str
    is_public: bool
    metadata: list[dict[str, str]] | None
    tags: list[str] | None
    qualities: list[Quality]
    player_theme_id: str
    status: str
    duration: float
    size: int
    file_name: str
    created_at: int
    updated_at: int

    def to_json(self, api: str, mp4_url: Literal["document", "null", "absent"], *, detail: bool = False) -> Json:
        """Show the object as the service does.

        Args:
            api: base URL of the service.
            mp4_url: the asset of this name; see `AiozOptions`.
            detail: the answer for one object, which has neither `is_mp4` nor `mp4_url` (AIOZ Audio document).
        """
        shown: Json = {
            "id": self.id,
            "user_id": USER_ID,
            "type": "audio",
            "title": self.title,
            "description": self.description,
            "metadata": self.metadata or None,
            "tags": self.tags or None,
            "qualities": [{"name": q.resolution, "status": q.status, "type": q.type} for q in self.qualities],
            "captions": None,
            "chapters": None,
            "player_theme": None,
            "duration": self.duration,
            "size": self.size,
            "is_mp4": False,
            "is_public": self.is_public,
            "status": self.status,
            "created_at": timestamp(self.created_at),
            "updated_at": timestamp(self.updated_at),
            "assets": self._assets(api),
            "player_theme_id": self.player_theme_id,
        }
        if detail:
            del shown["is_mp4"]
        if mp4_url == "null":
            shown["assets"]["mp4_url"] = None
        elif mp4_url == "absent" or detail:
            del shown["assets"]["mp4_url"]
        return shown

    def _assets(self, api: str) -> Json:
        media, embed = f"{api}/media/{self.id}", f"{api}/embed/vod"
        assets = {
            "source_url": f"{media}/source",
            "thumbnail_url": f"{media}/thumbnail?resolution=original",
            "mp4_url": f"{media}/mp4",
        }
        for kind, manifest in (("hls", "m3u8"), ("dash", "manifest")):
            player = f"{embed}/{kind}/{self.id}"
            assets |= {
                f"{kind}_url": f"{media}/{manifest}",
                f"{kind}_iframe": f'<iframe src="{player}" width="100%" height="100%" frameborder="0" '
                'scrolling="no" allowfullscreen="true"></iframe>',
                f"{kind}_player_url": player,
            }
        return assets


def timestamp(nanoseconds: int) -> str:
    """Write a time as RFC 3339 with nine digits of fraction."""
    seconds, fraction = divmod(nanoseconds, 1_000_000_000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{fraction:09d}Z"
