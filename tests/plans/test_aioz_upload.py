"""Uploads that cannot be lost: whatever fails, whenever it stops, in every order in which parts can go on."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Barrier, Thread
from typing import Any, Literal, cast

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inside.aioz import Account, _job, _journal, _left, _resume, _upload
from tests.inside.engine import Plan
from tests.inside.files import FileWindow, state_log
from tests.inside.http import Request
from tests.plans.aioz import ACCOUNT, DONE, ID, Service, ask, media
from tests.plans.play import Reply, Stage, cut, in_turn, refused, reply, silent
from tonearm.aioz import Media
from tonearm.errors import (
    BadRequest,
    ChecksumMismatch,
    ConnectionFailed,
    Forbidden,
    InvalidInput,
    MissingFile,
    NotFound,
    SourceChanged,
    TooLarge,
    UnexpectedAnswer,
    UploadInterrupted,
)
from tonearm.progress import Meter, Progress, Tally
from tonearm.retry import Retry


class Killed(BaseException):
    """Ends the process: nothing after it reaches the server or the disk."""


class Once(io.BytesIO):
    """A stream that cannot be sought."""

    def seekable(self) -> bool:
        return False


def recorded(state: Path) -> set[int]:
    """The numbers of the parts that a journal has as done."""
    lines = [json.loads(line) for line in state.read_text().splitlines()]
    return {line["done"] for line in lines if "done" in line}


def resumed(state: Path, **changes: Any) -> Plan[Media]:
    options: dict[str, Any] = {"source": None, "account": ACCOUNT, "report": None, **changes}
    return _resume.resume(state, options["source"], options["account"], options["report"])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of eight bytes: two parts."""
    path = tmp_path / "a.flac"
    path.write_bytes(b"12345678")
    return path


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where the journal goes."""
    return tmp_path / "state" / "journal"


# Whatever fails


FAILURES = [refused, cut, silent, *(lambda s=s: reply(status=s) for s in (400, 408, 429, 500, 503, 520)), Killed]


def interruption(stage: Stage, plan: Plan[Any]) -> UploadInterrupted | None:
    """Play a plan, and return how it was interrupted, if it was."""
    try:
        stage.play(plan)
    except UploadInterrupted as error:
        return error
    return None


class Watched(Service):
    """Fails as it is told, and holds every request against the journal."""

    def __init__(self, state: Path, failures: Iterator[Callable[[], Any] | None]) -> None:
        super().__init__(lambda name: self._next(name))
        self.failures, self.state = failures, state
        self.earlier: set[str] = set()
        self.again: set[str] = set()

    def _next(self, name: str) -> Reply | None:
        fail = None if name == "create" else next(self.failures, None)
        return None if fail is None else fail()

    def round(self) -> None:
        self.earlier, self.again = set(self.parts), set()

    def act(self, name: str, request: Request) -> Reply:
        if name == "part":
            assert request.form is not None
            index = request.form[1].value
            assert isinstance(index, bytes)
            assert int(index) not in recorded(self.state), "a part that is recorded was sent again"
            self.again |= {index.decode()} & self.earlier
        elif name == "complete":
            assert self.status == "new", "complete was sent again after it had been accepted"
        return super().act(name, request)


@given(
    size=st.integers(1, 24),
    part_size=st.integers(1, 7),
    workers=st.integers(1, 5),
    failures=st.lists(st.none() | st.sampled_from(FAILURES), max_size=40),
    order=st.lists(st.integers(0, 59), min_size=1, max_size=40),
)
def test_whatever_stops_it_an_upload_goes_on_until_it_is_whole(
    size: int, part_size: int, workers: int, failures: list[Any], order: list[int]
) -> None:
    content = bytes(range(size))
    with tempfile.TemporaryDirectory() as folder:
        path, state = Path(folder, "a.flac"), Path(folder, "journal")
        path.write_bytes(content)
        service = Watched(state, iter(failures))
        turns = cycle(order)
        seen: list[Progress] = []
        request = ask(part_size=part_size, workers=workers, state=state, on_progress=seen.append)
        plan = _upload.upload(path, request, ACCOUNT)
        for _ in range(len(failures) + 1):
            stage = Stage(service, choose=lambda count: next(turns) % count, retry=Retry(attempts=2))
            del seen[:]
            service.round()
            with suppress(Killed):
                stop = interruption(stage, plan)
                assert [moment.done for moment in seen] == sorted({moment.done for moment in seen})
                if stop is None:
                    break
                assert (stop.id, stop.state, stop.total) == (ID, state, size)
            assert not service.completed or len(recorded(state)) == -(-size // part_size)
            assert len(service.again) <= workers
            plan = resumed(state, report=seen.append)
        assert service.completed == 1
        assert b"".join(service.parts[str(index)] for index in range(1, len(service.parts) + 1)) == content
        assert not seen or seen[-1].done == size
        assert [found.name for found in Path(folder).iterdir()] == ["a.flac"]


@settings(max_examples=15)
@given(
    data=st.data(),
    workers=st.integers(1, 5),
    bad=st.sets(st.integers(1, 9), min_size=1),
    status=st.sampled_from((400, 404)),
)
def test_the_first_fatal_failure_stops_the_other_parts_and_is_raised(
    data: st.DataObject, workers: int, bad: set[int], status: int
) -> None:
    refused: list[str] = []

    def world(request: Request) -> Reply:
        if request.form is None:
            return media() if request.path == "/media/create" else DONE
        index = request.form[1].value
        assert isinstance(index, bytes)
        if int(index) not in bad:
            return DONE
        refused.append(f"no part {int(index)}")
        return reply(status=status, json={"message": refused[-1]})

    stage = Stage(world, choose=lambda count: data.draw(st.integers(0, count - 1)))
    with pytest.raises(UploadInterrupted) as caught:
        stage.play(_upload.upload(bytes(9), ask(part_size=1, workers=workers), ACCOUNT))
    assert getattr(caught.value.__cause__, "message", None) in refused
    assert len(refused) <= workers
    assert not any(request.path.endswith("complete") for request in stage.requests)


@settings(max_examples=12)
@given(data=st.data(), workers=st.integers(1, 5))
def test_no_more_parts_are_under_way_or_hashed_ahead_than_there_are_workers(data: st.DataObject, workers: int) -> None:
    flying, most, ahead, hashed = 0, 0, 0, 0

    class Counted(_journal.Journal):
        def started(self, part: _journal.Part, md5: str) -> None:
            nonlocal flying, most
            flying += 1
            most = max(most, flying)
            super().started(part, md5)

        def acknowledged(self, part: _journal.Part) -> None:
            nonlocal flying
            flying -= 1
            super().acknowledged(part)

    real = FileWindow.md5

    def md5(window: FileWindow) -> str:
        nonlocal hashed, ahead
        hashed += 1
        ahead = max(ahead, hashed - len(service.parts))
        return real(window)

    service = Service()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_upload, "Journal", Counted)
        patch.setattr(FileWindow, "md5", md5)
        stage = Stage(service, choose=lambda count: data.draw(st.integers(0, count - 1)))
        stage.play(_upload.upload(bytes(9), ask(part_size=1, workers=workers), ACCOUNT))
    assert most <= workers
    assert ahead <= 2 * workers


def test_the_next_part_is_hashed_while_one_is_on_the_wire(monkeypatch: pytest.MonkeyPatch) -> None:
    real, orders = FileWindow.md5, set[tuple[str, ...]]()
    for seed in range(200):
        service = Service()

        def md5(window: FileWindow, seen: list[str] = service.seen) -> str:
            seen.append(f"hash {window.start}")
            return real(window)

        monkeypatch.setattr(FileWindow, "md5", md5)
        chance = Random(seed)
        Stage(service, choose=chance.randrange).play(_upload.upload(b"12", ask(part_size=1), ACCOUNT))
        orders.add(tuple(service.seen))
    assert orders == {
        ("create", "hash 0", "hash 1", "part", "part", "complete", "get"),
        ("create", "hash 0", "part", "hash 1", "part", "complete", "get"),
    }


def test_the_next_part_is_hashed_while_the_journal_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    hashing, starting, seen = FileWindow.md5, _journal.Journal.started, list[str]()

    def md5(window: FileWindow) -> str:
        seen.append(f"hash {window.start}")
        return hashing(window)

    def started(journal: _journal.Journal, part: _journal.Part, md5: str) -> None:
        seen.append(f"record {part.start}")
        starting(journal, part, md5)

    monkeypatch.setattr(FileWindow, "md5", md5)
    monkeypatch.setattr(_journal.Journal, "started", started)
    forks_first = Stage(Service(), choose=lambda count: count - 1)
    forks_first.play(_upload.upload(b"12", ask(part_size=1), ACCOUNT))
    assert seen == ["hash 0", "hash 1", "record 0", "record 1"]


def test_a_part_is_recorded_before_it_is_reported(source: Path, state: Path) -> None:
    def report(progress: Progress) -> None:
        if progress.done == 4:
            raise Killed

    with pytest.raises(Killed):
        Stage(Service()).play(_upload.upload(source, ask(state=state, on_progress=report), ACCOUNT))
    assert recorded(state) == {1}


def test_progress_is_reported_from_one_thread_at_a_time() -> None:
    inside, seen, clashes = Counter[str](), list[int](), list[int]()

    def report(progress: Progress) -> None:
        inside["callback"] += 1
        seen.append(progress.done)
        if inside["callback"] != 1:
            clashes.append(progress.done)
        inside["callback"] -= 1

    parts = [_journal.Part(number, number, number * 3000, 3000) for number in range(4)]
    tally = Tally(Meter("upload", 12_000, report, 4), 0)

    interval = sys.getswitchinterval()
    # Threads change places often only when all of them run: while one starts, coverage sets its trace function, which
    # Python allows one thread at a time.
    running = Barrier(len(parts), lambda: sys.setswitchinterval(1e-6))

    def send(part: _journal.Part) -> None:
        running.wait()
        for count in range(3001):
            tally.at(part.number, min(count, part.length - 1))
        tally.at(part.number, part.length)

    try:
        threads = [Thread(target=send, args=(part,)) for part in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    finally:
        sys.setswitchinterval(interval)
    assert clashes == []
    assert seen == sorted(set(seen))
    assert seen[-1] == 12_000


# A hash that the service refuses


def wrong_hash(message: str = "hash is not the MD5 of the file") -> Reply:
    return reply(status=400, json={"status": "error", "message": message})


@pytest.mark.parametrize("message", ["hash is wrong", "MD5 mismatch", "Checksum failed", "the digest differs"])
def test_a_part_whose_hash_is_refused_is_hashed_again_and_sent_once_more(message: str) -> None:
    stage = Stage(in_turn(media(), wrong_hash(message), DONE, DONE, media("transcoding")))
    assert stage.play(_upload.upload(b"123", ask(), ACCOUNT)).status == "transcoding"
    assert (
        stage.requests[1].form[0].value == stage.requests[2].form[0].value == hashlib.md5(b"123").hexdigest().encode()
    )  # type: ignore[index]


def test_a_part_whose_hash_is_refused_twice_is_given_up(state: Path) -> None:
    stage = Stage(in_turn(media(), wrong_hash(), wrong_hash("hash is wrong again")))
    with pytest.raises(ChecksumMismatch, match=r"wrong again.*0 of 3 bytes") as caught:
        stage.play(_upload.upload(b"123", ask(state=state), ACCOUNT))
    assert (caught.value.done, caught.value.total) == (0, 3)
    assert len(stage.requests) == 3
    assert state.exists()


def test_a_part_that_changed_before_its_hash_was_refused_is_given_up(source: Path, state: Path) -> None:
    service = Service()
    act = service.act

    def world(request: Request) -> Reply:
        if request.form is None:
            return act(service.name(request), request)
        times = source.stat()
        source.write_bytes(b"abcdefgh")
        os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
        return wrong_hash()

    with pytest.raises(SourceChanged, match="part 1 changed while it was sent") as caught:
        Stage(world).play(_upload.upload(source, ask(state=state), ACCOUNT))
    assert caught.value.done == 0


@pytest.mark.parametrize("replies", [[400], [wrong_hash, 400]])
def test_another_refusal_is_not_repeated(replies: list[Any]) -> None:
    parts = [reply(status=item) if item == 400 else item() for item in replies]
    stage = Stage(in_turn(media(), *parts))
    with pytest.raises(UploadInterrupted) as caught:
        stage.play(_upload.upload(b"123", ask(), ACCOUNT))
    assert isinstance(caught.value.__cause__, BadRequest)
    assert len(stage.requests) == 1 + len(replies)


# Create


@pytest.mark.parametrize(
    "fail", [cut, silent, lambda: reply(status=502), lambda: reply(b"<html>"), Killed, KeyboardInterrupt]
)
def test_an_object_that_may_have_been_made_is_told_of(
    fail: Callable[[], Any], state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        Stage(in_turn(fail())).play(_upload.upload(b"1", ask(state=state, title="My talk"), ACCOUNT))
    assert "'My talk' may have been made" in caught.value.__notes__[0]
    assert f"'My talk' may have been made all the same: resume the journal {str(state)!r}" in caplog.text
    assert json.loads(state.read_text())["kind"] == "AIOZ upload intent"


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder for journals that are not given a place."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "left"))
    return tmp_path / "left" / "tonearm"


def interrupted_creation(source: Path, **changes: Any) -> Service:
    """Lose the answer to the creation of an object."""
    service = Service(lambda name: cut() if name == "create" else None)
    with pytest.raises(ConnectionFailed):
        Stage(service).play(_upload.upload(source, ask(**changes), ACCOUNT))
    service.failing = lambda _: None
    return service


@pytest.mark.parametrize("pairs", [None, {str(number): "" for number in range(50)}])
def test_what_was_being_created_is_listed_with_its_object(source: Path, left: Path, pairs: Any) -> None:
    service = interrupted_creation(source, metadata=pairs)
    assert [one.id for one in Stage(service).play(_left.unfinished(ACCOUNT, search=False))] == [None]
    (one,) = Stage(service).play(_left.unfinished(ACCOUNT, search=True))
    assert (one.id, one.title, one.done, service.seen) == (ID, "T", 0, ["create", "media"])
    assert Stage(service).play(_left.unfinished(ACCOUNT, search=True)) == (one,)
    assert service.seen == ["create", "media"], "an object that was found is not looked for again"
    Stage(service).play(resumed(one.state))
    assert (service.created, service.completed, list(left.iterdir())) == (1, 1, [])


def test_an_upload_that_is_under_way_is_listed_beside_one_that_was_being_created(source: Path, left: Path) -> None:
    with pytest.raises(UploadInterrupted):
        Stage(in_turn(media(), reply(b"<html>"))).play(_upload.upload(source, ask(), ACCOUNT))
    before = [path.read_bytes() for path in left.iterdir()]
    service = interrupted_creation(source)
    assert [one.id for one in Stage(service).play(_left.unfinished(ACCOUNT, search=True))] == [ID, ID]
    assert before[0] in [path.read_bytes() for path in left.iterdir()], "the first is left alone"


@pytest.mark.parametrize(
    ("pairs", "change"),
    [
        (None, {"metadata": [{"key": "tonearm-upload", "value": "another"}]}),
        (50, {"title": "Another"}),
        (50, {"status": "done"}),
        (50, {"created_at": "2001-01-01T00:00:00Z"}),
        (50, {"created_at": "2001-01-01T00:00:00"}),
        (50, {"created_at": "0001-01-01T00:00:00"}),
        (50, {"metadata": [{"key": "tonearm-upload", "value": "another"}]}),
    ],
)
def test_the_object_of_another_upload_is_never_taken(
    source: Path, left: Path, pairs: Any, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = interrupted_creation(source, metadata=pairs and {str(number): "" for number in range(pairs)})
    service.made[0] |= change
    assert Stage(service).play(_left.unfinished(ACCOUNT, search=True)) == ()
    assert len(list(left.iterdir())) == 1, "its object may still come"
    monkeypatch.setattr(_left, "_IN_FLIGHT", -1.0)  # as if time had passed
    assert Stage(service).play(_left.unfinished(ACCOUNT, search=True)) == ()
    assert list(left.iterdir()) == []


def test_what_cannot_be_looked_for_stays_listed_beside_the_others(
    source: Path, left: Path, caplog: pytest.LogCaptureFixture
) -> None:
    interrupted(source, None)
    interrupted_creation(source)
    listed = Stage(in_turn(reply(status=403))).play(_left.unfinished(ACCOUNT, search=True))
    assert [one.id for one in listed] == [ID, None]
    assert "whether interrupted uploads have made an object is unknown" in caplog.text


def test_an_upload_without_a_journal_tells_how_its_object_is_found(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ConnectionFailed, match="cut"):
        Stage(in_turn(cut())).play(_upload.upload(b"1", ask(state=False, title="My talk"), ACCOUNT))
    assert "look for it in the list" in caplog.text


def test_an_upload_without_a_journal_sends_no_tag_and_cannot_be_resumed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    error = interrupted(b"12345678", False)
    assert (error.state, list(tmp_path.iterdir())) == (None, [])
    service = Service()
    Stage(service).play(_upload.upload(b"12345678", ask(state=False), ACCOUNT))
    assert service.made == [{"title": "T", "type": "audio", "id": ID, "status": "new"}]


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_object_whose_creation_was_interrupted_is_found_again(source: Path, state: Path, when: str) -> None:
    service = Service(lambda name: (refused() if when == "before" else cut()) if name == "create" else None)
    if when == "before":
        service.failing = lambda name: Killed() if name == "create" else None  # type: ignore[return-value]
    with pytest.raises(BaseException):  # noqa: B017, PT011
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    service.failing = lambda _: None
    if when == "before":
        with pytest.raises(InvalidInput, match=r"no object was made for .* .remove it, and upload 'T' again"):
            Stage(service).play(resumed(state))
        assert (service.created, state.exists()) == (0, True)
    else:
        assert Stage(service).play(resumed(state)).id == ID
        assert (service.seen[1], b"".join(service.parts.values())) == ("media", b"12345678")
        assert (service.created, service.completed, state.exists()) == (1, 1, False)


def test_an_interrupted_creation_that_cannot_be_looked_up_stays(source: Path, state: Path) -> None:
    service = Service(lambda name: cut() if name == "create" else reply(status=403) if name == "media" else None)
    with pytest.raises(ConnectionFailed):
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    with pytest.raises(UploadInterrupted, match="whether an object with the title 'T' was made is not known") as caught:
        Stage(service).play(resumed(state))
    assert (caught.value.state, state.exists()) == (state, True)


@pytest.mark.parametrize("fail", [refused, lambda: reply(status=400), lambda: reply(status=403)])
def test_an_object_that_was_surely_not_made_is_not_spoken_of(
    fail: Callable[[], Any], state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stage = Stage(in_turn(fail()), retry=Retry(attempts=1))
    with pytest.raises((ConnectionFailed, BadRequest, Forbidden)) as caught:
        stage.play(_upload.upload(b"1", ask(state=state), ACCOUNT))
    assert not hasattr(caught.value, "__notes__")
    assert (caplog.text, state.exists()) == ("", False)


# The journal


def interrupted(source: Any, state: Path | Literal[False] | None, **changes: Any) -> UploadInterrupted:
    """Send the first of two parts; the second fails."""
    count = iter(range(9))
    service = Service(lambda name: reply(status=501) if name == "part" and next(count) == 1 else None)
    with pytest.raises(UploadInterrupted) as caught:
        Stage(service).play(_upload.upload(source, ask(state=state, **changes), ACCOUNT))
    return caught.value


def test_a_journal_says_what_is_sent_and_what_is_done(source: Path, state: Path) -> None:
    error = interrupted(source, state)
    assert str(error).endswith(f"4 of 8 bytes were sent to {ID}; its journal is {str(state)!r}")
    assert str(state) in str(error.hint)
    intent, first, *lines = [json.loads(line) for line in state.read_text().splitlines()]
    tag, time = intent.pop("tag"), intent.pop("time")
    assert (len(tag), isinstance(time, float)) == (16, True)
    assert intent == {**first, "kind": "AIOZ upload intent", "id": ""}
    assert first == {
        "kind": "AIOZ upload",
        "version": 1,
        "base_url": "http://server",
        "account": "ours",
        "id": ID,
        "title": "T",
        "path": str(source),
        "mtime_ns": source.stat().st_mtime_ns,
        "size": 8,
        "part_size": 4,
        "first_index": 1,
        "workers": 1,
        "sample": hashlib.sha256(b"12345678" * 2).hexdigest(),
    }
    hashes = [hashlib.md5(part).hexdigest() for part in (b"1234", b"5678")]
    assert lines == [{"part": 1, "md5": hashes[0]}, {"done": 1}, {"part": 2, "md5": hashes[1]}]
    assert state.stat().st_mode & 0o777 == 0o600


def test_what_is_missing_is_sent_and_the_journal_is_gone(source: Path, state: Path) -> None:
    interrupted(source, state, first_index=0)
    service, seen = Service(), list[Progress]()
    assert Stage(service).play(resumed(state, report=seen.append)).id == ID
    assert service.seen == ["get", "part", "complete", "get"]
    assert service.parts == {"1": b"5678"}
    assert [(moment.done, moment.part, moment.parts) for moment in seen] == [(4, None, 2), (7, 2, 2), (8, 2, 2)]
    assert not state.exists()


@pytest.mark.parametrize("status", ["transcoding", "done", "fail", "polishing"])
def test_an_upload_that_was_accepted_is_not_completed_again(source: Path, state: Path, status: str) -> None:
    service = Service(lambda name: cut() if name in ("complete", "get") else None)
    with pytest.raises(UploadInterrupted, match="8 of 8 bytes"):
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    source.unlink()
    stage = Stage(in_turn(media(status)))
    assert stage.play(resumed(state)).status == status
    assert not state.exists()


def test_an_upload_that_lacks_complete_alone_needs_no_source(source: Path, state: Path) -> None:
    service = Service(lambda name: refused() if name == "complete" else None)
    with pytest.raises(UploadInterrupted):
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    source.unlink()
    service = Service()
    Stage(service).play(resumed(state))
    assert service.seen == ["get", "complete", "get"]


def test_an_object_that_takes_no_more_parts_is_refused(source: Path, state: Path) -> None:
    interrupted(source, state)
    stage = Stage(in_turn(media("transcoding")))
    with pytest.raises(InvalidInput, match=r"takes no more parts .its status is transcoding., and some are missing"):
        stage.play(resumed(state))
    assert len(stage.requests) == 1
    assert state.exists()


def test_an_object_that_is_gone_is_refused(source: Path, state: Path) -> None:
    interrupted(source, state)
    with pytest.raises(
        InvalidInput, match=rf"{ID} does not exist any more .remove .* and upload the audio again"
    ) as caught:
        Stage(in_turn(reply(status=404))).play(resumed(state))
    assert isinstance(caught.value.__cause__, NotFound)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda path: path.write_bytes(b"123456789"), "the source has 9 bytes, not 8"),
        (lambda path: path.write_bytes(b"1234567X"), "the source has other bytes than when its upload began"),
    ],
)
def test_a_file_that_changed_meanwhile_is_refused(
    source: Path, state: Path, change: Callable[[Path], Any], message: str
) -> None:
    interrupted(source, state)
    change(source)
    stage = Stage(in_turn())
    with pytest.raises(SourceChanged, match=message) as caught:
        stage.play(resumed(state))
    assert (caught.value.done, caught.value.total, stage.requests) == (4, 8, [])
    assert state.exists()


@pytest.mark.parametrize("content", [b"12X45678", b"12345X78"])
def test_parts_that_have_other_bytes_than_at_first_are_refused(
    source: Path, state: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_job, "_SAMPLE", 1)
    interrupted(source, state)
    service = Service()
    number = 1 if content[2:3] == b"X" else 2
    with pytest.raises(SourceChanged, match=f"part {number} has other bytes than when its upload began") as caught:
        Stage(service).play(resumed(state, source=content))
    assert service.seen == ["get"]
    assert caught.value.done == 4


def test_a_file_whose_time_alone_changed_goes_on(source: Path, state: Path) -> None:
    interrupted(source, state)
    os.utime(source, ns=(1, 1))
    service = Service()
    Stage(service).play(resumed(state))
    assert service.parts == {"2": b"5678"}


@pytest.mark.parametrize("given", [b"12345678", "touched", "moved"])
def test_the_same_bytes_may_come_from_elsewhere(source: Path, state: Path, given: Any) -> None:
    interrupted(source if isinstance(given, str) else b"12345678", state)
    if given == "touched":
        os.utime(source, ns=(1, 1))
        given = source
    elif given == "moved":
        given = source.rename(source.with_name("b.flac"))
    service = Service()
    Stage(service).play(resumed(state, source=given))
    assert service.parts == {"2": b"5678"}


def test_a_source_without_a_path_has_to_be_given_again(state: Path) -> None:
    interrupted(b"12345678", state)
    with pytest.raises(InvalidInput, match="give the same audio again as the source"):
        Stage(in_turn()).play(resumed(state))


def test_a_file_that_is_gone_is_missed(source: Path, state: Path) -> None:
    interrupted(source, state)
    source.unlink()
    with pytest.raises(MissingFile):
        Stage(in_turn()).play(resumed(state))


@pytest.mark.parametrize(
    ("account", "message"),
    [
        (Account("http://elsewhere", "ours"), "belongs to http://server, not to http://elsewhere"),
        (Account("http://server", "theirs"), "belongs to another account"),
    ],
)
def test_a_journal_of_somebody_else_is_refused(source: Path, state: Path, account: Account, message: str) -> None:
    interrupted(source, state)
    with pytest.raises(InvalidInput, match=message):
        Stage(in_turn()).play(resumed(state, account=account))


def edited(line: int, **changes: Any) -> Callable[[list[dict[str, Any]]], None]:
    return lambda lines: lines[line].update(changes)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (edited(0, version=2), "it has version 2, and this library reads version 1"),
        (edited(0, kind="speech"), "it records something else"),
        (edited(0, size="8"), "it has no size"),
        (edited(0, size=True), "it has no size"),
        (edited(0, title=None), "it has no title"),
        (edited(0, part_size=0), "its numbers make no sense"),
        (edited(0, path=7), "it has no path"),
        (edited(0, time=None), "it does not say when it began"),
        (edited(0, tag=7), "it does not say when it began"),
        (edited(1, version=2), "it has version 2, and this library reads version 1"),
        (edited(1, kind="AIOZ upload intent"), "it records something else"),
        (edited(2, part=3), "done"),
        (edited(3, done=2), "a part in it was never begun"),
        (edited(3, done=[]), "unhashable"),
        (lambda lines: lines.clear(), "it records something else"),
    ],
)
def test_a_journal_that_cannot_be_read_is_refused(
    source: Path, state: Path, edit: Callable[[list[dict[str, Any]]], None], message: str
) -> None:
    interrupted(source, state)
    lines = [json.loads(line) for line in state.read_text().splitlines()]
    edit(lines)
    state.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with pytest.raises(InvalidInput, match=f"is not the journal of an upload: .*{message}"):
        Stage(in_turn()).play(resumed(state))


def test_the_last_line_may_be_torn(source: Path, state: Path) -> None:
    interrupted(source, state)
    with state.open("ab") as file:
        file.write(b'{"done"')
    service = Service(lambda name: cut() if name == "complete" else None)
    act = service.act
    service.act = lambda name, request: DONE if name == "complete" else act(name, request)  # type: ignore[method-assign]
    with pytest.raises(UploadInterrupted):
        Stage(service).play(resumed(state))
    assert recorded(state) == {1, 2}


def test_one_journal_is_worked_on_by_one_upload(source: Path, state: Path) -> None:
    caught: list[str] = []

    def report(_: Progress) -> None:
        for plan in (resumed(state), _upload.upload(b"1", ask(state=state), ACCOUNT)):
            with pytest.raises(InvalidInput) as refusal:
                Stage(in_turn()).play(plan)
            caught.append(str(refusal.value))

    Stage(Service()).play(_upload.upload(source, ask(state=state, on_progress=report), ACCOUNT))
    assert set(caught) == {f"another transfer uses the state file {str(state)!r} (wait until that transfer ends)"}


def test_a_journal_is_not_overwritten(source: Path, state: Path) -> None:
    interrupted(source, state)
    stage = Stage(in_turn())
    with pytest.raises(InvalidInput, match=r"exists already .resume what it records, or remove it"):
        stage.play(_upload.upload(source, ask(state=state), ACCOUNT))
    assert stage.requests == []


def test_a_journal_that_cannot_be_begun_names_the_object(
    source: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = iter([lambda: monkeypatch.setattr(os, "fsync", _full)])
    service = Service(lambda name: next(full, lambda: None)() if name == "create" else None)
    with pytest.raises(UploadInterrupted, match=f"No space left on device.*; 0 of 8 bytes were sent to {ID}") as caught:
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    assert (caught.value.id, caught.value.state) == (ID, state)
    monkeypatch.undo()
    Stage(service).play(resumed(state))
    assert (service.created, service.completed) == (1, 1)


def _full(_: int) -> None:
    raise OSError(28, "No space left on device")


class FullDisk(io.FileIO):
    """A file for which a disk has no place after some writes; what is buffered for it stays in the buffer."""

    def __init__(self, path: Path, writes: int) -> None:
        super().__init__(path, "x+")
        self.writes = writes

    def write(self, block: Any) -> int:
        self.writes -= 1
        return super().write(block) if self.writes >= 0 else cast("int", _full(0))


@pytest.mark.parametrize(
    ("writes", "sent", "how"),
    [(1, 0, "its journal is"), (3, 4, "its journal is"), (4, 4, "its journal is")],
)
def test_a_full_disk_hides_nothing_of_an_upload(
    source: Path, state: Path, monkeypatch: pytest.MonkeyPatch, writes: int, sent: int, how: str
) -> None:
    service = Service()
    with monkeypatch.context() as full:
        full.setattr(state_log, "open_log", lambda path, *, create: io.BufferedRandom(FullDisk(path, writes)))
        with pytest.raises(
            UploadInterrupted, match=f"No space left .*; {sent} of 8 bytes .* to {ID}; .*{how}"
        ) as caught:
            Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    assert (caught.value.id, caught.value.state) == (ID, state)
    Stage(service).play(resumed(state))
    assert (service.created, service.completed) == (1, 1)


@pytest.mark.parametrize("fail", ["full", "device", "homeless"])
def test_nothing_is_made_without_a_journal_unless_that_is_asked_for(
    source: Path, state: Path, monkeypatch: pytest.MonkeyPatch, fail: str
) -> None:
    request = ask(state=state)
    if fail == "full":
        monkeypatch.setattr(os, "fsync", _full)
    elif fail == "device":
        request = ask(state="/dev/null")
    else:
        request = ask(state=None)
        for name in ("TONEARM_STATE", "XDG_STATE_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(Path, "home", _homeless)
    service = Service()
    with pytest.raises(
        InvalidInput, match=r" \(name another state file, or give state=False to upload without a journal\)$"
    ):
        Stage(service).play(_upload.upload(source, request, ACCOUNT))
    assert (service.seen, state.exists()) == ([], False)
    assert fail != "homeless" or Stage(service).play(_left.unfinished(ACCOUNT, True)) == ()
    Stage(service).play(_upload.upload(source, evolve(request, state=False), ACCOUNT))
    assert service.completed == 1


def _homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")


@pytest.mark.parametrize("stream", [False, True])
def test_an_upload_that_stops_when_its_journal_begins_names_the_object(
    source: Path, state: Path, monkeypatch: pytest.MonkeyPatch, stream: bool
) -> None:
    def stop(*_: Any) -> None:
        raise Killed

    monkeypatch.setattr(_journal.Journal, "begin", stop)
    given, ask_for = (Once(b"1"), ask()) if stream else (source, ask(state=state))
    with pytest.raises(Killed) as caught:
        Stage(Service()).play(_upload.upload(given, ask_for, ACCOUNT))
    assert caught.value.__notes__ == [f"{ID} was made, and no part of it was sent"]
    assert state.exists() is not stream


def test_an_upload_that_stops_once_its_journal_has_begun_goes_on_later(
    source: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = _journal.Journal.begin

    def stop(*args: Any) -> None:
        real(*args)
        raise Killed

    monkeypatch.setattr(_journal.Journal, "begin", stop)
    service = Service()
    with pytest.raises(Killed):
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    Stage(service).play(resumed(state))
    assert (list(service.parts), service.created, service.completed) == (["1", "2"], 1, 1)


def test_a_stream_whose_object_cannot_be_made_leaves_nothing() -> None:
    with pytest.raises(BadRequest):
        Stage(in_turn(reply(status=400))).play(_upload.upload(Once(b"1"), ask(), ACCOUNT))


def test_a_journal_that_cannot_be_continued_stops_the_upload(
    source: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = iter([lambda: monkeypatch.setattr(os, "fsync", _full)])
    service = Service(lambda name: next(full, lambda: None)() if name == "part" else None)
    with pytest.raises(UploadInterrupted, match=r"No space left on device.*; 4 of 8 bytes .* its journal is") as caught:
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    assert caught.value.state == state
    monkeypatch.undo()
    Stage(service).play(resumed(state))
    assert (b"".join(service.parts.values()), service.completed) == (b"12345678", 1)


# Keys that may only upload


def only_uploads() -> Service:
    return Service(lambda name: reply(status=403, json={"message": "only_upload"}) if name == "get" else None)


def test_a_key_that_may_only_upload_gets_what_is_known(source: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = Stage(only_uploads()).play(_upload.upload(source, ask(), ACCOUNT))
    assert (found.id, found.title, found.status, found.size, found.raw) == (ID, "T", "transcoding", 8, {})
    assert f"{ID} is complete, but this key cannot read it" in caplog.text


def test_a_key_that_may_only_upload_cannot_wait(source: Path) -> None:
    with pytest.raises(Forbidden, match=f"only_upload\na key that may only upload cannot read the object {ID}"):
        Stage(only_uploads()).play(_upload.upload(source, ask(wait=True), ACCOUNT))


def test_a_key_that_may_only_upload_can_resume(source: Path, state: Path) -> None:
    interrupted(source, state)
    service = only_uploads()
    assert Stage(service).play(resumed(state)).id == ID
    assert service.seen == ["get", "part", "complete", "get"]


def test_a_key_that_may_only_upload_is_not_let_to_complete_twice(source: Path, state: Path) -> None:
    service = Service(lambda name: {"complete": cut(), "get": reply(status=403)}.get(name))
    with pytest.raises(UploadInterrupted) as caught:
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    assert isinstance(caught.value.__cause__, ConnectionFailed)
    service = only_uploads()
    with pytest.raises(UploadInterrupted, match="a key that may only upload cannot read") as caught:
        Stage(service).play(resumed(state))
    assert isinstance(caught.value.__cause__, Forbidden)
    assert service.seen == ["get"]
    assert state.exists()


def test_an_odd_answer_to_a_part_stops_the_upload_and_keeps_the_journal(source: Path, state: Path) -> None:
    with pytest.raises(UploadInterrupted) as caught:
        Stage(in_turn(media(), reply(b"<html>"))).play(_upload.upload(source, ask(state=state), ACCOUNT))
    assert isinstance(caught.value.__cause__, UnexpectedAnswer)
    assert state.exists()


# Parts that are too large


class Narrow(Service):
    """Refuses parts of more than so many bytes; objects are counted."""

    def __init__(self, most: int, *, deletes: bool = True) -> None:
        super().__init__()
        self.most, self.deletes = most, deletes

    def act(self, name: str, request: Request) -> Reply:
        if name == "part" and request.form is not None and cast("FileWindow", request.form[2].value).length > self.most:
            return reply(status=413, json={"message": "too large"})
        if name == "delete" and not self.deletes:
            return reply(status=403)
        if name in ("delete", "create"):
            self.parts = {}
            self.status = "new"
        return DONE if name == "delete" else super().act(name, request)


def test_a_part_that_is_too_large_promises_no_resume(source: Path, state: Path) -> None:
    with pytest.raises(UploadInterrupted) as caught:
        Stage(Narrow(3)).play(_upload.upload(source, ask(state=state), ACCOUNT))
    message = str(caught.value)
    assert "upload again with a smaller part_size" in message
    assert ID in message
    assert "goes on" not in message
    assert (caught.value.state, isinstance(caught.value.__cause__, TooLarge)) == (None, True)


@pytest.mark.parametrize("deletes", [True, False])
@pytest.mark.parametrize("where", [None, False, "state"])
def test_automatic_parts_become_smaller_until_they_are_taken(
    source: Path, state: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, deletes: bool, where: Any
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "default"))
    monkeypatch.setattr(_upload, "_LEAST_PART", 1)
    service, seen = Narrow(2, deletes=deletes), list[Progress]()
    request = ask(state=state if where else where, part_size="auto", on_progress=seen.append)
    Stage(service).play(_upload.upload(source, request, ACCOUNT))
    assert [len(part) for part in service.parts.values()] == [2, 2, 2, 2]
    assert b"".join(service.parts.values()) == b"12345678"
    assert (service.created, service.completed, service.seen.count("delete")) == (3, 1, 2)
    assert [moment.done for moment in seen] == sorted({moment.done for moment in seen})
    assert seen[-1].done == 8
    assert not list((tmp_path / "default").rglob("*.jsonl"))
    assert not state.exists()


def test_progress_does_not_fall_where_an_upload_begins_again(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(Narrow):
        """Takes the first part of each object, whatever its size."""

        def act(self, name: str, request: Request) -> Reply:
            self.most = 2 if self.parts else 8
            return super().act(name, request)

    monkeypatch.setattr(_upload, "_LEAST_PART", 1)
    monkeypatch.setattr(_upload, "DEFAULT_PART", 4)
    service, seen = Late(8), list[Progress]()
    Stage(service).play(_upload.upload(source, ask(state=False, part_size="auto", on_progress=seen.append), ACCOUNT))
    assert [len(part) for part in service.parts.values()] == [2, 2, 2, 2]
    dones = [moment.done for moment in seen]
    assert dones == sorted(set(dones))
    assert service.created == 2


def test_automatic_parts_have_a_least_size(source: Path, state: Path) -> None:
    service = Narrow(0)
    with pytest.raises(UploadInterrupted, match="upload again with a smaller part_size"):
        Stage(service).play(_upload.upload(source, ask(state=state, part_size="auto"), ACCOUNT))
    assert service.created == 1


def test_a_stream_is_not_cut_twice() -> None:
    with pytest.raises(InvalidInput, match="part_size must be a number of bytes for a stream of known size"):
        Stage(in_turn()).play(_upload.upload(Once(b"12"), ask(part_size="auto", size=2), ACCOUNT))


# Titles


def test_an_empty_title_is_refused_as_create_refuses_it(source: Path) -> None:
    with pytest.raises(InvalidInput, match="title must be 1 to 255 characters long"):
        Stage(in_turn()).play(_upload.upload(source, ask(title=""), ACCOUNT))


def test_a_file_whose_name_is_no_utf_8_has_a_title_that_can_be_sent(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.mp3")
    path.write_bytes(b"1")
    service = Service(lambda name: reply(status=400) if name == "part" else None)
    with pytest.raises(UploadInterrupted) as caught:
        Stage(service).play(_upload.upload(path, ask(title=None, state=tmp_path / "journal"), ACCOUNT))
    assert service.made[0]["title"] == "caf\ufffd.mp3"
    service.failing = lambda _: None
    assert caught.value.state is not None
    Stage(service).play(resumed(caught.value.state))
    assert service.completed == 1


# What the object does not tell


@pytest.mark.parametrize("status", ["", "deleted"])
def test_a_whole_upload_whose_object_does_not_show_it_is_not_taken_for_completed(
    source: Path, state: Path, status: str
) -> None:
    service = Service(lambda name: cut() if name in ("complete", "get") else None)
    with pytest.raises(UploadInterrupted, match="8 of 8 bytes"):
        Stage(service).play(_upload.upload(source, ask(state=state), ACCOUNT))
    with pytest.raises((UploadInterrupted, InvalidInput), match=r"the object has no status|was deleted"):
        Stage(in_turn(media(status))).play(resumed(state))
    assert state.exists()


def test_an_object_without_a_status_takes_what_is_missing(source: Path, state: Path) -> None:
    interrupted(source, state)
    service = Service()
    service.status = ""
    assert Stage(service).play(resumed(state)).id == ID
    assert service.parts == {"2": b"5678"}
