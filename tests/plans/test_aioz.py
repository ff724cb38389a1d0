"""The plans of AIOZ Stream, whatever the server does: paid work is started at most once."""

import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inside.aioz import _media, _upload, objects
from tests.inside.http import Request
from tests.plans.aioz import ACCOUNT, DONE, ID, Service, ask, media
from tests.plans.play import Reply, Stage, cut, in_turn, refused, reply, silent
from tonearm.aioz import Media
from tonearm.errors import (
    ConnectionFailed,
    InvalidInput,
    NotFound,
    RateLimited,
    ServiceFailed,
    SourceChanged,
    StatusError,
    TimedOut,
    TonearmError,
    TranscodeFailed,
    UnexpectedAnswer,
    UploadInterrupted,
)
from tonearm.progress import OnProgress, Progress
from tonearm.retry import Retry

FAILURES = st.sampled_from(
    [
        None,
        None,
        None,
        refused,
        cut,
        silent,
        *(lambda status=s: reply(status=status) for s in (400, 404, 429, 500, 503)),
    ]
)


@given(data=st.data(), size=st.integers(1, 13), part_size=st.integers(1, 14), first=st.integers(0, 1))
def test_whatever_fails_an_upload_starts_paid_work_once_and_only_for_whole_files(
    data: st.DataObject, size: int, part_size: int, first: int
) -> None:
    content = bytes(range(size))

    def failing(_: str) -> Reply | None:
        fail = data.draw(FAILURES)
        return None if fail is None else fail()

    service = Service(failing)
    seen: list[Progress] = []
    stage = Stage(service, retry=Retry(attempts=3))
    plan = _upload.upload(content, ask(part_size=part_size, first_index=first, on_progress=seen.append), ACCOUNT)
    failure: TonearmError | None = None
    try:
        stage.play(plan)
    except TonearmError as error:
        failure = error
    if failure is None:
        assert service.completed == 1
    if isinstance(failure, UploadInterrupted):
        assert (failure.id, failure.total) == (ID, size)
        assert failure.done in (*range(0, size, part_size), size)
        assert (failure.done == size) == ("complete" in service.seen)
    assert service.created <= 1
    assert service.seen.count("complete") <= 1
    if service.completed:
        assert b"".join(service.parts.values()) == content
        assert list(service.parts) == [str(index) for index in range(first, first + len(service.parts))]
        assert seen[-1].done == size
    assert [moment.done for moment in seen] == sorted({moment.done for moment in seen})


@pytest.mark.parametrize("fail", [cut, silent, lambda: reply(status=500), lambda: reply(status=408)])
def test_a_create_that_may_have_arrived_is_not_repeated(fail: Callable[[], Reply]) -> None:
    stage = Stage(in_turn(fail()))
    with pytest.raises((ConnectionFailed, StatusError)):
        stage.play(_upload.upload(b"content", ask(), ACCOUNT))
    assert len(stage.requests) == 1


@pytest.mark.parametrize("fail", [refused, lambda: reply(status=429), lambda: reply(status=503)])
def test_a_create_that_was_turned_away_is_repeated(fail: Callable[[], Reply]) -> None:
    service = Service(_once("create", fail))
    Stage(service).play(_upload.upload(b"content", ask(), ACCOUNT))
    assert service.seen.count("create") == 2
    assert service.created == 1


def _once(name: str, fail: Callable[[], Reply]) -> Callable[[str], Reply | None]:
    left = [fail()]
    return lambda seen: left.pop() if seen == name and left else None


UNCLEAR = [cut, silent, lambda: reply(status=500), lambda: reply(status=503), lambda: reply(status=520)]


@pytest.mark.parametrize("fail", UNCLEAR)
@pytest.mark.parametrize("status", ["transcoding", "done", "fail"])
def test_after_an_unclear_complete_the_object_tells_that_it_was_accepted(
    fail: Callable[[], Reply], status: str
) -> None:
    stage = Stage(in_turn(fail(), media(status)))
    stage.play(_media.complete(ID))
    assert [(request.method, request.path) for request in stage.requests] == [
        ("GET", f"/media/{ID}/complete"),
        ("GET", f"/media/{ID}"),
    ]


