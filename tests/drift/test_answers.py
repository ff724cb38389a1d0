"""Whatever the library answers is shown in little room, hides what may be secret, and becomes plain data."""

import json
import pickle
import re
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import pytest

from tests.inside.base import shown
from tonearm import Answer, Answers, ConfigurationError, InvalidInput
from tonearm.aioz import Assets, Cost, Media, Page
from tonearm.jellyfin import Item, Kept
from tonearm.openai import Segment, SpokenFile, Transcript, Word

ROOMS = ("aioz", "jellyfin", "openai", "recipes", "bulk", "subtitles")
PACKAGES = ["tonearm", *(f"tonearm.{room}" for room in ROOMS)]
NO_ANSWERS = {
    "QualityConfig Retry Job Transcribe Translate Speak Upload": "are arguments",
    "tonearm.bulk.Publish tonearm.bulk.Keep tonearm.bulk.Lyrics": "are arguments",
    "AudioStream AsyncAudioStream Ledger": "are open files and connections",
    "Progress": "is what callbacks are called with",
    "Sound": "is a part of a page",
}
MOMENT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
SECRET = "hidden-key"
EVIL = f'</td><script src="http://evil">alert(1)</script>\ud800\n"onload=x https://me:{SECRET}@nas/?api_key={SECRET}#t '
TAGS = {"div", "strong", "table", "tr", "th", "td", "p", "a", "audio", "button", "b"}
VOID = dict.fromkeys(["audio"])


def public_kinds() -> list[type[Any]]:
    named = {
        f"{package}.{name}": getattr(import_module(package), name)
        for package in PACKAGES
        for name in import_module(package).__all__
    }
    left_out = set(" ".join(NO_ANSWERS).split())
    return [one for name, one in named.items() if attrs.has(one) and not left_out & {name, name.rpartition(".")[2]}]


KINDS = public_kinds()
every = pytest.mark.parametrize("kind", KINDS, ids=[f"{kind.__module__}.{kind.__name__}" for kind in KINDS])


def made(hint: Any, many: int) -> Any:
    """A value of a type, as bad as a server may send it, with lists of so many members."""
    kind, inner = get_origin(hint), get_args(hint)
    if kind in (Union, types.UnionType):
        return made(inner[0], many)
    if kind is tuple:
        return tuple(made(inner[0], 2) for _ in range(many)) if inner[-1] is ... else tuple(made(i, 2) for i in inner)
    if kind is Literal:
        return inner[0]
    if kind is not None and issubclass(kind, Mapping):
        return {f"{EVIL}{n}": EVIL * 9 for n in range(many)}
    if hint is Any or hint is object:
        return EVIL
    plain = {str: EVIL * 50, int: 10**30, float: 1e300, bool: True, bytes: bytes(5000), Exception: InvalidInput(EVIL)}
    plain |= {
        Path: Path("<b>" * 300),
        datetime: datetime(2026, 1, 2, tzinfo=UTC),
        date: date(2026, 1, 2),
    }
    return plain[hint] if hint in plain else full(hint, many)


def full(kind: type[Any], many: int) -> Any:
    """An answer of which everything is known."""
    hints = get_type_hints(kind, {"models": types.SimpleNamespace()}, vars(import_module(kind.__module__)) | _NAMES)
    return kind(**{one.alias: made(hints[one.name], many) for one in attrs.fields(kind)})


_NAMES = {"Path": Path, "datetime": datetime}


