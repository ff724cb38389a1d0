"""What a device can play directly, and what it gets otherwise (Jellyfin server source, tag v10.11.11)."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from attrs import frozen

from tonearm.sandbox.jellyfin.catalogue import Sound, Track
from tonearm.sandbox.jellyfin.query import Query
from tonearm.sandbox.jellyfin.shapes import Shape, media_source

_ALIASES = {"matroska": "mka,mkv"}


@frozen
class Device:
    """A device: containers with their codecs (none: every codec), limits, and the encoding for other files."""

    direct: tuple[tuple[frozenset[str], frozenset[str]], ...]
    transcoding: tuple[str, str | None] | None
    """Container and codec; None if nothing may be encoded."""
    bit_rate: int | None = None
    channels: int | None = None
    sample_rate: int | None = None
    bit_depth: int | None = None
    hls: bool = False
    """Whether the encoding is sent in segments."""

    @classmethod
    def of_universal(cls, query: Query, containers: Sequence[str]) -> "Device":
        """Read /universal's query: without `container` nothing is played directly."""
        entries = [part.split("|") for container in containers for part in container.split(",") if part]
        return cls(
            tuple((frozenset({entry[0].lower()}), frozenset(word.lower() for word in entry[1:])) for entry in entries),
            (query.text("transcodingContainer") or "mp3", query.text("audioCodec")),
            query.integer("maxStreamingBitrate"),
            query.integer("maxAudioChannels"),
            query.integer("maxAudioSampleRate"),
            query.integer("maxAudioBitDepth"),
        )

    @classmethod
    def of_profile(cls, profile: Mapping[str, Any], bit_rate: int | None, channels: int | None) -> "Device":
        """Read the audio profiles of a DeviceProfile; the first transcoding profile counts."""
        direct = [entry for entry in profile.get("DirectPlayProfiles") or () if entry.get("Type") == "Audio"]
        made = [entry for entry in profile.get("TranscodingProfiles") or () if entry.get("Type") == "Audio"]
        return cls(
            tuple((_words(entry.get("Container")), _words(entry.get("AudioCodec"))) for entry in direct),
            (made[0].get("Container") or "mp3", made[0].get("AudioCodec")) if made else None,
            bit_rate or profile.get("MaxStreamingBitrate"),
            channels,
            hls=bool(made) and str(made[0].get("Protocol") or "http").lower() == "hls",
        )

    def reason(self, sound: Sound | None) -> str | None:
        """Return why a file cannot be played directly; None when it can."""
        if sound is None:
            return "UnknownAudioStreamInfo"
        names = {
            word for name in sound.container.split(",") for word in (name, *_ALIASES.get(name, "").split(",")) if word
        }
        fitting = [codecs for containers, codecs in self.direct if not containers or containers & names]
        checks = {
            "ContainerNotSupported": bool(fitting),
            "AudioCodecNotSupported": any(not codecs or sound.codec in codecs for codecs in fitting),
            "ContainerBitrateExceedsLimit": self.bit_rate is None or sound.bit_rate <= self.bit_rate,
            "AudioChannelsNotSupported": self.channels is None or sound.channels <= self.channels,
            "AudioSampleRateNotSupported": self.sample_rate is None or sound.sample_rate <= self.sample_rate,
            "AudioBitDepthNotSupported": self.bit_depth is None or (sound.bit_depth or 0) <= self.bit_depth,
        }
        return next((name for name, fits in checks.items() if not fits), None)


def negotiated(track: Track, device: Device, *, device_id: str, play_session: str, token: str) -> Shape:
    """Return a file's media source for a device: played directly, by a TranscodingUrl, or not at all."""
    reason = device.reason(track.sound)
    source = media_source(track) | {
        "SupportsDirectPlay": reason is None,
        "SupportsDirectStream": reason is None,
        "SupportsTranscoding": device.transcoding is not None,
    }
    if reason is None or device.transcoding is None:
        return source
    container, codec = device.transcoding
    query = {
        "DeviceId": device_id,
        "MediaSourceId": track.item.id.hex,
        "AudioCodec": codec,
        "AudioBitrate": device.bit_rate,
        "PlaySessionId": play_session,
        "ApiKey": token,
        "TranscodeReasons": reason,
    }
    if device.hls:
        query |= {"SegmentContainer": container}
    options = urlencode({name: value for name, value in query.items() if value})
    return source | {
        "TranscodingUrl": f"/audio/{track.item.id}/{'master.m3u8' if device.hls else f'stream.{container}'}?{options}",
        "TranscodingContainer": container,
        "TranscodingSubProtocol": "hls" if device.hls else "http",
    }


def _words(text: str | None) -> frozenset[str]:
    return frozenset(word.strip().lower() for word in (text or "").split(",") if word.strip())
