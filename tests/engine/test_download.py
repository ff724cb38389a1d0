"""Downloads to a file: taken up by Range after a break, begun again where they must be, whole or not at all."""

import hashlib
import io
import json
import os
import re
import threading
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest

from tests.engine.ways import ONCE, SYNC, Ahead, Way, both, get, on_pause
from tests.inside.base import Stopped, stopping
from tests.inside.engine import Plan, Policy
from tests.inside.files import write_behind
from tests.inside.http import Answer, Head
from tests.inside.transfer import Fetched, PartFile, checkpoints, download, part_target
from tests.wire.recorder import CUT, Received, Recorder, answer
from tonearm.errors import (
    ConnectionFailed,
    DownloadInterrupted,
    InvalidInput,
    NotFound,
    ServiceFailed,
    StatusError,
    TimedOut,
    Truncated,
    UnexpectedAnswer,
)
from tonearm.progress import Meter, Progress
from tonearm.retry import Retry

BODY = bytes(range(256)) * 4096
SIZE = len(BODY)
DATE = "Thu, 01 Jan 2026 00:00:00 GMT"
FLAC = {"Last-Modified": DATE}


def whole(body: bytes = BODY, **headers: str) -> bytes:
    return answer(body, content_type="audio/flac", headers=FLAC | {n.replace("_", "-"): v for n, v in headers.items()})


def broken(after: int, body: bytes = BODY, **headers: str) -> tuple[Any, ...]:
    head, _, content = whole(body, **headers).partition(b"\r\n\r\n")
    return (head + b"\r\n\r\n" + content[:after], CUT)


def ranged(request: Received, body: bytes = BODY, date: str = DATE) -> bytes:
    found = re.fullmatch(r"bytes=(\d+)-", request.headers["range"])
    assert found is not None
    start = int(found[1])
    headers = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}", "Last-Modified": date}
    return answer(body[start:], status=206, content_type="audio/flac", headers=headers)


def fetch(way: Way, url: str, to: Any, *, path: str = "/x", **options: Any) -> Fetched:
    known = ("check", "rename", "report", "key", "known", "finish")
    more = {name: options.pop(name) for name in known if name in options}
    found = way.run(download(get(path), to, **({"check": lambda _: None} | more)), url, **options)
    assert isinstance(found, Fetched)
    return found


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "song.flac"


def lay(target: Path, content: bytes, *, stored: int | None) -> None:
    """Have a partial file hold something else, so many bytes of which are known to be on the disk."""
    target.with_name("song.flac.part").write_bytes(content)
    state = target.with_name("song.flac.part.json")
    state.write_text(json.dumps({**json.loads(state.read_text()), "stored": stored}))


def left(target: Path) -> set[str]:
    return {path.name for path in target.parent.iterdir()}


@both
def test_a_whole_file_takes_its_name_and_leaves_nothing_else(way: Way, target: Path) -> None:
    target.write_bytes(b"before")
    seen: list[Progress] = []
    with Recorder([whole()]) as server:
        found = fetch(way, server.url, target, report=seen.append)
    assert target.read_bytes() == BODY
    assert left(target) == {"song.flac"}
    sha256 = hashlib.sha256(BODY).hexdigest()
    assert found == Fetched(target, SIZE, "audio/flac", resumed=False, sha256=sha256, sized=True)
    assert "range" not in server.requests[0].headers
    done = [moment.done for moment in seen]
    assert done == sorted(set(done))
    assert (done[-1], seen[-1].total, seen[-1].phase) == (SIZE, SIZE, "download")


@both
def test_after_a_break_it_goes_on_with_the_bytes_that_are_missing(way: Way, target: Path) -> None:
    asked: list[str | None] = []

    def serve(request: Received) -> Any:
        asked.append(request.headers.get("range"))
        if len(asked) == 1:
            return broken(300_001)
        assert request.headers["if-range"] == DATE
        return ranged(request)

    with Recorder(serve) as server:
        found = fetch(way, server.url, target)
    assert asked == [None, "bytes=300001-"]
    assert target.read_bytes() == BODY
    assert (found.sha256, found.resumed, found.size) == (hashlib.sha256(BODY).hexdigest(), False, SIZE)


@both
def test_a_file_that_changed_meanwhile_is_begun_again(way: Way, target: Path) -> None:
    other, seen = BODY[::-1] + b"more", list[Progress]()
    with Recorder([broken(1000), whole(other)]) as server:
        found = fetch(way, server.url, target, report=seen.append)
    assert server.requests[1].headers["range"] == "bytes=1000-"
    assert target.read_bytes() == other
    assert (found.size, found.sha256) == (len(other), hashlib.sha256(other).hexdigest())
    assert seen[-1].total == seen[-1].done == len(other)


