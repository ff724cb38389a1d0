"""The web page at `/`: what it says, and that it plays, in a real browser."""

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import axe_core_python
import httpx
import pytest

from tests.sandbox import aioz_upload, chromium
from tonearm import sandbox as package
from tonearm.sandbox import Sandbox, library

PICTURES = Path(__file__).parents[2] / "build"
"""Screenshots, which stay where git does not look."""

AXE = Path(axe_core_python.__file__).with_name("axe.min.js")

CLIP = library.PACKAGED / "history.flac"
TITLE = "<b>History</b> & more"
KEYS = {"authorization": "Bearer sandbox-token"}


def uploaded(box: Sandbox, *, title: str = TITLE, public: bool = True) -> str:
    """Send the clip and wait until it is transcoded."""
    with httpx.Client(base_url=box.aioz_url, headers=KEYS) as client:
        media = aioz_upload.create(client, title=title, qualities=[aioz_upload.quality()], is_public=public)
        aioz_upload.upload(client, media, CLIP.read_bytes())
    box.wait_idle()
    return media


def state(box: Sandbox) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{box.url}/_sandbox/state").raise_for_status().json()
    return found


def test_the_page_and_its_files_come_from_the_sandbox_alone(sandbox: Sandbox) -> None:
    page = httpx.get(f"{sandbox.url}/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for path in sorted((Path(package.__file__).parent / "page" / "static").iterdir()):
        file = httpx.get(f"{sandbox.url}/_sandbox/page/{path.name}")
        assert {".js": "javascript", ".css": "css", ".html": "html"}[path.suffix] in file.headers["content-type"]
        assert "://" not in file.text
        assert "import(" not in file.text


def test_the_state_is_what_is_there(sandbox: Sandbox) -> None:
    media = uploaded(sandbox)
    private = uploaded(sandbox, title="Private", public=False)
    found = state(sandbox)
    assert [service["name"] for service in found["services"]] == ["AIOZ Stream", "Jellyfin", "OpenAI"]
    names = {name for service in found["services"] for name in service["environment"]}
    assert {"AIOZ_STREAM_BASE_URL", "JELLYFIN_URL", "OPENAI_API_KEY"} < names
    assert [item["name"] for item in found["library"]] == ["evening.flac", "history.flac"]
    for item in found["library"]:
        assert len(httpx.get(sandbox.url + item["url"]).raise_for_status().content) == item["size"]
        assert UUID(item["id"])
    last, first = found["media"][:2]
    assert (last["id"], last["is_public"]) == (private, False)
    assert (first["id"], first["title"], first["status"]) == (media, TITLE, "done")
    (made,) = first["qualities"]
    assert (made["name"], made["type"], made["status"], made["bitrate"]) == ("standard", "hls", "done", 64_000)
    assert httpx.get(sandbox.url + made["url"]).text.startswith("#EXTM3U")
    assert httpx.get(sandbox.url + first["dash"]).headers["content-type"] == "application/dash+xml"
    assert "<audio" in httpx.get(sandbox.url + first["player"]).text
    assert httpx.get(sandbox.url + first["hls"]).text.startswith("#EXTM3U")
    assert httpx.get(sandbox.url + first["source"]).content == CLIP.read_bytes()


def test_an_object_that_is_not_done_has_nothing_to_play(sandbox: Sandbox) -> None:
    body = {"title": "Empty", "type": "audio"}
    httpx.post(f"{sandbox.aioz_url}/media/create", headers=KEYS, json=body).raise_for_status()
    empty = state(sandbox)["media"][0]
    assert (empty["title"], empty["status"], empty["hls"], empty["source"]) == ("Empty", "new", None, None)


def test_the_last_requests_come_newest_first_without_the_page_s_own(sandbox: Sandbox) -> None:
    httpx.get(f"{sandbox.url}/one?api_key=hidden")
    httpx.get(f"{sandbox.url}/two")
    httpx.get(f"{sandbox.url}/")
    second, first = state(sandbox)["requests"][:2]
    assert (second["path"], second["status"], first["path"]) == ("/two", 404, "/one")
    assert first["query"] == "api_key=***"
    assert first["seconds"] > 0


@pytest.fixture(scope="module")
def browsed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, chromium.Page, str]]:
    """A browser, and an object in the sandbox; the browser's profile is in the tests' temporary folder."""
    if chromium.PROGRAM is None:
        pytest.skip("Chromium is not on PATH. Debian, Ubuntu: apt-get install chromium")
    profile = tmp_path_factory.mktemp("chromium")
    with package.start() as box:
        uploaded(box, title="Private", public=False)
        media = uploaded(box)
        with chromium.browser(profile / "profile") as tab:
            yield box, tab, media


