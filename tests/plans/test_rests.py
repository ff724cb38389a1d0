"""An answer that ends too early leads to one more request for the rest of its chunk, and no more than one."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from attrs import evolve

from tests.inside.audio import Piece, Scan, Span, Survey, _audio
from tests.inside.base import is_kept
from tests.inside.openai import Job, Server, plan, recognise
from tests.plans.play import Reply, Stage, refused, reply
from tests.plans.recording import Hearing, Media, Recording, job
from tonearm import InvalidInput, Retry, WorkInterrupted
from tonearm.openai import Transcript

WORDS = tuple(f"w{number}" for number in range(30))
PAUSES, BREATHLESS = Recording(WORDS), Recording(WORDS, breath=100)
PRICE = 0.006 / 60
"""USD of a second of whisper-1."""


@pytest.fixture
def media(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Media:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    found = Media()
    found.install(monkeypatch)
    return found


def hears(**most: int) -> Callable[[list[Any]], list[Any]]:
    """Hears of a piece, named by its first word, only so many words; `every` is for all that are not named."""
    return lambda words: words[: most.get(words[0]["word"], most.get("every", len(words)))]


def heard_by(stage: Stage, recording: Recording, job: Job) -> Transcript:
    note = stage.play(recognise(recording.content, job))
    assert isinstance(note, Transcript)
    return note


def play(server: Hearing, recording: Recording = PAUSES, **options: Any) -> Transcript:
    return heard_by(Stage(server, lambda _: 0, Retry(attempts=2)), recording, job(**options))


def starts(note: Transcript) -> list[tuple[str, float]]:
    return [(word.text, word.start) for word in note.words or ()]


ALL = [(word, float(at)) for at, word in enumerate(WORDS)]


@pytest.mark.parametrize("words", [True, False])
@pytest.mark.parametrize("recording", [PAUSES, BREATHLESS])
@pytest.mark.parametrize("workers", [1, 3, "auto"])
def test_the_rest_is_heard_and_put_in_its_place(
    workers: Any, recording: Recording, words: bool, media: Media, caplog: pytest.LogCaptureFixture
) -> None:
    server = Hearing(hearing=hears(w0=4, w7=4, w10=4))
    note = play(server, recording, words=words, workers=workers)
    assert note.text.split() == list(WORDS)
    assert " ".join(segment.text for segment in note.segments).split() == list(WORDS)
    assert (starts(note) == ALL) == words
    assert note.gaps == ()
    assert caplog.messages == []
    assert len(server.requests) == len(server.heard) == (5 if recording is PAUSES else 6)
    assert note.usage is not None
    assert note.usage.seconds == 2 * len(server.heard)


@pytest.mark.parametrize(
    ("server", "heard", "requests"),
    [
        (Hearing(hearing=hears(w0=4, w4=2)), 6, 4),
        (Hearing(hearing=hears(w0=4, w4=0)), 4, 4),
        (Hearing(lambda word: reply(status=400) if word == "w4" else None, hearing=hears(w0=4)), 4, 4),
        (Hearing(lambda word: refused() if word == "w4" else None, hearing=hears(w0=4)), 4, 5),
        (Hearing(lambda word: reply(b"<html>") if word == "w4" else None, hearing=hears(w0=4)), 4, 4),
        (Hearing(formats=("json",), hearing=hears(w0=4)), 4, 4),
    ],
    ids=[
        "short, too",
        "without a word",
        "refused",
        "not answered",
        "not read",
        "a server without times, asked for them",
    ],
)
def test_without_the_rest_there_is_a_gap_and_no_end_of_the_work(
    server: Hearing, heard: int, requests: int, media: Media, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    note = play(server)
    assert note.text.split() == [*WORDS[:heard], *WORDS[10:]]
    assert len(server.requests) == requests
    timed = "verbose_json" in server.formats
    assert note.gaps == (((float(heard), 9.5),) if timed else ())
    assert ("the answers have no text for seconds with sound" in caplog.text) == timed
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("intact_until", [0.0, 20.0, math.inf])
def test_the_rest_of_an_intact_chunk_needs_no_second_check(
    intact_until: float, media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = PAUSES.scan
    monkeypatch.setattr(Recording, "scan", property(lambda _: evolve(scan, intact_until=intact_until)))
    play(Hearing(hearing=hears(w0=4, w10=4, w20=4)))
    chunks = [span for span in media.written if span.end - span.start > 7]
    rests = [span for span in media.written if span not in chunks]
    assert len(rests) == len(chunks) == 3
    assert [rest.intact for rest in rests] == [chunk.intact for chunk in chunks]
    assert sum(rest.intact for rest in rests) == {0.0: 0, 20.0: 1, math.inf: 3}[intact_until]


def priced(recording: Recording, server: Hearing, most: float, **options: Any) -> Transcript:
    openai = Server("https://api.openai.com/v1", transcription_model="whisper-1")
    asked: Any = {"piece": 10.0, "max_price": most, **options}
    sent = plan.transcription(asked, None, openai)
    return heard_by(Stage(server, lambda _: 0, Retry(attempts=2)), recording, sent)


@pytest.fixture
def boundless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pieces of these recordings in memory know no limit of bytes."""
    monkeypatch.setattr(Server, "body_limit", None)