@pytest.mark.parametrize("fail", UNCLEAR)
def test_after_an_unclear_complete_of_an_object_that_is_still_new_the_failure_is_raised(
    fail: Callable[[], Reply],
) -> None:
    stage = Stage(in_turn(fail(), media("new")))
    with pytest.raises((ConnectionFailed, ServiceFailed)):
        stage.play(_media.complete(ID))
    assert len(stage.requests) == 2


@pytest.mark.parametrize("status", [None, "", "new", "deleted"])
def test_an_object_that_does_not_show_it_is_not_taken_for_completed(status: str | None) -> None:
    data = {"id": ID} if status is None else {"id": ID, "status": status}
    stage = Stage(in_turn(cut(), reply(json={"status": "success", "data": data})))
    with pytest.raises(ConnectionFailed):
        stage.play(_media.complete(ID))


def busy() -> Reply:
    return reply(status=429, headers={"retry-after": "3"})


@pytest.mark.parametrize(
    ("replies", "requests"),
    [
        ([busy, lambda: media("new"), lambda: DONE], ["complete", "get", "complete"]),
        ([busy, lambda: media("transcoding")], ["complete", "get"]),
        (
            [busy, lambda: media("new"), busy, lambda: media("new"), lambda: DONE],
            ["complete", "get"] * 2 + ["complete"],
        ),
    ],
)
def test_after_a_429_complete_is_repeated_once_the_object_shows_that_it_was_not_accepted(
    replies: list[Callable[[], Reply]], requests: list[str]
) -> None:
    stage = Stage(in_turn(*[one() for one in replies]))
    stage.play(_media.complete(ID))
    assert [request.path.removeprefix(f"/media/{ID}").strip("/") or "get" for request in stage.requests] == requests


@pytest.mark.parametrize(
    ("replies", "kind"),
    [
        ([busy, lambda: reply(status=403)], RateLimited),
        ([busy, lambda: media("new"), cut, lambda: media("new")], ConnectionFailed),
        ([busy, lambda: media("new"), busy], RateLimited),
        ([lambda: reply(status=429, headers={"retry-after": "9999"})], RateLimited),
        ([lambda: reply(json={"status": "fail", "message": "balance too low"})], StatusError),
    ],
)
def test_a_complete_is_never_repeated_otherwise(replies: list[Callable[[], Reply]], kind: type[Exception]) -> None:
    stage = Stage(in_turn(*[one() for one in replies]), retry=Retry(attempts=2))
    with pytest.raises(kind):
        stage.play(_media.complete(ID))
    assert len(stage.requests) == len(replies)


@pytest.mark.parametrize("fail", [refused, lambda: reply(status=400), lambda: reply(status=404)])
def test_a_complete_that_was_surely_not_accepted_reads_nothing(fail: Callable[[], Reply]) -> None:
    stage = Stage(in_turn(fail()))
    with pytest.raises((ConnectionFailed, StatusError)):
        stage.play(_media.complete(ID))
    assert len(stage.requests) == 1


@pytest.mark.parametrize("size", [7, 9])
@pytest.mark.parametrize("after", [1, 4, 5, 8])
def test_a_source_that_changes_is_never_completed(tmp_path: Path, size: int, after: int) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"12345678")

    def report(progress: Progress) -> None:
        if progress.done >= after:
            path.write_bytes(b"x" * size)

    service = Service()
    with pytest.raises(SourceChanged) as caught:
        Stage(service).play(_upload.upload(path, ask(on_progress=report), ACCOUNT))
    assert "complete" not in service.seen
    assert caught.value.total == 8
    assert caught.value.done in (0, 4, 8)


