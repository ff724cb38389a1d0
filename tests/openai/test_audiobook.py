"""Books that are spoken: chapters, pauses, tags and covers, from Markdown, EPUB and lists."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from attrs import define, field

from tests.inside.openai import Passage, Silences, passages
from tests.openai.both import both
from tests.wire.recorder import Received, Recorder, answer
from tonearm import InvalidInput, WorkInterrupted
from tonearm.openai import Chapter, read_epub

SECOND = 24_000
HALF = struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 24_036, b"WAVEfmt ", 16, 1, 1, SECOND, 48_000, 2, 16, b"data", 24_000)
HALF += b"\1\0" * 12_000  # half a second


@define
class Reader:
    """Speaks half a second for each request, and notes the texts; those that `refuses` names it does not speak."""

    refuses: Callable[[str], bool] = lambda text: False
    texts: list[str] = field(factory=list[str])

    def __call__(self, request: Received) -> Any:
        text = request.json()["input"]
        if self.refuses(text):
            return answer(status=400, json={"error": {"message": "no"}})
        self.texts.append(text)
        return answer(HALF, content_type="audio/wav")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "tonearm"


def picture(form: str) -> bytes:
    made = io.BytesIO()
    with av.open(made, "w", format="image2pipe") as container:
        stream: Any = container.add_stream({"jpeg": "mjpeg", "png": "png"}[form])
        stream.width, stream.height, stream.pix_fmt = 32, 24, {"jpeg": "yuvj420p", "png": "rgb24"}[form]
        frame: Any = av.VideoFrame.from_ndarray(np.zeros((24, 32, 3), np.uint8), format="rgb24")
        frame = frame.reformat(format=stream.pix_fmt)
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return made.getvalue()


def told(path: Path) -> tuple[dict[str, str], list[tuple[float, float, str]], list[str]]:
    """The tags of a file, its chapters, and the kinds of its pictures."""
    with av.open(path) as file:
        chapters: list[Any] = file.chapters()
        marks = [
            (float(one["start"] * one["time_base"]), float(one["end"] * one["time_base"]), one["metadata"]["title"])
            for one in chapters
        ]
        return dict(file.metadata), marks, [stream.codec_context.name for stream in file.streams.video]


MARKDOWN = """# The Book

By nobody.

## One

It began.

* * *

It went on.

```
# no chapter
```

Two
---

