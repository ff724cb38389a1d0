"""Recordings at web addresses: read in ranges by our own HTTP layer, from a server on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import pytest
from attrs import define, field

import tonearm
from tests.bulk.test_tasks import MARKER, record
from tests.inside.base import cancellation
from tests.inside.files import path_of
from tests.inside.http import options
from tests.inside.transfer import WebFile, open_input, version_on_the_web
from tonearm import InvalidInput, MissingFile, SourceChanged, TimedOut, TonearmError, TransferError, bulk
from tonearm.cli import main
from tonearm.sandbox import Fault, Sandbox, start

SECRETS = ("sandbox-key", "sandbox-token")


@define(eq=False)
class Site:
    """A web server: what it holds, how it answers, and what it was asked for."""

    files: dict[str, bytes] = field(factory=dict)
    etag: str | None = '"one"'
    modified: str | None = None
    ranges: bool = True
    tells: bool = True
    answers: list[Callable[[BaseHTTPRequestHandler], bool]] = field(factory=list)
    """What is done for the next requests in place of an answer; True when nothing else is to follow."""
    asked: list[tuple[str, str | None]] = field(factory=list)
    headers: list[str] = field(factory=list)
    sent: int = 0
    url: str = ""

    def head(self, ask: BaseHTTPRequestHandler) -> None:
        """Tell of a file, where this site does so."""
        body = self.files.get(ask.path)
        if body is None or not self.tells:
            status(405)(ask)
            return
        ask.send_response(200)
        ask.send_header("Content-Length", str(len(body)))
        for name, value in (("ETag", self.etag), ("Last-Modified", self.modified)):
            if value is not None:
                ask.send_header(name, value)
        ask.end_headers()

    def answer(self, ask: BaseHTTPRequestHandler) -> None:
        self.asked.append((ask.path, ask.headers.get("Range")))
        self.headers.append(str(ask.headers))
        if self.answers and self.answers.pop(0)(ask):
            return
        body = self.files.get(ask.path)
        if body is None:
            status(404)(ask)
            return
        told = re.fullmatch(r"bytes=(\d+)-(\d+)", ask.headers.get("Range", "")) if self.ranges else None
        start, end = (int(told[1]), min(int(told[2]), len(body) - 1)) if told else (0, len(body) - 1)
        if told and start >= len(body):
            status(416, **{"Content-Range": f"bytes */{len(body)}"})(ask)
            return
        ask.send_response(206 if told else 200)
        if told:
            ask.send_header("Content-Range", f"bytes {start}-{end}/{len(body)}")
        for name, value in (("ETag", self.etag), ("Last-Modified", self.modified)):
            if value is not None:
                ask.send_header(name, value)
        ask.send_header("Content-Length", str(end + 1 - start))
        ask.end_headers()
        self.sent += end + 1 - start
        ask.wfile.write(body[start : end + 1])


def status(number: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], bool]:
    """Answer with a status and no body."""

    def answer(ask: BaseHTTPRequestHandler) -> bool:
        ask.send_response(number)
        for name, value in headers.items():
            ask.send_header(name, value)
        ask.send_header("Content-Length", "0")
        ask.end_headers()
        return True

    return answer


def cut(ask: BaseHTTPRequestHandler) -> bool:
    """Promise more than is sent."""
    start, end = map(int, re.findall(r"\d+", ask.headers["Range"]))
    ask.send_response(206)
    ask.send_header("Content-Range", f"bytes {start}-{end}/{len(LARGE)}")
    ask.send_header("Content-Length", str(end + 1 - start))
    ask.end_headers()
    ask.wfile.write(b"x" * 10)
    ask.close_connection = True
    return True


@contextmanager
def served() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            made.answer(self)

        def do_HEAD(self) -> None:
            made.head(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    def at_once(timeout: float | None, deadline: float | None, _: None, *, silence: float) -> Any:
        return options(timeout, deadline, tonearm.Retry(first_delay=0.0), silence=silence)

    monkeypatch.setattr("tonearm._transfer.web_file.options", at_once)
    with served() as made:
        yield made


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with start() as running:
        yield running


LARGE = bytes(range(256)) * 40_000  # 10 MB


def test_only_what_is_needed_is_read(site: Site) -> None:
    site.files["/a/talk.wav"] = LARGE
    with open_input(f"{site.url}/a/talk.wav") as source:
        assert (source.name, source.size) == ("talk.wav", len(LARGE))
        assert source.read_at(9_000_000, 1_000) == LARGE[9_000_000:9_001_000]
        assert source.read_at(len(LARGE) - 10, 10) == LARGE[-10:]
        source.verify()
    assert site.sent < 1_000_000
    with WebFile.at(f"{site.url}/a/talk.wav") as file:
        assert file.readall() == LARGE
        assert file.read(1) == b""
        with pytest.raises(ValueError, match="negative"):
            file.seek(-1)
    assert len(site.asked) < 15  # ranges grow


def test_a_server_without_ranges_is_read_once_into_a_temporary_file(site: Site) -> None:
    site.files["/talk.wav"], site.ranges = LARGE, False
    site.answers = [cut_whole, lambda _: False]
    with open_input(f"{site.url}/talk.wav") as source:
        assert source.size == len(LARGE)
        assert source.read_at(5_000_000, 10) == LARGE[5_000_000:5_000_010]
        assert source.read_at(0, 10) == LARGE[:10]
    assert len(site.asked) == 2


def cut_whole(ask: BaseHTTPRequestHandler) -> bool:
    """The same without a range."""
    ask.send_response(200)
    ask.send_header("Content-Length", "100000")
    ask.end_headers()
    ask.wfile.write(b"x" * 10)
    ask.close_connection = True
    return True


def changed_size(site: Site) -> None:
    site.files["/talk.wav"] = LARGE + b"more"


def changed_tag(site: Site) -> None:
    site.etag = '"two"'


def changed_weak_tag(site: Site) -> None:
    site.etag = 'W/"two"'


def changed_time(site: Site) -> None:
    site.etag, site.modified = None, "Mon, 01 Jan 2035 00:00:00 GMT"


@pytest.mark.parametrize("change", [changed_size, changed_tag, changed_weak_tag, changed_time])
def test_a_file_that_changes_while_it_is_read_is_an_error(site: Site, change: Callable[[Site], None]) -> None:
    site.files["/talk.wav"], site.modified = LARGE, "Sun, 06 Nov 1994 08:49:37 GMT"
    with open_input(f"{site.url}/talk.wav") as source:
        change(site)
        assert source.read_at(0, 10) == LARGE[:10]  # it is there
        with pytest.raises(SourceChanged, match=r"talk\.wav changed on the server while it was read"):
            source.read_at(5_000_000, 10)


@pytest.mark.parametrize("answers", [[status(503)], [cut], [status(429, **{"Retry-After": "0"}), cut, status(500)]])
def test_what_may_pass_is_tried_again(site: Site, answers: list[Any]) -> None:
    site.files["/talk.wav"] = LARGE
    site.answers = list(answers)
    with open_input(f"{site.url}/talk.wav") as source:
        site.answers = list(answers)
        assert source.read_at(5_000_000, 10) == LARGE[5_000_000:5_000_010]
    assert len(site.asked) == 2 + 2 * len(answers)


def wrong_range(ask: BaseHTTPRequestHandler) -> bool:
    ask.send_response(206)
    ask.send_header("Content-Range", "bytes 5-9/10240000")
    ask.send_header("Content-Length", "5")
    ask.end_headers()
    ask.wfile.write(b"12345")
    return True


def short_range(ask: BaseHTTPRequestHandler) -> bool:
    start, end = re.findall(r"\d+", ask.headers["Range"])
    ask.send_response(206)
    ask.send_header("Content-Range", f"bytes {start}-{end}/{len(LARGE)}")
    ask.send_header("Content-Length", "5")
    ask.end_headers()
    ask.wfile.write(b"12345")
    return True


def page(ask: BaseHTTPRequestHandler) -> bool:
    return status(200, **{"Content-Type": "text/html"})(ask)


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (status(404), MissingFile, "there is no http"),
        (status(410), MissingFile, "there is no http"),
        (status(401), InvalidInput, "cannot be read"),
        (status(403), InvalidInput, "cannot be read"),
        (status(418), TransferError, "418"),
        (status(206), TransferError, "the range that was asked for did not come"),
        (status(206, **{"Content-Range": "bytes 0-1/*"}), TransferError, "did not come"),
        (wrong_range, TransferError, "is not the one that was asked for"),
        (short_range, TransferError, "5 bytes came"),
        (page, TransferError, "where a file is due"),
        (status(206, **{"Content-Encoding": "gzip"}), TransferError, "where a file is due"),
    ],
)
def test_what_a_server_refuses_is_said_and_is_no_refusal_of_the_service(
    site: Site, answer: Any, kind: type[Exception], said: str
) -> None:
    site.files["/talk.wav"] = LARGE
    site.answers = [answer]
    with pytest.raises(kind, match=said) as raised:
        open_input(f"{site.url}/talk.wav")
    assert not isinstance(raised.value, tonearm.StatusError)
    with open_input(f"{site.url}/talk.wav") as source:
        site.answers = [answer] * 2
        with pytest.raises(kind, match=said):
            source.read_at(5_000_000, 10)


def test_nothing_answers(site: Site) -> None:
    site.files["/talk.wav"] = LARGE
    site.answers = [cut] * 4
    with pytest.raises(TransferError, match="cannot be read"):
        open_input(f"{site.url}/talk.wav")


@pytest.mark.parametrize("size", [0, 5])
def test_what_is_empty_or_has_another_size_is_refused(site: Site, size: int) -> None:
    site.files["/talk.wav"] = b"x" * size
    with pytest.raises(InvalidInput):
        open_input(f"{site.url}/talk.wav", None if size == 0 else 6)


def test_a_redirection_is_followed_and_asked_for_again_once_it_has_expired(site: Site) -> None:
    site.files["/signed"] = LARGE
    site.answers = [status(302, Location="/signed"), lambda _: False]
    with open_input(f"{site.url}/talk.wav") as source:
        site.answers = [status(403), status(302, Location="/signed"), lambda _: False]
        assert source.read_at(5_000_000, 10) == LARGE[5_000_000:5_000_010]
        assert source.name == "talk.wav"
    assert [path for path, _ in site.asked] == ["/talk.wav", "/signed", "/signed", "/talk.wav", "/signed"]


def test_a_server_that_is_silent_is_told_of(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def hasty(_: float | None, deadline: float | None, __: None, *, silence: float) -> Any:
        return options(0.2, deadline, tonearm.Retry(attempts=1), silence=silence)

    monkeypatch.setattr("tonearm._transfer.web_file.options", hasty)
    go_on = threading.Event()
    site.answers = [lambda _: not go_on.wait(30)]
    with pytest.raises(TransferError, match=r"talk\.wav cannot be read: .*(silent|timed out)"):
        open_input(f"{site.url}/talk.wav")
    go_on.set()


def test_an_address_that_cannot_be_asked_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert version_on_the_web("http://nas:port/talk.wav") is None
    monkeypatch.setenv("HTTP_PROXY", "ftp://proxy:21")
    assert version_on_the_web("http://nas/talk.wav") is None


def test_a_file_is_closed_once(site: Site) -> None:
    site.files["/talk.wav"] = LARGE
    file = WebFile.at(f"{site.url}/talk.wav")
    file.close()
    file.close()
    assert file.closed


def test_a_deadline_holds_for_what_is_read(site: Site) -> None:
    site.files["/talk.wav"] = LARGE
    asked = threading.Event()
    go_on = threading.Event()

    def wait(_: BaseHTTPRequestHandler) -> bool:
        asked.set()
        return not go_on.wait(30)

    def left() -> float:
        return 0.2

    with open_input(f"{site.url}/talk.wav") as source:
        site.answers = [wait]
        token = cancellation.limit.set(left)
        try:
            with pytest.raises(TimedOut, match="deadline"):
                source.read_at(5_000_000, 10)
        finally:
            cancellation.limit.reset(token)
            go_on.set()
        assert asked.is_set()


@pytest.mark.parametrize("ranges", [True, False])
def test_recordings_are_transcribed_and_uploaded_and_no_key_goes_there(
    box: Sandbox, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ranges: bool
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    record(tmp_path / "talk.wav", "seven silent rivers")
    site.files |= {"/talk.wav": (tmp_path / "talk.wav").read_bytes(), "/book.txt": b"Seven silent rivers."}
    site.ranges = ranges
    address = f"{site.url}/talk.wav"
    ai = partial(tonearm.OpenAI, base_url=box.openai_url, api_key=SECRETS[0])
    stream = partial(tonearm.Aioz, base_url=box.aioz_url, token=SECRETS[1])
    with ai() as client, stream() as aioz:
        assert cast("Any", client.transcribe(address, model=MARKER)).text.split() == ["seven", "silent", "rivers"]
        assert client.estimate_recording(address, model="whisper-1").price is None  # the sandbox is not OpenAI
        media = aioz.upload(address, part_size=4000)
        assert (media.title, media.size) == ("talk.wav", len(site.files["/talk.wav"]))
    jobs = list(bulk.find(address))
    assert [job.output for job in jobs] == ["talk"]
    text = bulk.Transcribe(to=tmp_path, model=MARKER, make=ai, timeout=60)
    assert bulk.run(text, jobs, ledger=tmp_path / "one").ok
    assert (tmp_path / "talk.txt").read_text().split() == ["seven", "silent", "rivers"]
    assert bulk.run(bulk.Upload(make=stream), [address], ledger=tmp_path / "two").ok
    speak = bulk.Speak(to=tmp_path / "spoken", voice="coral", model="tts-1", format="wav", make=ai)
    assert bulk.run(speak, [f"{site.url}/book.txt"], ledger=tmp_path / "three").ok
    assert (tmp_path / "spoken" / "book.wav").stat().st_size > 0
    asked = "".join(site.headers)
    assert "Authorization" not in asked
    assert not any(secret in asked for secret in SECRETS)


def test_what_has_changed_on_the_web_is_done_again(site: Site, tmp_path: Path) -> None:
    site.files |= {"/one.wav": b"first", "/two.wav": b"first"}
    jobs = [f"{site.url}/one.wav", f"{site.url}/two.wav"]

    def done() -> int:
        return bulk.run(lambda _: None, jobs, ledger=tmp_path / "ledger").done

    assert [done(), done()] == [2, 0]
    site.files["/two.wav"] = b"longer"
    assert [done(), done()] == [1, 0]
    site.etag = '"two"'
    assert [done(), done()] == [2, 0]
    site.tells = False
    assert done() == 0
    site.tells, site.etag, site.modified = True, None, None
    assert done() == 0  # where nothing is told, nothing is known to have changed


def test_an_upload_from_the_web_is_resumed(
    box: Sandbox, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    record(tmp_path / "talk.wav", "seven silent rivers")
    site.files["/talk.wav"] = (tmp_path / "talk.wav").read_bytes()
    once = tonearm.Retry(attempts=1)
    with tonearm.Aioz(base_url=box.aioz_url, token=SECRETS[1], retry=once) as aioz:
        for query in ("", "?signed=x"):
            site.files[f"/talk.wav{query}"] = site.files["/talk.wav"]
            fault = Fault(status=503, skip=1, times=1, path="*/part")
            with box.faults(fault), pytest.raises(tonearm.UploadInterrupted) as stopped:
                aioz.upload(f"{site.url}/talk.wav{query}", part_size=4000)
            assert [one.source for one in aioz.unfinished()] == [None]
            assert "signed" not in Path(str(stopped.value.state)).read_text()
            source = f"{site.url}/talk.wav{query}" if query else None
            assert aioz.resume(str(stopped.value.state), source=source).status != "new"


@pytest.mark.parametrize(
    "address",
    [
        "https://me:hidden-key@host/a.wav",
        "https://hidden-key@host/a.wav",
        "https://host/a.wav?X-Amz-Signature=hidden-key",
        "https://host/a.wav?show=1&access_token=hidden-key",
    ],
)
def test_an_address_with_a_key_does_not_come_into_a_ledger(address: str, tmp_path: Path) -> None:
    for jobs in (lambda: bulk.find(address), lambda: iter([address]), lambda: iter([bulk.Job(address)])):
        with pytest.raises(InvalidInput, match="holds a key") as refused:
            bulk.run(lambda _: None, cast("Any", jobs)(), ledger=tmp_path / "ledger")
        assert "hidden-key" not in f"{refused.value}{refused.value.value}"
    assert b"hidden-key" not in (tmp_path / "ledger").read_bytes()
    if "@" in address:
        with pytest.raises(InvalidInput) as unusable:
            open_input(address)
        assert "hidden-key" not in f"{unusable.value}{unusable.value.value}"


@pytest.mark.parametrize("address", ["https://[host/a.wav", "http://host:port/a.wav", "https:///a.wav", "http://"])
def test_an_address_that_cannot_be_read_is_an_error_of_ours(address: str, tmp_path: Path) -> None:
    with pytest.raises(TonearmError):
        open_input(address)
    with contextlib.suppress(InvalidInput):
        report = bulk.run(bulk.Upload(timeout=1.0, make=Never), [address], ledger=tmp_path / "ledger", attempts=1)
        assert (report.failed, report.stopped) == (1, None)


class Never:
    """A client that is not asked."""

    def with_options(self, **_: object) -> Never:
        return self


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://host/a/talk%20one.mp3?x=1.5#t", "talk one.mp3"),
        ("https://host/a%2Fb.mp3", "b.mp3"),
        ("https://host/a%00b.mp3", "a_b.mp3"),
        ("https://host", ""),
    ],
)
def test_results_are_named_after_the_last_part_of_an_address(address: str, name: str) -> None:
    assert path_of(address).name == name


def test_the_commands_take_web_addresses(
    box: Sandbox, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path / "talk.wav", "seven silent rivers")
    address = f"{site.url}/shows/talk.wav?show=7"
    site.files["/shows/talk.wav?show=7"] = (tmp_path / "talk.wav").read_bytes()
    for name, value in (
        *(("OPENAI_BASE_URL", box.openai_url), ("OPENAI_API_KEY", SECRETS[0])),
        *(("AIOZ_STREAM_BASE_URL", box.aioz_url), ("AIOZ_STREAM_TOKEN", SECRETS[1])),
        ("XDG_STATE_HOME", str(tmp_path / "state")),
    ):
        monkeypatch.setenv(name, value)
    assert main(["openai", "transcribe", address, "--model", MARKER]) == 0
    assert capsys.readouterr().out.split() == ["seven", "silent", "rivers"]
    assert main(["openai", "transcribe", address, "--model", MARKER, "-o", f"{tmp_path}/texts/", "--to", "html"]) == 0
    assert f'src="{address}"' in (tmp_path / "texts" / "talk.html").read_text()
    assert main(["aioz", "upload", address]) == 0
    assert main(["bulk", "transcribe", address, "-o", str(tmp_path / "bulk"), "--model", MARKER]) == 0
    assert (tmp_path / "bulk" / "talk.txt").read_text().split() == ["seven", "silent", "rivers"]


def beginning(number: int) -> Callable[[BaseHTTPRequestHandler], bool]:
    """Send the beginning of what is promised, with a status."""

    def answer(ask: BaseHTTPRequestHandler) -> bool:
        ask.send_response(number)
        ask.send_header("Content-Length", str(len(LARGE)))
        ask.end_headers()
        ask.wfile.write(LARGE[:1_000])
        ask.close_connection = True
        return True

    return answer


def test_half_of_a_file_is_not_taken_for_the_whole_where_ranges_come_after_it(site: Site) -> None:
    site.files["/talk.wav"] = LARGE
    site.answers = [beginning(200)]
    with open_input(f"{site.url}/talk.wav") as source:
        assert source.size == len(LARGE)
        assert source.read_at(5_000_000, 10) == LARGE[5_000_000:5_000_010]


def test_a_range_that_does_not_end_does_not_fill_the_memory(site: Site) -> None:
    site.files["/talk.wav"] = LARGE
    blocks: list[int] = []

    def endless(ask: BaseHTTPRequestHandler) -> bool:
        ask.send_response(206)
        ask.send_header("Content-Range", f"bytes 0-{256 * 1024 - 1}/{len(LARGE)}")
        ask.send_header("Connection", "close")
        ask.end_headers()
        with contextlib.suppress(OSError):
            while len(blocks) < 1_000:
                ask.wfile.write(LARGE[:100_000])
                blocks.append(100_000)
        ask.close_connection = True
        return True

    site.answers = [endless]
    with pytest.raises(TransferError, match="more than the 262144 bytes of the range"):
        open_input(f"{site.url}/talk.wav")
    assert len(blocks) < 1_000


def test_what_is_told_only_after_a_job_was_done_does_not_do_it_again(site: Site, tmp_path: Path) -> None:
    site.files["/one.wav"] = b"first"

    def done() -> int:
        return bulk.run(lambda _: None, [f"{site.url}/one.wav"], ledger=tmp_path / "ledger").done

    site.tells = False
    assert done() == 1
    site.tells = True
    assert [done(), done()] == [0, 0]
    site.etag = '"two"'
    assert [done(), done()] == [1, 0]


@pytest.mark.parametrize("reads", [False, True])
def test_a_silent_server_does_not_hold_up_a_program_whose_task_is_cancelled(site: Site, reads: bool) -> None:
    site.files["/talk.wav"] = LARGE
    asked, go_on = threading.Event(), threading.Event()

    def silent(_: BaseHTTPRequestHandler) -> bool:
        asked.set()
        return go_on.wait(60)

    site.answers = [*([lambda _: False] * reads), silent]

    async def cancelled() -> None:
        async with tonearm.AsyncAioz(base_url="http://127.0.0.1:1", token=SECRETS[1]) as aioz:
            task = asyncio.create_task(aioz.upload(f"{site.url}/talk.wav", max_price=1.0, preset="standard"))
            await asyncio.to_thread(asked.wait, 30)
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled()

    try:
        began = time.monotonic()
        asyncio.run(cancelled())  # waits for all threads that work for the loop
        assert time.monotonic() - began < 20
    finally:
        go_on.set()
