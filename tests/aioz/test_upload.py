"""What an upload takes beside a file, what it may cost, what it leaves behind, and events of a webhook."""

import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.aioz.ways import SYNC, Way, both
from tonearm import ConfigurationError, Forbidden, InvalidInput, Progress, SourceChanged, UploadInterrupted
from tonearm.aioz import Media, Quality, Unfinished
from tonearm.sandbox import Sandbox
from tonearm.sandbox.library import PACKAGED

CLIP = PACKAGED / "evening.flac"
ONLY_UPLOAD = {"public_key": "sandbox-upload-public", "secret_key": "sandbox-upload-secret"}


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for journals, of this test alone."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "tonearm"


def paths(sandbox: Sandbox, start: int) -> list[str]:
    return [exchange.path.rpartition("/")[2] for exchange in sandbox.requests[start:]]


def sha256_of(sandbox: Sandbox, way: Way, media: Media) -> str:
    """The hash of what the service has put together."""
    sandbox.wait_idle()
    found = way.call(sandbox.aioz_url, "get", media.id)
    return hashlib.sha256(httpx.get(found.assets.source_url, verify=False).content).hexdigest()  # no TLS: see ways.py


WHOLE = hashlib.sha256(CLIP.read_bytes()).hexdigest()


# Streams


class Pipe:
    """The clip by way of a pipe."""

    def __init__(self, content: bytes) -> None:
        reading, writing = os.pipe()
        self.file = os.fdopen(reading, "rb")
        self.thread = threading.Thread(target=self._write, args=(writing, content))
        self.thread.start()

    @staticmethod
    def _write(descriptor: int, content: bytes) -> None:
        try:
            while content:
                content = content[os.write(descriptor, content) :]
        except BrokenPipeError:
            pass  # the reader has had enough
        finally:
            os.close(descriptor)

    def close(self) -> None:
        self.file.close()
        self.thread.join(30)


@pytest.fixture
def pipe() -> Iterator[Any]:
    found = Pipe(CLIP.read_bytes())
    yield found.file
    found.close()


@both
@pytest.mark.parametrize(("size", "workers"), [(CLIP.stat().st_size, 1), (None, 1), (None, 3)])
def test_a_stream_is_sent_in_parts(
    way: Way, sandbox: Sandbox, pipe: Any, state: Path, size: int | None, workers: int
) -> None:
    seen: list[Progress] = []
    media = way.call(
        sandbox.aioz_url,
        "upload",
        pipe,
        title="Pipe",
        preset="standard",
        size=size,
        part_size=20_000,
        workers=workers,
        on_progress=seen.append,
    )
    assert sha256_of(sandbox, way, media) == WHOLE
    assert seen[-1].done == seen[-1].total == CLIP.stat().st_size
    assert not state.exists(), "a journal was kept of a stream"


@both
def test_a_part_of_a_stream_is_repeated_with_the_same_bytes(way: Way, sandbox: Sandbox, pipe: Any) -> None:
    fault = sandbox.fault(path="*/part", skip=1, drop_request=10_000)
    size = CLIP.stat().st_size
    media = way.call(sandbox.aioz_url, "upload", pipe, title="Pipe", preset="standard", size=size, part_size=30_000)
    assert fault.hits == 1
    assert sha256_of(sandbox, way, media) == WHOLE


@both
def test_an_upload_of_a_stream_that_breaks_off_says_that_it_cannot_be_resumed(
    way: Way, sandbox: Sandbox, pipe: Any
) -> None:
    sandbox.fault(path="*/part", skip=1, times=None, status=500)
    size = CLIP.stat().st_size
    with pytest.raises(UploadInterrupted, match=r"it cannot be resumed: it has no journal") as caught:
        way.call(sandbox.aioz_url, "upload", pipe, title="Pipe", size=size, part_size=30_000)
    assert (caught.value.done, caught.value.total, caught.value.state) == (30_000, size, None)