def wrong_start(request: Received) -> bytes:
    return answer(BODY[5:], status=206, headers={"Content-Range": f"bytes 5-{SIZE - 1}/{SIZE}"})


def wrong_total(request: Received) -> bytes:
    return answer(BODY[1000:], status=206, headers={"Content-Range": f"bytes 1000-{SIZE - 1}/{SIZE + 1}"})


def no_range(request: Received) -> bytes:
    return answer(BODY[1000:], status=206)


def other_version(request: Received) -> bytes:
    return ranged(request, date="Fri, 02 Jan 2026 00:00:00 GMT")


def not_satisfiable(request: Received) -> bytes:
    return answer(status=416, headers={"Content-Range": "bytes */5"})


@both
@pytest.mark.parametrize("second", [wrong_start, wrong_total, no_range, other_version, not_satisfiable])
def test_a_range_that_does_not_fit_begins_again(way: Way, target: Path, second: Any) -> None:
    count = iter(range(9))

    def serve(request: Received) -> Any:
        return (lambda: broken(1000), lambda: second(request), whole)[next(count)]()

    with Recorder(serve) as server:
        found = fetch(way, server.url, target)
    assert ["range" in request.headers for request in server.requests] == [False, True, False]
    assert target.read_bytes() == BODY
    assert found.sha256 == hashlib.sha256(BODY).hexdigest()


@both
def test_a_total_that_the_range_does_not_name_is_no_reason_to_begin_again(way: Way, target: Path) -> None:
    rest = answer(BODY[1000:], status=206, headers={"Content-Range": f"bytes 1000-{SIZE - 1}/*"})
    with Recorder([broken(1000), rest]) as server:
        fetch(way, server.url, target)
    assert target.read_bytes() == BODY


@both
def test_a_strong_tag_stands_in_for_the_date_and_a_weak_one_does_not(way: Way, target: Path) -> None:
    def tagged(tag: str) -> tuple[Any, ...]:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {SIZE}\r\nETag: {tag}\r\n\r\n".encode()
        return (head + BODY[:1000], CUT)

    rest = answer(BODY[1000:], status=206, headers={"Content-Range": f"bytes 1000-{SIZE - 1}/{SIZE}", "ETag": '"s"'})
    with Recorder([tagged('"s"'), rest, tagged('W/"w"'), whole()]) as server:
        fetch(way, server.url, target)
        fetch(way, server.url, target)
    assert server.requests[1].headers["if-range"] == '"s"'
    assert "range" not in server.requests[3].headers
    assert target.read_bytes() == BODY


@both
@pytest.mark.parametrize("date", ["", "Do, 01 Jän 2026"], ids=["no date", "odd date"])
def test_a_tag_that_cannot_be_sent_back_has_the_download_begin_again(way: Way, target: Path, date: str) -> None:
    versions = 'ETag: "früh"\r\n' + (f"Last-Modified: {date}\r\n" if date else "")
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {SIZE}\r\n{versions}\r\n".encode()
    with Recorder([(head + BODY[:1000], CUT), (head + BODY,)]) as server:
        found = fetch(way, server.url, target)
    assert "range" not in server.requests[1].headers
    assert (target.read_bytes(), found.resumed) == (BODY, False)


@both
def test_a_tag_stands_in_for_a_date_that_cannot_be_sent_back(way: Way, target: Path) -> None:
    versions = 'Last-Modified: Do, 01 Jän 2026\r\nETag: "s"\r\n'
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {SIZE}\r\n{versions}\r\n".encode()
    rest = answer(BODY[1000:], status=206, headers={"Content-Range": f"bytes 1000-{SIZE - 1}/{SIZE}", "ETag": '"s"'})
    with Recorder([(head + BODY[:1000], CUT), rest]) as server:
        fetch(way, server.url, target)
    assert server.requests[1].headers["if-range"] == '"s"'
    assert target.read_bytes() == BODY