It ended.
"""


@both
def test_an_audiobook_has_the_chapters_of_its_headings(way: Any, tmp_path: Path, state: Path) -> None:
    reader = Reader()
    (tmp_path / "cover.png").write_bytes(picture("png"))
    with Recorder(reader) as server:
        spoken = way(
            lambda ai: ai.speak(
                *(MARKDOWN, tmp_path / "a.m4b"),
                model="m",
                voice="v",
                workers=1,
                title="The Bück",
                author="Ada",
                cover=tmp_path / "cover.png",
            ),
            server.url,
        )
    assert reader.texts == [
        "The Book\n\nBy nobody.",
        "One\n\nIt began.\n\n* * *\n\nIt went on.\n\n```\nno chapter\n```",
        "Two\n\nIt ended.",
    ]
    tags, marks, pictures = told(spoken.path)
    assert {name: tags[name] for name in ("title", "album", "artist", "genre")} == {
        "title": "The Bück",
        "album": "The Bück",
        "artist": "Ada",
        "genre": "Audiobook",
    }
    assert marks == [(0.0, 0.5, "The Book"), (0.5, 1.0, "One"), (1.0, 1.5, "Two")]
    assert pictures == ["png"]
    assert spoken.path.read_bytes()[4:12] == b"ftypM4B "
    assert (spoken.duration, spoken.pieces) == (1.5, 3)
    assert list(state.iterdir()) == []


CHAPTERS = [Chapter("One", "A.\n\nB."), Chapter("Nothing", "* * *"), Chapter("Two", "C."), Chapter(None, "D.")]


def test_pauses_are_heard_and_kept_pieces_outlive_other_pauses_and_tags(tmp_path: Path) -> None:
    reader = Reader(lambda text: text == "C.")

    def speak(name: str, **given: Any) -> Any:
        from tonearm import OpenAI

        with OpenAI(api_key="", base_url=server.url) as ai:
            return ai.speak(CHAPTERS, tmp_path / name, model="m", voice="v", workers=1, **given)

    with Recorder(reader) as server:
        with pytest.raises(WorkInterrupted, match="2 of 4"):
            speak("a.m4b", pauses={"paragraphs": 0.25, "chapters": 0.5})
        reader.refuses, reader.texts = lambda text: False, []
        spoken = speak("a.m4b", pauses={"paragraphs": 1.0, "chapters": 2.0}, title="T", cover=picture("jpeg"))
        assert reader.texts == ["C.", "D."]
        tags, marks, pictures = told(spoken.path)
        assert (spoken.duration, spoken.pieces) == (2.0 + 1.0 + 2.0 + 2.0, 4)
        assert marks == [(0.0, 4.0, "One"), (4.0, 7.0, "Two")]
        assert (tags["title"], pictures) == ("T", ["mjpeg"])
        assert speak("a.mp3", pauses=0.5).duration == 2.0 + 0.5 + 1.0 + 0.5  # the rule is a second
        assert told(speak("b.m4a").path)[1] == [(0.0, 1.5, "One"), (1.5, 2.5, "Two")]


def test_a_text_that_fits_one_request_is_parted_only_where_it_has_to_be() -> None:
    text = "# One\n\nA.\n\nB.\n\n## Two\n\n### Three\n\nC."
    assert passages(text, Silences(), chapters=False) == [Passage(text)]
    assert passages(text, Silences.of({"chapters": 2}), chapters=False) == [
        Passage("One\n\nA.\n\nB.", 2, "One"),
        Passage("Two\n\nThree\n\nC.", 2, "Two"),
    ]
    assert passages(text, Silences.of(1), chapters=True) == [
        Passage("One\n\nA.", 1, "One"),
        Passage("B.", 1),
        Passage("Two\n\nThree\n\nC.", 1, "Two"),
    ]
    assert passages("A.\n\nThe end", Silences.of(1), chapters=True) == [Passage("A.", 1), Passage("The end", 1)]


@pytest.mark.parametrize(
    ("text", "chapters"),
    [
        ("# One #\r\n\r\nA.\r\n\r\nTwo\r\n===\r\nB.\r\n", [("One", "One\n\nA."), ("Two", "Two\nB.")]),
        ("# One\r\rA.", [("One", "One\n\nA.")]),
        ("# C#\n\nA.\n\n## F# ##\n\nB.", [("C#", "C#\n\nA."), ("F#", "F#\n\nB.")]),
        ("# ##\n\nA.", [(None, "A.")]),
        (f"# One{' ' * 50_000}x\n\nA.", [(f"One{' ' * 50_000}x", f"One{' ' * 50_000}x\n\nA.")]),  # at once
    ],
    ids=["crlf", "cr", "sharp", "no title", "spaces"],
)
def test_headings_in_markdown_are_read_as_people_write_them(text: str, chapters: list[tuple[str | None, str]]) -> None:
    assert [(one.chapter, one.text) for one in passages(text, Silences(), chapters=True)] == chapters


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("a.mp3", {"title": "T"}, "a file in mp3 gets no title"),
        ("a.wav", {"cover": b"x"}, "a file in wav gets no cover"),
        ("a.m4b", {"cover": b"GIF89a"}, "no picture in JPEG or PNG"),
        ("a.m4b", {"cover": b"\xff\xd8\xff" + bytes(20 * 1024 * 1024)}, "the cover has"),
        ("a.m4b", {"cover": b"\xff\xd8\xffno more"}, "the cover cannot be read"),
        ("a.m4b", {"cover": "nowhere.png"}, "nowhere.png"),
        ("a.m4b", {"author": 5}, "author must be"),
        ("a.mp3", {"pauses": -1}, "pauses must be"),
        ("a.mp3", {"pauses": {"lines": 1}}, "pauses must be"),
        ("a.mp3", {"pauses": {"chapters": 61}}, "pauses must be"),
        ("a.mp3", {"text": ["One"]}, "text must be"),
        ("a.mp3", {"text": 5}, "text must be"),
        ("a.mp3", {"text": [Chapter("x" * 1001, "A.")]}, "the title of a chapter"),
        ("a.mp3", {"text": [Chapter("x", "---"), Chapter("y", "  ")]}, "nothing to speak"),
        ("a.mp3", {"text": []}, "nothing to speak"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_sent(name: str, given: Any, words: str, tmp_path: Path) -> None:
    from tonearm import OpenAI

    text = given.pop("text", "A.") if "text" in given else "A."
    refused = pytest.raises(InvalidInput, match=words)
    with Recorder([]) as server, OpenAI(api_key="", base_url=server.url) as ai, refused:
        ai.speak(text, tmp_path / name, model="m", voice="v", **given)
    assert server.requests == []


PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <metadata><dc:title> The  Book </dc:title><dc:creator>Ada</dc:creator><dc:creator>Bob</dc:creator>
  <meta name="cover" content="pic"/></metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="one" href="te%20xt/one.xhtml" media-type="application/xhtml+xml"/>
    <item id="more" href="more.html" media-type="text/html"/>
    <item id="two" href="two.xhtml" media-type="application/xhtml+xml"/>
    <item id="note" href="nav.xhtml" media-type="application/xhtml+xml"/>
    <item id="pic" href="../cover.png" media-type="image/png"/>
    <item id="empty" href="empty.xhtml" media-type="application/xhtml+xml"/>
    <item id="vec" href="v.svg" media-type="image/svg+xml"/>
  </manifest>
  <spine><itemref idref="nav"/><itemref idref="empty"/><itemref idref="one"/><itemref idref="more"/>
  <itemref idref="gone"/><itemref idref="vec"/><itemref idref="note" linear="no"/><itemref idref="two"/></spine>
</package>"""
FILES = {
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    "OPS/book.opf": PACKAGE,
    "OPS/nav.xhtml": "<nav><h1>Contents</h1></nav>",
    "OPS/te xt/one.xhtml": "<html><head><title>no</title><script>no()</script></head><body><h1>One<br/><img/>Storm</h1>"
    "<p>It &amp; <b>be</b>gan&nbsp;so.<br>Yes<ruby>字<rt>ji</rt></ruby>.</p><hr/><div>And <p>on.</p></div></body>",
    "OPS/more.html": "<p>More.",
    "OPS/two.xhtml": "<svg><title>no</title></svg></p><h2>Two</h2>It ended.",
    "OPS/empty.xhtml": "<body> </body>",
    "cover.png": "\x89PNG\r\n\x1a\n",
}


