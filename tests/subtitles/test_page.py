"""The page of a transcript: what is in it, and how it behaves in a real browser, read from a disk."""

import base64
import html
import json
import re
import sys
import wave
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from struct import pack

import axe_core_python
import pytest
from attrs import evolve

from tests.sandbox import chromium
from tests.sandbox.chromium import VIOLATIONS, Page
from tonearm import InvalidInput, subtitles
from tonearm.openai import Segment, Transcript, Word

AXE = Path(axe_core_python.__file__).with_name("axe.min.js")
PICTURES = Path(__file__).parents[2] / "build"
"""Screenshots, which stay where git does not look."""

SPEAKERS = ["Ida", "Åse <3", "Per"]
STEP = 0.4
browsed = pytest.mark.skipif(chromium.PROGRAM is None, reason="Chromium is not installed: apt-get install chromium")


def recording(seconds: float, rate: int = 4000) -> bytes:
    """A tone that grows, as WAV."""
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        tenths = round(seconds * 10)
        for tenth in range(tenths):
            high = 30_000 * tenth // tenths
            out.writeframes(pack("<4h", high, high, -high, -high) * (rate // 40))
    return file.getvalue()


def talk(number: int) -> Transcript:
    """Words that take 0.4 seconds each, twenty to a segment; three segments to a speaker."""
    words = [Word(n * STEP, n * STEP + 0.35, f"word{n}") for n in range(number)]
    segments = [
        Segment(part[0].start, part[-1].end, " ".join(word.text for word in part) + ".", SPEAKERS[first // 60 % 3])
        for first in range(0, number, 20)
        for part in [words[first : first + 20]]
    ]
    said = " ".join(segment.text for segment in segments)
    return Transcript(said, "en", number * STEP, tuple(segments), tuple(words), None, {})


def told(page: str) -> dict[str, object]:
    """The data in a page."""
    found = re.search(r'<script type="application/json" id="told">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, object] = json.loads(found[1])
    return data


def seen(page: str) -> str:
    """The text of a page."""
    main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return html.unescape(re.sub(r"<[^>]*>", "", main))


def test_the_page_has_the_text_the_waveform_and_the_recording() -> None:
    audio = recording(8.0)
    page = talk(20).to_html(audio=audio, title="A <talk> & more")
    data = told(page)
    assert "<h1>A &lt;talk&gt; &amp; more</h1>" in page
    assert base64.b64encode(audio).decode() in page
    assert isinstance(data["peaks"], list)
    assert max(data["peaks"]) == 255
    assert data["peaks"][10] < 20
    assert data["duration"] == 8.0
    assert "word0 word1" in seen(page)
    assert 'data-s="400" data-e="750">word1<' in page


def test_nothing_that_is_said_becomes_a_part_of_the_page() -> None:
    evil = "</script><script>alert(1)</script> <b>&amp;"
    page = Transcript(evil, None, None, (Segment(0, 1, evil, evil),), None, None, {}).to_html(title=evil)
    assert page.count("<script") == 2
    assert "<b>" not in page
    assert evil in seen(page)
    assert told(page)["text"] == evil


def test_a_large_recording_is_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my talk.wav").write_bytes(recording(1.0))
    monkeypatch.chdir(tmp_path)
    note = talk(2)
    assert 'src="my%20talk.wav"' in note.to_html(audio="my talk.wav", embed=0)
    assert f'src="{(tmp_path / "my talk.wav").as_uri()}"' in note.to_html(audio=tmp_path / "my talk.wav", embed=0)
    assert 'src="../a.wav"' in note.to_html(audio="my talk.wav", embed=0, link="../a.wav")
    assert 'src="data:audio/wav;base64,' in note.to_html(audio="my talk.wav")
    assert "<title>my talk</title>" in note.to_html(audio="my talk.wav")
    assert 'src="https://example.org/a.mp3?b&amp;c"' in note.to_html(audio="https://example.org/a.mp3?b&c")
    with pytest.raises(InvalidInput):
        note.to_html(audio=b"no audio")


def test_without_the_extra_no_waveform(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    page = talk(2).to_html(audio=b"fLaC" + bytes(100))
    assert told(page)["peaks"] == []
    assert 'src="data:audio/flac;base64,' in page
    assert "no waveform" in caplog.text


def test_doubtful_and_empty_stretches_are_marked() -> None:
    segments = (Segment(0, 1, "One."), Segment(20, 21, "Two."), Segment(40, 41, "Three."))
    gaps = ((30.0, 35.0), (4000.0, 4001.0))
    page = subtitles.page("Transcript", "", segments, (), doubtful=[(20.5, 22)], empty=gaps)
    assert seen(page).strip().split("\n") == [
        "0:00One.",
        "0:01 to 0:20: nobody speaks",
        "0:20This may be wrong.Two.",
        "0:30 to 0:35: text is missing here",
        "0:35 to 0:40: nobody speaks",
        "0:40Three.",
        "1:06:40 to 1:06:41: text is missing here",
    ]
    assert told(page)["marked"] == [[20500, 22000], [30000, 35000], [4000000, 4001000]]
    note = Transcript("", None, None, segments, None, None, {}, gaps=gaps, doubtful=((20.5, 22.0),))
    assert told(note.to_html())["marked"] == [[20500, 22000], [30000, 35000], [4000000, 4001000]]
    assert seen(note.to_html()) == seen(page)
    assert "2 gaps, 1 doubtful stretches" in note._repr_html_()


def test_a_transcript_without_times_is_a_page_to_read() -> None:
    page = evolve(talk(2), segments=(), words=None, language="English").to_html()
    assert "word0 word1." in seen(page)
    assert '<select id="form"><option>txt</option></select>' in page
    assert '<main id="lines">' in page
    assert '<main id="lines" lang="en">' in talk(2).to_html()


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "talk.html").write_text(talk(600).to_html(audio=recording(600 * STEP), title="A talk"), encoding="utf-8")
    with chromium.browser(folder / "profile") as page:
        page.open((folder / "talk.html").as_uri())
        page.wait("audio.readyState >= 1")
        yield page


@browsed
def test_a_click_on_a_word_goes_to_its_time_and_lights_it(tab: Page) -> None:
    for number in (499, 0, 37):
        now, word, lit = tab.value(f"""(async () => {{
          const there = new Promise((go) => audio.addEventListener("seeked", go, {{once: true}}));
          document.querySelectorAll(".w")[{number}].click();
          await there;
          const lit = [...document.querySelectorAll(".lit")];
          return [audio.currentTime, lit[0].textContent, lit.length];
        }})()""")
        assert abs(now - number * STEP) < 0.05
        assert (word.rstrip("."), lit) == (f"word{number}", 1)


@browsed
def test_the_lit_word_follows_the_recording(tab: Page) -> None:
    tab.value("audio.currentTime = 40; audio.playbackRate = 3; audio.play()")
    tab.wait("document.querySelector('.lit').textContent === 'word103'")
    tab.value("audio.pause()")
    tab.wait("document.getElementById('play').textContent === 'Play'")


@browsed
def test_keys_move_and_play(tab: Page) -> None:
    def press(key: str) -> None:
        tab.value(f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: {key!r}, bubbles: true}}))")

    tab.value("audio.currentTime = 100")
    for key, now in (("l", 110), ("j", 100), ("ArrowRight", 105), ("ArrowLeft", 100)):
        press(key)
        assert tab.value("audio.currentTime") == now
    press(" ")
    tab.wait("!audio.paused")
    press("k")
    tab.wait("audio.paused")
    press("/")
    assert tab.value("document.activeElement.id") == "find"


@browsed
def test_search_counts_and_marks(tab: Page) -> None:
    tab.value("""(() => {
      const find = document.getElementById("find");
      find.value = "WORD12 word13";
      find.dispatchEvent(new Event("input"));
    })()""")
    assert tab.value("document.getElementById('found').textContent") == "1 found"
    assert tab.value("[...CSS.highlights.get('hits')].map(String)") == ["word12 word13"]
    assert tab.value("document.querySelectorAll('section.hit').length") == 1


@browsed
def test_what_is_saved_is_what_the_library_writes(tab: Page) -> None:
    note = talk(600)
    tab.value("getSelection().removeAllRanges()")
    assert tab.value("tonearm.written('srt')") == note.to_srt()
    assert tab.value("tonearm.written('vtt')") == note.to_vtt()
    assert tab.value("tonearm.written('txt')") == note.to_txt()
    tab.value("""(() => {
      const words = document.querySelectorAll(".w"), range = new Range();
      range.setStart(words[20].firstChild, 0);
      range.setEnd(words[22].firstChild, 6);
      getSelection().addRange(range);
    })()""")
    assert tab.value("tonearm.written('txt')") == "word20 word21 word22\n"
    assert tab.value("tonearm.written('srt')").count("-->") == 1
    assert "word21" in tab.value("tonearm.written('srt')")
    tab.value("getSelection().removeAllRanges()")


@browsed
@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 390)])
def test_the_page_is_accessible_and_fits_its_screen(tab: Page, scheme: str, width: int) -> None:
    tab.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    tab.command("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=width < 500)
    tab.value("scrollTo(0, 0)")
    PICTURES.mkdir(exist_ok=True)
    picture = tab.command("Page.captureScreenshot")["data"]
    (PICTURES / f"transcript-{scheme}-{width}.png").write_bytes(base64.b64decode(picture))
    assert tab.value("document.documentElement.scrollWidth") <= width
    assert tab.value("document.querySelector('header').offsetHeight") < 844 / 3
    tab.value(f"{AXE.read_text()};0")
    found = tab.value(f"{VIOLATIONS}.then((all) => all.map((one) => [one.id, one.nodes[0].html]))")
    assert found == []
