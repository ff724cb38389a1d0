"""The tasks, against a sandbox."""

from __future__ import annotations

import json
import pickle
import shutil
import wave
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import tonearm
from tonearm import InvalidInput, bulk
from tonearm.bulk.clients import client_of
from tonearm.bulk.work import perform
from tonearm.sandbox import Fault, Sandbox, start
from tonearm.sandbox.marker import speak

MARKER = "marker-whisper"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with start() as running:
        yield running


@pytest.fixture
def make(box: Sandbox) -> partial[tonearm.OpenAI]:
    return partial(tonearm.OpenAI, base_url=box.openai_url, api_key="sandbox-key")


def record(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    spoken = speak(words)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, spoken.rate, 0, "NONE", ""))
        file.writeframes(b"".join(spoken))


def test_a_run_closes_the_clients_that_it_made_and_no_other(
    box: Sandbox, make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[tonearm.OpenAI] = []
    end = tonearm.OpenAI.close

    def close(client: tonearm.OpenAI) -> None:
        closed.append(client)
        end(client)

    monkeypatch.setattr(tonearm.OpenAI, "close", close)
    monkeypatch.setattr(tonearm.OpenAI, "estimate", lambda *_, **__: SimpleNamespace(price=0.01))
    (tmp_path / "a.txt").write_text("alpha")
    with tonearm.OpenAI(base_url=box.openai_url, api_key="sandbox-key") as mine:
        for number, made in enumerate((make, make, lambda: mine, mine.with_options)):
            task = bulk.Speak(to=tmp_path, voice="coral", model="tts-1", format="wav", make=made)
            ledger = tmp_path / f"ledger-{number}"
            assert bulk.run(task, [tmp_path / "a.txt"], ledger=ledger, max_price=1.0).ok
            assert len(closed) == min(number + 1, 2)
        assert mine.models()


def test_recordings_become_texts(box: Sandbox, make: Any, tmp_path: Path) -> None:
    words = {"a/one": "seven silent rivers", "a/two": "nobody listens", "three": "one little candle"}
    for name, said in words.items():
        record(tmp_path / "archive" / f"{name}.wav", said)
    task = bulk.Transcribe(
        to=tmp_path / "texts", forms=("txt", "json"), model=MARKER, words=True, make=make, timeout=60
    )
    with box.faults(Fault(status=503, times=2, path="/openai/*")):
        report = bulk.run(task, bulk.find(tmp_path / "archive"), ledger=tmp_path / "ledger", workers=2)
    assert report.ok
    for name, said in words.items():
        assert (tmp_path / "texts" / f"{name}.txt").read_text().split() == said.split()
        found = json.loads((tmp_path / "texts" / f"{name}.json").read_text())
        assert [word["text"] for word in found["words"]] == said.split()
    (tmp_path / "texts" / "three.json").unlink()
    assert bulk.run(task, bulk.find(tmp_path / "archive"), ledger=tmp_path / "ledger").done == 1


def test_an_option_of_one_job_counts_before_those_of_the_task(box: Sandbox, make: Any, tmp_path: Path) -> None:
    record(tmp_path / "a.wav", "seven silent rivers")
    task = bulk.Translate(to=tmp_path, model="no-such-model", make=make, state=tmp_path / "state")
    jobs = [bulk.Job(str(tmp_path / "a.wav"), "english", {"model": MARKER})]
    assert bulk.run(task, jobs, ledger=tmp_path / "ledger").ok
    assert (tmp_path / "english.txt").exists()
    assert any(one.path.endswith("/audio/translations") for one in box.requests)


def test_texts_become_speech(make: Any, tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("Seven silent rivers.")
    task = bulk.Speak(to=tmp_path / "spoken", voice="coral", model="tts-1", format="wav", make=make)
    assert bulk.run(task, bulk.find(tmp_path, suffixes=["txt"]), ledger=tmp_path / "ledger").ok
    with wave.open(str(tmp_path / "spoken" / "book.wav")) as file:
        assert file.getnframes() > 0
    assert task.price(bulk.Job(str(tmp_path / "book.txt"))) is None  # the sandbox is not OpenAI


def test_the_price_of_a_recording_follows_from_its_length(tmp_path: Path) -> None:
    record(tmp_path / "a.wav", "seven silent rivers")
    task = bulk.Transcribe(to=tmp_path, model="whisper-1", make=partial(tonearm.OpenAI, api_key="key"))
    price = task.price(bulk.Job(str(tmp_path / "a.wav")))
    assert price is not None
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert price == pytest.approx(0.006 * file.getnframes() / file.getframerate() / 60)


class Client:
    """Knows prices, and takes note of what it is asked for."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.limits = seconds, list[Any]()

    def with_options(self, **_: object) -> Client:
        return self

    def estimate(self, *, model: str, seconds: float) -> Any:
        return tonearm.OpenAI(api_key="key").estimate(model=model, seconds=seconds)

    def estimate_recording(self, _: object, *, model: str) -> Any:
        return self.estimate(model=model, seconds=self.seconds)

    def transcribe(self, _: object, **options: Any) -> Any:
        self.limits.append(options.get("max_price"))
        return tonearm.openai.Transcript.of({"text": "said"}, None)


@pytest.mark.parametrize(
    ("seconds", "piece", "charged"), [(300.0, None, 300.0), (1800.0, None, 1809.0), (60.0, 10.0, 84.0)]
)
@pytest.mark.parametrize(("limit", "own"), [(5.0, None), (5.0, 1e-6), (None, None)])
def test_a_job_costs_no_more_than_was_reserved_for_it(
    limit: float | None, own: float | None, seconds: float, piece: float | None, charged: float, tmp_path: Path
) -> None:
    record(tmp_path / "a.wav", "seven silent rivers")
    client = Client(seconds)
    task = bulk.Transcribe(to=tmp_path / "texts", model="whisper-1", piece=piece, make=lambda: client)
    job = bulk.Job(str(tmp_path / "a.wav"), options={} if own is None else {"max_price": own})
    report = bulk.run(task, [job], ledger=tmp_path / "ledger", max_price=limit)
    price = pytest.approx(charged / 60 * 0.006)
    assert (report.done, report.price) == (1, price if limit else 0.0)
    assert client.limits == [None if limit is None else own or price]


def test_recordings_are_uploaded_and_their_ids_kept(box: Sandbox, tmp_path: Path) -> None:
    record(tmp_path / "talk.wav", "seven silent rivers")
    make = partial(tonearm.Aioz, base_url=box.aioz_url, token="sandbox-token")
    task = bulk.Upload(preset="standard", tags=("bulk",), make=make)
    assert bulk.run(task, [tmp_path / "talk.wav"], ledger=tmp_path / "ledger").ok
    with bulk.Ledger.read(tmp_path / "ledger") as book, make() as aioz:
        (row,) = book.rows()
        media = aioz.get(str(row.made))
    assert (media.title, list(media.tags), row.bytes) == ("talk", ["bulk"], (tmp_path / "talk.wav").stat().st_size)
    assert bulk.run(task, [tmp_path / "talk.wav"], ledger=tmp_path / "ledger").skipped == 1


def test_copies_of_a_task_share_one_client(make: Any, tmp_path: Path) -> None:
    made: list[tonearm.OpenAI] = []

    class Seen(bulk.Speak):
        def __call__(self, job: bulk.Job) -> bulk.Result:
            made.append(client_of(self.make))
            return bulk.Result()

    for local in (make, lambda: make()):
        made.clear()
        for _ in range(3):
            maker = pickle.loads(pickle.dumps(make)) if local is make else local
            perform(Seen(to=tmp_path, voice="coral", make=maker), 1, bulk.Job("a"), "one")
        assert len(set(map(id, made))) == 1
    perform(Seen(to=tmp_path, voice="coral", make=make), 1, bulk.Job("a"), "another")
    assert len(set(map(id, made))) == 2


@pytest.mark.parametrize(
    "task",
    [
        bulk.Transcribe(to=Path("texts"), forms=("srt",), words=True, timeout=3.0),
        bulk.Translate(to=Path("texts")),
        bulk.Speak(to=Path("spoken"), voice="coral"),
        bulk.Upload(preset="highest"),
    ],
)
def test_tasks_can_be_pickled_and_tell_what_they_do(task: Any) -> None:
    again = pickle.loads(pickle.dumps(task))
    assert again == task
    assert repr(again) == repr(task)
    assert "make=" not in repr(task)


@pytest.mark.parametrize("forms", [(), ("docx",)])
def test_unknown_forms_are_refused(forms: Any) -> None:
    with pytest.raises(InvalidInput, match="forms"):
        bulk.Transcribe(to=Path("texts"), forms=forms)


def test_an_upload_that_was_interrupted_is_resumed_and_no_second_object_made(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    record(tmp_path / "interrupted.wav", "seven silent rivers")
    once = tonearm.Retry(attempts=1)
    make = partial(tonearm.Aioz, base_url=box.aioz_url, token="sandbox-token", retry=once)
    task = bulk.Upload(make=make)
    jobs = [bulk.Job(str(tmp_path / "interrupted.wav"), options={"part_size": 4000})]
    for attempts in (1, 3):
        with box.faults(Fault(status=503, skip=1, times=1, path="*/part")):
            report = bulk.run(task, jobs, ledger=tmp_path / "ledger", attempts=attempts, retry_failed=True)
        assert report.ok == (attempts > 1)
    with bulk.Ledger.read(tmp_path / "ledger") as book, make() as aioz:
        (row,) = book.rows()
        made = [media.id for media in aioz.list() if media.title == "interrupted"]
        assert (made, aioz.unfinished()) == ([row.made], ())


@pytest.mark.parametrize("options", [{}, {"wait": True}, {"metadata": {"show": "news"}}])
@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_upload_whose_process_ends_before_the_ledger_has_it_is_found_and_not_sent_again(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], elsewhere: bool
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    record(tmp_path / "found again.wav", "seven silent rivers")
    place = f"file://{tmp_path}/found again.wav" if elsewhere else str(tmp_path / "found again.wav")
    make = partial(tonearm.Aioz, base_url=box.aioz_url, token="sandbox-token")
    jobs = [bulk.Job(place, "found", options)]

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with make() as aioz, monkeypatch.context() as patch:
        before = {media.id for media in aioz.list()}
        patch.setattr(bulk.Ledger, "end", killed)
        with pytest.raises(KeyboardInterrupt):
            bulk.run(bulk.Upload(make=make), jobs, ledger=tmp_path / "ledger")
    shutil.rmtree(tmp_path / "state")  # another worker goes on
    with make() as aioz:
        (first,) = [media.id for media in aioz.list() if media.id not in before]
        asked = len(box.requests)
        assert bulk.run(bulk.Upload(make=make), jobs, ledger=tmp_path / "ledger").done == 1
        assert not [one for one in box.requests[asked:] if one.path.endswith("/part")]
        with bulk.Ledger.read(tmp_path / "ledger") as book:
            assert [row.made for row in book.rows()] == [first]
        assert bulk.run(bulk.Upload(make=make), jobs, ledger=tmp_path / "another").done == 1
        assert len([media for media in aioz.list() if media.id not in before]) == 2


def test_an_upload_has_a_journal_of_its_own_and_no_mark_where_its_metadata_is_full(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    record(tmp_path / "full.wav", "seven silent rivers")
    options = {"metadata": {f"key {place}": "value" for place in range(50)}, "state": str(tmp_path / "journal")}
    job = bulk.Job(str(tmp_path / "full.wav"), options=options, mark="mark")
    with tonearm.Aioz(base_url=box.aioz_url, token="sandbox-token") as aioz:
        with box.faults(Fault(status=400, path="*/part")), pytest.raises(tonearm.UploadInterrupted) as raised:
            bulk.Upload(make=lambda: aioz)(job)
        assert raised.value.state == tmp_path / "journal"
        assert dict(aioz.resume(tmp_path / "journal").metadata) == options["metadata"]


def test_a_key_that_may_not_list_uploads_again(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    record(tmp_path / "unlisted.wav", "seven silent rivers")
    job = bulk.Job(str(tmp_path / "unlisted.wav"), mark="mark", begun=True)
    with (
        tonearm.Aioz(base_url=box.aioz_url, token="sandbox-token") as aioz,
        box.faults(Fault(status=403, method="POST", path="*/api/media")),
    ):
        assert bulk.Upload(make=lambda: aioz)(job).made is not None


@pytest.mark.parametrize("deleted", [False, True])
def test_an_upload_that_was_waited_for_in_vain_is_waited_for_again(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deleted: bool
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    title = f"waited for, {deleted}"
    record(tmp_path / f"{title}.wav", "seven silent rivers")
    make = partial(
        tonearm.Aioz, base_url=box.aioz_url, token="sandbox-token", retry=tonearm.Retry(attempts=2, first_delay=0.0)
    )
    jobs = [bulk.Job(str(tmp_path / f"{title}.wav"), options={"wait": True})]
    with box.faults(Fault(status=503, skip=2, times=2, method="GET", path="/aioz/*")):
        assert not bulk.run(bulk.Upload(make=make), jobs, ledger=tmp_path / "ledger", attempts=1).ok
    with make() as aioz:
        (first,) = [media for media in aioz.list() if media.title == title]
        if deleted:
            aioz.delete(first.id)
        report = bulk.run(bulk.Upload(make=make), jobs, ledger=tmp_path / "ledger", retry_failed=True)
        with bulk.Ledger.read(tmp_path / "ledger") as book:
            assert report.ok, [(row.kind, row.error) for row in book.rows()]
        (last,) = [media for media in aioz.list() if media.title == title]
    assert (last.status, last.id == first.id) == ("done", not deleted)
    assert list((tmp_path / "state" / "tonearm").glob("aioz-upload*")) == []


def test_an_object_that_cannot_be_transcoded_is_uploaded_anew_when_asked(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "no sound.wav").write_bytes(b"no sound")
    make = partial(tonearm.Aioz, base_url=box.aioz_url, token="sandbox-token")
    jobs = [bulk.Job(str(tmp_path / "no sound.wav"), options={"wait": True})]
    for _ in range(2):
        report = bulk.run(bulk.Upload(make=make), jobs, ledger=tmp_path / "ledger", retry_failed=True)
        assert report.failed == 1
    with bulk.Ledger.read(tmp_path / "ledger") as book:
        (row,) = book.rows()
    assert row.kind == "TranscodeFailed"
    assert list((tmp_path / "state" / "tonearm").glob("aioz-upload*")) == []
