"""Ids that are no UUIDs, as other servers have them: each call takes them as they were given."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.inside.jellyfin import LONGEST, compact, id_of
from tests.jellyfin import shelf
from tests.jellyfin.copies import Shelf, Song, keep
from tests.jellyfin.ways import Way
from tests.wire.recorder import Recorder, answer
from tonearm import BadRequest, InvalidInput, Jellyfin, NotFound, sandbox
from tonearm.jellyfin import Item, Lyrics
from tonearm.sandbox import Sandbox

GUID = "4b3d2c1a-0f9e-4d8c-b7a6-958473625140"
FORMS: dict[str, tuple[Any, str, str]] = {
    "Jellyfin's": (GUID.replace("-", ""), GUID, GUID.replace("-", "")),
    "with dashes, in capitals": (GUID.upper(), GUID, GUID.replace("-", "")),
    "a UUID": (UUID(GUID), GUID, GUID.replace("-", "")),
    "Navidrome's": ("377068704a44366c4a487666646c5156533358656535",) * 3,
    "letters and digits": ("MFZfwDsaNG6XrkHp3Zc8wo",) * 3,
    "a number": ("7",) * 3,
    "with dashes": ("al-12_x.~",) * 3,
    "like an option": ("-o",) * 3,
    "hidden": (".a",) * 3,
    "a device": ("CON",) * 3,
    "the longest": ("a" * LONGEST,) * 3,
}
"""An id, how it goes out in a path, and how in a list."""

KEY = {"token": "sandbox-token"}


@pytest.mark.parametrize("form", FORMS)
def test_an_id_goes_out_as_its_server_knows_it(form: str, tmp_path: Path) -> None:
    given, path, listed = FORMS[form]
    assert (id_of(given), compact(given)) == (path, listed)
    replies = [answer(b"sound", content_type="audio/mpeg"), answer(json={"Items": []})]
    with Recorder(replies) as server, Jellyfin(server.url, token="t", user_id=given) as jf:
        assert jf.url(given, static=True, media_source_id=given).partition("?")[0].endswith(f"/Audio/{path}/stream")
        made = jf.download(given, tmp_path)
        assert list(jf.items(artist=given)) == []
    assert made.path is not None
    assert made.path.parent == tmp_path
    assert not made.path.name.startswith(".")
    assert f"artistIds={listed}" in server.requests[1].target
    assert f"userId={path}" in server.requests[1].target


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("shelf")
    shelf.fill(folder)
    with sandbox.start(library=folder, jellyfin_ids="navidrome") as running:
        yield running


def found(way: Way, box: Sandbox, name: str) -> Item:
    item: Item = next(one for one in way.gather(box.jellyfin_url, lambda jf: jf.items(), **KEY) if one.name == name)
    assert len(item.id) == 44
    return item


def test_a_server_with_ids_of_another_form_is_read_and_changed(box: Sandbox, way: Way) -> None:
    noon = found(way, box, "Noon")
    call: Any = lambda do: way.call(box.jellyfin_url, do, **KEY)  # noqa: E731  # short, as it is called often
    assert call(lambda jf: jf.item(noon.id)).id == noon.id
    assert call(lambda jf: jf.set_favorite(noon.id)).favorite is True
    made = call(lambda jf: jf.create_playlist(f"By {way}", [noon]))
    call(lambda jf: jf.add_to_playlist(made, [noon]))
    listed = way.gather(box.jellyfin_url, lambda jf: jf.playlist(made), **KEY)
    call(lambda jf: jf.remove_from_playlist(made, [listed[0].entry_id]))
    assert [one.id for one in way.gather(box.jellyfin_url, lambda jf: jf.playlist(made), **KEY)] == [noon.id]
    words = Lyrics.from_lrc("[00:01.00]Good evening.\n")
    call(lambda jf: jf.put_lyrics(noon.id, words))
    assert call(lambda jf: jf.lyrics(noon.id)).lines == words.lines
    call(lambda jf: jf.report_start(noon.id))
    assert len(call(lambda jf: jf.instant_mix(noon.id, limit=2))) == 2
    for id in (shelf.item("Red/one.flac"), "7", "al-12"):
        with pytest.raises((NotFound, BadRequest)):
            call(lambda jf, id=id: jf.item(id))


def test_its_albums_are_copied_and_kept_right(box: Sandbox, way: Way, tmp_path: Path) -> None:
    (red,) = (one for one in way.gather(box.jellyfin_url, lambda jf: jf.albums(), **KEY) if one.name == "Red")
    for is_first in (True, False):
        kept = way.call(box.jellyfin_url, lambda jf: jf.download_all(red.id, tmp_path, prune=True), **KEY)
        assert [one.was_there for one in kept] == [not is_first] * 2
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == ["1-01 - Noon.flac", "2-01 - Dusk.flac"]
    encoded = way.call(box.jellyfin_url, lambda jf: jf.download(kept[0].item.id, tmp_path, preset="mp3_128"), **KEY)
    assert encoded.path == tmp_path / f"{kept[0].item.id}.mp3"


def test_ids_that_differ_in_case_are_two_songs(tmp_path: Path) -> None:
    songs = [Song(id, "x", "a1b2", data=b"fLaC" + id.encode()) for id in ("songA", "songa")]
    made = Shelf(songs, {"a1b2": "MusicAlbum"})
    for _ in range(2):
        keep(made, "a1b2", tmp_path, layout="{id}")
    assert sorted(made.fetched) == ["songA", "songa"]
    assert {path.read_bytes() for path in tmp_path.glob("[!.]*")} == {song.data for song in songs}
    assert len({path.name.casefold() for path in tmp_path.glob("[!.]*")}) == 2


def test_an_id_that_would_lead_elsewhere_costs_itself(tmp_path: Path) -> None:
    items = [Item(id, type="Audio") for id in ("../../etc", "a/b", "..", "")]
    kept = keep(Shelf([], {}), items, tmp_path)
    assert [type(one.error) for one in kept] == [InvalidInput] * 4