@pytest.mark.parametrize(("seconds", "rests"), [(29.8, 0), (36.1, 1), (42.4, 2), (100.0, 3)])
@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.usefixtures("boundless")
def test_rests_keep_within_the_price(seconds: float, rests: int, workers: int, media: Media) -> None:
    server = Hearing(hearing=hears(w0=4, w10=4, w20=4))
    note = priced(PAUSES, server, seconds * PRICE, workers=workers)
    assert len(server.requests) == 3 + rests
    assert len(note.gaps) == 3 - rests
    assert len(note.text.split()) == 12 + 6 * rests


@pytest.mark.usefixtures("boundless")
def test_what_an_earlier_call_paid_for_counts_and_is_not_paid_for_again(media: Media, tmp_path: Path) -> None:
    state = tmp_path / "work.jsonl"
    failing: Callable[[str], Reply | None] = lambda word: reply(status=401) if word == "w20" else None  # noqa: E731
    first = Hearing(failing, hearing=hears(w10=4))
    with pytest.raises(WorkInterrupted) as info:
        priced(PAUSES, first, 100.0, state=state)
    assert first.heard == ["w0", "w10", "w14"]
    assert (info.value.done, info.value.total) == (3, 4)
    second = Hearing(hearing=hears(w20=4))
    note = priced(PAUSES, second, 36.1 * PRICE, state=state)
    assert second.heard == ["w20"]
    assert note.text.split() == list(WORDS[:24])
    assert note.gaps == ((24.0, 29.5),)


@pytest.mark.usefixtures("boundless")
@pytest.mark.parametrize("piece", [10.0, 60.0])
def test_what_would_cost_more_is_refused_before_anything_is_sent(piece: float, media: Media) -> None:
    server = Hearing()
    with pytest.raises(InvalidInput, match=r"this would cost 0\.00\d+ USD, and max_price is 0\.001"):
        priced(PAUSES, server, 0.001, piece=piece)
    assert server.requests == []


def test_a_limit_needs_a_known_price() -> None:
    with pytest.raises(InvalidInput, match="max_price needs a model whose price is known"):
        job(max_price=1.0)


