"""Names of files for what a server calls anything."""

from pathlib import Path
from typing import Any

import pytest

from tests.inside.base import safe
from tests.inside.jellyfin import PLACES, TRACKS, Layout, Names, several_discs
from tests.inside.jellyfin import extension as file_extension
from tonearm import InvalidInput
from tonearm.jellyfin import Item, MediaSource

ID = "4b3d2c1a0f9e4d8cb7a6958473625140"


def stems(template: str, *items: Item) -> list[str]:
    layout = Layout.of(template)
    discs = several_discs(items)
    return [layout.stem(item, place, len(items), discs=discs) for place, item in enumerate(items, 1)]


def test_a_name_is_made_of_what_an_item_has() -> None:
    def numbers(*places: tuple[int | None, int | None]) -> list[str]:
        return stems(TRACKS, *(Item(ID, name="x", disc=disc, number=number) for disc, number in places))

    assert numbers((None, 3), (None, 5)) == ["03 - x", "05 - x"]
    assert numbers((1, 1), (1, 2)) == ["01 - x", "02 - x"]
    assert numbers((1, 1), (2, 1)) == ["1-01 - x", "2-01 - x"]
    assert numbers((1, 1), (2, None)) == ["1-01 - x", "2 - x"]
    assert numbers((1, None), (1, -5), (1, 10**300)) == ["x", "x", "x"]
    assert stems(PLACES, *[Item(ID, name="x")] * 100)[::99] == ["001 - x", "100 - x"]
    assert stems(TRACKS, Item(ID)) == [ID]


@pytest.mark.parametrize(
    ("template", "stem"),
    [
        ("{albumartist}/{album}/{disc}-{track} {title}", "Ann/A_b/02 T"),
        ("/{artist}//{year} {genre}/{title} [{id}]", f"Bo/2019/T [{ID}]"),
        ("Music/{title}{{x}}", "Music/T{x}"),
        ("../{title}", "_/T"),
        ("{genre}/{year}", "2019"),
        ("{genre}", ID),
    ],
)
def test_a_layout_says_how_files_are_named(template: str, stem: str) -> None:
    item = Item(ID, name="T", album="A/b", album_artist="Ann", artists=("Bo",), number=2, year=2019)
    assert stems(template, item) == [stem]


@pytest.mark.parametrize("template", ["", "plain", "{unknown}", "{title!r}", "{title:>5}", "{", None, 5])
def test_a_layout_that_is_none_is_refused(template: Any) -> None:
    with pytest.raises(InvalidInput, match="layout must be a path with fields in braces"):
        Layout.of(template)


def test_names_are_free_once_also_where_case_folds_and_letters_are_composed(tmp_path: Path) -> None:
    (tmp_path / "Foreign.MP3").touch()
    (tmp_path / "b").mkdir()
    names = Names(tmp_path)
    wanted = ["É", "e\u0301", "STRASSE", "straße", "foreign", "b/x", "b/X"]
    files = [names.free(stem, "mp3") for stem in wanted]
    assert files == [
        "É.mp3",
        "e\u0301 (2).mp3",
        "STRASSE.mp3",
        "straße (2).mp3",
        "foreign (2).mp3",
        "b/x.mp3",
        "b/X (2).mp3",
    ]
    assert Names(tmp_path).free("foreign", "mp3", over=True) == "foreign.mp3"
    names.own("foreign (2).mp3")
    names.release("É.mp3")
    assert names.free("no such folder/é", "mp3") == "no such folder/é.mp3"


@pytest.mark.parametrize("title", ["con", "NUL", "com1.txt"])
def test_a_name_is_no_device_of_windows(title: str) -> None:
    assert stems("{title}", Item(ID, name=title)) == [f"_{title}"]


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
    made = safe(title)
    assert made == TITLES[title]
    assert len(made.encode()) <= 180
    assert Path("folder", f"01 - {made}.flac").resolve().parent == Path("folder").resolve()


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
    assert file_extension(item) == extension
