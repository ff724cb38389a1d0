"""Recordings and results that are elsewhere: in fsspec's memory file system, and in an S3 server on loopback."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import fsspec
import fsspec.asyn
import pytest
from moto.server import ThreadedMotoServer

import tonearm
from tests.bulk.test_tasks import MARKER, record
from tests.inside.files import exists, write_anywhere
from tonearm import ConfigurationError, InvalidInput, MissingFile, TransferError, bulk
from tonearm.cli import main
from tonearm.sandbox import Sandbox, start


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with start() as running:
        yield running


@pytest.fixture(params=["memory", "s3"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty folder elsewhere."""
    if request.param == "memory":
        yield "memory://archive"
        fsspec.filesystem("memory").rm("/archive", recursive=True)
        return
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = {"endpoint_url": f"http://{host}:{port}", "key": "who", "secret": "hidden-key"}
    monkeypatch.setitem(fsspec.config.conf, "s3", settings)
    system = fsspec.filesystem("s3")
    bucket = f"archive-{secrets.token_hex(8)}"  # all servers of a process share their buckets
    system.mkdir(bucket)
    yield f"s3://{bucket}"
    for made in [*type(system)._cache.values()]:  # one of each thread; s3fs itself gives them only 0.1 s
        fsspec.asyn.sync(made.loop, made.s3.close)
    type(system).clear_instance_cache()
    server.stop()


def test_recordings_are_read_and_transcripts_written_elsewhere(box: Sandbox, place: str, tmp_path: Path) -> None:
    system, root = fsspec.core.url_to_fs(place)
    said = {"a/one.wav": "seven silent rivers", "two.wav": "nobody listens"}
    for name, words in said.items():
        record(tmp_path / "one.wav", words)
        system.pipe_file(f"{root}/{name}", (tmp_path / "one.wav").read_bytes())
    system.pipe_file(f"{root}/notes.txt", b"none")
    assert [(job.input, job.output) for job in bulk.find(place)] == [
        (f"{place}/a/one.wav", "a/one"),
        (f"{place}/two.wav", "two"),
    ]
    assert [job.output for job in bulk.find(f"{place}/two.wav")] == ["two"]
    make = partial(tonearm.OpenAI, base_url=box.openai_url, api_key="sandbox-key")
    task = bulk.Transcribe(to=f"{place}/texts/", forms=("txt", "json"), model=MARKER, make=make)
    assert bulk.run(task, bulk.find(place), ledger=tmp_path / "ledger").done == 2
    for name, words in said.items():
        assert system.cat_file(f"{root}/texts/{name[:-4]}.txt").decode().split() == words.split()
    assert bulk.run(task, bulk.find(place), ledger=tmp_path / "ledger").skipped == 2
    system.rm(f"{root}/texts/two.json")
    assert bulk.run(task, bulk.find(place), ledger=tmp_path / "ledger").done == 1
    assert b"hidden-key" not in (tmp_path / "ledger").read_bytes()


def test_texts_are_spoken_and_recordings_uploaded_from_elsewhere(box: Sandbox, place: str, tmp_path: Path) -> None:
    system, root = fsspec.core.url_to_fs(place)
    system.pipe_file(f"{root}/book.txt", b"Seven silent rivers.")
    make = partial(tonearm.OpenAI, base_url=box.openai_url, api_key="sandbox-key")
    speak = bulk.Speak(to=place, voice="coral", model="tts-1", format="wav", make=make)
    assert bulk.run(speak, bulk.find(place, suffixes=["txt"]), ledger=tmp_path / "one").ok
    size = system.size(f"{root}/book.wav")
    upload = bulk.Upload(make=partial(tonearm.Aioz, base_url=box.aioz_url, token="sandbox-token"))
    assert bulk.run(upload, bulk.find(place), ledger=tmp_path / "two").ok
    with bulk.Ledger.read(tmp_path / "two") as book:
        assert [(row.input, row.bytes) for row in book.rows()] == [(f"{place}/book.wav", size)]
    priced = bulk.Transcribe(to=place, model="whisper-1", make=partial(tonearm.OpenAI, api_key="key"))
    assert (priced.price(bulk.Job(f"{place}/book.wav")) or 0.0) > 0


def test_what_has_changed_elsewhere_is_done_again(place: str, tmp_path: Path) -> None:
    system, root = fsspec.core.url_to_fs(place)
    for name in ("one", "two"):
        system.pipe_file(f"{root}/{name}.wav", b"first")
    seen: list[str] = []

    def task(job: bulk.Job) -> None:
        seen.append(Path(job.input).stem)

    for jobs in (lambda: bulk.find(place), lambda: iter([bulk.Job(f"{place}/{n}.wav", n) for n in ("one", "two")])):
        for number in range(2):
            seen.clear()
            ledger = tmp_path / f"ledger-{jobs().__class__.__name__}"
            assert bulk.run(task, jobs(), ledger=ledger).done == 2 - 2 * number
        system.pipe_file(f"{root}/two.wav", b"other, " + jobs().__class__.__name__.encode())
        assert bulk.run(task, jobs(), ledger=ledger).done == 1
        assert seen == ["two"]
        system.rm(f"{root}/one.wav")
        assert bulk.run(task, jobs(), ledger=ledger).done == 0  # one that is gone has not changed
        system.pipe_file(f"{root}/one.wav", b"third")