@both
def test_a_stream_that_ends_early_is_not_completed(way: Way, sandbox: Sandbox, pipe: Any) -> None:
    start, size = len(sandbox.requests), CLIP.stat().st_size
    with pytest.raises(SourceChanged, match=f"the stream ended after {size} of {size + 1} bytes") as caught:
        way.call(sandbox.aioz_url, "upload", pipe, title="Pipe", size=size + 1, part_size=size // 2)
    assert caught.value.done == size // 2 * 2
    assert "complete" not in paths(sandbox, start)
    (note,) = caught.value.__notes__
    assert note.endswith("; it cannot be resumed: it has no journal")


@both
def test_a_stream_that_goes_on_after_its_size_is_not_completed(way: Way, sandbox: Sandbox, pipe: Any) -> None:
    start, size = len(sandbox.requests), CLIP.stat().st_size - 1
    with pytest.raises(SourceChanged, match=f"the stream continues after size, which is {size} bytes") as caught:
        way.call(sandbox.aioz_url, "upload", pipe, title="Pipe", size=size, part_size=size // 2 + 1)
    assert paths(sandbox, start) == ["create", "part"]
    assert caught.value.done == size // 2 + 1
    (note,) = caught.value.__notes__
    assert note.startswith(f"{size // 2 + 1} of {size} bytes were sent to ")


@both
@pytest.mark.parametrize(
    ("message", "options"),
    [
        ("title is needed", {"title": None}),
        ("no use for state", {"state": "journal"}),
        ("is sent by one worker", {"size": 9, "workers": 2}),
        ("size must be at least 1", {"size": 0}),
    ],
)
def test_what_does_not_go_with_a_stream_is_refused(
    way: Way, sandbox: Sandbox, pipe: Any, message: str, options: dict[str, Any]
) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput, match=message):
        way.call(sandbox.aioz_url, "upload", pipe, **{"title": "T", **options})
    assert paths(sandbox, start) == []


@both
@pytest.mark.parametrize("workers", [0, 6, 1.5])
def test_there_are_one_to_five_workers(way: Way, sandbox: Sandbox, workers: Any) -> None:
    with pytest.raises(InvalidInput, match="workers must be"):
        way.call(sandbox.aioz_url, "upload", b"x", title="T", workers=workers)


# The price


@both
def test_an_upload_within_its_price_is_made(way: Way, sandbox: Sandbox) -> None:
    start = len(sandbox.requests)
    media = way.call(sandbox.aioz_url, "upload", CLIP, preset=["good", "dash:good"], max_price=1)
    assert media.status in ("transcoding", "done")
    assert paths(sandbox, start) == ["cost", "create", "part", "complete", media.id]
    query = dict(httpx.QueryParams(sandbox.requests[start].query))
    assert (query["qualities"], float(query["duration"]) > 1) == ("good", True)


@both
@pytest.mark.parametrize(
    ("source", "options", "message"),
    [
        (CLIP, {"max_price": 0}, "this would cost .* USD, and max_price is 0"),
        (CLIP, {"max_price": 1, "duration": 3e6}, "this would cost .* USD, and max_price is 1"),
        (CLIP, {"max_price": 1e6, "duration": 1e8}, "the account's balance does not cover it"),
        (CLIP, {"max_price": -1}, "max_price must be at least 0"),
        (CLIP, {"max_price": 1, "duration": -1}, "duration must be at least 0"),
        (CLIP, {"max_price": 1, "preset": None}, "max_price needs a preset or qualities"),
        (b"no audio", {"max_price": 1}, "duration is needed: the recording cannot be read as audio"),
    ],
)
def test_an_upload_beyond_its_price_is_refused(
    way: Way, sandbox: Sandbox, source: Any, options: dict[str, Any], message: str, state: Path
) -> None:
    start = len(sandbox.requests)
    with pytest.raises(InvalidInput, match=message):
        way.call(sandbox.aioz_url, "upload", source, **{"title": "T", "preset": "standard", **options})
    assert set(paths(sandbox, start)) <= {"cost"}
    assert not state.exists()


@both
def test_a_price_of_a_stream_needs_its_duration(way: Way, sandbox: Sandbox, pipe: Any) -> None:
    options = {"title": "T", "preset": "standard", "size": CLIP.stat().st_size, "max_price": 1}
    with pytest.raises(InvalidInput, match="duration is needed: a stream does not say"):
        way.call(sandbox.aioz_url, "upload", pipe, **options)
    assert way.call(sandbox.aioz_url, "upload", pipe, duration=30, **options).id


@both
def test_a_price_without_the_extra_says_what_to_install(
    way: Way, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(ConfigurationError, match="or give the duration"):
        way.call(sandbox.aioz_url, "upload", CLIP, preset="standard", max_price=1)


# What is left behind


def interrupt(way: Way, sandbox: Sandbox, source: Any = CLIP, **options: Any) -> UploadInterrupted:
    """Send one part of a file."""
    sandbox.fault(path="*/part", skip=1, times=None, status=400)
    options = {"title": "Left", "preset": "standard", "part_size": 50_000, **options}
    with pytest.raises(UploadInterrupted) as caught:
        way.call(sandbox.aioz_url, "upload", source, **options)
    sandbox.clear_faults()
    return caught.value


@both
def test_what_was_left_is_listed_and_goes_on(way: Way, sandbox: Sandbox, state: Path) -> None:
    assert way.call(sandbox.aioz_url, "unfinished") == ()
    error, other = interrupt(way, sandbox), interrupt(way, sandbox, CLIP.read_bytes(), title="Bytes")
    assert error.state is not None
    assert error.state.parent == state
    left = way.call(sandbox.aioz_url, "unfinished")
    size = CLIP.stat().st_size
    assert left == (
        Unfinished(error.state, error.id, "Left", CLIP, size, 50_000),
        Unfinished(other.state, other.id, "Bytes", None, size, 50_000),
    )
    media = way.call(sandbox.aioz_url, "resume", str(left[0].state))
    assert media.id == error.id
    assert sha256_of(sandbox, way, media) == WHOLE
    assert [item.id for item in way.call(sandbox.aioz_url, "unfinished")] == [other.id]


@both
def test_a_journal_has_no_key_in_it(way: Way, sandbox: Sandbox) -> None:
    state = interrupt(way, sandbox).state
    assert state is not None
    assert "sandbox-" not in state.read_text()
    with pytest.raises(InvalidInput, match="belongs to another account, or to another kind of key"):
        way.call(sandbox.aioz_url, "resume", state, client={"token": "sandbox-token"})


@both
def test_only_what_this_account_left_and_nobody_is_at_work_with_is_listed(
    way: Way, sandbox: Sandbox, state: Path, tmp_path: Path
) -> None:
    interrupt(way, sandbox, state=tmp_path / "elsewhere")
    mine = interrupt(way, sandbox)
    blank = state / "aioz-upload-0.jsonl"
    blank.touch()
    (state / "aioz-upload-1.jsonl").write_text("something else")
    (state / "speech.json").write_text("{}\n")
    assert [item.id for item in way.call(sandbox.aioz_url, "unfinished")] == [mine.id]
    assert not blank.exists(), "what a crash left before an object was made stays for ever"
    assert way.call(sandbox.aioz_url, "unfinished", client={"token": "sandbox-token"}) == ()
    listed: list[Any] = []

    def look(_: Progress) -> None:
        listed.append([item.id for item in SYNC.call(sandbox.aioz_url, "unfinished")])

    way.call(sandbox.aioz_url, "upload", CLIP, preset="standard", on_progress=look)
    assert listed[-1] == [mine.id]


@both
def test_a_journal_may_lie_where_the_caller_says(way: Way, sandbox: Sandbox, tmp_path: Path, state: Path) -> None:
    place = tmp_path / "here" / "journal"
    error = interrupt(way, sandbox, state=str(place))
    assert error.state == place
    assert json.loads(place.read_text().splitlines()[1])["id"] == error.id
    assert not state.exists()
    media = way.call(sandbox.aioz_url, "resume", place)
    assert sha256_of(sandbox, way, media) == WHOLE
    assert not place.exists()


# Keys that may only upload


@both
def test_a_key_that_may_only_upload_uploads_and_resumes(way: Way, sandbox: Sandbox, state: Path) -> None:
    media = way.call(sandbox.aioz_url, "upload", CLIP, preset="standard", client=ONLY_UPLOAD)
    assert (media.status, media.title, media.size) == ("transcoding", "evening.flac", CLIP.stat().st_size)
    assert sha256_of(sandbox, way, media) == WHOLE
    left = interrupt(way, sandbox, client=ONLY_UPLOAD).state
    assert sha256_of(sandbox, way, way.call(sandbox.aioz_url, "resume", left, client=ONLY_UPLOAD)) == WHOLE
    assert list(state.iterdir()) == []


@both
def test_a_key_that_may_only_upload_is_told_why_it_cannot_wait(way: Way, sandbox: Sandbox) -> None:
    with pytest.raises(Forbidden, match="a key that may only upload cannot read the object"):
        way.call(sandbox.aioz_url, "upload", CLIP, preset="standard", wait=True, client=ONLY_UPLOAD)


# Webhooks


def event(**changes: Any) -> dict[str, Any]:
    usual = {
        "type": "encoding.finished",
        "emitted_at": "2026-01-02T03:04:05Z",
        "media_id": "i",
        "media_type": "audio",
        "qualities": [{"name": "highest", "type": "hls", "status": "done"}],
        "title": "Talk",
        "status": "done",
        "user_id": "u",
    }
    return usual | changes


def test_an_event_of_a_webhook_is_an_object() -> None:
    media = Media.from_webhook(event())
    assert (media.id, media.title, media.type, media.status) == ("i", "Talk", "audio", "done")
    assert media.qualities == (Quality("highest", "hls", "done"),)
    assert media.raw == event()
    assert (media.size, media.duration, media.tags, media.metadata) == (None, None, (), {})


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("file.received", "new"),
        ("encoding.started", "transcoding"),
        ("encoding_started", "transcoding"),
        ("partial.finished", "transcoding"),
        ("encoding.finished", "done"),
        ("encoding_failed", "fail"),
        ("something.new", None),
        (None, None),
    ],
)
def test_an_event_without_a_status_is_known_by_its_type(kind: str | None, status: str | None) -> None:
    assert Media.from_webhook(event(type=kind, status=None, qualities=None)).status == status


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("highest", ["highest"]),
        ("standard, highest,", ["standard", "highest"]),
        (["standard", "highest"], ["standard", "highest"]),
        ([{"name": "good"}, "", None], ["good"]),
        ("", []),
        (None, []),
        (5, []),
    ],
)
def test_qualities_of_an_event_are_read_in_each_form(told: Any, names: list[str]) -> None:
    assert [quality.name for quality in Media.from_webhook(event(qualities=told)).qualities] == names


@pytest.mark.parametrize("payload", [event(media_id=None), event(media_id=""), {}, [], "text", None])
def test_what_names_no_object_is_no_event(payload: Any) -> None:
    with pytest.raises(InvalidInput, match="names no media_id"):
        Media.from_webhook(payload)
