"""Publishing against a sandbox: what is made, what is refused before that, and how a failure is resumed."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.inside.aioz import _left, _media
from tests.inside.files import StateLog
from tests.inside.recipes import in_thread_async
from tests.recipes import published
from tests.recipes.published import CHAPTERS, EACH_ONCE, MODEL, WORDS, Log, everything, publish, record
from tonearm import (
    Aioz,
    AsyncAioz,
    ConfigurationError,
    ConnectionFailed,
    InvalidInput,
    MissingFile,
    NotFound,
    OpenAI,
    Progress,
    SourceChanged,
    TonearmError,
    TranscodeFailed,
    Unauthorized,
    WorkInterrupted,
    aioz,
    recipes,
)
from tonearm.aioz import Cost, Track
from tonearm.openai import Estimate, Transcript
from tonearm.recipes.captions import captions_of, has_language
from tonearm.recipes.publication import Publication
from tonearm.recipes.record import Record
from tonearm.sandbox import Fault, Sandbox, start

both = pytest.mark.parametrize("way", [pytest.param(way, marks=pytest.mark.turn("way")) for way in ("sync", "async")])


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with start() as sandbox:
        yield sandbox


@pytest.fixture
def box(running: Sandbox) -> Iterator[Sandbox]:
    running.clear_faults()
    yield running
    running.clear_faults()


@pytest.fixture
def client(box: Sandbox) -> Iterator[Aioz]:
    with Aioz(base_url=box.aioz_url, token="sandbox-token") as client:
        yield client


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("tonearm.aioz._media._FIRST_POLL", 0.01)
    return tmp_path / "state" / "tonearm"


@pytest.fixture
def show(client: Aioz) -> str:
    return client.create_playlist("Show").id


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return record(tmp_path / "talk.wav")


def left(state: Path) -> list[str]:
    """What the folder for state has but for records of what is published."""
    names = sorted(path.name for path in state.iterdir()) if state.exists() else []
    return [name for name in names if '{"published": ' not in (state / name).read_text().splitlines()[-1]]


@both
def test_everything_is_made_once(way: str, box: Sandbox, client: Aioz, show: str, source: Path, state: Path) -> None:
    log, seen = Log(box), list[Progress]()
    options = everything(show, title=f"Talk {way}", description="Said.", tags=["a"], metadata={"b": "c"})
    done = publish(box, source, way=way, on_progress=seen.append, max_price=5.0, workers=2, timeout=600, **options)
    media = client.get(done.media.id)
    assert done.media == media
    assert (media.title, media.description, media.status) == (f"Talk {way}", "Said.", "done")
    assert (media.tags, media.metadata, media.is_public) == (("a",), {"b": "c"}, True)
    assert [one.language for one in (*media.captions, *media.chapters)] == ["en", "en"]
    assert done.captions is not None
    assert done.captions.split()[-3:] == WORDS.split()
    assert done.playlist is not None
    assert [item.media_id for item in done.playlist.items] == [media.id]
    assert log.counts() == EACH_ONCE
    assert left(state) == []
    steps = [one.done for one in seen if one.phase == "publish"]
    assert steps == list(range(8))
    assert {one.unit for one in seen if one.phase == "publish"} == {"steps"}
    assert {one.phase for one in seen} == {"publish", "upload", "send"}


@pytest.mark.parametrize("way", ["sync", "async"])
def test_without_more_it_is_an_upload_that_is_waited_for(way: str, box: Sandbox, source: Path, state: Path) -> None:
    seen = list[Progress]()
    done = publish(box, source, way=way, transcribe=False, on_progress=seen.append)
    assert [(one.done, one.total) for one in seen if one.phase == "publish"] == [(0, 2), (1, 2), (2, 2)]
    assert (done.media.title, done.media.status, done.captions, done.playlist) == ("talk.wav", "done", None, None)
    assert left(state) == []


@pytest.mark.parametrize(
    ("wrong", "argument"),
    [
        ({"title": ""}, "title"),
        ({"tags": ["x"] * 51}, "tags"),
        ({"preset": "loud"}, "preset"),
        ({"language": None}, "language"),
        ({"language": "no language"}, "language"),
        ({"chapters": b"no WebVTT"}, "chapters"),
        ({"chapters": "nowhere.vtt"}, "chapters"),
        ({"cover": b"no picture"}, "cover"),
        ({"workers": 6}, "workers"),
        ({"max_price": -1.0}, "max_price"),
        ({"max_price": 1.0, "preset": None}, "preset"),
        ({"timeout": float("nan")}, "timeout"),
        ({"playlist": ""}, "playlist"),
        ({"on_progress": 1}, "on_progress"),
        ({"again": "no"}, "again"),
        ({"model": None}, "model"),
    ],
    ids=str,
)
def test_what_would_be_refused_is_refused_before_anything_is_sent(
    box: Sandbox, show: str, source: Path, state: Path, wrong: dict[str, Any], argument: str
) -> None:
    log = Log(box)
    with pytest.raises((InvalidInput, ConfigurationError)) as raised:
        publish(box, source, **everything(show) | wrong)
    assert raised.value.argument == argument
    assert len(box.requests) == log.start
    assert left(state) == []


@pytest.mark.parametrize(("source", "kind"), [("nowhere.wav", MissingFile), (b"bytes", InvalidInput)])
def test_the_recording_is_a_file(box: Sandbox, source: Any, kind: type[InvalidInput]) -> None:
    with pytest.raises(kind):
        publish(box, source)


@pytest.mark.parametrize("most", [0.0, 1e-9])
def test_nothing_is_made_that_costs_more(box: Sandbox, source: Path, state: Path, most: float) -> None:
    log = Log(box)
    with pytest.raises(InvalidInput, match="would cost"):
        publish(box, source, **everything(None, max_price=most))
    assert log.counts() == {}
    assert left(state) == []


def test_both_prices_count(source: Path, caplog: pytest.LogCaptureFixture) -> None:
    ask = Publication.of(source, True, {"language": "en", "preset": "standard", "max_price": 1.0})
    ask.check_price(Cost(0.6, True), 0.4)
    with pytest.raises(InvalidInput, match=r"this would cost 1.1 USD \(0.6 for the transcoding\)") as raised:
        ask.check_price(Cost(0.6, True), 0.5)
    assert raised.value.argument == "max_price"
    with pytest.raises(InvalidInput, match="balance"):
        ask.check_price(Cost(0.6, False), 0.1)
    assert caplog.text == ""
    ask.check_price(Cost(0.6, None), None)
    assert "not known" in caplog.text
    Publication.of(source, False, {}).check_price(Cost(1e6, False), None)


def test_an_unknown_playlist_is_found_out_before_anything_is_made(box: Sandbox, source: Path, state: Path) -> None:
    log = Log(box)
    with pytest.raises(NotFound):
        publish(box, source, **everything("11111111-2222-4333-8444-555555555555"))
    assert log.counts() == {}
    assert left(state) == []


FAILING = {
    "create": ("POST", "*/media/create"),
    "part": ("POST", "*/part"),
    "complete": ("GET", "*/complete"),
    "wait": ("GET", "*/media/????????-????-????-????-????????????"),
    "transcription": ("POST", "*/audio/transcriptions"),
    "captions": ("POST", "*/captions/en"),
    "list of captions": ("GET", "*/captions"),
    "chapters": ("POST", "*/chapters/en"),
    "cover": ("POST", "*/thumbnail"),
    "playlist": ("POST", "*/items"),
}
LOST: dict[str, dict[str, Any]] = {"refused": {"status": 503}, "answer lost": {"drop_headers": True}}


@both
@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("what", FAILING)
def test_the_same_call_resumes_after_a_failure_of_any_request(
    way: str, what: str, how: str, box: Sandbox, client: Aioz, show: str, source: Path, state: Path
) -> None:
    method, path = FAILING[what]
    title = f"{what} {how} {way}"
    log = Log(box)
    options = everything(show, title=title)
    with box.faults(Fault(method=method, path=path, **LOST[how])):
        if (what, how) == ("complete", "answer lost"):  # the object shows that it was accepted
            publish(box, source, way=way, **options)
            return
        with pytest.raises(WorkInterrupted) as raised:
            publish(box, source, way=way, **options)
    error = raised.value
    assert error.state.parent == state
    assert 0 <= error.done < error.total == 7
    assert "same again" in str(error.hint)
    assert "sandbox-" not in error.state.read_text()
    done = publish(box, source, way=way, **options)
    again = {"answer lost": {"part", "transcriptions", "thumbnail"}, "refused": set(EACH_ONCE)}[how]
    for name, count in log.counts().items():
        assert count == 1 or (count == 2 and name in again), name
    assert [media.id for media in client.list(search=title) if media.title == title] == [done.media.id]
    assert [item.media_id for item in client.playlist(show).items] == [done.media.id]
    assert len(done.media.captions) == len(done.media.chapters) == 1
    assert [name for name in left(state) if not name.startswith("aioz-upload-")] == []


@both
@pytest.mark.parametrize("step", range(8))
def test_ctrl_c_at_any_step(step: int, way: str, box: Sandbox, show: str, source: Path, state: Path) -> None:
    def stop(progress: Progress) -> None:
        if (progress.phase, progress.done) == ("publish", step):
            raise KeyboardInterrupt

    log = Log(box)
    options = everything(show, title=f"Ctrl-C {step}")
    with pytest.raises(KeyboardInterrupt):
        publish(box, source, way=way, on_progress=stop, **options)
    assert len(left(state)) == (0 < step < 7)
    if step < 7:
        publish(box, source, way=way, **options)
    assert log.counts() == EACH_ONCE


@pytest.mark.parametrize("way", ["sync", "async"])
def test_what_is_done_to_its_end_is_done_only_once(
    way: str, box: Sandbox, show: str, source: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Record) -> None:
        raise KeyboardInterrupt

    log = Log(box)
    with monkeypatch.context() as patch:
        patch.setattr(Record, "end", stop)
        with pytest.raises(KeyboardInterrupt):
            publish(box, source, way=way, **everything(show, title=f"end {way}"))
    publish(box, source, way=way, **everything(show, title=f"end {way}"))
    assert log.counts() == EACH_ONCE
    assert left(state) == []


@both
def test_what_is_published_is_returned_and_not_made_again(
    way: str, box: Sandbox, client: Aioz, show: str, source: Path, state: Path
) -> None:
    log = Log(box)
    options = everything(show, title=f"again {way}")
    first = publish(box, source, way=way, transcribe=False, **{**options, "cover": None})
    assert (first.was_there, first.captions) == (False, None)
    whole = publish(box, source, way=way, **options)  # which does what was not asked for before
    assert (whole.was_there, whole.media.id) == (False, first.media.id)
    assert log.counts() == EACH_ONCE
    source.touch()
    once_more = publish(box, source, way=way, **options)
    assert (once_more.was_there, once_more.media, once_more.captions) == (True, whole.media, whole.captions)
    with pytest.raises(InvalidInput, match="other arguments") as raised:
        publish(box, source, way=way, **options | {"title": "Another"})
    assert "again=True" in str(raised.value.hint)
    assert log.counts() == EACH_ONCE
    assert len(list(state.iterdir())) == 1
    other = publish(box, source, way=way, again=True, **options | {"title": "Another"})
    assert (other.was_there, other.media.title) == (False, "Another")
    assert other.media.id != first.media.id
    assert client.get(first.media.id).status == "done"


@both
@pytest.mark.parametrize("what", ["bytes", "object", "object gone", "recording"])
def test_what_was_published_before_stands_in_no_ones_way(
    what: str, way: str, box: Sandbox, client: Aioz, source: Path, tmp_path: Path
) -> None:
    """Another recording that differs in its middle alone, an object that was deleted, one state file for all."""
    source = record(source, " ".join([WORDS] * 8))
    state = tmp_path / "episodes"
    first = publish(box, source, way=way, transcribe=False, state=state)
    if what == "bytes":
        content = bytearray(source.read_bytes())
        content[len(content) // 2] ^= 1
        source.write_bytes(content)
    elif what == "object":
        client.delete(first.media.id)
    elif what == "recording":
        source = record(tmp_path / "other.wav")
    gone = [Fault(path=f"*/{first.media.id}", status=404)] if what == "object gone" else []
    with box.faults(*gone):
        second = publish(box, source, way=way, transcribe=False, state=state)
    assert (second.was_there, second.media.id == first.media.id) == (False, False)
    assert publish(box, source, way=way, transcribe=False, state=state).media == second.media


@both
def test_an_object_that_was_deleted_is_made_again_with_all_that_was_added(
    way: str, box: Sandbox, client: Aioz, show: str, source: Path
) -> None:
    options = everything(show, title=f"deleted {way}")
    client.delete(publish(box, source, way=way, **options).media.id)
    log = Log(box)
    done = publish(box, source, way=way, **options)
    assert (len(done.media.captions), len(done.media.chapters)) == (1, 1)
    assert log.counts() == EACH_ONCE


def test_a_new_object_that_was_asked_for_is_made_once(box: Sandbox, show: str, source: Path) -> None:
    publish(box, source, **everything(show))
    log = Log(box)
    with box.faults(Fault(path="*/thumbnail", status=503)), pytest.raises(WorkInterrupted):
        publish(box, source, again=True, **everything(show))
    publish(box, source, again=True, **everything(show))
    assert log.counts() == {**EACH_ONCE, "thumbnail": 2}


@both
@pytest.mark.parametrize("more", [{"max_price": 0.0}, {"playlist": "11111111-2222-4333-8444-555555555555"}])
def test_a_new_object_that_is_refused_leaves_the_first_one_known(
    more: dict[str, Any], way: str, box: Sandbox, source: Path
) -> None:
    options: dict[str, Any] = {"transcribe": False, "preset": "standard", "title": f"{way} {more}"}
    first = publish(box, source, way=way, **options)
    with pytest.raises((InvalidInput, NotFound)):
        publish(box, source, way=way, again=True, **options, **more)
    there = publish(box, source, way=way, **options)
    assert (there.was_there, there.media.id) == (True, first.media.id)


def test_what_an_earlier_version_began_is_finished_and_leaves_no_record(
    box: Sandbox, show: str, source: Path, tmp_path: Path
) -> None:
    state = interrupted(box, source, show, "*/captions/en", state=tmp_path / "here")
    lines = [json.loads(line) for line in state.read_text().splitlines()]
    for line in lines:
        line.pop("sha256", None)
    state.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert not publish(box, source, **everything(show, state=state)).was_there
    assert not state.exists()


def test_a_recording_that_changes_meanwhile_is_not_published(
    box: Sandbox, show: str, source: Path, tmp_path: Path
) -> None:
    def change(progress: Progress) -> None:
        if progress.phase == "upload":
            record(source, "nobody listens to the seven silent rivers")

    with pytest.raises(SourceChanged):
        publish(box, source, on_progress=change, **everything(show, title="changes"))
    before = Log(box)
    media = publish(box, source, **everything(show, title="changes")).media
    # The sandbox may take note of the part that the first call left under way after `before` was made.
    parts = [one for one in box.requests[before.start :] if one.path.endswith(f"/{media.id}/part")]
    assert before.counts() | {"part": len(parts)} == EACH_ONCE


def test_a_refused_key_is_what_it_is_while_nothing_is_made(box: Sandbox, source: Path, state: Path) -> None:
    with Aioz(base_url=box.aioz_url, token="wrong") as client, pytest.raises(Unauthorized):
        recipes.publish(client, source)
    assert left(state) == []


def test_who_cannot_be_transcoded_is_uploaded_again(box: Sandbox, tmp_path: Path, state: Path) -> None:
    (tmp_path / "noise.wav").write_bytes(b"no audio at all")
    log = Log(box)
    for _ in range(2):
        with Aioz(base_url=box.aioz_url, token="sandbox-token") as client, pytest.raises(TranscodeFailed):
            recipes.publish(client, tmp_path / "noise.wav")
    assert log.counts()["create"] == 2
    assert left(state) == []


def interrupted(box: Sandbox, source: Path, show: str, path: str, **options: Any) -> Path:
    """Publish until a request fails; where that is recorded."""
    with box.faults(Fault(path=path, status=503)), pytest.raises(WorkInterrupted) as raised:
        publish(box, source, **everything(show, **options))
    return raised.value.state


def test_a_step_that_is_done_is_not_done_for_other_arguments(
    box: Sandbox, show: str, source: Path, tmp_path: Path
) -> None:
    state = tmp_path / "here"
    assert interrupted(box, source, show, "*/thumbnail", state=state) == state
    for other in ({"title": "Another"}, {"prompt": "Names."}, {"chapters": CHAPTERS + b"\n"}, {"language": "en-GB"}):
        with pytest.raises(InvalidInput, match="other arguments") as raised:
            publish(box, source, **everything(show, state=state) | other)
        assert raised.value.argument == "state"
        assert str(state) in str(raised.value)
    publish(box, source, **everything(show, state=state) | {"cover": published.COVER + b"\0"})


def test_a_record_belongs_to_one_recording_and_one_account(
    box: Sandbox, show: str, source: Path, tmp_path: Path
) -> None:
    state = interrupted(box, source, show, "*/captions/en", state=tmp_path / "here")
    with pytest.raises(InvalidInput, match="another recording or account"):
        publish(box, record(tmp_path / "other.wav", "nobody listens"), **everything(show, state=state))
    with (
        Aioz(base_url=box.aioz_url, public_key="sandbox-public", secret_key="sandbox-secret") as client,
        pytest.raises(InvalidInput, match="another recording or account"),
    ):
        recipes.publish(client, source, state=state)
    log = StateLog.take_up(state)
    with pytest.raises(InvalidInput, match="another transfer"):
        publish(box, source, **everything(show, state=state))
    log.close()
    publish(box, source, **everything(show, state=state))


@pytest.mark.parametrize("lines", [[{"kind": "AIOZ upload"}], [{}], [{"kind": "AIOZ publication", "version": 2}]])
def test_what_is_no_record_is_left_alone(box: Sandbox, source: Path, tmp_path: Path, lines: list[Any]) -> None:
    state = tmp_path / "here"
    content = "".join(json.dumps(line) + "\n" for line in lines)
    state.write_text(content)
    with pytest.raises(InvalidInput, match="records something else"):
        publish(box, source, language="en", model=MODEL, state=state)
    assert state.read_text() == content


def test_a_damaged_record_is_refused(box: Sandbox, show: str, source: Path, tmp_path: Path) -> None:
    state = interrupted(box, source, show, "*/captions/en", state=tmp_path / "here")
    state.write_text(state.read_text() + '{"step": 1}\n')
    with pytest.raises(InvalidInput, match="damaged"):
        publish(box, source, **everything(show, state=state))


@pytest.mark.parametrize("way", ["sync", "async"])
def test_an_object_that_is_gone_is_not_waited_for(
    way: str, box: Sandbox, client: Aioz, show: str, source: Path
) -> None:
    interrupted(box, source, show, "*/captions/en", title=f"gone {way}")
    (media,) = [one for one in client.list() if one.title == f"gone {way}"]
    with box.faults(Fault(path=f"*/{media.id}", status=404)), pytest.raises(InvalidInput, match="not exist") as raised:
        publish(box, source, way=way, **everything(show, title=f"gone {way}"))
    assert "remove the file" in str(raised.value.hint)
    client.delete(media.id)
    with pytest.raises((TranscodeFailed, InvalidInput)):
        publish(box, source, way=way, **everything(show, title=f"gone {way}"))


@pytest.mark.parametrize("left", ["incomplete", "deleted", "complete"])
@pytest.mark.parametrize("way", ["sync", "async"])
def test_an_object_without_its_journal_is_published_once_it_is_complete_and_else_made_anew(
    way: str, left: str, box: Sandbox, client: Aioz, show: str, source: Path
) -> None:
    title = f"parts {way} {left}"
    interrupted(box, source, show, "*/part", title=title)
    (unfinished,) = client.unfinished()
    assert unfinished.id is not None
    if left == "complete":
        client.resume(unfinished.state, source=source)
    else:
        client.forget(unfinished.state)
    if left == "deleted":
        client.delete(unfinished.id)
    done = publish(box, source, way=way, **everything(show, title=title))
    assert (unfinished.id == done.media.id) == (left == "complete")
    assert [one.id for one in client.list() if one.title == title] == [done.media.id]


@pytest.mark.parametrize("way", ["sync", "async"])
def test_an_object_that_lacks_its_parts_again_is_refused(
    way: str, box: Sandbox, client: Aioz, show: str, source: Path
) -> None:
    title = f"undone {way}"
    interrupted(box, source, show, "*/captions/en", title=title)
    (media,) = [one for one in client.list() if one.title == title]
    undone = json.dumps({"data": {"id": media.id, "title": title, "status": "new"}, "status": "success"}).encode()
    with (
        box.faults(Fault(path=f"*/{media.id}", status=200, body=undone, content_type="application/json")),
        pytest.raises(InvalidInput, match="incomplete, and the journal of its upload is gone"),
    ):
        publish(box, source, way=way, **everything(show, title=title))


@pytest.mark.parametrize("way", ["sync", "async"])
def test_what_was_added_is_not_added_again_although_each_answer_was_lost(
    way: str, box: Sandbox, show: str, source: Path
) -> None:
    log = Log(box)
    options = everything(show, title=f"each lost {way}")
    for what in ("captions", "chapters", "playlist"):
        method, path = FAILING[what]
        with box.faults(Fault(method=method, path=path, **LOST["answer lost"])), pytest.raises(WorkInterrupted):
            publish(box, source, way=way, **options)
    publish(box, source, way=way, **options)
    assert log.counts() == EACH_ONCE


@both
@pytest.mark.parametrize("after", [False, True])
def test_a_call_may_end_while_it_makes_the_object_anew(
    way: str, after: bool, box: Sandbox, client: Aioz, show: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = _media.delete

    def stop(*args: Any, **options: Any) -> Any:
        if after:
            yield from delete(*args, **options)
        raise KeyboardInterrupt

    title = f"anew {way} {after}"
    options = everything(show, title=title)
    source = record(tmp_path / "long.wav", " ".join([WORDS] * 8))
    with monkeypatch.context() as patch, box.faults(Fault(path="*/part", status=413)):
        patch.setattr(_media, "delete", stop)
        with pytest.raises(KeyboardInterrupt):
            publish(box, source, way=way, **options)
    log = Log(box)
    done = publish(box, source, way=way, **options)
    assert [one.id for one in client.list(search=title) if one.title == title] == [done.media.id]
    assert log.counts()["complete"] == 1


@pytest.mark.parametrize("way", ["sync", "async"])
def test_the_upload_may_be_at_work_elsewhere(way: str, box: Sandbox, client: Aioz, show: str, source: Path) -> None:
    with box.faults(Fault(path="*/media/create", drop_headers=True)), pytest.raises(TonearmError):
        publish(box, source, way=way, **everything(show, title=f"elsewhere {way}"))
    (unfinished,) = client.unfinished(search=False)
    log = StateLog.take_up(unfinished.state)
    with pytest.raises(InvalidInput, match="another transfer"):
        publish(box, source, way=way, **everything(show, title=f"elsewhere {way}"))
    log.close()
    publish(box, source, way=way, **everything(show, title=f"elsewhere {way}"))
    assert [one.title for one in client.list()].count(f"elsewhere {way}") == 1


@pytest.mark.parametrize("way", ["sync", "async"])
def test_while_nobody_knows_whether_an_object_was_made_none_is_made(
    way: str, box: Sandbox, client: Aioz, show: str, source: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with box.faults(Fault(path="*/media/create", drop_headers=True)), pytest.raises(WorkInterrupted):
        publish(box, source, way=way, **everything(show, title=f"unknown {way}"))
    with box.faults(Fault(path="*/api/media", status=503)), pytest.raises(WorkInterrupted, match="is not known"):
        publish(box, source, way=way, **everything(show, title=f"unknown {way}"))
    publish(box, source, way=way, **everything(show, title=f"unknown {way}"))
    assert [one.title for one in client.list()].count(f"unknown {way}") == 1


@pytest.mark.parametrize("way", ["sync", "async"])
def test_an_object_that_was_never_made_is_made(
    way: str, box: Sandbox, client: Aioz, show: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with box.faults(Fault(path="*/media/create", drop_request=10)), pytest.raises(WorkInterrupted):
        publish(box, source, way=way, **everything(show, title=f"never {way}"))
    publish(box, source, way=way, **everything(show, title=f"never {way}"))
    assert [one.title for one in client.list()].count(f"never {way}") == 1
    monkeypatch.setattr(_left, "_IN_FLIGHT", -1.0)
    assert client.unfinished() == ()


def test_a_record_that_holds_its_first_line_alone_is_taken_up(
    box: Sandbox, show: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed_before(name: str, value: str | None) -> None:
        append = StateLog.append

        def stop(self: StateLog, line: Any) -> None:
            if name in line and line[name] == (value or line[name]):
                raise KeyboardInterrupt
            append(self, line)

        with monkeypatch.context() as patch:
            patch.setattr(StateLog, "append", stop)
            patch.setattr(StateLog, "remove", StateLog.close)
            with pytest.raises(KeyboardInterrupt):
                publish(box, source, **everything(show, title="twice"))

    log = Log(box)
    killed_before("journal", None)
    killed_before("step", "captions")
    publish(box, source, **everything(show, title="twice"))
    assert log.counts() == EACH_ONCE


@both
@pytest.mark.parametrize("how", ["answer lost", "refused", "never sent"])
def test_an_object_that_was_made_anew_for_smaller_parts_is_the_one_that_is_published(
    way: str, how: str, box: Sandbox, client: Aioz, show: str, tmp_path: Path
) -> None:
    title = f"smaller {how} {way}"
    source = record(tmp_path / "long.wav", " ".join([WORDS] * 8))
    again: dict[str, Any] = {
        "answer lost": {"drop_headers": True},
        "refused": {"status": 429},
        "never sent": {"drop_request": 10},
    }[how]
    with (
        box.faults(Fault(path="*/part", status=413), Fault(path="*/media/create", skip=1, **again)),
        pytest.raises(TonearmError),
    ):
        publish(box, source, way=way, **everything(show, title=title))
    log = Log(box)
    done = publish(box, source, way=way, **everything(show, title=title))
    assert [media.id for media in client.list(search=title) if media.title == title] == [done.media.id]
    assert [item.media_id for item in client.playlist(show).items] == [done.media.id]
    assert log.counts()["complete"] == 1


@pytest.mark.parametrize("way", ["sync", "async"])
def test_what_an_upload_at_another_place_becomes_is_published(
    way: str, box: Sandbox, client: Aioz, show: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    title = f"other place {way}"
    options = everything(show, title=title, state=tmp_path / "here")
    with monkeypatch.context() as patch:
        patch.setattr(Record, "made", stop)
        with pytest.raises(KeyboardInterrupt):
            publish(box, source, way=way, **options)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    done = publish(box, source, way=way, **options)
    assert [media.id for media in client.list(search=title) if media.title == title] == [done.media.id]


class _Transcriber:
    """Knows a price, and what it was asked for."""

    def __init__(self, price: float | None, captions: str = "WEBVTT\n") -> None:
        self.price, self.captions, self.asked = price, captions, dict[str, Any]()

    def estimate(self, *, model: str | None, seconds: float) -> Estimate:
        return Estimate(None if self.price is None else self.price * seconds, seconds, None)

    def transcribe(self, _: Path, **options: Any) -> None:
        self.asked = options
        options["on_result"](self.captions)


@pytest.mark.parametrize(("price", "most"), [(0.01, 5.0), (0.01, None), (None, 5.0)])
def test_a_transcription_that_asks_again_keeps_within_the_price(
    price: float | None, most: float | None, box: Sandbox, client: Aioz, source: Path
) -> None:
    transcriber: Any = _Transcriber(price)
    recipes.publish(client, source, transcriber=transcriber, **everything(None, title="price", max_price=most))
    if price is None or most is None:
        assert transcriber.asked["max_price"] is None
    else:
        assert transcriber.asked["max_price"] == most - client.cost("standard", source=source).price


class _AsyncTranscriber(_Transcriber):
    async def transcribe(self, source: Path, **options: Any) -> None:  # type: ignore[override]  # of the other twin
        super().transcribe(source, **options)


def test_the_twin_keeps_within_the_price(box: Sandbox, client: Aioz, source: Path) -> None:
    transcriber: Any = _AsyncTranscriber(0.01)

    async def run() -> None:
        async with AsyncAioz(base_url=box.aioz_url, token="sandbox-token") as aioz:
            await recipes.async_publish(
                aioz, source, transcriber=transcriber, **everything(None, title="price of the twin", max_price=5.0)
            )

    asyncio.run(run())
    assert transcriber.asked["max_price"] == 5.0 - client.cost("standard", source=source).price


def test_what_both_prices_allow_is_never_refused_by_the_transcription(source: Path) -> None:
    ask = Publication.of(source, True, {"language": "en", "preset": "standard", "max_price": 0.7 + 0.1})
    assert ask.allowance(Cost(0.7, True), 0.1) == 0.1 > 0.7 + 0.1 - 0.7
    assert ask.allowance(Cost(0.7, True), 0.2) < 0.2
    assert ask.allowance(Cost(0.9, True), 0.2) == 0.0


def test_a_record_that_cannot_be_written_stops_the_work(
    box: Sandbox, show: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = StateLog.append

    def full(self: StateLog, line: Any) -> None:
        if line.get("step") == "chapters":
            raise OSError(28, "No space left on device")
        append(self, line)

    with monkeypatch.context() as patch:
        patch.setattr(StateLog, "append", full)
        with pytest.raises(WorkInterrupted, match="cannot be written") as raised:
            publish(box, source, **everything(show, title="full"))
    assert raised.value.done == 3
    done = publish(box, source, **everything(show, title="full"))
    assert len(done.media.chapters) == 1


def test_a_cancelled_task_waits_for_what_writes() -> None:
    async def cancelled(result: Any) -> list[Any]:
        begun, may_end, undone = threading.Event(), threading.Event(), list[Any]()

        def work() -> Any:
            begun.set()
            may_end.wait(240)
            if isinstance(result, Exception):
                raise result
            return result

        task = asyncio.create_task(in_thread_async(work, undone.append))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not task.done()
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        return undone

    assert asyncio.run(cancelled("made")) == ["made"]
    assert asyncio.run(cancelled(OSError())) == []


def test_captions_of_a_model_without_times_are_estimated(caplog: pytest.LogCaptureFixture) -> None:
    note = Transcript.of({"text": "Said without times."}, None)
    assert "00:00:00.000 -->" in captions_of(note, 3.0)
    assert "estimated" in caplog.text
    blank = Transcript.of({"text": "Said.", "segments": [{"start": 0, "end": 1, "text": " "}]}, None)
    assert captions_of(blank, 3.0).endswith("\nSaid.\n\n")
    assert captions_of("WEBVTT\n", None) == "WEBVTT\n"
    assert captions_of(Transcript.of({"text": ""}, None), None).startswith("WEBVTT")


def test_captions_that_utf_8_does_not_have_are_sent_without_it(box: Sandbox, client: Aioz, source: Path) -> None:
    transcriber: Any = _Transcriber(None, "WEBVTT\n\n00:00.000 --> 00:01.000\n\ud800!\n")
    done = recipes.publish(client, source, transcriber=transcriber, **everything(None, title="half a sign"))
    assert len(done.media.captions) == 1


def test_a_recording_in_which_nothing_is_said_gets_no_empty_captions(
    box: Sandbox, client: Aioz, source: Path, caplog: pytest.LogCaptureFixture
) -> None:
    transcriber: Any = _Transcriber(None)
    done = recipes.publish(client, source, transcriber=transcriber, **everything(None, title="silence"))
    assert (done.captions, done.media.captions, len(done.media.chapters)) == ("WEBVTT\n", (), 1)
    assert "nothing was heard in silence: no captions are added" in caplog.messages
    assert recipes.publish(client, source, transcriber=transcriber, **everything(None, title="silence")).was_there


def test_captions_of_the_service_itself_are_no_reason_to_leave_out_ours() -> None:
    assert has_language([Track(None, "EN")], "en")
    assert not has_language([Track(None, "en", is_generated=True), Track(None, None), Track(None, "de")], "en")


def test_a_refused_chapter_keeps_what_is_done(box: Sandbox, client: Aioz, show: str, source: Path) -> None:
    log = Log(box)
    with (
        box.faults(Fault(path="*/chapters/en", status=400, body=b'{"message": "no"}')),
        pytest.raises(WorkInterrupted) as raised,
    ):
        publish(box, source, **everything(show, title="refused"))
    assert (raised.value.done, raised.value.total) == (3, 7)
    publish(box, source, **everything(show, title="refused"))
    assert log.counts()["transcriptions"] == log.counts()["create"] == 1


def test_bad_input_that_shows_later_says_that_the_rest_is_kept(
    box: Sandbox, show: str, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise InvalidInput("it must be cut and cannot be decoded")

    with monkeypatch.context() as patch:
        patch.setattr(OpenAI, "transcribe", refuse)
        with pytest.raises(InvalidInput) as raised:
            publish(box, source, **everything(show, title="later"))
    assert "the same call resumes" in raised.value.__notes__[0]


def test_the_connection_may_end_before_anything_was_made(source: Path, state: Path) -> None:
    with (
        Aioz(base_url="http://127.0.0.1:9/api", token="t", retry=published.ONCE) as client,
        pytest.raises(ConnectionFailed),
    ):
        recipes.publish(client, source)
    assert left(state) == []
    assert aioz.check_cover(published.COVER) is None