@pytest.fixture
def page(browsed: tuple[Sandbox, chromium.Page, str]) -> tuple[Sandbox, chromium.Page, str]:
    """The page as somebody sees it who has just opened it."""
    box, tab, _ = browsed
    box.clear_faults()
    tab.open(f"{box.url}/")
    tab.wait("document.querySelector('#media button')")
    tab.value("window.player = document.getElementById('player'), 0")
    return browsed


def play(tab: chromium.Page, button: str) -> tuple[str, float, float]:
    """Press a button of the page; give the path, position and length once the position has moved."""
    tab.value(f"document.querySelector(`{button}`).click()")
    tab.wait("player.error || player.currentTime > 0.3")
    path, reached, length = tab.value("[new URL(player.src).pathname, player.currentTime, player.duration]")
    return str(path), float(reached), float(length)


def test_an_uploaded_object_plays_from_its_hls_playlist(
    page: tuple[Sandbox, chromium.Page, str],
) -> None:
    box, tab, media = page
    path, reached, length = play(tab, f"[data-media='{media}'] [aria-label$='(HLS)']")
    assert path == f"/aioz/api/media/{media}/m3u8"
    assert reached > 0.3
    assert length == pytest.approx(4.03, abs=0.2)
    assert any(exchange.path.endswith(".ts") for exchange in box.requests)


def test_a_library_item_plays(page: tuple[Sandbox, chromium.Page, str]) -> None:
    _, tab, _ = page
    item = next(item for item in library.items(library.PACKAGED) if item.name == "history.flac")
    path, reached, _ = play(tab, f"[data-item='{item.id}'] button")
    assert path == f"/jellyfin/Audio/{item.id.hex}/stream"
    assert reached > 0.3
    assert tab.value("document.getElementById('playing').textContent") == "Playing: history.flac"


