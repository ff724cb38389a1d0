"""The transcode cache and how transcodes end, as Jellyfin's TranscodeManager and StreamingHelpers at tag v10.11.11."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tonearm import sandbox
from tonearm.sandbox import Sandbox, audio, library
from tonearm.sandbox.jellyfin.transcodes import Key, Transcodes
from tonearm.sandbox.recording import AudioError

TALK = f"/Audio/{library.item_id('history.flac')}/stream"
OTHER = f"/Audio/{library.item_id('evening.flac')}/stream"
USER = {"Authorization": 'MediaBrowser Token="sandbox-token"'}


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with sandbox.start() as running:
        yield running


@pytest.fixture(scope="module")
def client(box: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=box.jellyfin_url, headers={"User-Agent": "one"}) as client:
        yield client


@pytest.fixture(autouse=True)
def _nothing_is_left_of_other_tests(box: Sandbox) -> None:
    """A transcode that is left ends after its grace, which may fall into the next test."""
    box.jellyfin.transcodes.clear()


@pytest.fixture
def session() -> str:
    return uuid4().hex


def key(session: str, **more: str) -> dict[str, str]:
    return {"playSessionId": session, "deviceId": "device", **more}


# The key


def test_the_same_key_with_another_bit_rate_start_and_codec_gets_the_first_bytes(
    client: httpx.Client, session: str
) -> None:
    first = client.get(f"{TALK}.mp3", params=key(session, audioBitRate="64000")).content
    again = {"audioBitRate": "128000", "startTimeTicks": "10000000", "audioCodec": "no-codec"}
    assert client.get(f"{TALK}.mp3", params=key(session, **again)).content == first


@pytest.mark.parametrize("change", ["item", "user agent", "device", "play session", "extension"])
def test_the_key_is_media_user_agent_device_play_session_and_extension(
    client: httpx.Client, session: str, change: str
) -> None:
    first = client.get(f"{TALK}.mp3", params=key(session, audioBitRate="64000")).content
    path, params, headers = f"{TALK}.mp3", key(session, audioBitRate="32000"), {}
    if change == "item":
        path = f"{OTHER}.mp3"
    elif change == "user agent":
        headers = {"User-Agent": "two"}
    elif change == "device":
        params["deviceId"] = "another"
    elif change == "play session":
        params["playSessionId"] = uuid4().hex
    else:
        path = f"{TALK}.flac"
    assert client.get(path, params=params, headers=headers).content != first


def test_requests_at_the_same_time_with_one_key_read_one_transcode(
    box: Sandbox, client: httpx.Client, session: str
) -> None:
    before = len(box.jellyfin.transcodes.files())
    with ThreadPoolExecutor(8) as threads:
        bodies = set(threads.map(lambda _: client.get(f"{TALK}.opus", params=key(session)).content, range(8)))
    assert len(bodies) == 1
    assert len(box.jellyfin.transcodes.files()) == before + 1


def test_a_server_that_starts_again_has_no_transcodes(box: Sandbox, client: httpx.Client, session: str) -> None:
    low = client.get(f"{TALK}.mp3", params=key(session, audioBitRate="32000")).content
    fault = box.fault(path="*/System/Ping", drop_headers=True, restart=0.0)
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/System/Ping")
    box.wait_idle()
    assert fault.hits == 1
    assert box.jellyfin.transcodes.files() == []
    assert len(client.get(f"{TALK}.mp3", params=key(session, audioBitRate="64000")).content) > 1.5 * len(low)


# The end


def test_a_transcode_without_readers_is_killed_after_its_grace_and_its_file_deleted(
    box: Sandbox, client: httpx.Client, session: str
) -> None:
    transcodes = box.jellyfin.transcodes
    before = transcodes.files()
    assert transcodes.grace == 10.0
    transcodes.grace = 0.0
    try:
        with box.jellyfin.paused_transcodes(after=5_000):
            with client.stream("GET", f"{TALK}.mp3", params=key(session)) as answer:
                blocks = answer.iter_raw()  # which closes the connection when nobody holds it any more
                next(blocks)
                assert transcodes.running() == [session]
            until(lambda: not transcodes.running() and transcodes.files() == before)
    finally:
        transcodes.grace = 10.0


def test_a_retry_within_the_grace_reads_the_growing_file_from_its_first_byte(
    box: Sandbox, client: httpx.Client, session: str
) -> None:
    with box.jellyfin.paused_transcodes(after=5_000):
        with client.stream("GET", f"{TALK}.mp3", params=key(session, audioBitRate="64000")) as answer:
            begun = take(answer.iter_raw(), 5_000)
        with client.stream("GET", f"{TALK}.mp3", params=key(session, audioBitRate="128000")) as again:
            assert take(again.iter_raw(), 5_000) == begun
            assert box.jellyfin.transcodes.running() == [session]
    box.wait_idle()
    whole = client.get(f"{TALK}.mp3", params=key(session)).content
    assert whole.startswith(begun)
    assert audio.probe(BytesIO(whole)).duration == pytest.approx(4.03, abs=0.1)


def test_active_encodings_are_ended_by_play_session_and_the_reader_sees_a_clean_end(
    box: Sandbox, client: httpx.Client, session: str
) -> None:
    with (
        box.jellyfin.paused_transcodes(after=5_000),
        client.stream("GET", f"{TALK}.mp3", params=key(session)) as answer,
    ):
        blocks = answer.iter_raw()
        got = take(blocks, 5_000)
        ended = client.delete(
            "/Videos/ActiveEncodings", params={"deviceId": "anyone", "playSessionId": session}, headers=USER
        )
        assert (ended.status_code, ended.content) == (204, b"")
        got += b"".join(blocks)
    assert len(got) == 5_000
    assert box.jellyfin.transcodes.running() == []


def test_ending_the_encodings_deletes_finished_files_too(client: httpx.Client, session: str) -> None:
    low = client.get(f"{TALK}.mp3", params=key(session, audioBitRate="32000")).content
    params = {"deviceId": "device", "playSessionId": session.upper()}
    assert client.delete("/Videos/ActiveEncodings", params=params, headers=USER).status_code == 204
    assert len(client.get(f"{TALK}.mp3", params=key(session, audioBitRate="64000")).content) > 1.5 * len(low)


@pytest.mark.parametrize("missing", ["deviceId", "playSessionId"])
def test_ending_encodings_needs_both_names_and_a_token(client: httpx.Client, missing: str) -> None:
    params = {"deviceId": "device", "playSessionId": "session"}
    assert client.delete("/Videos/ActiveEncodings", params=params).status_code == 401
    del params[missing]
    refused = client.delete("/Videos/ActiveEncodings", params=params, headers=USER)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [missing])


def test_a_report_that_playback_stopped_ends_the_transcode(box: Sandbox, client: httpx.Client, session: str) -> None:
    with (
        box.jellyfin.paused_transcodes(after=5_000),
        client.stream("GET", f"{TALK}.mp3", params=key(session)) as answer,
    ):
        next(answer.iter_raw())
        body = {"ItemId": library.item_id("history.flac").hex, "PlaySessionId": session}
        assert client.post("/Sessions/Playing/Stopped", json=body, headers=USER).status_code == 204
        assert box.jellyfin.transcodes.running() == []


def test_a_sandbox_that_stops_leaves_no_transcode_behind() -> None:
    before = set(threading.enumerate())
    with (
        sandbox.start() as running,
        running.jellyfin.paused_transcodes(after=5_000),
        httpx.Client(base_url=running.jellyfin_url) as client,
        client.stream("GET", f"{TALK}.mp3") as answer,
    ):
        next(answer.iter_raw())
        transcodes = running.jellyfin.transcodes
        running.stop()
        assert transcodes.running() == []
        made = set(threading.enumerate()) - before
    assert not [thread for thread in made if thread.name.startswith("transcode ")]


# Failures that look like success


def test_an_encoder_that_dies_on_the_way_is_a_short_200_and_so_is_every_retry_with_the_key(
    box: Sandbox, client: httpx.Client, session: str
) -> None:
    box.jellyfin.break_transcodes(after=7_000)
    short = client.get(f"{TALK}.mp3", params=key(session))
    assert (short.status_code, len(short.content)) == (200, 7_000)
    assert client.get(f"{TALK}.mp3", params=key(session)).content == short.content
    assert len(client.get(f"{TALK}.mp3", params=key(uuid4().hex)).content) > 7_000


def test_an_encoder_that_dies_with_its_file_open_is_an_empty_200(
    box: Sandbox, client: httpx.Client, session: str
) -> None:
    box.jellyfin.break_transcodes(after=0)
    empty = client.get(f"{TALK}.mp3", params=key(session))
    assert (empty.status_code, empty.content) == (200, b"")
    assert empty.headers["content-type"] == "audio/mpeg"


def test_an_encoder_that_makes_nothing_is_500_and_leaves_no_file(box: Sandbox, client: httpx.Client) -> None:
    before = box.jellyfin.transcodes.files()
    session = uuid4().hex
    assert client.get(f"{TALK}.mp3", params=key(session, audioCodec="nonsense")).status_code == 500
    assert box.jellyfin.transcodes.files() == before
    assert client.get(f"{TALK}.mp3", params=key(session)).status_code == 200


def test_a_failure_reaches_everyone_who_waits_for_the_first_byte(tmp_path: Path) -> None:
    cache, going = Transcodes(tmp_path / "transcodes"), threading.Event()

    def make() -> Iterator[bytes]:
        going.wait(10)
        raise AudioError("no such encoder")
        yield b""

    def ask(_: int) -> str:
        try:
            cache.open(Key(tmp_path, "", "", "", "mp3"), make)
        except AudioError as error:
            return str(error)
        return "opened"

    with ThreadPoolExecutor(3) as threads:
        answers = threads.map(ask, range(3))
        going.set()
        assert set(answers) == {"no such encoder"}
    assert (cache.running(), cache.files()) == ([], [])


def test_head_and_the_original_start_no_transcode(box: Sandbox, client: httpx.Client, session: str) -> None:
    before = box.jellyfin.transcodes.files()
    client.head(f"{TALK}.mp3", params=key(session))
    client.get(TALK, params=key(session, static="true"))
    assert box.jellyfin.transcodes.files() == before


def take(blocks: Iterator[bytes], size: int) -> bytes:
    """Read so many bytes: what the paused encoder has made."""
    got = b""
    while len(got) < size:
        got += next(blocks)
    return got


def until(holds: Callable[[], bool]) -> None:
    """Wait for what happens in another thread; a test that does so in vain ends with pytest's timeout."""
    pause = threading.Event()
    while not holds():
        pause.wait(0.01)
