"""Covers: pictures of albums, songs, artists and playlists."""

from __future__ import annotations

import re

from attrs import field, frozen

from .._base.answers import Answer

_BEGINNINGS = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
)
_SUBTYPE = re.compile(r"image/([a-z0-9]{1,8})\b")


@frozen(repr=False)
class Cover(Answer):
    """A picture.

    Attributes:
        data: the file.
        content_type: the server's media type.
        request_id: the server's name for the request.
    """

    data: bytes = field(repr=False)
    content_type: str
    request_id: str | None = field(default=None, repr=False, eq=False, kw_only=True)

    @property
    def extension(self) -> str:
        """The extension for the contents, or else for the server's media type; "img" if neither is known."""
        if self.data[:4] == b"RIFF" and self.data[8:12] == b"WEBP":
            return "webp"
        stated = _SUBTYPE.match(self.content_type)
        otherwise = "img" if stated is None else stated[1]
        return next((name for start, name in _BEGINNINGS if self.data.startswith(start)), otherwise)
