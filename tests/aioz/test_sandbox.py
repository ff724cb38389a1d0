"""Every method of both clients against the sandbox: real sockets, checks of every part, real transcodes."""

import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.aioz.ways import Way, both
from tonearm import NotFound, Progress, Retry, SourceChanged, TimedOut, TranscodeFailed, Unauthorized, UploadInterrupted
from tonearm.aioz import Media, Quality, QualityConfig
from tonearm.sandbox import Sandbox
from tonearm.sandbox.library import PACKAGED

CLIP = PACKAGED / "evening.flac"


def sent(sandbox: Sandbox, start: int, path: str = "") -> list[str]:
    """The requests since `start`, as method and the last piece of the path, those that have `path` in it."""
    return [
        f"{exchange.method} {exchange.path.rpartition('/')[2]}"
        for exchange in sandbox.requests[start:]
        if path in exchange.path
    ]


@both
def test_a_file_is_uploaded_in_parts_and_transcoded(way: Way, sandbox: Sandbox) -> None:
    seen: list[Progress] = []
    start, size = len(sandbox.requests), CLIP.stat().st_size
    media = way.call(
        sandbox.aioz_url,
        "upload",
        CLIP,
        title="Evening",
        preset="standard",
        description="read aloud",
        tags=["speech"],
        metadata={"genre": "spoken"},
        is_public=True,
        part_size=20_000,
        wait=True,
        on_progress=seen.append,
    )
    assert (media.status, media.title, media.description) == ("done", "Evening", "read aloud")
    assert (media.type, media.size, media.is_public) == ("audio", size, True)
    assert (media.tags, media.metadata) == (("speech",), {"genre": "spoken"})
    assert media.qualities == (Quality("standard", "hls", "done"),)
    assert media.duration > 1
    assert (media.captions, media.chapters, media.player_theme_id) == ((), (), None)
    assert media.created_at <= media.updated_at
    assert media.raw["user_id"]
    assert hashlib.sha256(httpx.get(media.assets.source_url, verify=False).content).hexdigest() == _sha256(CLIP)
    assert httpx.get(media.assets.hls_url).text.startswith("#EXTM3U")
    parts = -(-size // 20_000)
    assert parts > 3
    assert sent(sandbox, start)[: parts + 2] == ["POST create", *["POST part"] * parts, "GET complete"]
    assert (seen[-1].done, seen[-1].total, seen[-1].part, seen[-1].parts) == (size, size, parts, parts)
    assert [moment.done for moment in seen] == sorted({moment.done for moment in seen})


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@both
@pytest.mark.parametrize("first_index", [0, 1])
def test_an_upload_returns_when_it_is_accepted(way: Way, sandbox: Sandbox, first_index: int) -> None:
    with CLIP.open("rb") as file:
        media = way.call(sandbox.aioz_url, "upload", file, preset="standard", first_index=first_index)
        assert not file.closed
    assert media.title == "evening.flac"
    assert media.status in ("transcoding", "done")
    sandbox.wait_idle()


@both
def test_an_object_is_made_step_by_step(way: Way, sandbox: Sandbox) -> None:
    url, content = sandbox.aioz_url, CLIP.read_bytes()
    qualities = [QualityConfig("good", bitrate=192_000), QualityConfig("highest", type="dash", container_type="fmp4")]
    media = way.call(url, "create", "Steps", qualities=qualities)
    assert isinstance(media, Media)
    assert (media.status, media.duration, media.size) == ("new", 0, 0)
    assert [quality.name for quality in media.qualities] == ["good", "highest"]
    md5 = hashlib.md5(content[10_000:], usedforsecurity=False).hexdigest()
    for index, start, part, digest in ((1, 0, content[:10_000], None), (2, 10_000, content[10_000:], md5)):
        part_of = {"index": index, "start": start, "total": len(content), "md5": digest}
        assert way.call(url, "upload_part", media.id, part, **part_of) is None
    assert way.call(url, "complete", media.id) is None
    told: list[Media] = []
    done = way.call(url, "wait", media.id, on_change=told.append)
    assert done.status == told[-1].status == "done"
    assert way.call(url, "get", media.id) == done
    changed = way.call(
        url,
        "update",
        media.id,
        title="New",
        description="",
        tags=[],
        metadata={"a": "b"},
        player_theme_id="theme",
        is_public=False,
    )
    assert (changed.title, changed.description, changed.tags) == ("New", "", ())
    assert (changed.metadata, changed.player_theme_id, changed.is_public) == ({"a": "b"}, "theme", False)
    assert way.call(url, "delete", media.id) is None
    with pytest.raises(NotFound) as caught:
        way.call(url, "get", media.id)
    assert caught.value.message == "media not found"
    with pytest.raises(NotFound):
        way.call(url, "delete", media.id)
    assert way.call(url, "delete", media.id, missing_ok=True) is None


@both
def test_a_list_finds_what_matches(way: Way, sandbox: Sandbox) -> None:
    url, tag = sandbox.aioz_url, f"tag-{way.name}"
    for number in range(5):
        way.call(url, "create", f"title {number}", tags=[tag], metadata={"parity": str(number % 2)})
    listed = way.call(url, "list", tags=[tag], sort_by="title", status=["new", "done"])
    assert [item.title for item in listed] == [f"title {number}" for number in range(5)]
    page = way.call(url, "page", offset=1, limit=2, tags=[tag], sort_by="title", order_by="desc")
    assert ([item.title for item in page.items], page.total, page.offset) == (["title 3", "title 2"], 5, 1)
    assert page.next_offset == 3
    assert [item.title for item in way.call(url, "list", tags=[tag], search="tle 4")] == ["title 4"]
    assert len(way.call(url, "list", tags=[tag], metadata={"parity": "1"})) == 2
    assert way.call(url, "list", tags=["no such tag"]) == []
    last = way.call(url, "page", offset=4, tags=[tag])
    assert (len(last.items), last.total, last.next_offset) == (1, 5, None)


@both
def test_a_price_is_asked_for(way: Way, sandbox: Sandbox) -> None:
    cost = way.call(sandbox.aioz_url, "cost", ["standard", "dash:standard", "highest"], duration=283.5)
    assert (cost.price > 0, cost.is_enough) == (True, True)
    assert sandbox.requests[-1].query == "qualities=standard%2Chighest&type=audio&duration=283.5"
    assert way.call(sandbox.aioz_url, "cost", "good", duration=0).price == 0


@both
def test_a_token_opens_as_well_and_a_wrong_one_does_not(way: Way, sandbox: Sandbox) -> None:
    assert way.call(sandbox.aioz_url, "page", client={"token": "sandbox-token"}).offset == 0
    with pytest.raises(Unauthorized) as caught:
        way.call(sandbox.aioz_url, "page", client={"token": "other-token"})
    assert "other-token" not in f"{caught.value}{vars(caught.value)}"


@both
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"drop_request": 30_000},
        {"drop_headers": True},
        {"status": 429, "headers": {"Retry-After": "0"}},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_a_part_that_fails_is_sent_again_as_it_was(way: Way, sandbox: Sandbox, fault: dict[str, Any]) -> None:
    hit = sandbox.fault(path="*/part", skip=1, **fault)
    start, seen = len(sandbox.requests), list[Progress]()
    media = way.call(
        sandbox.aioz_url, "upload", CLIP, preset="standard", part_size=40_000, wait=True, on_progress=seen.append
    )
    assert hit.hits == 1
    assert httpx.get(media.assets.source_url, verify=False).content == CLIP.read_bytes()
    ranges = [
        exchange.header("content-range") for exchange in sandbox.requests[start:] if exchange.path.endswith("part")
    ]
    assert ranges.count(ranges[1]) == 2
    assert len(set(ranges)) == len(ranges) - 1
    assert [moment.done for moment in seen] == sorted({moment.done for moment in seen})
    assert sent(sandbox, start).count("GET complete") == 1