@pytest.mark.usefixtures("boundless")
def test_a_limit_needs_a_known_length(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise InvalidInput("not known")

    monkeypatch.setattr("tonearm._audio.survey", unknown)
    with pytest.raises(InvalidInput, match="length is known"):
        priced(PAUSES, Hearing(), 1.0)


@pytest.mark.parametrize(
    ("answer", "requests", "count", "gaps"),
    [
        (hears(w0=4), 2, 30, ()),
        (hears(every=4), 2, 8, ((8.0, 29.5),)),
        (lambda words: words, 1, 30, ()),
    ],
)
def test_the_rest_of_a_recording_that_is_one_request(
    answer: Any, requests: int, count: int, gaps: Any, media: Media, tmp_path: Path
) -> None:
    server = Hearing(hearing=answer)
    note = play(server, piece=60.0, words=True)
    assert note.text.split() == list(WORDS[:count])
    assert starts(note) == ALL[:count]
    assert len(server.requests) == requests
    assert note.gaps == gaps
    assert len(media.scans) == (requests > 1)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_answer_to_the_whole_is_not_lost_with_its_rest(
    media: Media, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state = tmp_path / "notes.txt"
    state.write_text("in the way")
    note = play(Hearing(hearing=hears(every=4)), piece=60.0, state=state)
    assert note.text.split() == list(WORDS[:4])
    assert "the rest that the answer left out could not be transcribed" in caplog.text
    assert state.read_text() == "in the way"


@pytest.mark.parametrize("named", [True, False])
def test_an_answer_to_the_whole_is_kept_before_its_rest_is_asked_for(named: bool, media: Media, tmp_path: Path) -> None:
    def stop(word: str) -> None:
        if word == "w4":
            raise KeyboardInterrupt

    options: dict[str, Any] = {"piece": 60.0, "state": tmp_path / "work.jsonl" if named else None}
    with pytest.raises(KeyboardInterrupt) as stopped:
        play(Hearing(stop, hearing=hears(w0=4)), **options)
    assert is_kept(stopped.value)
    server = Hearing(hearing=hears(w0=4))
    if named:  # what is in the way of a state does not stop the work
        play(Hearing(), Recording(("other",)), **options)
    note = play(server, **options)
    assert note.text.split() == list(WORDS)
    assert len(server.requests) == 1, "the first answer is paid for"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    play(server, **options)
    assert len(server.requests) == 3


def test_who_cannot_store_the_fuller_result_says_so(media: Media) -> None:
    told = list[Any]()

    def store(note: Any) -> None:
        told.append(note)
        if len(told) == 2:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left") as raised:
        play(Hearing(hearing=hears(w0=4)), piece=60.0, on_result=store)
    assert type(raised.value) is OSError
    assert [len(note.text.split()) for note in told] == [4, 30]


def test_a_rest_that_is_refused_leaves_the_answer_as_it_is(media: Media) -> None:
    server = Hearing(lambda word: reply(status=400) if word == "w4" else None, hearing=hears(w0=4))
    note = play(server, piece=60.0)
    assert note.raw["usage"] == {"type": "duration", "seconds": 2}
    assert note.gaps == ((4.0, 29.5),)


@pytest.mark.parametrize("recording", [PAUSES, BREATHLESS])
@pytest.mark.parametrize("seed", range(8))
def test_in_any_order_of_events_nothing_is_lost_or_asked_for_thrice(
    seed: int, recording: Recording, media: Media, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    server = Hearing(
        lambda _: reply(status=429) if chance.random() < 0.3 else None, hearing=hears(w0=4, w7=4, w10=4, w14=2)
    )
    stage = Stage(server, chance.randrange, Retry(attempts=20))
    options: dict[str, Any] = {"words": True, "workers": chance.randint(1, 4), "state": tmp_path / "work.jsonl"}
    note = heard_by(stage, recording, job(**options))
    said = [word for word, _ in starts(note)]
    assert said == [word for word, at in ALL if not any(start <= at < end for start, end in note.gaps)]
    assert len(server.heard) <= 2 * 5
    assert note.text.split() == said


@pytest.mark.parametrize("how", ["refused", "empty"])
def test_a_rest_that_cannot_be_cut_is_a_gap(
    how: str, media: Media, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(file: BinaryIO, spans: list[Span], folder: Path, *choice: Any, **more: Any) -> Iterator[Piece]:
        file.seek(0)
        if file.read(2) != b"[{":
            yield from media.write_pieces(file, spans, folder, *choice, **more)
        elif how == "refused":
            raise InvalidInput("no sound")

    monkeypatch.setattr(_audio, "write_pieces", cut)
    note = play(Hearing(hearing=hears(w0=4)))
    assert note.text.split() == [*WORDS[:4], *WORDS[10:]]
    assert note.gaps == ((4.0, 9.5),)
    assert ("the rest of a chunk cannot be cut: no sound" in caplog.text) == (how == "refused")


def test_an_answer_to_the_whole_stands_where_its_recording_cannot_be_scanned(
    media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(*_: Any, **__: Any) -> Scan:
        raise InvalidInput("damaged")

    monkeypatch.setattr(_audio, "scan", scan)
    server = Hearing(hearing=hears(every=4))
    assert play(server, piece=60.0).text.split() == list(WORDS[:4])
    assert len(server.requests) == 1


def test_what_is_shorter_than_its_header_says_is_sent_as_it_is(media: Media, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_audio, "survey", lambda *_, **__: Survey(99.0, plain=True))
    server = Hearing()
    assert play(server, Recording(WORDS[:8])).text.split() == list(WORDS[:8])
    assert (len(server.requests), media.written) == (1, [])
