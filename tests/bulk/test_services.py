"""The tasks that cross services, against a sandbox whose library sings: publish, keep, and lyrics."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import av
import pytest
from attrs import evolve
from av.audio.stream import AudioStream

import tonearm
from tests.bulk.test_tasks import MARKER, Client, record
from tonearm import InvalidInput, bulk
from tonearm.cli import main
from tonearm.sandbox import Fault, Sandbox, start

SUNG = {
    "Blue/1.flac": ("Evening", "seven silent rivers"),
    "Blue/2.flac": ("Noon", "nobody listens"),
    "Red/1.flac": ("Silence", ""),
}


def sing(path: Path, title: str, words: str, scratch: Path) -> None:
    """A song with tags, whose album is its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record(scratch, words)
    with av.open(scratch) as source, av.open(path, "w", format="flac") as target:
        target.metadata.update({"title": title, "artist": "Ann", "album": path.parent.name, "track": path.stem})
        stream = target.add_stream("flac", source.streams.audio[0].rate)
        assert isinstance(stream, AudioStream)
        stream.layout = "mono"
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    for name, (title, words) in SUNG.items():
        sing(folder / name, title, words, folder.parent / "scratch.wav")
    return folder


@pytest.fixture
def box(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox of its own, whose addresses and keys are in the environment."""
    shutil.copytree(shelf, tmp_path / "library")
    with start(library=tmp_path / "library") as running:
        for name, value in (
            *(("OPENAI_BASE_URL", running.openai_url), ("OPENAI_API_KEY", "sandbox-key")),
            *(("AIOZ_STREAM_BASE_URL", running.aioz_url), ("AIOZ_STREAM_TOKEN", "sandbox-token")),
            *(("JELLYFIN_URL", running.jellyfin_url), ("JELLYFIN_TOKEN", "sandbox-token")),
            ("XDG_STATE_HOME", str(tmp_path / "state")),
        ):
            monkeypatch.setenv(name, value)
        yield running


def albums(library: tonearm.Jellyfin) -> dict[str, str]:
    return {str(album.name): album.id for album in library.albums()}


@pytest.mark.usefixtures("box")
@pytest.mark.parametrize("of", ["album", "artist", "song", "playlist", "library"])
def test_songs_without_lyrics_are_found_in_whatever_holds_them(of: str) -> None:
    with tonearm.Jellyfin() as library:
        by_name = {str(item.name): item.id for item in library.items()}
        library.put_lyrics(by_name["Noon"], tonearm.jellyfin.Lyrics.from_lrc("[00:01.00]la"))
        ids = {
            "album": albums(library)["Blue"],
            "artist": next(iter(library.artists())).id,
            "song": by_name["Evening"],
            "playlist": library.create_playlist("all", list(by_name.values())) if of == "playlist" else "",
            "library": library.item(by_name["Evening"]).raw.get("ParentId") or albums(library)["Blue"],
        }
        found = {(job.input, job.output) for job in bulk.songs(library, [ids[of]])}
    assert (by_name["Evening"], "Ann/Blue/Evening") in found
    assert by_name["Noon"] not in {id for id, _ in found}


@pytest.mark.parametrize("upload", [False, True])
def test_songs_get_lyrics_of_what_is_sung(box: Sandbox, tmp_path: Path, upload: bool) -> None:
    task = bulk.Lyrics(to=tmp_path / "lyrics", upload=upload, model=MARKER, timeout=60, state=tmp_path / "kept")
    with tonearm.Jellyfin() as library:
        ids = {str(item.name): item.id for item in library.items()}
        jobs = list(bulk.songs(library, albums(library).values()))
        assert bulk.run(task, jobs, ledger=tmp_path / "ledger").done == 3
        assert [path.stem for path in sorted(tmp_path.glob("lyrics/Ann/*/*"))] == ["Evening", "Noon"]
        text = (tmp_path / "lyrics/Ann/Blue/Evening.lrc").read_text()
        assert tonearm.jellyfin.Lyrics.from_lrc(text).text.split() == ["seven", "silent", "rivers"]
        if upload:
            assert library.lyrics(ids["Evening"]).text.split() == ["seven", "silent", "rivers"]
            asked = len(box.requests)
            assert bulk.run(task, jobs, ledger=tmp_path / "another").done == 3  # those that have lyrics are left alone
            assert sum(one.path.endswith("/transcriptions") for one in box.requests[asked:]) == 1
        else:
            with pytest.raises(tonearm.NotFound):
                library.lyrics(ids["Evening"])
    with bulk.Ledger.read(tmp_path / "ledger") as book:
        assert {row.made for row in book.rows()} == ({ids["Evening"], ids["Noon"], None} if upload else {None})


def test_the_price_of_lyrics_follows_from_the_length_of_the_song(box: Sandbox, tmp_path: Path) -> None:
    make = partial(tonearm.OpenAI, base_url=None, api_key="key")
    with pytest.MonkeyPatch.context() as patch, tonearm.Jellyfin() as library:
        task = bulk.Lyrics(to=tmp_path, model="whisper-1", make=make, make_library=lambda: library)
        patch.delenv("OPENAI_BASE_URL")
        song = next(item for item in library.items() if item.name == "Evening")
        price = task.price(bulk.Job(song.id))
        assert price == pytest.approx(0.006 * ((song.duration or 0) + 1) / 60)
        patch.setattr(tonearm.Jellyfin, "item", lambda *_: tonearm.jellyfin.Item(song.id))
        assert task.price(bulk.Job(song.id)) is None


def test_a_song_costs_no_more_than_was_reserved_for_it(box: Sandbox, tmp_path: Path) -> None:
    client = Client(60.0)
    with tonearm.Jellyfin() as library:
        task = bulk.Lyrics(to=tmp_path, model="whisper-1", make=lambda: client, make_library=lambda: library)
        song = next(item.id for item in library.items() if item.name == "Evening")
        for options, most in (({}, 0.5), ({"max_price": 0.25}, 0.25), ({"max_price": 0.75}, 0.5)):
            with pytest.raises(InvalidInput, match="has no times"):
                task(bulk.Job(song, options=options, max_price=0.5))
            assert client.limits.pop() == most


def test_copies_are_kept_and_looked_through_in_every_run(box: Sandbox, tmp_path: Path) -> None:
    task = bulk.Keep(to=tmp_path / "music", timeout=60)
    with tonearm.Jellyfin() as library:
        jobs = [bulk.Job(id, name) for name, id in albums(library).items()]
        assert bulk.run(task, jobs, ledger=tmp_path / "ledger").done == 2
        kept = sorted(str(path.relative_to(tmp_path / "music")) for path in tmp_path.glob("music/*/*.flac"))
        assert [name.partition("/")[0] for name in kept] == ["Blue", "Blue", "Red"]
        (tmp_path / "music" / kept[0]).unlink()
        asked = len(box.requests)
        report = bulk.run(task, jobs, ledger=tmp_path / "ledger")
        assert (report.done, report.skipped) == (2, 0)
        assert (tmp_path / "music" / kept[0]).exists()
        assert sum(one.status == 200 and "/stream" in one.path for one in box.requests[asked:]) <= 1
        with box.faults(Fault(status=404, times=None, path="*/Audio/*")):
            (tmp_path / "music" / kept[0]).unlink()
            assert bulk.run(task, jobs, ledger=tmp_path / "ledger").failed == 1
        assert bulk.run(task, jobs, ledger=tmp_path / "ledger").ok  # one that failed is looked through, too


def talks(folder: Path) -> list[bulk.Job]:
    for name in ("one", "two"):
        record(folder / f"{name}.wav", "seven silent rivers")
    return list(bulk.find(folder))


def test_recordings_are_published_with_captions(box: Sandbox, tmp_path: Path) -> None:
    task = bulk.Publish(preset="standard", language="en", captions=True, model=MARKER, tags=("bulk",), timeout=60)
    with box.faults(Fault(status=503, times=1, path="/openai/*")):
        assert bulk.run(task, talks(tmp_path / "talks"), ledger=tmp_path / "ledger").done == 2
    with bulk.Ledger.read(tmp_path / "ledger") as book, tonearm.Aioz() as aioz:
        made = [aioz.get(str(row.made)) for row in book.rows()]
        assert [(one.title, one.status, list(one.tags)) for one in made] == [
            ("one", "done", ["bulk"]),
            ("two", "done", ["bulk"]),
        ]
        assert all([track.language for track in aioz.captions(one.id)] == ["en"] for one in made)


@pytest.mark.parametrize("gone", [False, True])
@pytest.mark.parametrize(
    "options", [{}, {"captions": True}, {"captions": True, "other case": True}, {"playlist": True}, {"cover": True}]
)
def test_a_publication_whose_process_ends_before_the_ledger_has_it_is_found(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], gone: bool
) -> None:
    (job, _) = talks(tmp_path / "talks")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with tonearm.Aioz() as aioz:
        playlist = aioz.create_playlist("all").id if "playlist" in options else None
        task = bulk.Publish(language="en", captions="captions" in options, model=MARKER, playlist=playlist, timeout=60)
        if "cover" in options:
            (tmp_path / "cover.png").write_bytes(COVER)
            job = bulk.Job(job.input, job.output, {"cover": str(tmp_path / "cover.png")})
        with monkeypatch.context() as patch:
            patch.setattr(bulk.Ledger, "end", killed)
            with pytest.raises(KeyboardInterrupt):
                bulk.run(task, [job], ledger=tmp_path / "ledger")
        (first,) = [media.id for media in aioz.list()]
        if gone:
            shutil.rmtree(tmp_path / "state")  # another worker goes on
        if "other case" in options:
            listed = tonearm.Aioz.captions

            def captions(self: tonearm.Aioz, id: str) -> list[tonearm.aioz.Track]:
                return [evolve(track, language=str(track.language).upper()) for track in listed(self, id)]

            monkeypatch.setattr(tonearm.Aioz, "captions", captions)
        assert bulk.run(task, [job], ledger=tmp_path / "ledger").done == 1
        assert len(list(aioz.list())) == 1
        with bulk.Ledger.read(tmp_path / "ledger") as book:
            assert [row.made for row in book.rows()] == [first]


def test_an_object_without_all_that_was_asked_for_is_not_the_result(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (job, _) = talks(tmp_path / "talks")
    task = bulk.Publish(language="en", captions=True, model=MARKER, timeout=60)
    with tonearm.Aioz() as aioz, tonearm.OpenAI() as transcriber:
        other = evolve(task, make=lambda: aioz, make_transcriber=lambda: transcriber)
        for lacks in ("captions", "transcoding"):
            assert bulk.run(task, [job], ledger=tmp_path / lacks).done == 1
            with bulk.Ledger.read(tmp_path / lacks) as book:
                (made,) = [aioz.get(str(row.made)) for row in book.rows()]
            if lacks == "captions":
                aioz.delete_captions(made.id, "en")
            else:
                made = evolve(made, status="transcoding")
            shutil.rmtree(tmp_path / "state")
            with monkeypatch.context() as patch:
                patch.setattr("tonearm.bulk.publishing.find_complete", lambda *_, made=made: made)
                result = other(evolve(job, mark="mark", begun=True))
            assert result.made not in (None, made.id)
            shutil.rmtree(tmp_path / "state")


COVER = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)


def test_what_is_elsewhere_is_not_published(box: Sandbox, tmp_path: Path) -> None:
    record(tmp_path / "talk.wav", "seven silent rivers")
    with pytest.raises(InvalidInput, match="a local file"):
        bulk.Publish()(bulk.Job(f"file://{tmp_path}/talk.wav"))


def test_the_commands_publish_keep_and_write_lyrics(
    box: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talks(tmp_path / "talks")
    with tonearm.Jellyfin() as library:
        ids = albums(library)
    publish = ["bulk", "publish", str(tmp_path / "talks"), "--ledger", str(tmp_path / "ledger"), "--captions"]
    assert main([*publish, "--language", "en", "--model", MARKER, "--tag", "bulk", "--private"]) == 0
    (tmp_path / "talks" / "two.wav").unlink()
    assert main(["bulk", "publish", str(tmp_path / "talks"), "--ledger", str(tmp_path / "another")]) == 0
    keep = ["bulk", "keep", *ids.values(), "-o", str(tmp_path / "music"), "--covers", "--lyrics"]
    assert main(keep) == 0
    assert len(list(tmp_path.glob("music/*/*.flac"))) == 3
    lyrics = ["bulk", "lyrics", ids["Blue"], "-o", str(tmp_path / "lyrics"), "--upload", "--model", MARKER]
    assert main(lyrics) == 0
    assert len(list(tmp_path.glob("lyrics/*/*/*.lrc"))) == 2
    capsys.readouterr()
    assert main([*lyrics, "--estimate", "--json"]) == 0
    assert '"files": 0' in capsys.readouterr().out  # they have lyrics now