def test_titles_are_text_and_keys_are_in_no_address(page: tuple[Sandbox, chromium.Page, str]) -> None:
    _, tab, media = page
    assert tab.value(f"document.querySelector(`[data-media='{media}'] td`).textContent") == TITLE
    assert tab.value("document.getElementById('services').textContent").count("sandbox-token") == 2
    addresses = tab.value("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert addresses
    assert not [address for address in addresses if "sandbox-" in address]


def test_it_shows_new_requests_by_itself_and_keeps_playing(page: tuple[Sandbox, chromium.Page, str]) -> None:
    box, tab, _ = page
    tab.value("window.audio = document.getElementById('player'), null")
    httpx.get(f"{box.url}/seen-by-the-page")
    tab.wait("document.getElementById('requests').textContent.includes('/seen-by-the-page')")
    assert tab.value("window.audio === document.getElementById('player')")
    assert tab.value("document.getElementById('connection').textContent") == "Connected"


def test_what_is_private_or_unnamed_has_no_button(page: tuple[Sandbox, chromium.Page, str]) -> None:
    _, tab, _ = page
    rows = tab.value("[...document.querySelectorAll('#media tr')].map((row) => row.textContent)")
    assert [row for row in rows if "Private" in row and "not public" in row]
    names = "(button) => button.getAttribute('aria-label') || button.textContent"
    assert tab.value(f"[...document.querySelectorAll('button')].every({names})")


def test_the_page_says_when_the_sandbox_is_gone(tmp_path: Path) -> None:
    if chromium.PROGRAM is None:
        pytest.skip("Chromium is not on PATH. Debian, Ubuntu: apt-get install chromium")
    with package.start() as box, chromium.browser(tmp_path / "profile") as tab:
        tab.open(f"{box.url}/")
        box.stop()
        tab.wait("document.getElementById('connection').textContent.includes('does not answer')")


OPENAI = {"authorization": "Bearer sandbox-key"}


def speak(box: Sandbox, text: str, response_format: str = "wav") -> bytes:
    body = {"model": "marker", "input": text, "voice": "alloy", "response_format": response_format}
    return httpx.post(f"{box.openai_url}/audio/speech", headers=OPENAI, json=body).raise_for_status().content


def transcribe(box: Sandbox, sound: bytes, name: str = "a.wav") -> str:
    form = {"model": "marker", "response_format": "text"}
    address = f"{box.openai_url}/audio/transcriptions"
    return httpx.post(address, headers=OPENAI, data=form, files={"file": (name, sound)}).raise_for_status().text


def test_every_address_of_an_object_opens_whatever_was_ordered(sandbox: Sandbox) -> None:
    media = uploaded(sandbox)
    shown = httpx.get(f"{sandbox.aioz_url}/media/{media}/player.json").json()["assets"]
    addresses = [shown[name] for name in ("hls_url", "dash_url", "source_url", "hls_player_url", "dash_player_url")]
    with ThreadPoolExecutor(4) as pool:
        kinds = [httpx.get(url).raise_for_status().headers["content-type"] for url in addresses]
        several = set(pool.map(lambda _: httpx.get(shown["dash_url"]).text, range(4)))
    assert [kind.partition(";")[0] for kind in kinds[:2]] == ["application/vnd.apple.mpegurl", "application/dash+xml"]
    assert kinds[3:] == ["text/html; charset=utf-8"] * 2
    assert len(several) == 1


def test_a_player_page_is_for_those_who_may_play(sandbox: Sandbox) -> None:
    private = uploaded(sandbox, title="Private", public=False)
    for page in (f"embed/vod/hls/{private}", f"embed/vod/dash/{private}", f"media/{private}/manifest"):
        assert httpx.get(f"{sandbox.aioz_url}/{page}").status_code == 401
    assert httpx.get(f"{sandbox.url}/_sandbox/peaks/media/{private}").status_code == 404
    public = uploaded(sandbox)
    assert httpx.get(f"{sandbox.aioz_url}/embed/vod/mp4/{public}").status_code == 404
    assert httpx.get(f"{sandbox.aioz_url}/embed/playlist/{public}").status_code == 404


def test_a_waveform_is_as_loud_as_its_recording(sandbox: Sandbox) -> None:
    media, (item, *_) = uploaded(sandbox), state(sandbox)["library"]
    for address in (item["peaks"], f"/_sandbox/peaks/media/{media}"):
        peaks = httpx.get(sandbox.url + address).json()["peaks"]
        assert 50 < len(peaks) <= 1000
        assert max(peaks) > 60 > min(peaks)
    for unknown in ("library/none", f"library/{media}", "media/none", "results/none", "results/99", "others/1"):
        assert httpx.get(f"{sandbox.url}/_sandbox/peaks/{unknown}").status_code == 404


def test_what_is_spoken_and_heard_is_kept_with_its_sound() -> None:
    with package.start() as box:
        sound = speak(box, "alpha bravo charlie")
        heard = transcribe(box, sound).strip()
        speak(box, "delta", "pcm")
        pcm, transcript, speech = state(box)["results"]
        assert (speech["kind"], speech["text"], speech["voice"]) == ("speech", "alpha bravo charlie", "alloy")
        assert (transcript["kind"], transcript["text"]) == ("transcript", heard)
        assert (pcm["text"], pcm["sound"]) == ("delta", None)
        for one in (speech, transcript):
            kept = httpx.get(box.url + one["sound"]).raise_for_status()
            assert (kept.content, kept.headers["content-type"].endswith("wav")) == (sound, True)
            assert httpx.get(box.url + one["peaks"]).json()["peaks"]
        words = httpx.get(f"{box.url}/_sandbox/results/{transcript['number']}").json()["words"]
        assert [word for _, _, word in words] == heard.split()
        for number in range(20):
            speak(box, f"delta {number}", "pcm")
        assert len(state(box)["results"]) == 20
        assert httpx.get(box.url + speech["sound"]).status_code == 404


def test_no_name_of_a_recording_makes_a_page_of_it() -> None:
    with package.start() as box:
        transcribe(box, speak(box, "alpha") + b"<script>alert(1)</script>", "data:text/html,a.wav")
        kept = httpx.get(box.url + state(box)["results"][0]["sound"]).raise_for_status()
    assert kept.headers["content-type"] == "application/octet-stream"
    assert kept.headers["x-content-type-options"] == "nosniff"


def test_sounds_that_cannot_be_kept_cost_no_answer_and_old_ones_go(tmp_path: Path) -> None:
    folder = tmp_path / "openai"
    folder.write_bytes(b"no folder")
    with package.start(data=tmp_path) as box:
        assert transcribe(box, speak(box, "alpha")).strip() == "alpha"
        assert [one["sound"] for one in state(box)["results"]] == [None, None]
    folder.unlink()
    for _ in range(2):
        with package.start(data=tmp_path) as box:
            speak(box, "alpha")
            (folder / "mine").touch()
            assert len(state(box)["results"]) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["mine", "result-1"]


def test_a_player_page_plays_both_kinds_and_playlists(page: tuple[Sandbox, chromium.Page, str]) -> None:
    box, tab, media = page
    with httpx.Client(base_url=box.aioz_url, headers=KEYS) as client:
        made = client.post("/playlists/create", json={"name": "Two", "playlist_type": "audio"}).json()["data"][
            "playlist"
        ]
        for _ in range(2):
            client.post(f"/playlists/{made['id']}/items", json={"media_id": media}).raise_for_status()
    for path in (f"vod/hls/{media}", f"vod/dash/{media}", f"playlist/{made['id']}"):
        tab.open(f"{box.aioz_url}/embed/{path}")
        tab.wait("document.getElementById('player').duration > 3")
        tab.value("window.player = document.getElementById('player'), player.play()")
        tab.wait("player.error || player.currentTime > 0.3")
        assert tab.value("player.duration") == pytest.approx(4.03, abs=0.2)
        assert tab.value("document.querySelector('[role=slider]').getAttribute('aria-valuemax')") == "4"
        assert tab.value(f"{AXE.read_text()};axe.run().then((all) => all.violations.map((one) => one.id))") == []
    assert tab.value("document.querySelectorAll('#tracks button').length") == 2


def test_a_transcript_opens_beside_its_sound_and_seeks(page: tuple[Sandbox, chromium.Page, str]) -> None:
    box, tab, _ = page
    transcribe(box, speak(box, "alpha bravo charlie delta"))
    tab.wait("document.querySelector('#heard button') && document.querySelector('#spoken button')")
    tab.value("document.querySelector(`#heard [aria-label^='Open']`).click()")
    tab.wait("document.querySelectorAll('#text span').length === 4 && player.readyState >= 1")
    number = tab.value("Number(document.querySelector('#heard li').dataset.result)")
    start = httpx.get(f"{box.url}/_sandbox/results/{number}").json()["words"][2][0]
    tab.value("document.querySelectorAll('#text span')[2].click()")
    tab.wait(
        "document.querySelector('#text .lit')?.textContent === document.querySelectorAll('#text span')[2].textContent"
    )
    assert tab.value("player.currentTime") == pytest.approx(start, abs=0.05)


def test_keys_move_in_the_waveform(page: tuple[Sandbox, chromium.Page, str]) -> None:
    _, tab, media = page
    play(tab, f"[data-media='{media}'] [aria-label$='(DASH)']")
    tab.value("player.pause()")
    for key, position in (("Home", 0), ("ArrowRight", 4), ("ArrowLeft", 0)):
        tab.value(
            f"document.querySelector('[role=slider]').dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}'}}))"
        )
        assert tab.value("Math.floor(player.currentTime)") == position


def test_the_filter_leaves_what_it_says(page: tuple[Sandbox, chromium.Page, str]) -> None:
    box, tab, _ = page
    httpx.get(f"{box.url}/looked-for")
    httpx.delete(f"{box.url}/looked-for")
    tab.wait("document.getElementById('requests').textContent.includes('/looked-for')")
    rows = "[...document.querySelectorAll('#requests tr')].map((row) => row.textContent)"

    def ask(words: str) -> Any:
        tab.value(f"(filter.value = '{words}', filter.dispatchEvent(new Event('input')))")
        return tab.value(rows)

    (row,) = ask("delete looked 404")
    assert "DELETE/looked-for404" in row
    assert tab.value("document.getElementById('count').textContent").startswith("1 of ")
    assert [row for row in ask("") if "/m3u8" in row]
    tab.value("document.getElementById('only-failed').click()")
    assert ask("looked")
    assert not [row for row in ask("") if "/m3u8" in row]
    tab.value("document.getElementById('only-failed').click()")


def test_a_click_orders_a_fault_for_the_next_request_like_one(page: tuple[Sandbox, chromium.Page, str]) -> None:
    box, tab, _ = page
    httpx.get(f"{box.url}/to-break[1]")
    tab.wait("document.getElementById('requests').textContent.includes('/to-break')")
    tab.value("document.querySelector(`#requests [aria-label*='to-break']`).click()")
    kinds = tab.value("[...document.querySelectorAll('#kinds button')].map((button) => button.textContent)")
    for number, kind in enumerate(kinds):
        tab.value(f"document.querySelectorAll('#kinds button')[{number}].click()")
        tab.wait(f"document.querySelectorAll('#faults li code').length === {number + 1}")
        assert kind in tab.value("document.getElementById('ordered').textContent")
    assert httpx.get(f"{box.url}/to-break[1]").status_code == 500
    assert httpx.get(f"{box.url}/to-break1").status_code == 404
    tab.wait("document.querySelector('#faults li').textContent.includes('1 of 1 hit')")
    texts = tab.value("[...document.querySelectorAll('#faults li')].map((row) => row.textContent)")
    assert all(text.partition(": ")[2].partition(" 0 of")[0].strip() for text in texts)
    assert tab.value("document.querySelector('#kinds button') === document.activeElement")
    for order in ("Hold transcodes", "Release transcodes"):
        tab.value(
            f"[...document.querySelectorAll('#orders button')].find((one) => one.textContent === '{order}').click()"
        )
        tab.wait(f"document.getElementById('ordered').textContent === '{order}: done'")
    tab.value("document.querySelector('#orders button').click()")
    tab.wait("document.querySelectorAll('#faults li code').length === 0")
    assert box.requests


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_page_is_accessible_and_fits_its_screen(
    page: tuple[Sandbox, chromium.Page, str], scheme: str, width: int
) -> None:
    box, tab, _ = page
    with httpx.Client(base_url=box.url) as client:
        for number in range(60):
            client.get(f"/a-path-that-is-longer-than-a-phone-is-wide/{number}")
    tab.wait("document.getElementById('requests').textContent.includes('wide/59')")
    tab.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    tab.command("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=width < 500)
    parts = tab.value("[...document.querySelectorAll('nav a')].map((link) => link.hash)")
    PICTURES.mkdir(exist_ok=True)
    tab.value(f"{AXE.read_text()};0")
    for part in parts if width < 500 else [parts[0]]:
        tab.value(f"(location.hash = '{part}', 0)")
        tab.wait(f"document.querySelector('nav [aria-current]').hash === '{part}'")
        tab.value("scrollTo(0, 0)")
        assert tab.value("document.documentElement.scrollWidth") <= width
        assert tab.value("document.documentElement.scrollHeight") <= (1600 if width < 500 else 2600)
        found = tab.value(f"{chromium.VIOLATIONS}.then((all) => all.map((one) => [one.id, one.nodes[0].html]))")
        assert found == []
        picture = tab.command("Page.captureScreenshot", captureBeyondViewport=width > 500)["data"]
        (PICTURES / f"console-{scheme}-{width}-{part[1:]}.png").write_bytes(base64.b64decode(picture))
