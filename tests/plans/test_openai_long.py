"""The plan of a long recording, in any order of events: nothing is sent twice, nothing is lost."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.inside.audio import Scan, Silence, _audio
from tests.inside.engine import PATIENCE, Due, Plan, Sleep, Work, call
from tests.inside.files import StateLog
from tests.inside.http import Request
from tests.inside.openai import recognise
from tests.plans.play import Reply, Stage, cut, refused, reply, silent
from tests.plans.recording import Hearing, Media, Recording, Scanned, field_of, job
from tonearm import (
    ConnectionFailed,
    InvalidInput,
    NotFound,
    Progress,
    Retry,
    SourceChanged,
    StatusError,
    UnexpectedAnswer,
    WorkInterrupted,
)
from tonearm.openai import Transcript

WORDS = tuple(f"w{number}" for number in range(45))
LONG = Recording(WORDS)
UNBROKEN = Recording(WORDS, breath=100)
QUICK = Retry(attempts=2)


@pytest.fixture
def media(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Media:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    found = Media()
    found.install(monkeypatch)
    return found


def play(world: Hearing, source: Any = LONG.content, choose: Any = lambda _: 0, **options: Any) -> Any:
    return Stage(world, choose, QUICK).play(recognise(source, job(**options)))


def state_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_long_recording_is_sent_in_pieces_and_comes_back_whole(media: Media, tmp_path: Path) -> None:
    server = Hearing()
    note = play(server, words=True)
    assert note.text.split() == list(WORDS)
    assert note.words is not None
    assert [(word.text, word.start) for word in note.words] == [(word, at) for at, word in enumerate(WORDS)]
    assert len(note.segments) == len(WORDS)
    assert (note.language, note.duration) == ("english", 45.0)
    assert note.usage is not None
    assert note.usage.seconds == 2 * len(server.heard)
    assert len(server.heard) == len(media.written) == 5
    assert state_files(tmp_path) == []


def test_a_recording_that_fits_goes_out_untouched(media: Media) -> None:
    sent: list[bytes] = []

    def world(request: Any) -> Reply:
        (window,) = (part.value for part in request.form if part.name == "file")
        sent.append(b"".join(window.blocks()))
        return reply(json={"text": "all"})

    note = Stage(world).play(recognise(LONG.content, job(piece=45.0)))
    assert isinstance(note, Transcript)
    assert note.text == "all"
    assert sent == [LONG.content]
    assert media.scans == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(data=st.data(), workers=st.integers(1, 4), recording=st.sampled_from([LONG, UNBROKEN]))
def test_any_order_of_events_gives_the_same_transcript(
    data: st.DataObject, workers: int, recording: Recording, media: Media
) -> None:
    failures = data.draw(st.lists(st.sampled_from([None, None, refused(), cut(), silent(), reply(status=503)])))
    server = Hearing(lambda _: failures.pop() if failures else None)
    choose = lambda count: data.draw(st.integers(0, count - 1))  # noqa: E731
    kept = 0
    with TemporaryDirectory() as folder:
        state = Path(folder) / "work.jsonl"
        while True:
            try:
                note = play(server, recording.content, choose, words=True, workers=workers, state=state)
                break
            except WorkInterrupted as error:
                interrupted = error
            except (ConnectionFailed, StatusError):
                assert state_files(Path(folder)) == []
                continue
            assert state_files(Path(folder)) == [interrupted.state] == [state]
            assert state.stat().st_mode & 0o777 == 0o600
            assert len(state.read_text().splitlines()) - 1 == interrupted.done >= kept
            assert interrupted.done < (interrupted.total or 0)
            kept = interrupted.done
        assert state_files(Path(folder)) == []
    assert note.text.split() == list(WORDS)
    assert [word.start for word in note.words] == list(range(45))


def test_the_same_call_again_sends_only_what_is_missing(media: Media, tmp_path: Path) -> None:
    state = tmp_path / "work.jsonl"
    first = Hearing(lambda word: reply(status=401) if word == "w20" else None)
    with pytest.raises(WorkInterrupted, match=r"2 of 5 pieces are kept") as info:
        play(first, state=state)
    assert (info.value.done, info.value.total, info.value.state) == (2, 5, state)
    assert [path.name for path in tmp_path.iterdir()] == ["work.jsonl"]
    second = Hearing()
    note = play(second, state=state)
    assert first.heard[:2] == ["w0", "w10"]
    assert second.heard == ["w20", "w30", "w40"]
    assert note.text.split() == list(WORDS)
    assert note.usage.seconds == 10
    assert not state.exists()


def test_what_fails_before_anything_is_paid_fails_as_in_one_request(media: Media, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        play(Hearing(lambda _: reply(status=404)))
    assert state_files(tmp_path) == []


def test_an_answer_that_cannot_be_read_stops_the_work(media: Media) -> None:
    server = Hearing(lambda word: reply(b'{"text": "oops') if word == "w10" else None)
    with pytest.raises(WorkInterrupted) as info:
        play(server)
    assert isinstance(info.value.__cause__, UnexpectedAnswer)


def test_what_is_under_way_when_a_piece_fails_is_kept(media: Media) -> None:
    server = Hearing(lambda word: reply(status=401) if word == "w0" else None)
    with pytest.raises(WorkInterrupted) as info:
        play(server, workers=3)
    assert isinstance(info.value.__cause__, StatusError)
    assert info.value.done == len(server.heard) == 2
    again = Hearing()
    assert play(again, workers=3).text.split() == list(WORDS)
    assert len(again.heard) == 3


def test_a_failure_after_the_last_cut_is_raised_once_the_others_are_answered(media: Media) -> None:
    server = Hearing(lambda word: reply(status=401) if word == "w30" else None)
    with pytest.raises(WorkInterrupted, match=r"4 of 5 pieces are kept") as info:
        play(server, workers=5)
    assert isinstance(info.value.__cause__, StatusError)
    assert info.value.done == len(server.heard) == 4
    again = Hearing()
    assert play(again, workers=5).text.split() == list(WORDS)
    assert again.heard == ["w30"]


def test_what_is_silent_holds_a_failure_up_only_for_so_long() -> None:
    def silent_request() -> Plan[None]:
        while True:
            yield from Work(lambda: None)

    def lead() -> Plan[object]:
        due = Due[str](2)
        yield from due.begin(silent_request(), "silent")
        yield from due.begin(call(Request(method="GET", path="/"), lambda _: None), "refused")
        return (yield from due.answered())

    turns = count()
    stage = Stage(lambda _: refused(), lambda able: next(turns) % able, Retry(attempts=1))
    with pytest.raises(ConnectionFailed):
        stage.play(lead())
    assert stage.sleeps == [Sleep(PATIENCE)]
    assert stage.stopped == 1


def test_a_line_that_a_crash_cut_short_is_not_counted(media: Media, tmp_path: Path) -> None:
    state = tmp_path / "work.jsonl"
    with pytest.raises(WorkInterrupted):
        play(Hearing(lambda word: reply(status=401) if word == "w20" else None), state=state)
    os.truncate(state, state.stat().st_size - 10)
    server = Hearing()
    assert play(server, state=state).text.split() == list(WORDS)
    assert server.heard == ["w10", "w20", "w30", "w40"]


def test_what_a_killed_run_left_of_its_pieces_is_removed(media: Media, tmp_path: Path) -> None:
    dead = tmp_path / "tonearm" / "openai-recognition-00.jsonl.pieces"
    busy = tmp_path / "tonearm" / "openai-recognition-01.jsonl.pieces"
    mine = tmp_path / "mine.jsonl.pieces"
    for folder in (dead, busy, mine):
        folder.mkdir(parents=True)
        (folder / "0001.wav").write_bytes(b"x")
    other = StateLog.make(tmp_path / "tonearm" / "openai-recognition-01.jsonl")
    play(Hearing(), state=tmp_path / "mine.jsonl")
    assert (dead.exists(), busy.exists(), mine.exists()) == (False, True, False)
    other.remove()
    StateLog.make(tmp_path / "tonearm" / "openai-recognition-01.jsonl").close()
    play(Hearing())
    assert not busy.exists()


def test_a_second_call_at_the_same_work_is_refused(media: Media) -> None:
    refusals: list[str] = []

    def meanwhile(_: str) -> Reply | None:
        with pytest.raises(InvalidInput, match="another transfer uses") as info:
            play(Hearing())
        refusals.append(str(info.value))
        return None

    assert play(Hearing(meanwhile)).text.split() == list(WORDS)
    assert len(refusals) == 5


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        ({"recording": "0"}, SourceChanged, "belongs to another recording"),
        ({"request": "0"}, InvalidInput, "other arguments"),
        ({"version": 2}, InvalidInput, "something else"),
        ({"kind": "AIOZ upload"}, InvalidInput, "something else"),
    ],
)
def test_the_state_of_other_work_is_left_alone(
    change: dict[str, Any], error: type[Exception], match: str, media: Media, tmp_path: Path
) -> None:
    state = tmp_path / "work.jsonl"
    with pytest.raises(WorkInterrupted):
        play(Hearing(lambda word: reply(status=401) if word == "w10" else None), state=state)
    head, *lines = map(json.loads, state.read_text().splitlines())
    before = "\n".join(map(json.dumps, [head | change, *lines])) + "\n"
    state.write_text(before)
    server = Hearing()
    with pytest.raises(error, match=match):
        play(server, state=state)
    assert server.requests == []
    assert state.read_text() == before


def test_a_file_that_is_no_state_is_left_alone(media: Media, tmp_path: Path) -> None:
    state = tmp_path / "thesis.txt"
    state.write_text("Chapter 1\n")
    with pytest.raises(InvalidInput, match="not a state file"):
        play(Hearing(), state=state)
    assert state.read_text() == "Chapter 1\n"


def test_a_damaged_state_is_refused(media: Media, tmp_path: Path) -> None:
    state = tmp_path / "work.jsonl"
    with pytest.raises(WorkInterrupted):
        play(Hearing(lambda word: reply(status=401) if word == "w10" else None), state=state)
    state.write_text(state.read_text() + '{"piece": "x"}\n')
    with pytest.raises(InvalidInput, match="is damaged"):
        play(Hearing(), state=state)


def test_pieces_that_cannot_be_written_are_refused(media: Media, tmp_path: Path) -> None:
    (tmp_path / "work.jsonl.pieces").write_text("in the way")
    with pytest.raises(InvalidInput, match="cannot be written"):
        play(Hearing(), state=tmp_path / "work.jsonl")
    assert not (tmp_path / "work.jsonl").exists()


@pytest.mark.parametrize("name", ["mine.txt", "voices/mine.wav"])
def test_a_folder_that_is_not_for_pieces_is_left_alone(name: str, media: Media, tmp_path: Path) -> None:
    path = tmp_path / "work.jsonl.pieces" / name
    path.parent.mkdir(parents=True)
    path.write_text("precious")
    server = Hearing()
    with pytest.raises(InvalidInput, match="cannot be written"):
        play(server, state=tmp_path / "work.jsonl")
    assert server.requests == []
    assert path.read_text() == "precious"


def test_a_link_to_another_folder_is_left_alone(media: Media, tmp_path: Path) -> None:
    path = tmp_path / "records" / "0001.wav"
    path.parent.mkdir()
    path.write_text("precious")
    (tmp_path / "work.jsonl.pieces").symlink_to(path.parent)
    with pytest.raises(InvalidInput, match="cannot be written"):
        play(Hearing(), state=tmp_path / "work.jsonl")
    assert path.read_text() == "precious"


def test_text_that_cannot_be_made_loses_nothing_that_is_paid_for(
    media: Media, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(_: Transcript) -> str:
        raise InvalidInput("no times")

    with monkeypatch.context() as patch:
        patch.setattr(Transcript, "to_srt", without)
        with pytest.raises(InvalidInput, match="no times") as info:
            play(Hearing(), format="srt")
    assert any("5 of 5 pieces are kept" in note for note in info.value.__notes__)
    again = Hearing()
    assert play(again, format="text").split() == list(WORDS)
    assert again.requests == []


def test_a_piece_that_cannot_be_made_keeps_what_is_under_way(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    found = media.write_pieces

    def few(*given: Any, **more: Any) -> Iterator[Any]:
        yield from islice(found(*given, **more), 2)
        raise InvalidInput("too many bytes")

    with monkeypatch.context() as patch:
        patch.setattr(_audio, "write_pieces", few)
        server = Hearing()
        with pytest.raises(InvalidInput, match="too many bytes") as info:
            play(server, workers=4)
    assert any("2 of 5 pieces are kept" in note for note in info.value.__notes__)
    again = Hearing()
    assert play(again, workers=4).text.split() == list(WORDS)
    assert sorted([*server.heard, *again.heard]) == sorted(f"w{at}" for at in range(0, 50, 10) if at < 45)


@pytest.mark.parametrize("kept", [0, 2])
def test_a_state_that_cannot_be_written_stops_the_work(
    kept: int, media: Media, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, lines = StateLog.append, count()

    def full(log: StateLog, line: Any) -> None:
        if next(lines) > kept:
            raise OSError("No space left on device")
        append(log, line)

    monkeypatch.setattr(StateLog, "append", full)
    with pytest.raises(WorkInterrupted, match="the state cannot be written: No space") as info:
        play(Hearing())
    assert info.value.done == kept


def test_a_piece_that_cannot_be_written_stops_the_work(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "0002.wav":
            raise OSError("No space left on device")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(WorkInterrupted, match="No space left on device") as info:
        play(Hearing())
    assert info.value.done == 2


def test_a_recording_that_changes_meanwhile_ends_the_work(media: Media, tmp_path: Path) -> None:
    path = tmp_path / "talk.wav"
    path.write_bytes(LONG.content)

    def change(word: str) -> None:
        if word == "w20":
            path.write_bytes(LONG.content + b"\0")

    with pytest.raises(SourceChanged) as info:
        play(Hearing(change), path)
    assert (info.value.done, info.value.total) == (3, 5)


def test_a_call_with_other_arguments_is_other_work(media: Media, tmp_path: Path) -> None:
    for language in ("en", "de"):
        with pytest.raises(WorkInterrupted):
            play(Hearing(lambda word: reply(status=401) if word == "w10" else None), language=language)
    assert len(state_files(tmp_path)) == 2
    server = Hearing()
    play(server, language="de")
    assert server.heard[0] == "w10"


@pytest.mark.parametrize("format", ["text", "srt", "vtt"])
def test_text_formats_are_made_of_the_whole(format: str, media: Media) -> None:
    server = Hearing()
    found = play(server, format=format)
    assert isinstance(found, str)
    assert all(found.count(f"{word}\n") + found.count(f"{word} ") == 1 for word in WORDS[:-1])
    assert {value for request in server.requests for value in field_of(request, "response_format")} == {"verbose_json"}


def test_a_server_without_times_is_asked_for_them_once(media: Media) -> None:
    server = Hearing(formats=("json",))
    note = play(server)
    assert note.text.split() == list(WORDS)
    assert [segment.coarse for segment in note.segments] == [True] * 5
    assert [(segment.start, segment.end) for segment in note.segments] == [
        (0.0, 9.5), (10.0, 19.5), (20.0, 29.5), (30.0, 39.5), (40.0, 44.5)
    ]  # fmt: skip
    assert note.to_srt().startswith("1\n00:00:00,000 --> ")
    assert [field_of(request, "response_format") for request in server.requests[:3]] == [
        ["verbose_json"], ["json"], ["json"]
    ]  # fmt: skip


def test_times_of_words_are_asked_for_where_a_cut_needs_them(media: Media) -> None:
    server = Hearing()
    note = play(server, UNBROKEN.content)
    assert note.text.split() == list(WORDS)
    assert note.words is None
    assert all(field_of(request, "timestamp_granularities[]") == ["word", "segment"] for request in server.requests)


def test_the_text_before_is_carried_as_the_prompt(media: Media) -> None:
    server = Hearing()
    play(server, carry_prompt=True, prompt="Names: Ann.")
    assert server.prompts[0] == ["Names: Ann."]
    assert server.prompts[1] == ["Names: Ann. " + " ".join(WORDS[:10])]
    assert server.prompts[-1] == ["Names: Ann. " + " ".join(WORDS[:40])]


def test_a_carried_prompt_is_the_same_after_a_break(media: Media) -> None:
    with pytest.raises(WorkInterrupted):
        play(Hearing(lambda word: reply(status=401) if word == "w20" else None), carry_prompt=True)
    server = Hearing()
    play(server, carry_prompt=True)
    assert server.prompts[0] == [" ".join(WORDS[:20])]


def test_silence_is_not_sent(
    media: Media, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    silent = Scan(45.0, (Silence(0.0, 45.0),))
    monkeypatch.setattr(_audio, "Scanning", lambda *_, report: Scanned(silent, report))
    reports: list[Progress] = []
    note = play(Hearing(lambda _: pytest.fail("a request")), words=True, on_progress=reports.append)
    assert (note.text, note.segments, note.words, note.duration) == ("", (), None, 45.0)
    assert "nothing was heard in the recording" in caplog.text
    assert reports[-1] == Progress("transcribe", 45, 45, None, 0, "seconds")
    assert state_files(tmp_path) == []


def test_progress_tells_the_scan_and_the_seconds_that_are_done(media: Media) -> None:
    reports: list[Progress] = []
    play(Hearing(), on_progress=reports.append)
    size = len(LONG.content)
    assert reports[:2] == [Progress("scan", size // 2, size), Progress("scan", size, size)]
    told = [report for report in reports if report.phase == "transcribe"]
    assert told == reports[2:]
    assert [report.done for report in told] == sorted({report.done for report in told})
    assert told[-1] == Progress("transcribe", 45, 45, None, 5, "seconds")
    assert [report.part for report in told] == [None, 1, 2, 3, 4, 5, None]


def test_what_a_progress_callback_raises_keeps_the_state(media: Media, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.part == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(Hearing(), on_progress=stop)
    assert len(state_files(tmp_path)) == 1
    server = Hearing()
    play(server)
    assert server.heard == ["w20", "w30", "w40"]


def test_the_last_piece_is_not_reported_twice(media: Media) -> None:
    reports: list[Progress] = []
    play(Hearing(), on_progress=reports.append, workers=4)
    done = [(report.phase, report.done) for report in reports]
    assert len(done) == len(set(done))
