"""Names of files for what a server calls anything."""

from pathlib import Path

import pytest

from tonearm.jellyfin import Item, MediaSource, _file_names

ID = "4b3d2c1a0f9e4d8cb7a6958473625140"


def test_numbers_are_those_of_the_disc_where_they_tell_items_apart() -> None:
    def names(*places: tuple[int | None, int | None], in_order: bool = False) -> list[str]:
        items = [Item(ID, name="x", disc=disc, number=number) for disc, number in places]
        return [name.partition(" - ")[0] for name in _file_names.numbered(items, in_order=in_order)]

    assert names((None, 3), (None, 5)) == ["03", "05"]
    assert names((1, 3), (1, 5), in_order=True) == ["01", "02"]
    assert names((1, 1), (2, 1)) == ["1-01", "2-01"]
    assert names((None, 1), (None, 1)) == ["01", "02"]
    assert names((1, 1), (1, None)) == ["01", "02"]
    assert names((1, 1), (1, -5)) == ["01", "02"]
    assert names((1, 10**300), (1, 2)) == ["01", "02"]
    assert names(*[(None, number) for number in range(1, 101)])[::99] == ["001", "100"]
    assert names() == []


TITLES = {
    "Plain title": "Plain title",
    "../../etc/passwd": "_.._etc_passwd",
    "..": "_",
    "": "_",
    " . ": "_",
    "a/b\\c": "a_b_c",
    'a:b*c?d"e<f>g|h': "a_b_c_d_e_f_g_h",
    "tab\there\nand\0there": "tab_here_and_there",
    "right\u202eleft": "right_left",
    "half \ud800 a pair": "half _ a pair",
    "ends in dots...": "ends in dots",
    "é" * 300: "é" * 90,
    "🎵" * 100: "🎵" * 45,
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_becomes_a_safe_part_of_a_name(title: str) -> None:
    safe = _file_names.safe(title)
    assert safe == TITLES[title]
    assert len(safe.encode()) <= 180
    assert Path("folder", f"01 - {safe}.flac").resolve().parent == Path("folder").resolve()


@pytest.mark.parametrize(
    ("container", "path", "extension"),
    [
        ("flac", None, "flac"),
        ("mov,mp4,m4a,3gp,3g2,mj2", None, "m4a"),
        ("mov,mp4,m4a", "/music/a.m4b", "m4b"),
        ("mp4", "/music/a.mp4", "mp4"),
        ("ogg", "D:\\Music\\a.OPUS", "opus"),
        ("mp3", "/music/v1.0 without", "mp3"),
        ("ape", None, "ape"),
        ("x/../y", None, "x_.._y"),
        (None, None, "audio"),
        ("", "", "audio"),
    ],
)
def test_the_extension_of_an_original_is_that_of_its_file(
    container: str | None, path: str | None, extension: str
) -> None:
    item = Item(ID, container=container, sources=() if path is None else (MediaSource(ID, path=path),))
    assert _file_names.extension(item) == extension
