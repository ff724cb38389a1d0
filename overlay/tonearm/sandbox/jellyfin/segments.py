"""Encoded audio in segments behind a playlist: HTTP Live Streaming (Jellyfin server source, tag v10.11.11)."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from attrs import define, field, frozen

from tonearm.sandbox import audio
from tonearm.sandbox.audio import Encoding
from tonearm.sandbox.recording import AudioError

LENGTH = 3
"""Seconds of a segment if the request names none."""

CONTAINERS = {"ts": "video/mp2t", "mp4": "audio/mp4"}
"""The containers of segments, and their media types."""

_PLAYLIST, _TICKS, _FIRST = "index.m3u8", 10_000_000, -1
"""FFmpeg's own playlist, ticks of a second, and the number of the segment that holds the header of fragmented MP4."""


@frozen
class Wanted:
    """The source and encoding of a rendition, and its play session."""

    source: Path
    encoding: Encoding
    container: str
    length: int
    play_session: str

    @property
    def name(self) -> str:
        """A name that identifies the rendition."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@define
class _Rendition:
    """One encoded item: its folder, and the lock for making it."""

    folder: Path
    play_session: str
    lock: threading.Lock = field(factory=threading.Lock)
    durations: tuple[float, ...] = ()


@define
class Segments:
    """The renditions of a server; safe to use from any thread."""

    _folder: Path
    _made: dict[str, _Rendition] = field(factory=dict[str, _Rendition], init=False)
    _numbers: Iterator[int] = field(factory=count, init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def playlist(self, wanted: Wanted, query: list[tuple[str, str]]) -> str:
        """Return the playlist of a rendition, which is made if it is missing; addresses of segments have the `query`.

        Raises AudioError when it cannot be encoded.
        """
        durations = self._rendition(wanted).durations
        lines = ["#EXTM3U", "#EXT-X-PLAYLIST-TYPE:VOD", f"#EXT-X-VERSION:{7 if wanted.container == 'mp4' else 3}"]
        lines += [f"#EXT-X-TARGETDURATION:{max(wanted.length, *map(round, durations))}", "#EXT-X-MEDIA-SEQUENCE:0"]
        if wanted.container == "mp4":
            lines.append(f'#EXT-X-MAP:URI="{_address(_FIRST, wanted, query, 0.0, 0.0)}"')
        begin = 0.0
        for number, duration in enumerate(durations):
            lines += [f"#EXTINF:{duration:.6f}, nodesc", _address(number, wanted, query, begin, duration)]
            begin += duration
        return "\n".join([*lines, "#EXT-X-ENDLIST", ""])

    def segment(self, wanted: Wanted, number: int) -> bytes | None:
        """Return one segment; a deleted rendition is made again. None when there is no such segment.

        Raises AudioError when it cannot be encoded, or was deleted meanwhile.
        """
        rendition = self._rendition(wanted)
        name = f"{number}.{wanted.container}"
        if number == _FIRST and wanted.container == "mp4":
            name = "init.mp4"
        elif not 0 <= number < len(rendition.durations):
            return None
        try:
            return (rendition.folder / name).read_bytes()
        except FileNotFoundError as error:
            raise AudioError("the play session has ended") from error

    def kill(self, play_session: str) -> None:
        """Delete the renditions of a play session."""
        with self._lock:
            ended = [
                name for name, rendition in self._made.items() if rendition.play_session.lower() == play_session.lower()
            ]
            folders = [self._made.pop(name).folder for name in ended]
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    def files(self) -> list[Path]:
        """List the folders of the renditions that are kept."""
        return sorted(self._folder.iterdir())

    def clear(self) -> None:
        """Delete all."""
        with self._lock:
            self._made.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _rendition(self, wanted: Wanted) -> _Rendition:
        with self._lock:
            rendition = self._made.get(wanted.name)
            if rendition is None:
                folder = self._folder / str(next(self._numbers))
                rendition = self._made[wanted.name] = _Rendition(folder, wanted.play_session)
        with rendition.lock:
            if not rendition.durations:
                rendition.folder.mkdir(parents=True, exist_ok=True)
                audio.segment(
                    wanted.source, rendition.folder / _PLAYLIST, wanted.encoding, _options(wanted, rendition.folder)
                )
                rendition.durations = tuple(_durations(rendition.folder / _PLAYLIST))
        if not rendition.durations:
            raise AudioError("there is not a single sample of audio")
        return rendition


def _options(wanted: Wanted, folder: Path) -> dict[str, str]:
    prefix = str(folder).replace("%", "%%")
    options = {"hls_time": str(wanted.length), "hls_list_size": "0", "hls_playlist_type": "vod"}
    options["hls_segment_filename"] = f"{prefix}/%d.{wanted.container}"
    if wanted.container == "mp4":
        options |= {"hls_segment_type": "fmp4", "hls_fmp4_init_filename": "init.mp4"}
    return options


def _durations(playlist: Path) -> Iterator[float]:
    for line in playlist.read_text().splitlines():
        if line.startswith("#EXTINF:"):
            yield float(line.removeprefix("#EXTINF:").partition(",")[0])


def _address(number: int, wanted: Wanted, query: list[tuple[str, str]], begin: float, duration: float) -> str:
    ticks = [("runtimeTicks", str(round(begin * _TICKS))), ("actualSegmentLengthTicks", str(round(duration * _TICKS)))]
    return f"hls1/main/{number}.{wanted.container}?{urlencode([*query, *ticks])}"
