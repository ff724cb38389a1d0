"""What is made of the answers to the pieces of a long recording, in every format, with or without times."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.openai.both import Way, asynchronous, blocking, both
from tests.openai.recordings import SETTINGS, Kind, check, check_segments, count, recording, transcribed
from tonearm import Progress
from tonearm.openai import Transcript
from tonearm.sandbox import Fault, Sandbox


@both
@pytest.mark.parametrize("minutes", [10.5, pytest.param(60.0, marks=pytest.mark.soak)])
def test_the_default_sends_ten_minutes_at_a_time(minutes: float, way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, "wav", minutes)
    reports: list[Progress] = []
    before = count(box)
    check(transcribed(way, box, true, on_progress=reports.append), true)
    assert count(box) - before > minutes / 10
    assert {report.phase for report in reports} == {"scan", "transcribe"}
    assert (reports[-1].done, reports[-1].part) == (reports[-1].total, None)
    assert reports[-1].total == round(true.duration)


def test_a_recording_that_is_one_piece_goes_out_untouched(box: Sandbox, folder: Path) -> None:
    true = recording(folder, "mp3", 1.5)
    before = len(box.requests)
    check(transcribed(blocking, box, true, piece=1200.0), true)
    (exchange,) = box.requests[before:]
    assert 0 < exchange.received - true.path.stat().st_size < 2000


def test_pieces_keep_under_the_bytes_of_a_request(box: Sandbox, folder: Path) -> None:
    true = recording(folder, "wav", 1.5)
    before = len(box.requests)
    check(transcribed(blocking, box, true, piece=25.0, max_bytes=250_000), true)
    sent = [exchange.received for exchange in box.requests[before:]]
    assert len(sent) >= 4
    assert max(sent) <= 250_000


@both
def test_a_model_without_times_gives_coarse_segments(way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, "mp3", 1.5)
    note = transcribed(way, box, true, model="marker-gpt-4o", words=False, piece=10.0, workers=4)
    assert note.text.split() == [word.text for word in true.words]
    check_segments(note, true)
    for segment in note.segments:
        assert segment.coarse
        within = [word for word in true.words if segment.start - 0.05 <= word.start < segment.end]
        assert segment.text.split() == [word.text for word in within]
        assert segment.start == pytest.approx(within[0].start, abs=0.1)
        assert segment.end == pytest.approx(within[-1].end, abs=0.1)
    assert len(note.to_srt().split("\n\n")) > 12
    assert note.usage is not None
    assert note.usage.output_tokens == len(true.words)


def test_cuts_without_silence_are_joined_by_the_words_of_a_model_without_times(box: Sandbox, folder: Path) -> None:
    true = recording(folder, "wav", 1.5, pauses=False)
    note = transcribed(blocking, box, true, model="marker-gpt-4o", words=False, piece=15.0, workers=2)
    assert note.text.split() == [word.text for word in true.words]
    check_segments(note, true)


def test_a_translation_is_as_long(box: Sandbox, folder: Path) -> None:
    true = recording(folder, "wav", 1.5, pauses=False)
    note: Transcript = asynchronous(
        lambda ai: ai.translate(true.path, piece=15.0, workers=2), box.openai_url, **SETTINGS
    )
    assert note.text.split() == [word.text for word in true.words]
    check_segments(note, true)
    assert note.words is None


@pytest.mark.parametrize(("format", "way"), [("text", blocking), ("srt", asynchronous), ("vtt", blocking)])
def test_text_formats_are_made_of_the_whole(format: str, way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, "wav", 1.5)
    found: str = way(lambda ai: ai.transcribe(true.path, format=format, piece=30.0), box.openai_url, **SETTINGS)
    said = [line for line in found.split() if line in {word.text for word in true.words}]
    assert said == [word.text for word in true.words]
    assert (" --> " in found) == (format != "text")


@both
def test_the_text_before_is_carried_in_order(way: Way, box: Sandbox, folder: Path) -> None:
    true = recording(folder, "wav", 1.5)
    check(transcribed(way, box, true, piece=30.0, carry_prompt=True, prompt="Names: Ann."), true)


@both
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(("kind", "minutes", "piece"), [("wav", 1.5, 25.0), ("mp3", 1.5, 25.0), ("m4a", 0.5, 600.0)])
def test_what_an_answer_leaves_out_is_asked_for_once_more(
    kind: Kind,
    minutes: float,
    piece: float,
    times: int,
    way: Way,
    box: Sandbox,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    true = recording(folder, kind, minutes)
    heard = {"text": "w", "segments": [{"start": 0, "end": 0.5, "text": "w"}]}
    short = Fault(
        path="*/transcriptions",
        skip=1 if piece < true.duration else 0,
        times=times,
        status=200,
        headers={"content-type": "application/json"},
        body=json.dumps(heard).encode(),
    )
    before = count(box)
    with box.faults(short):
        note = transcribed(way, box, true, piece=piece)
    assert count(box) - before == (5 if piece < true.duration else 2)
    if times == 1:
        assert [word for word in note.text.split() if word != "w"] == [word.text for word in true.words]
    assert len(note.gaps) == times - 1
    assert ("the answers have no text for seconds with sound: " in caplog.text) == (times == 2)