class Checked(HTMLParser):
    """Balanced HTML of few elements, which loads nothing."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attributes:
            assert name != "src" or str(value).startswith("data:")
            assert name != "href" or re.fullmatch(r"https?://[^@?#]*", str(value))
            assert not name.startswith("on") or tag == "button"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


@every
def test_each_answer_is_one(kind: type[Any]) -> None:
    assert issubclass(kind, Answer)
    assert kind.__repr__ is Answer.__repr__


@every
@pytest.mark.parametrize("many", [1, 300])
def test_it_is_shown_in_little_room_and_without_secrets(kind: type[Any], many: int) -> None:
    answer = full(kind, many)
    text, page = repr(answer), answer._repr_html_()
    assert text.startswith(f"{kind.__name__}(")
    assert len(text) <= 220
    assert "\n" not in text
    assert len(page.encode()) <= 120_000
    Checked(page)
    assert SECRET not in text + page


@every
def test_it_becomes_plain_data(kind: type[Any]) -> None:
    told = full(kind, 3).to_dict()
    names = [one.name for one in attrs.fields(kind) if not one.name.startswith("_")]
    assert list(told) == [name for name in names if name != "raw"]
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_what_is_not_known_is_not_shown_and_none_as_data() -> None:
    assert Cost(float("nan"), None).to_dict()["price"] is None
    media = Media.sparse("i1", title=None, type="audio", status="new")
    assert repr(media) == "Media(id='i1', type='audio', status='new')"
    assert "title" not in media._repr_html_()
    assert media.to_dict()["title"] is None
    assert media.to_dict()["assets"] == dict.fromkeys(attrs.fields_dict(Assets))
    assert repr(Segment(0.0, 1.5, "Hi.")) == "Segment(start=0.0, end=1.5, text='Hi.')"


def test_what_is_known_can_be_read() -> None:
    media = attrs.evolve(
        Media.sparse("i1", title="A <talk>", type="audio", status="done"),
        created_at=MOMENT,
        tags=tuple(f"t{n}" for n in range(40)),
        metadata={"a": "b"},
        assets=Assets(hls_url="https://media.example/a.m3u8", source_url="https://media.example/a.flac?token=x"),
        is_public=False,
    )
    assert "created_at=2026-01-02T03:04:00+00:00" in repr(attrs.evolve(media, assets=Assets(), tags=()))
    assert "tags=<40 str>" in repr(media)
    assert media.to_dict()["created_at"] == "2026-01-02T03:04:00+00:00"
    page = media._repr_html_()
    said = Checked(page).said
    assert "A <talk>" in said
    assert "and 28 more" in said
    assert "a: b" in said
    assert "is_publicno" in said
    assert '<a href="https://media.example/a.m3u8"' in page
    assert "https://media.example/a.flac..." in said


def test_lists_are_counted_and_shown_as_tables() -> None:
    items = Answers(Item(f"i{n}", name=f"Song {n}") for n in range(50))
    assert repr(items).startswith("Answers(50, Item(id='i0', name='Song 0'), Item(")
    assert len(repr(items)) <= 200
    page = Page(tuple(Media.sparse(f"i{n}", title="T", type=None, status=None) for n in range(50)), 50, 0)
    for shown_page in (items._repr_html_(), page._repr_html_()):
        said = Checked(shown_page).said
        assert "and 30 more" in said
        assert "i19" in said
        assert "i20" not in said
    assert "50 Media" in repr(page)
    assert (repr(Answers()), Answers()._repr_html_().count("<table>"), Answers([]) == ()) == ("Answers()", 0, True)
    assert items.to_dicts()[1]["name"] == "Song 1"
    assert pickle.loads(pickle.dumps(items)) == items
    kept = Kept(items[0], Path("a.flac"), error=InvalidInput("gone"))
    assert kept.to_dict() | {"item": None} == {
        "item": None, "path": "a.flac", "download": None, "error": "gone", "note": None, "beside": None
    }  # fmt: skip


LONG = Transcript(
    "Well. " * 30_000,
    "en",
    10_800.0,
    tuple(Segment(n * 3.0, n * 3.0 + 2, "What was said here. " * 3, "Ada") for n in range(3600)),
    tuple(Word(n / 3, n / 3 + 0.2, "well") for n in range(30_000)),
    None,
    {"text": "Well. " * 30_000},
)


def test_a_transcript_shows_its_lines_and_plays_its_recording(tmp_path: Path) -> None:
    assert repr(LONG).endswith("language='en', duration=10800.0, segments=<3600 Segment>, words=<30000 Word>)")
    said = Checked(LONG._repr_html_()).said
    assert "0:03Ada What was said here." in said
    assert re.search(r"and 3,\d\d\d more", said)
    assert len(LONG._repr_html_()) < 30_000
    assert "currentTime=3.000" in LONG._repr_html_()
    assert "<audio" not in LONG._repr_html_()

    recording = tmp_path / "talk.mp3"
    note = attrs.evolve(LONG, audio=recording)
    assert "talk.mp3 cannot be read any more." in Checked(note._repr_html_()).said
    recording.write_bytes(b"ID3" + bytes(2000))
    assert '<audio controls preload="metadata" src="data:audio/mpeg;base64,SUQz' in note._repr_html_()
    recording.write_bytes(bytes(3_000_000))
    assert "talk.mp3 is too large to be embedded." in Checked(note._repr_html_()).said
    assert str(recording) not in json.dumps(note.to_dict())
    assert note == LONG

    assert " more" not in Checked(attrs.evolve(LONG, segments=LONG.segments[:2])._repr_html_()).said
    bare = attrs.evolve(LONG, segments=(), words=None)
    assert "Well. Well." in Checked(bare._repr_html_()).said
    spoken = SpokenFile(tmp_path / "book.wav", 44, 1.25, 1)
    spoken.path.write_bytes(b"RIFF....WAVE" + bytes(32))
    assert 'src="data:audio/wav;base64,' in spoken._repr_html_()


def test_segments_and_words_are_tables() -> None:
    note = attrs.evolve(LONG, segments=LONG.segments[:2], words=None)
    frame, table = note.to_pandas(), note.to_arrow()
    assert [str(kind) for kind in frame.dtypes] == ["float64", "float64", "object", "object", "bool"]
    assert (list(frame.columns), table.column_names) == (["start", "end", "text", "speaker", "coarse"],) * 2
    assert frame["start"].tolist() == table["start"].to_pylist() == [0.0, 3.0]
    assert table["speaker"].to_pylist() == ["Ada", "Ada"]
    words = LONG.to_pandas("words")
    assert (len(words), len(LONG.to_arrow("words")), words["text"][5]) == (30_000, 30_000, "well")
    assert [str(kind) for kind in note.to_arrow("words").schema.types] == ["double", "double", "string", "string"]
    assert list(note.to_pandas("words").columns) == ["start", "end", "text", "speaker"]
    with pytest.raises(InvalidInput, match="rows must be one of segments, words"):
        note.to_pandas("lines")  # type: ignore[arg-type]


@pytest.mark.parametrize("package", ["pandas", "pyarrow"])
def test_without_the_library_the_line_that_installs_it(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(ConfigurationError, match=rf"{package} is needed \(pip install {package}\)"):
        LONG.to_pandas() if package == "pandas" else LONG.to_arrow()


def test_texts_of_any_size_are_shortened() -> None:
    assert shown.text("a" * 1000, 10) == "aaaaaaaaa…"
    assert shown.text("  a \n b ", 10) == "a b"
    assert shown.without_keys("see http://a:b@c/d?e=f and g") == "see http://...c/d... and g"
    assert shown.without_keys(f"{'x' * 40}://a:b@c") == f"{'x' * 40}://...c"
    assert shown.text("ha" * 50_000, 5_000) == f"{'ha' * 2499}h…"  # at once, though each letter could begin an address
