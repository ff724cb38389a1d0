"""Folders of any kind: what is odd in one costs only itself."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tonearm.sandbox import audio, library
from tonearm.sandbox.jellyfin.catalogue import Catalogue, Playlist

CLIP = library.PACKAGED / "history.flac"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two songs in an album."""
    album = tmp_path / "album"
    album.mkdir()
    for name in ("one.flac", "Frère.flac"):
        (album / name).write_bytes(CLIP.read_bytes())
    return tmp_path


def titles(folder: Path) -> list[str]:
    return [track.title for track in Catalogue(folder).tracks()]


@pytest.mark.parametrize(
    "content",
    [
        "#EXTM3U\n#EXTINF:1,Frère\none.flac\nFrère.flac\n".encode("latin-1"),
        "\ufeffone.flac\nFrère.flac\n".encode(),
        "#EXTM3U\none.flac\nFrère.flac\n".encode("utf-16"),
        "one.flac\nno\0name.flac\nFrère.flac\n".encode(),
        f"one.flac\n{'a' * 5000}.flac\nFrère.flac\n".encode(),
        "one.flac\nnot here.flac\nhttp://server/stream.mp3\nFrère.flac\n".encode(),
    ],
)
def test_a_playlist_in_any_writing_names_its_songs(content: bytes, folder: Path) -> None:
    (folder / "album" / "list.m3u").write_bytes(content)
    (found,) = Catalogue(folder).playlists()
    assert isinstance(found, Playlist)
    assert [track.item.path.name for track in found.tracks] == ["one.flac", "Frère.flac"]


ODD: dict[str, Callable[[Path], object]] = {
    "dangling song": lambda folder: (folder / "gone.mp3").symlink_to("nowhere.mp3"),
    "dangling playlist": lambda folder: (folder / "gone.m3u").symlink_to("nowhere.m3u"),
    "link to itself": lambda folder: (folder / "loop.mp3").symlink_to("loop.mp3"),
    "link to the folder": lambda folder: (folder / "album" / "up").symlink_to(".."),
    "folder like a playlist": lambda folder: (folder / "folder.m3u").mkdir(),
    "folder like a song": lambda folder: (folder / "folder.mp3").mkdir(),
    "pipe": lambda folder: os.mkfifo(folder / "pipe.mp3"),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_is_left_out(odd: str, folder: Path) -> None:
    before = titles(folder)
    ODD[odd](folder)
    catalogue = Catalogue(folder)
    assert [track.title for track in catalogue.tracks()] == before
    assert catalogue.playlists() == []


@pytest.mark.parametrize("content", [b"", b"no sound in here", b"TAG" + b"Fr\xe8re".ljust(125, b"\0"), b"\0" * 2000])
def test_a_file_that_cannot_be_read_is_listed_all_the_same(content: bytes, folder: Path) -> None:
    (folder / "torn.mp3").write_bytes(content)
    assert len(titles(folder)) == 3


def test_names_that_are_not_utf_8_are_made_readable(folder: Path) -> None:
    for name in (b"Fr\xe8re.flac", b"Fr\xe8re/x.flac"):
        path = Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))  # noqa: PTH118  # a path of bytes
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(CLIP.read_bytes())
    found = Catalogue(folder).tracks()
    assert {"Frère.flac", "Frère/x.flac"} <= {track.item.name for track in found}
    assert all(track.title.encode() for track in found)


@pytest.mark.parametrize("seconds", [-11_676_000_000, 260_000_000_000])
def test_a_time_that_no_calendar_has_is_the_nearest(seconds: int, folder: Path) -> None:
    os.utime(folder / "album" / "one.flac", (seconds, seconds))
    assert len({track.modified.year for track in Catalogue(folder).tracks()}) == 2


def test_a_song_that_was_removed_while_the_folder_was_read_is_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = library.items(folder)
    (folder / "album" / "one.flac").unlink()
    monkeypatch.setattr(library, "items", lambda _: found)
    assert [track.item.path.name for track in Catalogue(folder).tracks()] == ["Frère.flac"]


def test_floats_that_are_no_numbers_end_no_encoder(tmp_path: Path) -> None:
    source = tmp_path / "odd.wav"
    form = b"WAVEfmt " + bytes.fromhex("10000000 0300 0100 803e0000 00fa0000 0400 2000")
    samples = b"\0\0\xc0\x7f\0\0\x80\x7f\0\0\x80\xff" * 16_000
    source.write_bytes(b"RIFF" + bytes(4) + form + b"data" + len(samples).to_bytes(4, "little") + samples)
    for encoding in audio.ENCODINGS.values():
        assert b"".join(audio.transcode(source, encoding))