def test_what_is_missing_is_said(place: str, tmp_path: Path) -> None:
    system, root = fsspec.core.url_to_fs(place)
    system.pipe_file(f"{root}/book.txt", b"Seven silent rivers.")
    with pytest.raises(MissingFile, match="there is no"):
        list(bulk.find(f"{place}/none"))
    task = bulk.Speak(to=place, voice="coral", make=partial(tonearm.OpenAI, api_key="key"))
    report = bulk.run(task, [f"{place}/none.txt"], ledger=tmp_path / "ledger")
    assert (report.failed, report.stopped) == (1, None)


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    yield system
    if system.exists("/there"):
        system.rm("/there", recursive=True)


def test_a_file_is_written_whole_or_not_at_all(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write_anywhere("memory://there/a.txt", lambda path: path.write_bytes(b"old"))

    def broken(path: Path) -> None:
        path.write_bytes(b"half")
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        write_anywhere("memory://there/a.txt", broken)

    def full(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(memory, "mv", full)
    with pytest.raises(TransferError, match=r"memory://there/a\.txt: full"):
        write_anywhere("memory://there/a.txt", lambda path: path.write_bytes(b"new"))
    monkeypatch.setattr(memory, "put_file", full)
    with pytest.raises(TransferError, match=r"memory://there/a\.txt: full"):
        write_anywhere("memory://there/a.txt", lambda path: path.write_bytes(b"new"))
    assert memory.cat_file("/there/a.txt") == b"old"
    assert memory.ls("/there", detail=False) == ["/there/a.txt"]


@pytest.mark.parametrize(
    "address",
    [
        "s3://me:hidden-key@bucket/a.wav",
        "s3://me:a/hidden-key#/b@bucket/a.wav",
        "sftp://me:hidden-key@nas/a.wav",
        "s3://b/a.wav?token=hidden-key",
    ],
)
def test_an_address_with_a_key_is_refused_and_not_repeated(address: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds a key") as refused:
        list(bulk.find(address))
    assert "hidden-key" not in f"{refused.value}{refused.value.value}"
    with pytest.raises(InvalidInput, match="holds a key"):
        bulk.Transcribe(to=address)
    if "@" in address:
        for job in (address, bulk.Job(address)):
            with pytest.raises(InvalidInput, match="holds a key"):
                bulk.run(lambda _: None, [job], ledger=tmp_path / "ledger")
        assert b"hidden-key" not in (tmp_path / "ledger").read_bytes()


@pytest.mark.parametrize("address", ["sftp://nas:22/dir/a@b.wav", "s3://bucket/a:b@c.wav", "sftp://me@nas/a.wav"])
def test_an_address_without_a_key_is_a_job(address: str, tmp_path: Path) -> None:
    assert bulk.run(lambda _: None, [address], ledger=tmp_path / "ledger").done == 1


def test_folders_are_made_where_the_file_system_does_not(tmp_path: Path) -> None:
    write_anywhere(f"file://{tmp_path}/texts/album/a.txt", lambda path: path.write_bytes(b"new"))
    assert (tmp_path / "texts" / "album" / "a.txt").read_bytes() == b"new"
    assert len(list((tmp_path / "texts" / "album").iterdir())) == 1


def test_a_file_in_no_folder_needs_none(memory: Any) -> None:
    write_anywhere("memory://alone.txt", lambda path: path.write_bytes(b"new"))
    assert memory.cat_file("/alone.txt") == b"new"
    memory.rm_file("/alone.txt")


@pytest.mark.parametrize(
    ("address", "kind", "said"),
    [
        ("https://example.com/a.wav", InvalidInput, "an address of a storage"),
        ("nothing://a.wav", InvalidInput, "an address that can be opened"),
        ("hdfs://a/a.wav", (ConfigurationError, TransferError), "hdfs://a/a.wav"),
    ],
)
def test_addresses_that_cannot_be_opened_are_said(address: str, kind: Any, said: str) -> None:
    with pytest.raises(kind, match=said):
        exists(address)


def test_without_the_library_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'tonearm\[remote\]'"):
        list(bulk.find("s3://bucket"))


def test_the_command_needs_a_ledger_here(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["bulk", "speak", str(tmp_path), "-o", "memory://there", "--voice", "coral", "--model", "tts-1"]
    monkeypatch.setenv("OPENAI_API_KEY", "key")
    assert main(command) == 2
    assert "--ledger is needed for remote results, and names a local file" in capsys.readouterr().err
