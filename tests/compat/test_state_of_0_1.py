"""What version 0.1 left on a disk is read, resumed or adopted: nothing is sent, fetched or paid for twice.

The files were made by 0.1 (see make.py). Here they are copied to another home, as a user moves hers: the paths in
journals are changed, private files get their mode again and recordings their time, which a clone of the repository
does not keep. The addresses stay, as digests depend on them: requests for port 8787 go to the sandbox of the test.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import keyring
import pytest
from attrs import frozen

from tests.cli.test_settings import Ring
from tests.compat import inputs
from tonearm import Aioz, Jellyfin, OpenAI
from tonearm.cli import main
from tonearm.openai import Transcript
from tonearm.sandbox import Exchange, Sandbox, audio, library, marker, start
from tonearm.sandbox.audio import SPEECH_RATE

MADE = inputs.HERE / "0.1"
URL = f"http://127.0.0.1:{inputs.PORT}"
WORDS = " ".join(inputs.SENTENCES)
REST = (206, "bytes=135-")
"""How the rest of a broken download is asked for.

0.1 received 8000 bytes and recorded no offset as durable. The last 7865 are zeros (the padding of a FLAC file), which
look like bytes that a loss of power took from the disk: they are fetched again.
"""


class Moved(httpx.HTTPTransport):
    """Sends what is meant for the sandbox of make.py to another port."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(port=self.port)
        return super().handle_request(request)


@frozen
class Ada:
    """The user, with her home folder and the servers as 0.1 left them."""

    home: Path
    state: Path
    box: Sandbox
    http: httpx.Client

    @property
    def aioz(self) -> Aioz:
        url = self.box.aioz_url.replace(self.box.url, URL)
        return Aioz(base_url=url, public_key="sandbox-public", secret_key="sandbox-secret", http=self.http)

    @property
    def jellyfin(self) -> Jellyfin:
        url = self.box.jellyfin_url.replace(self.box.url, URL)
        return Jellyfin(url, token="sandbox-token", http=self.http)

    @property
    def openai(self) -> OpenAI:
        return OpenAI(base_url=self.box.openai_url.replace(self.box.url, URL), api_key="sandbox-key", http=self.http)

    def sent(self, ending: str) -> list[Exchange]:
        """The requests whose path ends so."""
        return [exchange for exchange in self.box.requests if exchange.path.endswith(ending)]


@pytest.fixture
def ada(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ada]:
    shutil.copytree(MADE, tmp_path, dirs_exist_ok=True)
    shutil.copytree(inputs.HERE / "library", tmp_path / "library")
    home = tmp_path / "ada"
    shutil.copy(tmp_path / "library/Blue/1.flac", home / "talk.flac")
    inputs.talk(home)
    for path in home.rglob("*.json*"):
        if path.is_file():
            path.write_text(path.read_text().replace(inputs.HOME, str(home)))
            path.chmod(0o600)
    (home / ".config/tonearm/config.toml").chmod(0o600)
    for path in (
        home / "talk.flac",
        home / "talk.wav",
        *tmp_path.glob("library/*/*"),
        *tmp_path.glob("sandbox/*/*/source"),
    ):
        os.utime(path, (inputs.MODIFIED, inputs.MODIFIED))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ".local/state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    with start(library=tmp_path / "library", data=tmp_path / "sandbox") as box:
        port = httpx.URL(box.url).port
        assert port is not None
        with httpx.Client(transport=Moved(port)) as http:
            yield Ada(home, home / ".local/state/tonearm", box, http)
    assert (home / ".local/state/tonearm/results/talk.txt").read_text() == "amber birch cloud\n"


@pytest.mark.parametrize(
    ("name", "parts", "completes"),
    [("one-worker", 4, 1), ("killed", 2, 1), ("complete-refused", 0, 1), ("complete-lost", 0, 0)],
)
def test_an_upload_sends_only_the_parts_that_are_missing(name: str, parts: int, completes: int, ada: Ada) -> None:
    with ada.aioz as aioz:
        (killed,) = aioz.unfinished()
        assert (killed.title, killed.source, killed.done) == ("killed", ada.home / "talk.flac", 5 * inputs.PART)
        state = killed.state if name == "killed" else ada.home / f"{name}.jsonl"
        media = aioz.wait(aioz.resume(state).id, timeout=60)
        assert (media.title, media.status) == (name, "done")
        aioz.download_source(media.id, ada.home / "back.flac")
    assert (ada.home / "back.flac").read_bytes() == (ada.home / "talk.flac").read_bytes()
    assert (len(ada.sent("/part")), len(ada.sent("/complete"))) == (parts, completes)
    assert not state.exists()