@both
def test_an_upload_that_cannot_go_on_says_how_far_it_is(way: Way, sandbox: Sandbox) -> None:
    sandbox.fault(path="*/part", skip=2, times=None, status=500)
    start, size = len(sandbox.requests), CLIP.stat().st_size
    with pytest.raises(UploadInterrupted) as caught:
        way.call(sandbox.aioz_url, "upload", CLIP, part_size=10_000)
    assert (caught.value.done, caught.value.total) == (20_000, size)
    assert "GET complete" not in sent(sandbox, start)
    sandbox.clear_faults()
    assert way.call(sandbox.aioz_url, "get", caught.value.id).status == "new"


@both
@pytest.mark.parametrize("change", [-1, 1])
@pytest.mark.parametrize("when", ["in a part", "between parts", "after the last part"])
def test_a_file_that_changes_while_it_is_sent_is_not_completed(
    way: Way, sandbox: Sandbox, tmp_path: Path, change: int, when: str
) -> None:
    path, size, part = tmp_path / "a.flac", 3_000_000, 1_500_000
    path.write_bytes(bytes(size))
    after = {"in a part": 1, "between parts": part, "after the last part": size}[when]
    done: list[int] = []

    def show(progress: Progress) -> None:
        done.append(progress.done)
        if progress.done >= after and path.stat().st_size == size:
            with path.open("r+b") as file:
                file.truncate(size + change)

    start = len(sandbox.requests)
    with pytest.raises(SourceChanged) as caught:
        way.call(sandbox.aioz_url, "upload", path, part_size=part, on_progress=show)
    assert "GET complete" not in sent(sandbox, start)
    assert caught.value.done == {"in a part": 0, "between parts": part, "after the last part": size}[when]
    assert caught.value.total == size


