"""The options of a Jellyfin stream, and what the server returns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias, TypedDict
from uuid import UUID

from attrs import field, frozen

from tonearm_generated.jellyfin.constraints import Parameters

from .._base.answers import Answer

LIMITS = Parameters
"""The limits that the spec sets for the parameters of streams."""

EncodingContext: TypeAlias = Literal["Streaming", "Static"]
SubtitleDeliveryMethod: TypeAlias = Literal["Encode", "Embed", "External", "Hls", "Drop"]
PlayMethod: TypeAlias = Literal["DirectPlay", "DirectStream", "Transcode"]
"""How an item is played: unchanged, repacked, or encoded."""


class PlainParams(TypedDict, total=False):
    """The parameters of the stream operations that are sent unchanged."""

    static: bool
    """Whether to send the unchanged original, with byte ranges; the encoder's parameters then have no effect."""
    params: str
    """An old compound of other parameters, separated by semicolons; sent unchanged."""
    tag: str
    """A word that changes the URL when the file has changed, for caches. No effect."""
    device_profile_id: str
    """Id of a device profile; deprecated. No effect."""
    play_session_id: str
    """Name of this playback, instead of a generated one; the server keeps one encoded file for each name. A named
    session is not stopped at the end, as others may share it: see `stop_encoding`."""
    segment_container: str
    """File format of segments. No effect."""
    segment_length: int
    """Length of segments, in seconds. No effect."""
    min_segments: int
    """How many segments to wait for. No effect."""
    media_source_id: str
    """Which version of the item, as 32 hexadecimal digits."""
    device_id: str
    """Id of the playing device, instead of the client's."""
    audio_codec: str
    """Codec to encode to, or several separated by commas (the first that the server can encode); `copy` repacks."""
    enable_auto_stream_copy: bool
    """Whether a stream that fits may be copied. No effect."""
    allow_video_stream_copy: bool
    """Whether the picture may be copied. No effect."""
    allow_audio_stream_copy: bool
    """Whether the sound may be copied. No effect; see `audio_codec`."""
    break_on_non_key_frames: bool
    """Whether segments may begin between key frames. No effect, and gone in server 12.0."""
    audio_sample_rate: int
    """Samples per second; server 10.11 rounds up to 8, 12, 16, 24 or 48 kHz and ignores it for Opus."""
    max_audio_bit_depth: int
    """Bits per sample at most. No effect."""
    audio_bit_rate: int
    """Bits per second, for lossy codecs; at most 128,000 a channel below six channels."""
    audio_channels: int
    """Channels at most; `max_audio_channels` has precedence."""
    max_audio_channels: int
    """Channels at most; never more than the source has."""
    profile: str
    """Profile of the video encoder. No effect."""
    level: str
    """Level of the video encoder, a decimal number. No effect."""
    framerate: float
    """Pictures per second. No effect."""
    max_framerate: float
    """Pictures per second at most. No effect."""
    copy_timestamps: bool
    """Whether to keep the source's time stamps. No effect."""
    start_time_ticks: int
    """Where to begin, in ticks of 100 ns; `start=` is in seconds."""
    width: int
    """Width of the picture, in pixels. No effect."""
    height: int
    """Height of the picture, in pixels. No effect."""
    video_bit_rate: int
    """Bits per second of the picture. No effect."""
    subtitle_stream_index: int
    """Which subtitle stream. No effect."""
    max_ref_frames: int
    """Reference frames of the video encoder at most. No effect."""
    max_video_bit_depth: int
    """Bits per colour at most. No effect."""
    require_avc: bool
    """Whether the picture must be AVC. No effect."""
    de_interlace: bool
    """Whether to deinterlace the picture. No effect."""
    require_non_anamorphic: bool
    """Whether pixels must be square. No effect."""
    transcoding_max_audio_channels: int
    """Channels at most; the other two have precedence."""
    cpu_core_limit: int
    """Threads of the encoder at most."""
    live_stream_id: str
    """Id of a live stream that was opened before."""
    enable_mpegts_m2_ts_mode: bool
    """Whether MPEG-TS is written as M2TS. No effect."""
    video_codec: str
    """Codec of the picture. No effect."""
    subtitle_codec: str
    """Codec of subtitles. No effect."""
    transcode_reasons: str
    """Why the audio is encoded, for the server's dashboard."""
    audio_stream_index: int
    """Which audio stream. No effect: the server takes the first."""
    video_stream_index: int
    """Which video stream. No effect."""
    enable_audio_vbr_encoding: bool
    """Whether the bit rate may vary; effective if the administrator allows it."""


