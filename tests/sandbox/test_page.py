"""The web page at `/`: what it says, and that it plays, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.sandbox import aioz_upload, chromium
from tonearm import sandbox as package
from tonearm.sandbox import Sandbox, library

PICTURE = Path(__file__).parents[2] / "build" / "sandbox-page.png"
"""The screenshot, which stays where git does not look."""

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
    for name, kind in (("page.js", "javascript"), ("page.css", "css")):
        assert f"/_sandbox/page/{name}" in page.text
        file = httpx.get(f"{sandbox.url}/_sandbox/page/{name}")
        assert kind in file.headers["content-type"]
        assert "http" not in file.text
    assert "://" not in page.text


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
    assert first["qualities"] == [{"name": "standard", "type": "hls", "status": "done"}]
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
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, chromium.Page, str]]:
    """The page in a browser, with an object in the sandbox; the browser's profile is in the tests' temporary folder."""
    if chromium.PROGRAM is None:
        pytest.skip("Chromium is not on PATH. Debian, Ubuntu: apt-get install chromium")
    profile = tmp_path_factory.mktemp("chromium")
    with package.start() as box:
        uploaded(box, title="Private", public=False)
        media = uploaded(box)
        with chromium.browser(profile / "profile") as tab:
            tab.open(f"{box.url}/")
            tab.wait("document.querySelector('#media button')")
            yield box, tab, media


def play(tab: chromium.Page, row: str) -> tuple[str, float, float]:
    """Press the button in a row of the page; give the path, position and length once the position has moved."""
    tab.value(f"window.player = document.getElementById('player'), document.querySelector(`{row} button`).click()")
    tab.wait("player.error || player.currentTime > 0.3")
    path, reached, length = tab.value("[new URL(player.src).pathname, player.currentTime, player.duration]")
    return str(path), float(reached), float(length)


def test_an_uploaded_object_plays_from_its_hls_playlist(
    page: tuple[Sandbox, chromium.Page, str],
) -> None:
    box, tab, media = page
    path, reached, length = play(tab, f"[data-media='{media}']")
    assert path == f"/aioz/api/media/{media}/m3u8"
    assert reached > 0.3
    assert length == pytest.approx(4.03, abs=0.2)
    assert any(exchange.path.endswith(".ts") for exchange in box.requests)
    PICTURE.parent.mkdir(exist_ok=True)
    tab.screenshot(PICTURE)
    assert PICTURE.read_bytes().startswith(b"\x89PNG")


def test_a_library_item_plays(page: tuple[Sandbox, chromium.Page, str]) -> None:
    _, tab, _ = page
    item = next(item for item in library.items(library.PACKAGED) if item.name == "history.flac")
    path, reached, _ = play(tab, f"[data-item='{item.id}']")
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
    assert tab.value("[...document.querySelectorAll('button')].every((button) => button.getAttribute('aria-label'))")


def test_the_page_says_when_the_sandbox_is_gone(tmp_path: Path) -> None:
    if chromium.PROGRAM is None:
        pytest.skip("Chromium is not on PATH. Debian, Ubuntu: apt-get install chromium")
    with package.start() as box, chromium.browser(tmp_path / "profile") as tab:
        tab.open(f"{box.url}/")
        box.stop()
        tab.wait("document.getElementById('connection').textContent.includes('does not answer')")