@both
def test_a_complete_whose_answer_is_lost_is_not_sent_again(way: Way, sandbox: Sandbox) -> None:
    sandbox.fault(path="*/complete", drop_headers=True)
    start = len(sandbox.requests)
    media = way.call(sandbox.aioz_url, "upload", CLIP, preset="standard", wait=True)
    assert media.status == "done"
    assert sent(sandbox, start).count("GET complete") == 1


@both
def test_a_file_that_is_no_audio_fails_to_transcode(way: Way, sandbox: Sandbox) -> None:
    with pytest.raises(TranscodeFailed, match=r"ended as fail \(standard\)") as caught:
        way.call(sandbox.aioz_url, "upload", b"this is no audio", title="Text", preset="standard", wait=True)
    assert caught.value.media.status == "fail"
    assert caught.value.media.qualities == (Quality("standard", "hls", "fail"),)


@both
def test_an_object_that_was_deleted_is_not_waited_for(way: Way, sandbox: Sandbox) -> None:
    media = way.call(sandbox.aioz_url, "create", "Gone")
    way.call(sandbox.aioz_url, "delete", media.id)
    with pytest.raises((NotFound, TranscodeFailed)):
        way.call(sandbox.aioz_url, "wait", media.id)


@both
def test_waiting_has_an_end(way: Way, sandbox: Sandbox) -> None:
    media = way.call(sandbox.aioz_url, "create", "Waiting")
    with pytest.raises(TimedOut) as caught:
        way.call(sandbox.aioz_url, "wait", media.id, timeout=0.05)
    assert caught.value.deadline


@both
def test_a_create_that_may_have_arrived_is_not_repeated(way: Way, sandbox: Sandbox) -> None:
    sandbox.fault(path="*/create", drop_headers=True)
    start = len(sandbox.requests)
    with pytest.raises(Exception, match="create") as caught:
        way.call(sandbox.aioz_url, "create", "Once", client={"retry": Retry(first_delay=0)})
    assert getattr(caught.value, "sent", False)
    assert sent(sandbox, start) == ["POST create"]
