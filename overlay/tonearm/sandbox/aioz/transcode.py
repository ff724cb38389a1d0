"""Renditions: AAC in segments behind a playlist, made by FFmpeg through PyAV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tonearm.sandbox import audio
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
    """The transcode was called off."""


class NotAudio(Exception):
    """The source has no such audio track, or nothing in it to decode."""


def transcode(source: Path, folder: Path, quality: Quality, stopped: Callable[[], bool]) -> float:
    """Make one rendition.

    Args:
        source: the uploaded file.
        folder: where playlist and segments go.
        quality: what to make.
        stopped: asked every few frames whether to give up.

    Returns:
        The duration of the track in seconds.

    Raises:
        NotAudio: the track is missing or empty.
        av.FFmpegError: the source cannot be read.
        Stopped: `stopped` said so.
    """
    import av
    from av.audio.resampler import AudioResampler

    layout = _LAYOUTS[quality.channels]
    resampler = AudioResampler("fltp", layout, quality.sample_rate)
    duration, position = 0.0, 0
    playlist = str(folder / PLAYLISTS[quality.type])
    with (
        source.open("rb") as file,
        av.open(file, "r", container_options=audio.OPTIONS, metadata_errors="replace") as reader,
    ):
        tracks = reader.streams.audio
        # PyAV types the codec's context as always there; it is not where FFmpeg has no decoder.
        if quality.index >= len(tracks) or not getattr(tracks[quality.index], "codec_context", None):
            raise NotAudio(f"there is no audio track {quality.index} that can be decoded")
        folder.mkdir(parents=True, exist_ok=True)
        with av.open(playlist, "w", format=quality.type, options=_options(quality, folder)) as writer:
            stream = writer.add_stream("aac", rate=quality.sample_rate, layout=layout)  # pyright: ignore[reportUnknownMemberType]  # PyAV's stubs leave this open
            stream.bit_rate = quality.bitrate
            frames: Iterator[AudioFrame] = reader.decode(reader.streams.audio[quality.index])
            for frame in chain(frames, (None,)):
                if stopped():
                    raise Stopped
                duration += frame.samples / frame.sample_rate if frame is not None else 0.0
                for samples in resampler.resample(frame):
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