@both
def test_a_deadline_that_passes_before_the_next_try_says_what_failed(
    way: Way, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, clock = answer(status=503, headers={"Retry-After": "100"}), Ahead(monkeypatch)
    plan = on_pause(download(get(), target, check=lambda _: None), lambda: clock.skip(999.9))
    with Recorder([busy]) as server, pytest.raises(TimedOut, match="the attempt before it failed: 503: ") as caught:
        way.run(plan, server.url, deadline=1000)
    assert isinstance(caught.value.__cause__, ServiceFailed)


@both
def test_a_body_without_a_length_is_whole_when_it_ends(way: Way, target: Path) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    with Recorder([chunked]) as server:
        found = fetch(way, server.url, target)
    assert target.read_bytes() == b"hello"
    assert (found.sized, found.size) == (False, 5)


@both
def test_a_body_without_a_length_that_breaks_off_begins_again_and_keeps_nothing(way: Way, target: Path) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
    with Recorder([(chunked, CUT)] * 2) as server, pytest.raises(DownloadInterrupted) as caught:
        fetch(way, server.url, target, retry=Retry(attempts=2, first_delay=0))
    assert ["range" in request.headers for request in server.requests] == [False, False]
    assert caught.value.path is None
    assert left(target) == set()


@both
def test_a_compressed_body_is_refused(way: Way, target: Path) -> None:
    with Recorder([whole(Content_Encoding="gzip")]) as server, pytest.raises(UnexpectedAnswer, match="compressed"):
        fetch(way, server.url, target)
    assert left(target) == set()
    with Recorder([whole(Content_Encoding="identity")]) as server:
        assert fetch(way, server.url, target).size == SIZE


@both
def test_an_empty_body_is_no_file(way: Way, target: Path) -> None:
    with Recorder([whole(b"")]) as server, pytest.raises(Truncated, match="no body"):
        fetch(way, server.url, target)
    assert left(target) == set()


@both
def test_a_range_that_ends_early_is_not_taken_for_the_whole(way: Way, target: Path) -> None:
    short = answer(BODY[1000:2000], status=206, headers={"Content-Range": f"bytes 1000-1999/{SIZE}"})
    with Recorder([broken(1000), short]) as server, pytest.raises(Truncated, match="ended early") as caught:
        fetch(way, server.url, target)
    assert (caught.value.done, caught.value.total) == (2000, SIZE)
    assert not target.exists()


@both
def test_an_error_before_any_byte_is_that_error(way: Way, target: Path) -> None:
    with Recorder([answer(status=404), answer(status=500), (CUT,)]) as server:
        for kind in (NotFound, ServiceFailed, ConnectionFailed):
            with pytest.raises(kind):
                fetch(way, server.url, target, retry=ONCE)
    assert left(target) == set()


@both
def test_a_broken_download_is_taken_up_by_the_next_call(way: Way, target: Path) -> None:
    def serve(request: Received) -> Any:
        return ranged(request) if "range" in request.headers else broken(5000)

    with Recorder(serve) as server:
        with pytest.raises(DownloadInterrupted) as caught:
            fetch(way, server.url, target, retry=ONCE)
        part = target.with_name("song.flac.part")
        assert (caught.value.path, caught.value.done, caught.value.total) == (part, 5000, SIZE)
        assert part.read_bytes() == BODY[:5000]
        state = target.with_name("song.flac.part.json")
        assert state.stat().st_mode & 0o777 == 0o600
        assert not target.exists()
        found = fetch(way, server.url, target)
    assert server.requests[1].headers["range"] == "bytes=5000-"
    assert found.resumed
    assert found.sha256 == hashlib.sha256(BODY).hexdigest()
    assert target.read_bytes() == BODY
    assert left(target) == {"song.flac"}


@both
@pytest.mark.parametrize("spoil", ["other request", "empty"])
def test_a_part_of_ours_that_does_not_fit_is_thrown_away(way: Way, target: Path, spoil: str) -> None:
    with Recorder([broken(5000)]) as server, pytest.raises(DownloadInterrupted):
        fetch(way, server.url, target, retry=ONCE)
    part = target.with_name("song.flac.part")
    if spoil == "empty":
        part.write_bytes(b"")
    with Recorder([whole()]) as server:
        found = fetch(way, server.url, target, path="/y" if spoil == "other request" else "/x")
    assert "range" not in server.requests[0].headers
    assert not found.resumed
    assert target.read_bytes() == BODY


@both
@pytest.mark.parametrize("state", [None, '{"key": ', "[]", '{"other": "program"}'])
@pytest.mark.parametrize("part", [b"a browser's", b"", None])
def test_files_of_others_are_not_written_over(way: Way, target: Path, part: bytes | None, state: str | None) -> None:
    there = {"song.flac.part": part, "song.flac.part.json": None if state is None else state.encode()}
    found = {name: content for name, content in there.items() if content}
    for name, content in there.items():
        if content is not None:
            target.with_name(name).write_bytes(content)
    with Recorder([whole()]) as server:
        if not found:
            assert fetch(way, server.url, target).size == SIZE
            return
        with pytest.raises(InvalidInput, match=r"exists, and no download of tonearm made it"):
            fetch(way, server.url, target)
    assert server.requests == []
    assert {path.name: path.read_bytes() for path in target.parent.iterdir()} == found


@both
@pytest.mark.parametrize("state", [b"", bytes(200)], ids=["empty", "zeros"])
@pytest.mark.parametrize("part", [b"hello", b""])
def test_a_state_that_a_loss_of_power_left_blank_is_no_obstacle(
    way: Way, target: Path, part: bytes, state: bytes
) -> None:
    target.with_name("song.flac.part").write_bytes(part)
    target.with_name("song.flac.part.json").write_bytes(state)
    with Recorder([whole()]) as server:
        found = fetch(way, server.url, target)
    assert "range" not in server.requests[0].headers
    assert (found.resumed, target.read_bytes()) == (False, BODY)
    assert left(target) == {"song.flac"}


@both
def test_a_crash_before_the_end_of_a_body_without_a_length_is_no_obstacle(way: Way, target: Path) -> None:
    with Recorder([(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", CUT), whole()]) as server:
        killed: Plan[Any] = download(get(), target, check=lambda _: None)
        part = killed.send(None).run()  # type: ignore[attr-defined]
        part.start(Head("GET", server.url, 200, {}))
        part.write(b"hello")
        part._file.close()  # as the end of a process does
        assert left(target) == {"song.flac.part", "song.flac.part.json"}
        found = fetch(way, server.url, target, retry=Retry(attempts=2, first_delay=0))
    assert (found.size, found.resumed, left(target)) == (SIZE, False, {"song.flac"})


@both
def test_what_is_downloaded_can_be_told_beside_its_path(way: Way, target: Path) -> None:
    with Recorder([broken(5000)]) as server, pytest.raises(DownloadInterrupted):
        fetch(way, server.url, target, key="here", retry=ONCE)
    with Recorder([broken(6000), whole()]) as server:
        with pytest.raises(DownloadInterrupted):
            fetch(way, server.url, target, key="there", retry=ONCE)
        fetch(way, server.url, target, key="there")
    assert [request.headers.get("range") for request in server.requests] == [None, "bytes=6000-"]


def looking(seen: list[Any], *, change: bool) -> Any:
    def finish(part: PartFile) -> Plan[tuple[str, ...]]:
        yield from Policy()
        file = part.contents()
        if file is None:
            return ()
        seen.append(file.read(4))
        if change:
            file.seek(0)
            file.write(b"new!")
        part.corrected(change)
        return ("looked",)

    return finish


@both
@pytest.mark.parametrize("change", [False, True])
@pytest.mark.parametrize("opened", [False, True])
def test_what_has_come_can_be_looked_at_and_corrected_before_it_takes_its_name(
    way: Way, target: Path, change: bool, opened: bool
) -> None:
    seen, file = list[bytes](), io.BytesIO()
    with Recorder([whole()]) as server:
        found = fetch(way, server.url, file if opened else target, finish=looking(seen, change=change))
    due = b"new!" + BODY[4:] if change else BODY
    assert (file.getvalue() if opened else target.read_bytes()) == due
    assert seen == [BODY[:4]]
    assert (found.checked, found.sha256) == (("looked",), hashlib.sha256(due).hexdigest())
    assert not opened or file.tell() == SIZE


@both
def test_what_cannot_be_read_back_from_its_beginning_is_not_looked_at(way: Way, tmp_path: Path) -> None:
    behind = io.BytesIO(b"before")
    behind.seek(6)
    with (tmp_path / "x").open("wb") as written, Recorder([whole()] * 2) as server:
        for file in (behind, written):
            assert fetch(way, server.url, file, finish=looking([], change=True)).checked == ()


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"size": "9"},
        {"size": 10**9},
        {"size": 10**9, "validator": 5, "content_type": "x"},
        {"validator": "x"},
        {"size": 10**9, "validator": '"früh"', "content_type": "x"},
    ],
)
def test_a_state_that_lacks_something_is_not_ours(target: Path, state: dict[str, Any]) -> None:
    target.with_name("song.flac.part").write_bytes(b"12345")
    target.with_name("song.flac.part.json").write_text(json.dumps({"key": "/x"} | state))
    part = PartFile.open(target, "/x", Meter("download", None, None))
    assert (part.offset, part.resumed) == (0, False)
    part.keep()
    assert left(target) == set()


@both
@pytest.mark.parametrize("changed", [False, True], ids=["the same", "changed"])
def test_of_a_part_that_is_whole_the_last_byte_shows_whether_it_is_still_right(
    way: Way, target: Path, changed: bool
) -> None:
    with Recorder([broken(5000)]) as server, pytest.raises(DownloadInterrupted):
        fetch(way, server.url, target, retry=ONCE)
    lay(target, BODY, stored=SIZE)
    now = BODY[::-1] if changed else BODY
    with Recorder(lambda request: whole(now) if changed else ranged(request)) as server:
        found = fetch(way, server.url, target)
    assert [request.headers["range"] for request in server.requests] == [f"bytes={SIZE - 1}-"]
    assert (found.sha256, found.resumed) == (hashlib.sha256(now).hexdigest(), not changed)
    assert target.read_bytes() == now


@both
def test_ctrl_c_keeps_the_part(way: Way, target: Path) -> None:
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with Recorder([whole()]) as server, pytest.raises(KeyboardInterrupt):
        fetch(way, server.url, target, report=stop)
    part = target.with_name("song.flac.part")
    assert BODY.startswith(part.read_bytes())
    assert part.stat().st_size > 0
    assert not target.exists()


@both
def test_many_breaks_are_survived_while_enough_comes_between_them(way: Way, target: Path) -> None:
    body = os.urandom(7 * 1024 * 1024)
    step = 1024 * 1024 + 7

    def serve(request: Received) -> Any:
        if "range" not in request.headers:
            return broken(step, body)
        content = ranged(request, body)
        head, _, rest = content.partition(b"\r\n\r\n")
        return (head + b"\r\n\r\n" + rest[:step], CUT)

    with Recorder(serve) as server:
        found = fetch(way, server.url, target, retry=Retry(attempts=2, first_delay=0))
    assert len(server.requests) == 7
    assert found.sha256 == hashlib.sha256(body).hexdigest()


@both
def test_breaks_without_progress_end_it(way: Way, target: Path) -> None:
    with Recorder([broken(10), *[(CUT,)] * 9]) as server, pytest.raises(DownloadInterrupted) as caught:
        fetch(way, server.url, target)
    assert len(server.requests) == 4
    assert caught.value.done == 10
    assert isinstance(caught.value.__cause__, ConnectionFailed)


@both
def test_a_break_behind_the_last_byte_is_none(way: Way, target: Path) -> None:
    head = f"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 1000-{SIZE - 1}/{SIZE}\r\nLast-Modified: {DATE}\r\n"
    rest = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (SIZE - 1000, BODY[1000:])
    with Recorder([broken(1000), (head.encode() + rest, CUT)]) as server:
        found = fetch(way, server.url, target)
    assert len(server.requests) == 2
    assert found.sha256 == hashlib.sha256(target.read_bytes()).hexdigest() == hashlib.sha256(BODY).hexdigest()


@both
def test_what_has_to_come_again_is_no_progress(way: Way, target: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    less = head + b"1\r\nx\r\n"
    more = head + b"%x\r\n%s\r\n" % (2 * SIZE, BODY * 2)
    with Recorder([(less, CUT), (more, CUT)] * 4) as server, pytest.raises(DownloadInterrupted):
        fetch(way, server.url, target)
    assert len(server.requests) == 4
    assert left(target) == set()


@both
def test_what_is_no_file_is_not_replaced_by_one(way: Way, target: Path) -> None:
    os.mkfifo(target)
    with Recorder([]) as server, pytest.raises(InvalidInput, match="is no regular file"):
        fetch(way, server.url, target)
    assert target.is_fifo()
    assert left(target) == {"song.flac"}
    assert server.requests == []


@both
def test_the_head_is_checked_before_a_byte_is_written(way: Way, target: Path) -> None:
    def check(head: Head) -> None:
        raise InvalidInput(f"not {head.content_type}")

    with Recorder([whole()]) as server, pytest.raises(InvalidInput, match="not audio/flac"):
        fetch(way, server.url, target, check=check)
    assert left(target) == set()


@both
def test_the_name_can_depend_on_the_content_type(way: Way, target: Path) -> None:
    with Recorder([whole()]) as server:
        found = fetch(way, server.url, target, rename=lambda path, kind: path.with_suffix("." + kind.split("/")[1]))
    assert found.path == target.with_suffix(".flac")


@both
def test_a_folder_that_is_not_there_is_refused_before_anything_is_sent(way: Way, tmp_path: Path) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput, match="cannot be written"):
        fetch(way, server.url, tmp_path / "missing" / "song.flac")
    assert server.requests == []


class Pipe(io.BytesIO):
    """A file that cannot be sought."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise io.UnsupportedOperation("seek")

    def tell(self) -> int:
        raise io.UnsupportedOperation("tell")


@both
def test_a_file_object_is_written_from_where_it_stands(way: Way) -> None:
    file = io.BytesIO(b"before:rest")
    file.seek(7)
    with Recorder([broken(1000), whole()]) as server:
        found = fetch(way, server.url, file)
    assert file.getvalue() == b"before:" + BODY
    assert (found.path, found.size) == (None, SIZE)


@both
def test_a_file_object_that_cannot_be_sought_is_written_as_it_comes(way: Way) -> None:
    pipe = Pipe()
    with Recorder(lambda request: ranged(request) if "range" in request.headers else broken(1000)) as server:
        fetch(way, server.url, pipe)
    assert pipe.getvalue() == BODY
    assert len(server.requests) == 2


@both
def test_a_file_object_that_cannot_be_rewound_is_not_written_twice(way: Way) -> None:
    pipe = Pipe()
    with Recorder([broken(1000), whole()]) as server, pytest.raises(Truncated, match="cannot be rewound"):
        fetch(way, server.url, pipe)
    assert pipe.getvalue() == BODY[:1000]


POWER: dict[str, tuple[bytes, int | None, int]] = {
    "more than was stored": (BODY[:9000] + b"?" * 100, 9000, 9000),
    "zeros at the end": (BODY[:9000] + bytes(70_000), 79_000, 9000),
    "zeros throughout": (bytes(9000), 9000, 0),
    "less than was stored": (BODY[:9000], 10_000, 9000),
    "a part of 0.1": (BODY[:9000] + bytes(100), None, 9000),
    "longer than the file": (BODY + b"?", 9000, 9000),
}


@both
@pytest.mark.parametrize("what", POWER)
def test_of_a_part_only_what_is_on_the_disk_for_sure_is_gone_on_from(way: Way, target: Path, what: str) -> None:
    with Recorder([broken(5000)]) as server, pytest.raises(DownloadInterrupted):
        fetch(way, server.url, target, retry=ONCE)
    content, stored, trusted = POWER[what]
    lay(target, content, stored=stored)
    with Recorder(lambda request: ranged(request) if "range" in request.headers else whole()) as server:
        found = fetch(way, server.url, target)
    assert server.requests[0].headers.get("range") == (f"bytes={trusted}-" if trusted else None)
    assert found.sha256 == hashlib.sha256(BODY).hexdigest()
    assert target.read_bytes() == BODY


def test_what_has_come_is_stored_now_and_then(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "_STEP", 4096)
    monkeypatch.setattr(write_behind, "_SIZE", 1)  # nothing is collected
    part = PartFile.open(target, "/x", Meter("download", None, None))
    part.start(Head("GET", "http://x/", 200, {"content-length": str(SIZE), "last-modified": DATE}))
    stored = []
    for at in range(0, 10_000, 1000):
        part.write(BODY[at : at + 1000])
        part.contents()  # waits for the checkpoint
        part.corrected(changed=False)
        stored.append(json.loads(target.with_name("song.flac.part.json").read_text())["stored"])
    assert stored == [0] * 4 + [5000] * 5 + [10_000]
    part.keep()


@both
def test_a_disk_that_fails_at_a_checkpoint_ends_the_download_and_only_what_it_has_is_gone_on_from(
    way: Way, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, sizes = os.fsync, list[int]()

    def fail(file: int) -> None:
        size = os.fstat(file).st_size
        if size > 4096:  # no state
            sizes.append(size)
            if len(sizes) == 2:
                raise OSError(5, "the disk is broken")
        real(file)

    for module, name, value in (
        (checkpoints, "_STEP", 1),
        (checkpoints, "_MOST", 1),
        (write_behind, "_SIZE", 4096),
        (os, "fsync", fail),
    ):
        monkeypatch.setattr(module, name, value)
    with Recorder(lambda request: ranged(request) if "range" in request.headers else whole()) as server:
        with pytest.raises(OSError, match="the disk is broken"):
            fetch(way, server.url, target)
        assert (len(sizes), target.exists()) == (2, False)
        durable = json.loads(target.with_name("song.flac.part.json").read_text())["stored"]
        assert 0 < durable <= sizes[0]
        monkeypatch.setattr(os, "fsync", real)
        found = fetch(way, server.url, target)
    assert server.requests[-1].headers["range"] == f"bytes={durable}-"
    assert (found.resumed, target.read_bytes()) == (True, BODY)


PAGES = [
    answer(b"<html>Sign in</html>", content_type="text/html"),
    answer(b"no", status=403, content_type="text/html"),
    answer(b"", status=416),
    answer(b"x", status=206, headers={"Content-Range": "bytes 7-7/9"}),
]


@both
@pytest.mark.parametrize("page", PAGES, ids=["page", "refused", "no range", "another range"])
def test_a_page_in_the_place_of_the_rest_costs_nothing_of_what_had_come(way: Way, target: Path, page: bytes) -> None:
    def check(head: Head) -> None:
        if head.content_type == "text/html":
            raise Answer(head, b"").unexpected("a page")

    part = target.with_name("song.flac.part")
    pages = iter([page, PAGES[0]])
    with Recorder([broken(5000)]) as server, pytest.raises(DownloadInterrupted):
        fetch(way, server.url, target, retry=ONCE)
    with Recorder(lambda _: next(pages)) as server, pytest.raises((DownloadInterrupted, StatusError)):
        fetch(way, server.url, target, retry=ONCE, check=check)
    assert part.read_bytes() == BODY[:5000]
    with Recorder(ranged) as server:
        assert fetch(way, server.url, target).resumed
    assert target.read_bytes() == BODY


@both
@pytest.mark.parametrize(("due", "sized"), [(SIZE, True), (SIZE + 1, None), (SIZE - 1, False), (None, False)])
def test_a_size_that_is_known_elsewhere_is_held_where_the_answer_has_none(
    way: Way, target: Path, due: int | None, sized: bool | None
) -> None:
    def known(part: PartFile) -> Plan[int | None]:
        yield from Policy()
        return due

    body = b"HTTP/1.1 200 OK\r\nContent-Type: audio/flac\r\nConnection: close\r\n\r\n" + BODY
    with Recorder([(body, CUT)]) as server:
        if sized is None:
            with pytest.raises(Truncated, match=f"{SIZE} of {SIZE + 1} bytes"):
                fetch(way, server.url, target, known=known)
            assert left(target) == set()
        else:
            assert fetch(way, server.url, target, known=known).sized is sized


@both
def test_a_symbolic_link_stays_and_the_file_behind_it_is_written(way: Way, target: Path) -> None:
    (target.parent / "there").mkdir()
    for name in ("there/old.flac", "there/new.flac"):
        target.unlink(missing_ok=True)
        target.symlink_to(name)
        if "old" in name:
            target.write_bytes(b"old")
        with Recorder([whole()]) as server:
            assert fetch(way, server.url, target).path == target
        assert target.is_symlink()
        assert (target.parent / name).read_bytes() == BODY
    target.unlink()
    target.symlink_to(target)
    with Recorder([]) as server, pytest.raises(InvalidInput, match="cannot be written"):
        fetch(way, server.url, target)


@both
def test_a_broken_download_into_a_file_object_says_how_far_it_came(way: Way) -> None:
    file = io.BytesIO()
    with Recorder([broken(1000)]) as server, pytest.raises(DownloadInterrupted) as caught:
        fetch(way, server.url, file, retry=ONCE)
    assert (caught.value.path, caught.value.done) == (None, 1000)
    assert file.getvalue() == BODY[:1000]


@both
@pytest.mark.parametrize("file", [io.StringIO(), object()])
def test_a_target_that_takes_no_bytes_is_refused(way: Way, file: Any) -> None:
    with Recorder([]) as server, pytest.raises(InvalidInput, match="neither a path nor a file open for writing bytes"):
        fetch(way, server.url, file)
    assert server.requests == []


def test_a_plan_that_is_left_closes_the_part(target: Path) -> None:
    plan: Plan[Any] = download(get(), target, check=lambda _: None)
    effect = next(plan)
    part = plan.send(effect.run())  # type: ignore[attr-defined]
    assert part is not None
    plan.close()
    assert left(target) == set()


@both
def test_a_second_download_to_the_same_file_does_not_touch_the_first(way: Way, target: Path) -> None:
    other = b"other" * 1000
    refusals = list[str]()

    def again(progress: Progress) -> None:
        if not refusals:
            with Recorder([whole(other)]) as elsewhere:
                with pytest.raises(InvalidInput) as caught:
                    SYNC.run(download(get(), target, check=lambda _: None), elsewhere.url)
                refusals.append(str(caught.value))
                assert elsewhere.requests == []

    with Recorder([whole()]) as server:
        found = fetch(way, server.url, target, report=again)
    assert refusals == [
        f"another download to {str(target)!r} has not ended (wait until that download ends, or name another file)"
    ]
    assert hashlib.sha256(target.read_bytes()).hexdigest() == found.sha256 == hashlib.sha256(BODY).hexdigest()
    assert left(target) == {"song.flac"}


@pytest.mark.parametrize("another", [False, True])
def test_a_part_that_took_its_name_while_it_was_opened_is_not_written_into(
    target: Path, another: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, moved = part_target.open_part, list[Path]()

    def open_late(path: Path) -> Any:
        file = real(path)
        if not moved:
            path.write_bytes(BODY)
            moved.append(path.replace(target))
            if another:
                path.write_bytes(b"a third download")
                path.with_name(path.name + ".json").write_text('{"key": "/x"}')
        return file

    monkeypatch.setattr(part_target, "open_part", open_late)
    part = PartFile.open(target, "/x", Meter("download", None, None))
    part.write(b"other")
    part.keep()
    assert target.read_bytes() == BODY
    assert left(target) == {"song.flac"}


def test_taking_up_that_is_stopped_keeps_the_part_and_closes_it(target: Path) -> None:
    with Recorder([broken(5000)]) as server, pytest.raises(DownloadInterrupted):
        fetch(SYNC, server.url, target, retry=ONCE)
    stop, context = threading.Event(), copy_context()
    stop.set()
    context.run(stopping.set, stop)
    with pytest.raises(Stopped):
        context.run(PartFile.open, target, "/x", Meter("download", None, None))
    part = PartFile.open(target, "/x", Meter("download", None, None))  # would be refused if it were open still
    assert part.offset == 5000
    part.keep()


@both
def test_a_range_that_nobody_asked_for_is_not_taken_for_the_whole(way: Way, target: Path) -> None:
    headers = {"Content-Range": f"bytes 0-99/{SIZE}"}
    canned = answer(BODY[:100], status=206, content_type="audio/flac", headers=headers)
    for given in (canned, canned.replace(f"/{SIZE}".encode(), b"/*")):
        with Recorder([given]) as server, pytest.raises(UnexpectedAnswer, match="is not the one that was asked for"):
            fetch(way, server.url, target)
    assert left(target) == set()


@both
def test_an_unbuffered_file_gets_every_byte(way: Way) -> None:
    class Narrow(io.RawIOBase):
        """Takes at most 1000 bytes at a time, as a raw file may."""

        taken = b""

        def writable(self) -> bool:
            return True

        def write(self, block: Any) -> int:
            self.taken += bytes(block[:1000])
            return len(block[:1000])

    file = Narrow()
    with Recorder([whole()]) as server:
        found = fetch(way, server.url, file)
    assert file.taken == BODY
    assert found.size == SIZE


@both
@pytest.mark.parametrize(("length", "refused"), [(245, False), (246, True), (300, True)])
def test_a_name_may_be_as_long_as_the_names_beside_it_allow(
    way: Way, length: int, refused: bool, tmp_path: Path
) -> None:
    target = tmp_path / ("x" * length)
    with Recorder([whole()]) as server:
        if refused:
            with pytest.raises(InvalidInput, match="is longer than 245 bytes"):
                fetch(way, server.url, target)
        else:
            assert fetch(way, server.url, target).size == SIZE
    assert len(server.requests) == (0 if refused else 1)
    assert left(target) == (set() if refused else {target.name})


def test_what_has_its_name_is_no_part_any_more(target: Path) -> None:
    first = PartFile.open(target, "/x", Meter("download", None, None))
    first.write(BODY)
    first.finish(target)
    second = PartFile.open(target, "/x", Meter("download", None, None))
    assert first.keep() is None
    assert left(target) == {"song.flac", "song.flac.part"}
    second.keep()
    assert left(target) == {"song.flac"}


@both
@pytest.mark.parametrize("last", [False, True], ids=["on the way", "at the end"])
def test_a_disk_that_is_full_while_a_file_comes_is_an_error_and_what_fitted_is_gone_on_from(
    way: Way, target: Path, last: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, fits = write_behind.write_all, SIZE - 1 if last else 600_000

    def fill(file: Any, block: Any) -> None:
        room = fits - file.tell()
        real(file, block[:room])
        if len(block) > room:
            raise OSError(28, "the disk is full")

    monkeypatch.setattr(write_behind, "write_all", fill)
    with Recorder(lambda request: ranged(request) if "range" in request.headers else whole()) as server:
        with pytest.raises(OSError, match="the disk is full"):
            fetch(way, server.url, target)
        assert not target.exists()
        assert target.with_name("song.flac.part").read_bytes() == BODY[:fits]
        monkeypatch.setattr(write_behind, "write_all", real)
        found = fetch(way, server.url, target)
    assert server.requests[-1].headers["range"] == f"bytes={fits}-"
    assert (found.resumed, target.read_bytes()) == (True, BODY)
