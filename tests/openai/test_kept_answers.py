"""Answers that are paid for: whose they are, and when they are on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.openai.both import Way, both
from tests.openai.long_speech import SETTINGS, VOICE, asked, long_text
from tests.openai.recordings import Recording, check, recording, transcribed
from tonearm import InvalidInput, Progress, WorkInterrupted, sandbox
from tonearm.sandbox import Exchange, Sandbox


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "tonearm"


@pytest.fixture
def true(folder: Path) -> Recording:
    return recording(folder, "wav", 2.0)


def stop(progress: Progress) -> None:
    """Interrupt the work once something is finished."""
    if progress.part is not None:
        raise KeyboardInterrupt


def sent(box: Sandbox, since: int = 0) -> list[Exchange]:
    """The requests for a transcript that a sandbox got, from one on."""
    return [exchange for exchange in box.requests[since:] if exchange.path.endswith("/audio/transcriptions")]


@both
def test_a_transcript_is_not_continued_with_the_answers_of_another_server(
    way: Way, box: Sandbox, true: Recording, state: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        transcribed(way, box, true, piece=30.0, on_progress=stop)
    kept = list(state.iterdir())
    parts: list[Progress] = []
    with sandbox.start() as other:
        check(transcribed(way, other, true, piece=30.0, on_progress=parts.append), true)
        assert len(sent(other)) == parts[-1].parts
    assert list(state.iterdir()) == kept != []


@both
def test_speech_is_not_continued_with_the_pieces_of_another_server(
    way: Way, box: Sandbox, tmp_path: Path, state: Path
) -> None:
    def speak(at: Sandbox, **options: Any) -> Any:
        return way(
            lambda ai: ai.speak(long_text(600), tmp_path / "a.wav", voice=VOICE, piece=100, **options),
            at.openai_url,
            **SETTINGS,
        )

    with pytest.raises(KeyboardInterrupt):
        speak(box, on_progress=stop)
    kept = list(state.iterdir())
    with sandbox.start() as other:
        assert speak(other).pieces == len(asked(other))
    assert list(state.iterdir()) == kept != []


@both
def test_an_answer_is_on_the_disk_before_anything_else_is_done_with_it(
    way: Way, box: Sandbox, true: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, removed = Path.unlink, list[Path]()

    def failing(path: Path, missing_ok: bool = False) -> None:
        if path.parent.name.endswith(".pieces"):
            removed.append(path)
            if len(removed) == 2:
                raise OSError("the piece cannot be removed")
        unlink(path, missing_ok)

    since = len(box.requests)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", failing)
        with pytest.raises(WorkInterrupted, match="the piece cannot be removed") as info:
            transcribed(way, box, true, piece=30.0, workers=1)
    assert info.value.done == len(sent(box, since)) == 2
    check(transcribed(way, box, true, piece=30.0, workers=1), true)
    assert len(sent(box, since)) == info.value.total


@both
@pytest.mark.parametrize("format", [None, "text", "srt", "vtt"])
def test_a_result_is_handed_over_before_what_was_kept_is_removed(
    way: Way, format: Any, box: Sandbox, true: Recording, state: Path
) -> None:
    kept = list[bool]()
    told = list[Any]()
    options: Any = {"piece": 30.0, "format": format, "words": format is None}

    def stop(result: Any) -> None:
        kept.append(any(state.iterdir()))
        told.append(result)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transcribed(way, box, true, on_result=stop, **options)
    before = len(box.requests)
    assert transcribed(way, box, true, on_result=told.append, **options) == told[0] == told[1]
    assert sent(box, before) == [], "all chunks were still kept"
    assert (kept, list(state.iterdir())) == ([True], [])


@both
def test_a_result_of_one_request_is_handed_over_too(way: Way, box: Sandbox, true: Recording) -> None:
    told = list[Any]()
    note = transcribed(way, box, true, on_result=told.append)
    assert told == [note]


@both
def test_what_a_result_is_handed_to_is_a_function(way: Way, box: Sandbox, true: Recording) -> None:
    wrong: Any = "keep"
    with pytest.raises(InvalidInput, match="on_result"):
        transcribed(way, box, true, on_result=wrong)