def epub(**changed: str | None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in {**FILES, **{name.replace("__", "/"): text for name, text in changed.items()}}.items():
            if text is not None:
                archive.writestr(name, text.encode("latin-1" if name == "cover.png" else "utf-8"))
    return made.getvalue()


def test_a_book_in_epub_is_read_in_the_order_of_its_spine() -> None:
    book = read_epub(epub())
    assert (book.title, book.author, book.cover) == ("The Book", "Ada, Bob", b"\x89PNG\r\n\x1a\n")
    assert book.chapters == (
        Chapter("One Storm", "One\nStorm\n\nIt & began so.\nYes字.\n\nAnd\n\non.\n\nMore."),
        Chapter("Two", "Two\n\nIt ended."),
    )
    plain = {"OPS/book.opf": PACKAGE.replace("<meta name", "<m name").replace("dc:", "x"), "OPS/te xt/one.xhtml": "A."}
    book = read_epub(epub(**plain))
    assert (book.title, book.author, book.cover) == (None, None, None)
    assert book.chapters[0] == Chapter(None, "A.\n\nMore.")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no archive", "cannot be read as EPUB"),
        (epub()[:-60], "cannot be read as EPUB"),
        (epub(**{"META-INF/container.xml": None}), "cannot be read as EPUB"),
        (epub(**{"META-INF/container.xml": "<container/>"}), "no package"),
        (epub(**{"META-INF/container.xml": "<container>"}), "cannot be read as EPUB"),
        (epub(**{"OPS/book.opf": "<!DOCTYPE p [<!ENTITY a 'b'>]><p>&a;</p>"}), "defines entities"),
        (epub(**{"OPS/book.opf": "<package/>"}), "has no text"),
        (epub(**{"OPS/two.xhtml": None}), "cannot be read as EPUB"),
        (epub(**{"OPS/two.xhtml": "x" * (64 * 1024 * 1024 + 1)}), "more than"),
    ],
    ids=range(9),
)
def test_what_is_no_book_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_epub(data)


def packed(texts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize("coding", ["utf-16", "iso-8859-1", "utf-8", "hex"])
def test_the_text_of_a_book_is_read_as_it_is_coded(coding: str) -> None:
    files = {name: text.encode() for name, text in FILES.items()}
    page = f'<?xml version="1.0" encoding="{coding}"?><body><h1>Été</h1></body>'
    files["OPS/te xt/one.xhtml"] = page.encode("utf-8" if coding == "hex" else coding)
    assert read_epub(packed(files)).chapters[0].title == "Été"


def test_a_book_that_unpacks_to_more_than_it_says_is_not_unpacked() -> None:
    data = bytearray(packed({"META-INF/container.xml": bytes(30_000_000)}))
    for place in (data.index(b"PK\1\2") + 24, 22):
        data[place : place + 4] = struct.pack("<I", 100)
    tracemalloc.start()
    try:
        with pytest.raises(InvalidInput, match="cannot be read as EPUB"):
            read_epub(bytes(data))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_entities_and_what_epub_does_not_have_are_refused() -> None:
    package = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE p [<!ENTITY a "b">]><package>&a;</package>'
    files = {
        "META-INF/container.xml": FILES["META-INF/container.xml"].encode(),
        "OPS/book.opf": package.encode("utf-16"),
    }
    with pytest.raises(InvalidInput, match="defines entities"):
        read_epub(packed(files))
    damaged = bytearray(packed({"META-INF/container.xml": b"<container/>" * 100}, zipfile.ZIP_BZIP2))
    damaged[70:90] = b"?" * 20
    with pytest.raises(InvalidInput, match="is packed as no file"):
        read_epub(bytes(damaged))
