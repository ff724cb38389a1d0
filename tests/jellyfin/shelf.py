"""A library with tags: two albums, one of them on two discs, names that no file system likes, and a playlist."""

from itertools import islice
from pathlib import Path

import av
from av.audio.stream import AudioStream

from tonearm.sandbox import library

ODD = '../a/b\\c:*?"<>|\x07\u202e.' + "é" * 200
TRACKS: dict[str, dict[str, str]] = {
    "Blue/1.flac": {
        "title": "Évening", "artist": "Ann;Bo", "album": "Blue", "track": "1", "genre": "Choral", "date": "2019",
    },
    "Blue/2.flac": {"title": "CON", "artist": "Ann", "album": "Blue", "track": "2"},
    "Blue/3.flac": {"title": ODD, "artist": "Ann", "album": "Blue", "track": "3", "genre": "Choral"},
    "Red/one.flac": {"title": "Noon", "artist": "Bo", "album": "Red", "disc": "1", "track": "1"},
    "Red/two.flac": {"title": "Dusk", "artist": "Bo", "album": "Red", "disc": "2", "track": "1"},
    "loose.flac": {},
}  # fmt: skip
PLAYLIST = "#EXTM3U\nRed/two.flac\n./Blue/1.flac\nRed/two.flac\nmissing.flac\n"
BLOCKS = {name: 4 + number for number, name in enumerate(TRACKS)}
"""Blocks of 0.072 seconds, another number for each track, so that no two files are the same."""


def fill(folder: Path) -> None:
    """Write the library."""
    for name, tags in TRACKS.items():
        write(folder / name, tags, BLOCKS[name])
    (folder / "mixed.m3u8").write_text(PLAYLIST, encoding="utf-8")


def write(path: Path, tags: dict[str, str], blocks: int, *, first: int = 0) -> None:
    """Write a track: so many blocks of a clip, from the `first` on."""
    path.parent.mkdir(exist_ok=True)
    options = {"fflags": "+bitexact"}  # no trace of the version of FFmpeg
    with (
        av.open(library.PACKAGED / "evening.flac") as source,
        av.open(path, "w", format="flac", options=options) as target,
    ):
        target.metadata.update(tags)
        stream = target.add_stream("flac", 16_000)
        assert isinstance(stream, AudioStream)
        stream.layout = "mono"
        for frame in islice(source.decode(audio=0), first, first + blocks):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))


def item(name: str) -> str:
    """The id of a track."""
    return library.item_id(name).hex


def dashed(name: str) -> str:
    """The same as it stands in paths."""
    return str(library.item_id(name))
