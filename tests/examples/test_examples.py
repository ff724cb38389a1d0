"""Each program in examples/ runs as its first lines say, against the sandbox in place of the services."""

import ast
import asyncio
import json
import os
import re
import subprocess
import sys
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import AsyncMock

import httpx
import many_calls
import pytest
import webhook_app

from tests.jellyfin import shelf
from tonearm import Aioz
from tonearm.sandbox import Fault, Sandbox, audio, library, marker, start
from tonearm.sandbox.audio import SPEECH_RATE
from tonearm.sandbox.guide import services

FOLDER = Path(__file__).parents[2] / "examples"
PROGRAMS = sorted(FOLDER.glob("*.py"))
SENTENCES = ["amber birch cloud", "delta ember frost"]


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("library")
    shelf.fill(folder)
    with start(library=folder) as running:
        yield running


@pytest.fixture(autouse=True)
def _environment(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the sandbox says to export, a folder for state, and an empty folder to work in."""
    for service in services(box.url):
        for name, value in service.environment.items():
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return spoken(tmp_path / "talk.wav", ". ".join(SENTENCES))


def spoken(path: Path, text: str) -> Path:
    """Write a recording that the marker models of the sandbox understand exactly."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SPEECH_RATE, 0, "NONE", ""))
        file.writeframes(b"".join(marker.speak(text, rate=SPEECH_RATE)))
    return path


def run(name: str, *words: object) -> str:
    """Run an example, and return what it prints; all of it is bytes in Latin-1."""
    command = [sys.executable, FOLDER / name, *map(str, words)]
    done = subprocess.run(command, capture_output=True, encoding="latin-1", check=False)
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_a_program_says_how_to_run_it_and_takes_no_key_from_the_command_line(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    start_line = next(line for line in said.splitlines() if path.name in line or f"{path.stem}:app" in line)
    assert not re.search(r"key|token|secret", start_line, re.IGNORECASE)
    assert f"[{path.name}]({path.name})" in (FOLDER / "README.md").read_text(encoding="utf-8")
    argv = [line for line in path.read_text(encoding="utf-8").splitlines() if "sys.argv" in line]
    assert not re.search(r"key|token|secret", "".join(argv), re.IGNORECASE)


def test_the_podcast_has_captions_and_chapters(recording: Path) -> None:
    chapters = recording.with_name("chapters.vtt")
    chapters.write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome\n")
    id, url = run("podcast.py", recording, chapters, "marker").split()
    with Aioz() as aioz:
        media = aioz.get(id)
    assert (media.status, media.title, media.assets.hls_url) == ("done", "talk", url)
    assert [track.language for track in (*media.captions, *media.chapters)] == ["en", "en"]
    with Aioz() as aioz:
        show = aioz.create_playlist("Show").id
    id, _ = run("podcast.py", recording, chapters, "marker", show).split()
    assert f">{id}</guid>" in Path("feed.xml").read_text(encoding="utf-8")


def test_the_album_is_copied_once(tmp_path: Path) -> None:
    assert [line.split()[0] for line in run("album.py", "Red", tmp_path / "red").splitlines()] == ["copied"] * 2
    assert [line.split()[0] for line in run("album.py", "Red", tmp_path / "red").splitlines()] == ["unchanged"] * 2
    assert len(list((tmp_path / "red").glob("*.flac"))) == 2


def test_the_meeting_has_subtitles(recording: Path) -> None:
    said = run("meeting.py", recording, "marker")
    files = [recording.with_suffix(".srt"), recording.with_suffix(".vtt")]
    assert said.split() == [str(file) for file in files]
    for file in files:
        assert [line for line in file.read_text().splitlines() if line in SENTENCES] == SENTENCES


def test_the_audiobook_has_every_word_of_the_text(tmp_path: Path) -> None:
    words = [f"w{number}" for number in range(90)]
    silent = " *" * 80  # makes the text long, and is not spoken
    sentences = (" ".join(words[at : at + 3]) + silent for at in range(0, len(words), 3))
    (tmp_path / "book.txt").write_text(". ".join(sentences))
    said = run("audiobook.py", tmp_path / "book.txt", tmp_path / "book.m4a", "marker", "alloy")
    assert int(re.findall(r"from (\d+) requests", said)[0]) > 1
    heard = marker.listen(audio.decode(tmp_path / "book.m4a", rate=SPEECH_RATE))
    assert [word.text for word in heard] == words


def test_the_player_plays_a_song() -> None:
    played = run("player.py", library.item_id("Blue/1.flac")).encode("latin-1")
    assert played[:2] == b"\xff\xfb" or played.startswith(b"ID3")


@contextmanager
def served(app: str) -> Iterator[str]:
    """Serve an app as its first lines say, on a free port; it must shut down in good order."""
    command = [sys.executable, "-m", "uvicorn", "--app-dir", FOLDER, "--port", "0", app]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    with process.stderr as log:
        try:
            yield next(found[0] for line in log if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        finally:
            process.terminate()
            said = log.read()
            process.wait()
    assert "Application shutdown complete" in said
    assert "Error" not in said


def test_the_web_app_transcribes_uploads_with_one_client(
    recording: Path, box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPTION_MODEL", "marker")
    with served("web_app:app") as url, httpx.Client(base_url=url, timeout=60) as http:

        def post(body: bytes) -> httpx.Response:
            return http.post("/transcripts", files={"recording": body})

        for _ in range(2):
            answer = post(recording.read_bytes())
            assert (answer.status_code, answer.json()) == (200, {"text": " ".join(SENTENCES)})
        assert post(b"").status_code == 422
        with box.faults(Fault(path="*/transcriptions", status=401)):
            assert post(recording.read_bytes()).status_code == 502


def test_the_webhook_app_reads_the_object_and_refuses_what_is_no_event(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    with Aioz() as aioz:
        id = aioz.create("Talk").id

    async def post(*bodies: bytes) -> list[int]:
        transport = httpx.ASGITransport(webhook_app.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://app") as http:
            return [(await http.post("/", content=body)).status_code for body in bodies]

    def event(kind: str, media: str) -> bytes:
        return json.dumps({"type": kind, "media_id": media, "title": "a lie"}).encode()

    finished, other = event("encoding.finished", id), event("file.received", id)
    gone = event("encoding.failed", "00000000-0000-4000-8000-000000000000")
    assert asyncio.run(post(finished, other, b"{", b" " * 2_000_000, gone)) == [204, 204, 400, 400, 503]
    assert capsys.readouterr().out.startswith("Talk: new")
    nobody = AsyncMock()
    asyncio.run(webhook_app.app({"type": "lifespan"}, nobody, nobody))
    assert nobody.mock_calls == []


@pytest.mark.parametrize("most", [10, pytest.param(many_calls.MOST, marks=pytest.mark.soak)])
def test_as_many_calls_as_may_be_are_under_way_at_a_time(
    most: int, tmp_path: Path, box: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_calls, "MOST", most)
    count = most + 5
    recordings = [spoken(tmp_path / f"{number}.wav", f"amber{number}") for number in range(count)]
    recordings.append(tmp_path / "missing.wav")

    async def held() -> int:
        """Hold every answer back until so many requests are there, of which none can end before."""
        work = asyncio.create_task(many_calls.transcribe_all(recordings, "marker"))
        await asyncio.to_thread(fault.wait, many_calls.MOST)
        box.clear_faults()
        return await work

    with box.faults(Fault(path="*/transcriptions", times=None, delay=600.0)) as (fault,):
        assert asyncio.run(held()) == 1
    assert [path.with_suffix(".txt").read_text() for path in recordings[:-1]] == [f"amber{n}" for n in range(count)]
    before = len(box.requests)
    assert asyncio.run(many_calls.transcribe_all(recordings[:-1], "marker")) == 0
    assert len(box.requests) == before


def test_three_clients_share_one() -> None:
    counts = {line.split(maxsplit=1)[1]: int(line.split()[0]) for line in run("shared_client.py").splitlines()}
    assert counts["albums at Jellyfin"] == 2
    assert counts["models at OpenAI"] > 2


def test_the_tests_of_a_program_pass() -> None:
    """As a user runs them: with no settings of this project, and with an environment that has other keys."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        os.devnull,
        "-p",
        "no:cacheprovider",
        "-q",
    ]
    env = {**os.environ, "AIOZ_STREAM_TOKEN": "mine", "JELLYFIN_URL": "http://127.0.0.1:1", "PYTEST_ADDOPTS": ""}
    done = subprocess.run([*command, FOLDER / "test_podcast.py"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


def test_the_library_of_the_fixture_can_be_overridden(tmp_path: Path) -> None:
    (tmp_path / "songs").mkdir()
    shelf.fill(tmp_path / "songs")
    (tmp_path / "test_songs.py").write_text(
        "import pathlib, pytest, tonearm\n"
        "pytest_plugins = ['tonearm.sandbox.pytest_plugin']\n"
        "@pytest.fixture\n"
        "def tonearm_library(): return pathlib.Path(__file__).parent / 'songs'\n"
        "def test_it(tonearm_sandbox):\n"
        "    with tonearm.Jellyfin() as jellyfin:\n"
        "        assert [album.name for album in jellyfin.albums()] == ['Blue', 'Red']\n"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", tmp_path / "test_songs.py"]
    env = {**os.environ, "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
