"""jellyfin-apiclient-python, unchanged as PyPI has it, against the sandbox's Jellyfin in a process of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

package = pytest.importorskip(
    "jellyfin_apiclient_python", reason="needs jellyfin-apiclient-python: scripts/test --peers installs it"
)

ROOT = Path(__file__).parents[2]
CLIP = ROOT / "overlay/tonearm/sandbox/library/history.flac"


@pytest.fixture(scope="module", params=["10.11", "12.0"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """A Jellyfin in the environment of the project: this one has the peers."""
    python = os.environ.get("TONEARM_PYTHON") or str(ROOT / ".venv/bin/python")
    if shutil.which(python) is None:
        pytest.skip(f"needs the project's own environment at {python}, or TONEARM_PYTHON")
    command = [python, "-m", "tonearm", "sandbox", "--port", "0", "--jellyfin", request.param]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as sandbox:
        assert sandbox.stdout is not None
        try:
            ready = next((line for line in sandbox.stdout if "ready on" in line), "")
            assert ready, "the sandbox does not start"
            yield ready.split()[-1] + "/jellyfin"
        finally:
            sandbox.terminate()
            sandbox.communicate()


@pytest.fixture
def client(address: str) -> Iterator[Any]:
    """A client that is logged in by name and password."""
    client = package.JellyfinClient()
    client.config.app("peer test", "1.0", "a machine", "machine-1")
    client.config.data["auth.ssl"] = True
    state = client.auth.connect_to_address(address)
    assert state["State"] == package.connection_manager.CONNECTION_STATE["ServerSignIn"]
    result = client.auth.login(address, "sandbox", "sandbox")
    assert result["User"]["Name"] == "sandbox"
    yield client
    client.stop()


def found(client: Any) -> Any:
    [item] = client.jellyfin.search_media_items(term="history", media="Audio")["Items"]
    return item


def test_a_login_holds_when_it_is_used_again(address: str, client: Any) -> None:
    again = package.JellyfinClient()
    again.config.app("peer test", "1.0", "a machine", "machine-1")
    again.config.data["auth.ssl"] = True
    state = again.authenticate(client.auth.credentials.get_credentials(), discover=False)
    assert state["State"] == package.connection_manager.CONNECTION_STATE["SignedIn"]
    assert again.jellyfin.get_user()["Name"] == "sandbox"
    again.stop()


def test_a_wrong_password_does_not_get_in(address: str) -> None:
    client = package.JellyfinClient()
    client.config.app("peer test", "1.0", "a machine", "machine-2")
    client.config.data["auth.ssl"] = True
    client.auth.connect_to_address(address)
    assert client.auth.login(address, "sandbox", "wrong") == {}


def test_search_finds_audio_with_its_duration(client: Any) -> None:
    item = found(client)
    assert item["RunTimeTicks"] == pytest.approx(40_300_000, abs=10_000)
    assert client.jellyfin.get_item(item["Id"])["MediaSources"][0]["Container"] == "flac"
    assert client.jellyfin.get_views()["Items"][0]["Name"] == "Music"
    assert client.jellyfin.get_user_items(recursive=True, include_item_types="Audio", limit=1)["TotalRecordCount"] == 2


def test_the_audio_url_plays_as_it_is(client: Any) -> None:
    url = client.jellyfin.audio_url(found(client)["Id"], container="mp3,flac")
    with urlopen(Request(url, headers={"Range": "bytes=0-9"})) as answer:
        assert (answer.status, answer.read()) == (206, CLIP.read_bytes()[:10])


def test_the_audio_url_with_another_container_is_transcoded(client: Any) -> None:
    url = client.jellyfin.audio_url(found(client)["Id"], container="mp3", audio_codec="mp3")
    with urlopen(url) as answer:
        assert answer.headers["Content-Type"] == "audio/mpeg"
        assert len(answer.read()) > 10_000


def test_the_download_url_and_the_stream_give_the_original(client: Any) -> None:
    item = found(client)["Id"]
    with urlopen(client.jellyfin.download_url(item)) as answer:
        assert answer.read() == CLIP.read_bytes()
    streamed = BytesIO()
    client.jellyfin.get_audio_stream(streamed, item, "session", "flac")
    assert streamed.getvalue() == CLIP.read_bytes()


def test_playback_is_negotiated_reported_and_ended(client: Any) -> None:
    item = found(client)["Id"]
    info = client.jellyfin.get_play_info(item)
    report = {"ItemId": item, "PlaySessionId": info["PlaySessionId"], "PositionTicks": 0}
    for send in (client.jellyfin.session_playing, client.jellyfin.session_progress, client.jellyfin.session_stop):
        assert send(report) is None
    assert client.jellyfin.close_transcode("machine-1", info["PlaySessionId"]) is None


def test_quick_connect_gets_in(address: str, client: Any) -> None:
    api = client.jellyfin
    assert api.quick_connect_enabled(address)
    begun = client.auth.API.quick_connect_initiate(address)
    assert not client.auth.API.quick_connect_state(address, begun["Secret"])["Authenticated"]
    control = f"{address.removesuffix('/jellyfin')}/_sandbox/jellyfin/quick-connect?code={begun['Code']}"
    with urlopen(Request(control, method="POST")) as answer:
        assert answer.status == 204
    assert client.auth.login_with_quick_connect(address, begun["Secret"])["User"]["Name"] == "sandbox"