class AudioParams(PlainParams, total=False):
    """The documented parameters of the stream operations; a parameter that is left out is not sent.

    Many belong to operations that are shared with video; "no effect" means that the server ignores the parameter when
    audio is sent in one piece (Jellyfin server source, tag v10.11.11).
    """

    container: str
    """File format to encode to, as an extension: `mp3`, `flac`, `ogg`."""
    subtitle_method: SubtitleDeliveryMethod
    """How subtitles are delivered. No effect."""
    context: EncodingContext
    """The purpose of the audio. No effect."""
    stream_options: Mapping[str, str]
    """Options of single encoders by name, for example ``{"opus-audiochannels": "1"}``."""


class UniversalParams(TypedDict, total=False):
    """The options of audio in a format of the server's choice; an option that is left out does not restrict."""

    transcoding_container: str
    """File format to encode to, if the file cannot be sent unchanged; `mp3` when left out."""
    audio_codec: str
    """Codec to encode to; the default of the file format when left out."""
    audio_bit_rate: int
    """Bits per second to encode to."""
    max_streaming_bitrate: int
    """Bits per second at most; audio with more is encoded."""
    max_audio_channels: int
    """Channels at most; audio with more is encoded."""
    max_audio_sample_rate: int
    """Samples per second at most; audio with more is encoded."""
    max_audio_bit_depth: int
    """Bits per sample at most; audio with more is encoded."""
    media_source_id: str | UUID
    """Which version of the item."""
    enable_audio_vbr_encoding: bool
    """Whether the bit rate may vary; server 10.11 accepts it, without effect here."""


class PlayerParams(TypedDict, total=False):
    """The capabilities of a player, apart from formats, and the format to encode to."""

    transcoding_container: str
    """File format to encode to, if the player cannot play the original: `mp3` when left out. With `hls` the format of
    the segments, `ts` (when left out) or `mp4`."""
    audio_codec: str
    """Codec to encode to; when left out the default of the file format, and `aac` in segments."""
    max_streaming_bitrate: int
    """Bits per second at most; audio with more is encoded."""
    max_audio_channels: int
    """Channels at most; audio with more is encoded."""
    media_source_id: str | UUID
    """The version of the item; all versions when left out."""
    hls: bool
    """Whether encoded audio is sent as a list of segments (HLS), for players that require it."""
    with_key: bool
    """Whether URLs contain the token, as the server sends them; logs and histories then keep it."""


class PlaybackState(TypedDict, total=False):
    """The fields of a report, apart from item and position; a field that is left out is not sent."""

    play_session_id: str
    """The play session, with which the server identifies the encoding of this playback."""
    media_source_id: str | UUID
    """Which version of the item."""
    play_method: PlayMethod
    """How the item is played."""
    is_paused: bool
    """Whether playback is paused."""
    can_seek: bool
    """Whether the player can seek."""


@frozen(repr=False)
class AudioInfo(Answer):
    """The headers of a stream.

    Attributes:
        content_type: the media type that the server names.
        size: bytes; None if the audio would be encoded, as its size is then not known in advance.
        resumable: whether the server sends byte ranges of it.
        duration: seconds; None if they are not known.
        request_id: the server's name for the request.
    """

    content_type: str
    size: int | None
    resumable: bool
    duration: float | None = None
    request_id: str | None = field(default=None, repr=False, eq=False)


RunTime: TypeAlias = Literal["measure", "trust"]
"""What to compare with if encoded audio is not as long as the item in the library: `measure` fetches and measures the
original, `trust` trusts the library."""
Beside: TypeAlias = Literal["covers", "lyrics", "playlist"]
"""Further files of a copy: pictures, lyrics as .lrc, and the order of the songs as .m3u8."""
Prune: TypeAlias = bool | Literal["show"]
"""Whether to remove files whose items left the server; `show` only lists them."""


@frozen(repr=False)
class Download(Answer):
    """A finished download.

    Attributes:
        path: the file; None if the target was an open file.
        size: bytes.
        content_type: the media type that the server named.
        resumed: whether it resumed the download of an earlier call.
        sha256: hash of all bytes, in hexadecimal digits.
        verified: the checks that were made: `size` if the server had announced it, `duration` if the audio was decoded
            and is as long as the item.
    """

    path: Path | None
    size: int
    content_type: str
    resumed: bool
    sha256: str
    verified: tuple[str, ...]