@pytest.mark.parametrize(
    ("work", "requests"),
    [
        (lambda ai, home: ai.transcribe(home / "talk.wav", **inputs.HINTED, state=home / "hinted.jsonl"), 2),
        (lambda ai, home: ai.transcribe(home / "talk.wav", **inputs.DIARIZED, state=home / "diarized.jsonl"), 2),
        (lambda ai, home: ai.transcribe(home / "talk.wav", **inputs.HEARD, workers=2), 2),
        (lambda ai, home: ai.translate(home / "talk.wav", **inputs.HEARD), 1),
    ],
    ids=["hinted", "diarized", "killed", "translation"],
)
def test_a_transcript_pays_only_for_the_pieces_that_are_missing(
    work: Callable[[OpenAI, Path], Transcript], requests: int, ada: Ada
) -> None:
    before = {*ada.home.glob("*.jsonl"), *ada.state.glob("openai-recognition-*.jsonl")}
    with ada.openai as ai:
        note = work(ai, ada.home)
    assert note.text == WORDS
    assert len(ada.sent("s")) == requests
    left = {*ada.home.glob("*.jsonl"), *ada.state.glob("openai-recognition-*.jsonl")}
    assert len(before - left) == 1
    assert left < before
    assert list(ada.state.glob("*.pieces")) == []


@pytest.mark.parametrize(("name", "requests"), [("book", 2), (None, 1)])
def test_speech_pays_only_for_the_pieces_that_are_missing(name: str | None, requests: int, ada: Ada) -> None:
    (killed,) = ada.state.glob("openai-speech-*")
    state = None if name is None else ada.home / name
    with ada.openai as ai:
        made = ai.speak(inputs.BOOK, ada.home / "book.wav", **inputs.SPOKEN, state=state)
    assert made.pieces == len(inputs.SENTENCES)
    heard = marker.listen(audio.decode(made.path, rate=SPEECH_RATE))
    assert " ".join(word.text for word in heard) == WORDS
    assert len(ada.sent("/speech")) == requests
    assert not (state or killed).exists()


def test_a_broken_download_is_continued(ada: Ada) -> None:
    with ada.jellyfin as jellyfin:
        done = jellyfin.download(library.item_id("Blue/1.flac"), ada.home / "song.flac")
    assert (done.resumed, done.size, done.verified[0]) == (True, 19_761, "size")
    assert (ada.home / "song.flac").read_bytes() == (ada.home / "talk.flac").read_bytes()
    assert [(got.status, got.header("range")) for got in ada.sent("/stream")] == [REST]
    assert list(ada.home.glob("song.flac.*")) == []


def test_a_broken_download_of_what_was_uploaded_is_continued(ada: Ada) -> None:
    with Aioz(base_url=ada.box.aioz_url, token="sandbox-token") as aioz:
        (media,) = aioz.list(search="published")
        done = aioz.download_source(media.id, ada.home / "published.flac")
    assert (done.resumed, done.size) == (True, 19_761)
    assert (ada.home / "published.flac").read_bytes() == (ada.home / "talk.flac").read_bytes()
    assert [(got.status, got.header("range")) for got in ada.sent("/source")] == [REST]
    assert list(ada.home.glob("published.flac.*")) == []


@pytest.mark.parametrize(
    ("folder", "options", "fetched"),
    [("Blue", {}, []), ("Blue-opus", {"preset": "opus_96"}, []), ("Blue-broken", {}, [REST])],
)
def test_a_copy_is_not_fetched_again(folder: str, options: Any, fetched: list[tuple[int, str]], ada: Ada) -> None:
    place = ada.home / folder
    there = {path: path.stat().st_mtime_ns for path in place.iterdir() if path.suffix in (".flac", ".opus")}
    with ada.jellyfin as jellyfin:
        album = next(jellyfin.albums())
        kept = jellyfin.download_all(album.id, place, **options)
    assert [one.error for one in kept] == [None] * 3
    streams = [got for got in ada.box.requests if "/stream" in got.path]
    assert [(got.status, got.header("range")) for got in streams] == fetched
    assert {path: path.stat().st_mtime_ns for path in there} == there
    audible = {path for path in place.iterdir() if not path.name.startswith(".")}
    assert audible == {one.path for one in kept}


@pytest.mark.parametrize("profile", ["default", "on the ring"])
def test_a_profile_is_read(
    profile: str, ada: Ada, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one place where an address has to be changed: a command takes no connections of the caller's."""
    config = ada.home / ".config/tonearm/config.toml"
    config.write_text(config.read_text().replace(URL, ada.box.url))
    ring = Ring()
    stored = json.loads((ada.home / "keyring.json").read_text())
    ring.kept = {("tonearm", entry.removeprefix("tonearm ")): key for entry, key in stored.items()}
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
    for words in (["aioz", "list"], ["jellyfin", "search", "Amber"], ["openai", "models"]):
        assert main([*words, "--profile", profile]) == 0, capfd.readouterr().err
        assert capfd.readouterr().out
    before = config.read_text()
    assert main(["openai", "login", "--voice", "coral", "--profile", profile]) == 0
    assert sorted(config.read_text().splitlines()) != sorted(before.splitlines())
    assert set(before.splitlines()) - set(config.read_text().splitlines()) <= {'voice = "alloy"'}
