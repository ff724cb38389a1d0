"""How a player gets an item: unchanged or encoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from attrs import field, frozen

from tonearm_generated.reading import UnreadableAnswer, given

from .._base.answers import Answer
from .items import MediaSource

if TYPE_CHECKING:
    from tonearm_generated.jellyfin import models

_KEYS = frozenset({"apikey", "api_key"})
"""Parameters of a URL that contain the token, in lower case."""


@frozen(repr=False)
class PlayableSource(Answer):
    """A file of an item, and how a player gets it.

    Attributes:
        source: the file.
        direct: whether the player can read it unchanged, at `url(item_id, static=True, media_source_id=source.id)`.
        url: the address of the encoded audio; None if it need not or cannot be encoded.
    """

    source: MediaSource
    direct: bool
    url: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, model: models.MediaSourceInfo, *, base_url: str, with_key: bool) -> Self:
        """Make it from the generated model."""
        url = given(model.transcoding_url)
        direct = given(model.supports_direct_play) is True
        return cls(MediaSource.of(model), direct, _address(url, base_url, with_key=with_key) if url else None)


@frozen(repr=False)
class Playback(Answer):
    """How an item can be played.

    Attributes:
        sources: its files, the server's choice first.
        play_session_id: the play session of the encoded audio, for reports and `stop_encoding`.
        error_code: why nothing can be played: `NotAllowed`, `NoCompatibleStream` or `RateLimitExceeded`.
        request_id: the server's name for the request.
    """

    sources: tuple[PlayableSource, ...]
    play_session_id: str | None = None
    error_code: str | None = None
    request_id: str | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, model: models.PlaybackInfoResponse, request_id: str | None, *, base_url: str, with_key: bool) -> Self:
        """Make it from the generated model."""
        sources = [
            PlayableSource.of(source, base_url=base_url, with_key=with_key)
            for source in given(model.media_sources) or ()
        ]
        return cls(tuple(sources), given(model.play_session_id), given(model.error_code), request_id=request_id)


def _address(url: str, base_url: str, *, with_key: bool) -> str:
    """The full address of a URL that is relative to the server's; without the token, unless `with_key` is true."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise UnreadableAnswer(f"TranscodingUrl is no address ({error})") from None
    if not parts.scheme:
        parts = urlsplit(f"{base_url.rstrip('/')}/{url.lstrip('/')}")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if with_key or name.lower() not in _KEYS]
    return urlunsplit(parts._replace(query=urlencode(kept)))