def test_a_source_of_the_same_size_with_other_bytes_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"12345678")

    def report(progress: Progress) -> None:
        path.write_bytes(b"87654321")
        os.utime(path, ns=(1, 1))

    service = Service()
    with pytest.raises(SourceChanged, match="was changed"):
        Stage(service).play(_upload.upload(path, ask(on_progress=report), ACCOUNT))
    assert "complete" not in service.seen


def test_a_part_is_repeated_with_the_same_bytes_and_progress_stands_still() -> None:
    fails = [cut(), reply(status=500)]
    service = Service(lambda name: fails.pop() if name == "part" and fails else None)
    seen: list[Progress] = []
    Stage(service).play(_upload.upload(b"12345678", ask(on_progress=seen.append), ACCOUNT))
    assert service.seen == ["create", *["part"] * 4, "complete", "get"]
    assert list(service.parts.items()) == [("1", b"1234"), ("2", b"5678")]
    assert [(moment.done, moment.part) for moment in seen] == [(3, 1), (4, 1), (7, 2), (8, 2)]
    assert {(moment.phase, moment.total, moment.parts) for moment in seen} == {("upload", 8, 2)}


def test_what_the_callback_raises_ends_the_upload() -> None:
    def report(_: Progress) -> None:
        raise KeyboardInterrupt

    stopping: OnProgress = report
    service = Service()
    with pytest.raises(KeyboardInterrupt):
        Stage(service).play(_upload.upload(b"12345678", ask(on_progress=stopping), ACCOUNT))
    assert service.seen == ["create", "part"]


def test_an_interrupted_upload_says_how_far_it_is() -> None:
    count = iter(range(9))
    service = Service(lambda name: reply(status=400) if name == "part" and next(count) == 1 else None)
    with pytest.raises(UploadInterrupted, match=f"4 of 10 bytes were sent to {ID}") as caught:
        Stage(service).play(_upload.upload(b"1234567890", ask(), ACCOUNT))
    assert (caught.value.id, caught.value.done, caught.value.total) == (ID, 4, 10)
    assert isinstance(caught.value.__cause__, StatusError)
    assert service.seen == ["create", "part", "part"]


def test_a_source_without_a_name_needs_a_title() -> None:
    stage = Stage(in_turn())
    with pytest.raises(InvalidInput, match="title is needed"):
        stage.play(_upload.upload(BytesIO(b"content"), ask(title=None), ACCOUNT))
    assert stage.requests == []


def test_an_upload_can_wait_until_it_is_transcoded() -> None:
    statuses = iter(["new", "transcoding", "done"])
    service = Service()
    act = service.act

    def world(request: Request) -> Reply:
        return media(next(statuses)) if service.name(request) == "get" else act(service.name(request), request)

    stage = Stage(world)
    assert stage.play(_upload.upload(b"content", ask(wait=True), ACCOUNT)).status == "done"
    assert [(pause.seconds, pause.jitter) for pause in stage.sleeps] == [(0.5, False)]


# Waiting


def test_the_pause_between_two_looks_grows_up_to_ten_seconds() -> None:
    stage = Stage(in_turn(*[media("transcoding")] * 12, media("done")))
    assert stage.play(_media.wait(ID, None)).status == "done"
    pauses = [pause.seconds for pause in stage.sleeps]
    assert pauses[:3] == [0.5, 0.75, 1.125]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 10.0


def test_each_change_is_told_once() -> None:
    first, half = {"name": "highest", "status": "new"}, {"name": "highest", "status": "done"}
    looks = [
        media("new", [first]),
        media("new", [first]),
        media("transcoding", [first]),
        media("transcoding", [half]),
        media("transcoding", [half]),
        media("done", [half]),
    ]
    told: list[Media] = []
    Stage(in_turn(*looks)).play(_media.wait(ID, told.append))
    assert [(item.status, item.qualities[0].status) for item in told] == [
        ("new", "new"),
        ("transcoding", "new"),
        ("transcoding", "done"),
        ("done", "done"),
    ]


