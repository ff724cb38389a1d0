"""`tonearm sandbox` as people run it: what it prints, what it keeps, and how it ends."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy

import httpx
import pytest

from tests.sandbox import aioz_upload
from tonearm.sandbox import library

KEYS = {"authorization": "Bearer sandbox-token"}
CLIP = library.PACKAGED / "evening.flac"


@contextmanager
def tonearm(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `tonearm sandbox` as the leader of a process group, as a shell does; give it and its URL."""
    command = [sys.executable, "-W", "error", "-m", "tonearm", "sandbox", "--port", "0", *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            found = re.fullmatch(r"tonearm sandbox ready on (http://127\.0\.0\.1:\d+)\n", ready)
            assert found is not None, ready + process.stdout.read()
            yield process, found[1]
        finally:
            if process.poll() is None:
                process.kill()


def ended(process: subprocess.Popen[str]) -> tuple[str, str, int]:
    """Press Ctrl-C, which reaches every process of the group, and give what was printed, and the code."""
    os.killpg(process.pid, signal.SIGINT)
    assert process.stdout is not None
    assert process.stderr is not None
    out, err = process.stdout.read(), process.stderr.read()  # communicate() would miss what readline() has read ahead
    return out, err, process.wait(timeout=60)


def test_it_prints_what_to_paste_and_a_line_for_each_request(tmp_path: Path) -> None:
    copy(CLIP, tmp_path / "one.flac")
    with tonearm("--library", tmp_path) as (process, url):
        httpx.post(f"{url}/aioz/api/media/create", headers=KEYS, json={"title": "t", "type": "audio"})
        httpx.get(f"{url}/not/there?api_key=secret&a=%1B")
        httpx.post(f"{url}/_sandbox/faults", json={"drop_headers": True})
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{url}/x")
        out, err, code = ended(process)
    assert (err, code) == ("", 0)
    for name in ("AIOZ_STREAM_BASE_URL", "AIOZ_STREAM_PUBLIC_KEY", "AIOZ_STREAM_SECRET_KEY"):
        assert f"\nexport {name}=" in out
    assert f"\nexport JELLYFIN_URL={url}/jellyfin\n" in out
    assert f"\nexport OPENAI_BASE_URL={url}/openai/v1\nexport OPENAI_API_KEY=sandbox-key\n" in out
    assert f"{tmp_path} (1 file)" in out
    lines = out.splitlines()[-3:]
    clock = r"\d\d:\d\d:\d\d"
    assert re.fullmatch(rf"{clock}  POST       201 +\d+ +\d+ B +\S+ k?B  /aioz/api/media/create", lines[0])
    assert re.fullmatch(rf"{clock}  GET        404 +\d+ +0 B +9 B  /not/there\?api_key=\*\*\*&a=%1B", lines[1])
    assert re.fullmatch(rf"{clock}  GET        cut +\d+ +0 B +0 B  /x  \(fault\)", lines[2])


def test_quiet_prints_the_first_line_alone() -> None:
    with tonearm("--quiet") as (process, url):
        assert httpx.get(f"{url}/jellyfin/System/Info/Public").json()["Version"].startswith("10.11.")
        assert ended(process) == ("", "", 0)


def test_it_can_be_another_jellyfin() -> None:
    with tonearm("--quiet", "--jellyfin", "12.0") as (process, url):
        assert httpx.get(f"{url}/jellyfin/System/Info/Public").json()["Version"].startswith("12.0.")
        assert ended(process) == ("", "", 0)


def test_ctrl_c_ends_the_recogniser_without_a_word() -> None:
    with tonearm("--quiet") as (process, url):
        answer = httpx.post(
            f"{url}/openai/v1/audio/transcriptions",
            headers={"authorization": "Bearer sandbox-key"},
            data={"model": "whisper-1"},
            files={"file": ("evening.flac", CLIP.read_bytes())},
            timeout=60,
        )
        assert answer.json()["text"]
        assert ended(process) == ("", "", 0)


def test_a_log_that_nobody_reads_holds_up_no_request() -> None:
    with tonearm() as (process, url), httpx.Client(base_url=url) as client:
        # Many times what a pipe takes.
        path = "/" + "x" * 4000
        assert {client.get(path).status_code for _ in range(100)} == {404}
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(60) == 0


def test_no_control_character_of_a_client_reaches_the_terminal() -> None:
    with tonearm() as (process, url):
        httpx.get(f"{url}/a%1B%5B2Jb%0Ac")
        out, _, _ = ended(process)
    assert out.splitlines()[-1].endswith("/a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}c")
    assert "\x1b" not in out


def test_data_are_kept_between_runs_and_survive_a_kill(tmp_path: Path) -> None:
    clip = CLIP.read_bytes()
    half = len(clip) // 2
    with tonearm("--quiet", "--data", tmp_path) as (process, url):
        with httpx.Client(base_url=f"{url}/aioz/api", headers=KEYS) as aioz:
            sent = aioz_upload.create(aioz, title="sent in part", qualities=[aioz_upload.quality()])
            assert aioz_upload.send_part(aioz, sent, clip[:half], 0, len(clip), 1).status_code == 200
            assert httpx.post(f"{url}/_sandbox/aioz/hold").status_code == 204  # it is not done when the kill comes
            wanted = [aioz_upload.quality(name) for name in ("standard", "highest")]
            begun = aioz_upload.create(aioz, title="begun", qualities=wanted)
            aioz_upload.upload(aioz, begun, clip, parts=3)
            assert aioz_upload.detail(aioz, begun)["status"] == "transcoding"
        process.kill()
        process.wait()
    with tonearm("--quiet", "--data", tmp_path) as (process, url):
        with httpx.Client(base_url=f"{url}/aioz/api", headers=KEYS) as aioz:
            assert aioz_upload.send_part(aioz, sent, clip[half:], half, len(clip), 2).status_code == 200
            assert aioz.get(f"/media/{sent}/complete").status_code == 200
            for media in (sent, begun):
                assert done(aioz, media)["size"] == len(clip)
                assert aioz.get(f"/media/{media}/source").content == clip
                playlist = aioz.get(f"/media/{media}/m3u8").text
                assert playlist.startswith("#EXTM3U")
        assert ended(process) == ("", "", 0)


def done(aioz: httpx.Client, media: str) -> dict[str, object]:
    """Ask until an object is finished."""
    for _ in range(100_000):
        found = aioz_upload.detail(aioz, media)
        if found["status"] != "transcoding":
            break
    assert found["status"] == "done"
    return found
