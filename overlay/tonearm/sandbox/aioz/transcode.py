"""Renditions: AAC in segments behind a playlist, made by FFmpeg through PyAV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from tonearm.sandbox import recording
from tonearm.sandbox.aioz.objects import Quality

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame

PLAYLISTS = {"hls": "index.m3u8", "dash": "index.mpd"}
"""The playlist in a rendition's folder, by the quality's type."""

CODECS = "mp4a.40.2"
"""The codec of every rendition as playlists name it: AAC-LC (RFC 6381)."""

_SEGMENT = "6"
_LAYOUTS = {"1": "mono", "2": "stereo"}


class Stopped(Exception):
    """The transcode was stopped."""


class NotAudio(Exception):
    """The source has no samples."""


def transcode(source: Path, folder: Path, quality: Quality, stopped: Callable[[], bool]) -> float:
    """Make one rendition.

    Args:
        source: the uploaded file.
        folder: the folder for playlist and segments.
        quality: the quality of the rendition.
        stopped: called every few frames; True stops the transcode.

    Returns:
        The duration of the track in seconds.

    Raises:
        AudioError: the source cannot be read, or has no such track that can be decoded.
        NotAudio: the track has no samples.
        Stopped: `stopped` returned True.
    """
    import av

    layout = _LAYOUTS[quality.channels]
    duration, position = 0.0, 0
    playlist = str(folder / PLAYLISTS[quality.type])
    with recording.opened(source, quality.index) as reader:
        folder.mkdir(parents=True, exist_ok=True)
        with av.open(playlist, "w", format=quality.type, options=_options(quality, folder)) as writer:
            stream = writer.add_stream("aac", rate=quality.sample_rate, layout=layout)  # pyright: ignore[reportUnknownMemberType]  # PyAV's stubs leave this open
            stream.bit_rate = quality.bitrate

            def frames() -> Iterator[AudioFrame]:
                nonlocal duration
                for frame in recording.frames(reader):
                    if stopped():
                        raise Stopped
                    duration += frame.samples / frame.sample_rate
                    yield frame

            for samples in recording.resampled(frames(), "fltp", layout, quality.sample_rate):
                samples.pts, samples.time_base = position, Fraction(1, quality.sample_rate)
                position += samples.samples
                writer.mux(stream.encode(samples))  # pyright: ignore[reportUnknownMemberType]  # PyAV's stubs leave this open
            if position:
                writer.mux(stream.encode(None))  # pyright: ignore[reportUnknownMemberType]  # PyAV's stubs leave this open
    if not position:
        raise NotAudio("there is not a single sample of audio")
    return round(duration, 6)


def _options(quality: Quality, folder: Path) -> dict[str, str]:
    if quality.type == "dash":
        return {"seg_duration": _SEGMENT, "init_seg_name": "init.mp4", "media_seg_name": "$Number%05d$.m4s"}
    prefix = str(folder).replace("%", "%%")
    options = {"hls_time": _SEGMENT, "hls_list_size": "0", "hls_playlist_type": "vod"}
    if quality.container_type == "mp4":
        return options | {
            "hls_segment_type": "fmp4",
            "hls_fmp4_init_filename": "init.mp4",
            "hls_segment_filename": f"{prefix}/%05d.m4s",
        }
    return options | {"hls_segment_filename": f"{prefix}/%05d.ts"}