@pytest.mark.parametrize("status", ["fail", "deleted"])
def test_a_transcode_that_failed_is_an_error_that_has_the_object(status: str) -> None:
    rows = [{"name": "highest", "status": "fail"}, {"name": "good", "status": "done"}, {"status": "fail"}]
    with pytest.raises(TranscodeFailed, match=rf"ended as {status} \(highest, \?\)") as caught:
        Stage(in_turn(media(status, rows))).play(_media.wait(ID, None))
    assert caught.value.media.id == ID


def test_a_transcode_that_failed_without_a_word_on_qualities_is_an_error() -> None:
    with pytest.raises(TranscodeFailed, match=r"ended as fail$"):
        Stage(in_turn(media("fail"))).play(_media.wait(ID, None))


def test_a_status_that_is_not_known_is_waited_through() -> None:
    stage = Stage(in_turn(media("queued"), media("done")))
    assert stage.play(_media.wait(ID, None)).status == "done"


# Deleting


def test_an_object_that_a_repeated_delete_no_longer_finds_is_deleted() -> None:
    service = Service(_once("delete", cut))
    assert Stage(service).play(_media.delete(ID, missing_ok=False)) is None
    assert service.seen == ["delete", "delete"]


def test_an_object_that_was_never_there_is_an_error_unless_that_is_permitted() -> None:
    with pytest.raises(NotFound):
        Stage(in_turn(reply(status=404))).play(_media.delete(ID, missing_ok=False))
    assert Stage(in_turn(reply(status=404))).play(_media.delete(ID, missing_ok=True)) is None


# The rules of the other operations


@pytest.mark.parametrize(
    "plan",
    [
        lambda: objects.get(ID),
        lambda: objects.page(objects.Listing()),
        lambda: objects.cost(["good"], 1),
        lambda: _media.upload_part(ID, b"x", index=1, start=0, total=1, md5=None),
        lambda: objects.delete(ID),
        lambda: _media.update(ID, objects.Change(title="T")),
    ],
)
def test_reads_parts_and_changes_are_repeated_after_a_cut(plan: Callable[[], Any]) -> None:
    whole = {"id": ID, "media": [], "total": 0, "price": 1}
    fine = reply(json={"status": "success", "message": "Done.", "data": whole})
    stage = Stage(in_turn(cut(), fine, fine))
    stage.play(plan())
    assert stage.requests[0] is stage.requests[1]


@pytest.mark.parametrize("error", [silent(deadline=True)])
def test_nothing_is_repeated_after_the_deadline(error: TimedOut) -> None:
    stage = Stage(in_turn(error))
    with pytest.raises(TimedOut):
        stage.play(objects.get(ID))
    assert len(stage.requests) == 1


def test_an_answer_that_does_not_fit_ends_the_upload_before_anything_is_sent() -> None:
    stage = Stage(in_turn(reply(json={"status": "success", "data": {"title": "no id"}})))
    with pytest.raises(UnexpectedAnswer):
        stage.play(_upload.upload(b"content", ask(), ACCOUNT))
    assert len(stage.requests) == 1


# Against the vendor's own client


def test_default_parts_have_the_ranges_of_the_vendors_client(tmp_path: Path) -> None:
    vendor = json.loads((Path(__file__).parents[1] / "wire/vendors/aioz-node-client.json").read_text())
    steps = {step["step"]: step["requests"] for step in vendor["steps"]}
    theirs = {
        value
        for sent in steps["media.uploadPart 120MiB default chunk"]
        for name, value in sent["raw_headers"]
        if name == "Content-Range"
    }
    path = tmp_path / "a120.bin"
    with path.open("wb") as file:
        file.truncate(vendor["meta"]["test_file"]["length"])
    service = Service()
    service.act = lambda name, _: media() if name in ("create", "get") else DONE  # type: ignore[method-assign]
    stage = Stage(service)
    stage.play(_upload.upload(path, ask(part_size=52_428_800), ACCOUNT))
    assert {request.headers["Content-Range"] for request in stage.requests if request.form} == theirs
