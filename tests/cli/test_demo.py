"""The demonstration: what it prints is true, short and readable anywhere, and a step that fails ends it with a line."""

import hashlib
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from attrs import evolve, frozen

from tests.inside.cli import ALBUM, DURATION, SENTENCES, Sentence, StepFailed, Steps, ending, fill, heard
from tonearm import DownloadInterrupted, Jellyfin, Retry
from tonearm.cli import demo, main
from tonearm.openai import Word
from tonearm.sandbox import Fault, FaultNeverStruck, Sandbox, audio
from tonearm.sandbox.jellyfin import Jellyfin as Service
from tonearm.sandbox.library import PACKAGED
from tonearm.sandbox.recogniser import Recogniser, Segment

from .conftest import Cli

MOST_LINES = 25


@frozen
class Shown:
    """What a run printed and made."""

    lines: list[str]
    problems: str
    folder: Path

    def found(self, pattern: str) -> tuple[str, ...]:
        """The groups of the one line that fits a pattern."""
        (match,) = filter(None, (re.fullmatch(pattern, line) for line in self.lines))
        return match.groups()

    def count(self, pattern: str) -> tuple[int, ...]:
        """The groups as numbers."""
        return tuple(int(group.replace(",", "")) for group in self.found(pattern))


@pytest.fixture(scope="module", params=[6, pytest.param(SENTENCES, marks=pytest.mark.soak)])
def sentences(request: pytest.FixtureRequest) -> Iterator[int]:
    """Few, as each takes a second to hear, and as many as in tests/drift/test_readme.py, which hears the same again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tonearm.cli._recording.SENTENCES", request.param)
        yield request.param


@pytest.fixture(scope="module")
def shown(sentences: int, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """One run for all tests: no program on PATH, and a pipe of 80 columns."""
    place = tmp_path_factory.mktemp("place")
    folder = place / "made here"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(place / "nothing"))
        patch.setenv("XDG_STATE_HOME", str(place / "state"))
        patch.setenv("COLUMNS", "80")
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["demo", "--out", str(folder), "--verbose"])
    printed, problems = (stream.buffer.getvalue().decode() for stream in (out, err))
    assert (code, problems) == (0, "")
    assert not (place / "state").exists()
    return Shown(printed.splitlines(), problems, folder)


def test_it_prints_few_lines_that_fit_a_terminal_and_hashes_only_when_asked(shown: Shown) -> None:
    hashes = [line for line in shown.lines if re.match(r"[0-9a-f]{64}  ", line)]
    others = [line for line in shown.lines if line not in hashes]
    assert len(others) <= MOST_LINES
    assert [line for line in others if len(line) > 80 and str(shown.folder) not in line] == []
    assert "\x1b" not in "".join(shown.lines)
    files = sorted(path for path in shown.folder.rglob("*") if path.suffix in (".flac", ".mp3", ".srt", ".vtt"))
    assert sorted(hashes) == sorted(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file}" for file in files)


def test_a_download_that_breaks_is_resumed(shown: Shown) -> None:
    done, size = shown.count(r".* Download from Jellyfin: interrupted at ([\d,]+) of ([\d,]+) bytes")
    (fetched,) = shown.count(r".* Resumed with the other ([\d,]+) bytes; the SHA-256 is right")
    assert size == done + fetched == (shown.folder / "talk.flac").stat().st_size
    assert 0 < done < size
    assert audio.probe(shown.folder / "talk.flac").duration == pytest.approx(DURATION, abs=0.01)
    assert [*shown.folder.glob("*.part*")] == []


def test_an_encoder_that_dies_is_noticed(shown: Shown) -> None:
    status, got, due = shown.count(r".* MP3 .*: status (\d+), but truncated at (\d+) of (\d+) s: rejected")
    (whole,) = shown.count(r".* Downloaded again: decoded and verified, (\d+) s")
    assert (status, due) == (200, DURATION)
    assert got < due == whole == pytest.approx(audio.probe(shown.folder / "talk.mp3").duration, abs=0.5)


def test_an_album_is_kept(shown: Shown) -> None:
    assert shown.count(r".* Copy of an album: (\d+) of (\d+) files downloaded; a second run: (\d+)") == (2, 2, 0)
    copies = sorted((shown.folder / ALBUM).glob("[!.]*"))  # beside the record of the copy
    assert [copy.name for copy in copies] == ["01 - Evening.flac", "02 - History.flac"]
    assert [[*audio.decode(copy)] for copy in copies] == [
        [*audio.decode(clip)] for clip in sorted(PACKAGED.glob("*.flac"))
    ]


def test_an_upload_that_breaks_is_resumed(shown: Shown) -> None:
    broken, count = shown.count(r".* Upload to AIOZ: interrupted in part (\d+) of (\d+)")
    kept, there, sent, rest, again = shown.count(
        r".* Resumed: kept (\d+) parts \(([\d,]+) bytes\), sent (\d+) \(([\d,]+) bytes\), part (\d+) again"
    )
    assert (kept + 1, kept + sent) == (broken, count) == (again, count)
    assert there == kept * demo.PART
    assert there + rest == (shown.folder / "talk.flac").stat().st_size
    assert shown.found(r".* AIOZ has the same SHA-256; transcoding is (\w+): (.*)") == ("done", "standard as hls")


def test_a_recording_is_cut_and_stitched(shown: Shown, sentences: int) -> None:
    seconds, requests = shown.count(r".* Transcription: (\d+) s cut at silences, sent in (\d+) requests, stitched")
    assert seconds == DURATION
    assert requests == DURATION / demo.PIECE + 1  # as no request goes over more than ten seconds of silence
    right, said, words = shown.count(
        r".* Each word appears once, at its time, in (\d+) of (\d+) sentences \((\d+) words\):"
    )
    assert right == said == sentences
    subtitles = (shown.folder / "talk.srt").read_text()
    cue = " ".join(shown.lines).partition(" words): ")[2].split()
    start, text = cue[0], " ".join(cue[3:10])
    assert f"\n{start} --> " in subtitles
    assert text in " ".join(subtitles.partition(start)[2].split())
    assert sum(len(block.split()[4:]) for block in subtitles.strip().split("\n\n")) == words
    assert (shown.folder / "talk.vtt").read_text().startswith("WEBVTT\n")


def test_a_long_text_becomes_one_file(shown: Shown) -> None:
    pieces, seconds = shown.count(r".* Speech: (\d+) requests joined into one file of (\d+) s")
    assert pieces > 1
    assert seconds == pytest.approx(audio.probe(shown.folder / "spoken.mp3").duration, abs=0.6)


def test_a_run_after_one_that_was_stopped_replaces_the_files_and_fetches_no_song_again(
    shown: Shown, box: Sandbox, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    with (
        Jellyfin(box.jellyfin_url, token="sandbox-token", retry=Retry(attempts=1)) as jellyfin,
        box.faults(Fault(path="*/stream", drop_response=10_000)),
        pytest.raises(DownloadInterrupted),
    ):
        jellyfin.download(next(jellyfin.search("history")).id, shown.folder / "talk.flac")
    for later in ("_encode", "_upload", "_transcribe", "_speak"):
        monkeypatch.setattr(demo, later, lambda *_: None)
    again = cli("demo", "--out", shown.folder)
    assert (again.code, again.err) == (0, "")
    assert "Resumed with the other" in again.out
    assert "0 of 2 files downloaded; a second run: 0" in again.out
    assert audio.probe(shown.folder / "talk.flac").duration == pytest.approx(DURATION, abs=0.01)
    assert [*shown.folder.glob("*.part*")] == []


# Steps that fail


def harmless(**options: object) -> Fault:
    return Fault(path=str(options["path"]), delay=0.01)


def deaf(_: Recogniser, samples: Iterable[bytes]) -> Iterator[Segment]:
    assert [*samples]
    return iter(())


@pytest.mark.parametrize(
    ("step", "broken", "name", "instead", "reason"),
    [
        ("_download", demo, "Fault", harmless, "the download from Jellyfin: the fault was not noticed"),
        (
            "_encode",
            Service,
            "break_transcodes",
            lambda _, **__: None,
            "the MP3 from Jellyfin: the fault was not noticed",
        ),
        (
            "_transcribe",
            Recogniser,
            "recognise",
            deaf,
            "the transcription: only 0 of 6 sentences are right",
        ),
    ],
    ids=["download", "encoder", "recogniser"],
)
def test_a_step_that_fails_ends_the_demo_with_a_line(
    step: str,
    broken: object,
    name: str,
    instead: Callable[..., object],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    cli: Cli,
) -> None:
    monkeypatch.setattr(broken, name, instead)
    monkeypatch.setattr("tonearm.cli._recording.SENTENCES", 6)
    for other in {"_encode", "_copy", "_upload"} - {step}:  # which that step does not need
        monkeypatch.setattr(demo, other, lambda *_: None)
    done = cli("demo", "--out", tmp_path / "made")
    assert (done.code, done.err) == (1, f"tonearm: the demo failed: {reason}\n")
    assert "Made in" not in done.out


def test_a_fault_that_no_request_felt_fails_its_step() -> None:
    with pytest.raises(StepFailed, match=r"^the demo failed: upload: no request felt it$"), Steps().step("upload"):
        raise FaultNeverStruck("no request felt it")


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path, cli: Cli) -> None:
    file = tmp_path / "made"
    file.touch()
    done = cli("demo", "--out", file)
    assert (done.code, done.err) == (1, f"tonearm: {file}: File exists\n")


# Words and their times


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sentence, ...]:
    return fill(tmp_path_factory.mktemp("recording") / "library")[1]


@pytest.fixture
def words(said: tuple[Sentence, ...]) -> list[Word]:
    """What a perfect recogniser hears."""
    found: list[Word] = []
    for sentence in said:
        step = (sentence.end - sentence.start) / len(sentence.words)
        for place, text in enumerate(sentence.words):
            start = sentence.start + place * step
            found.append(Word(start=start, end=start + step, text=text))
    return found


def test_every_word_counts_once_and_at_its_time(said: tuple[Sentence, ...], words: list[Word]) -> None:
    late = evolve(words[3], start=words[3].start + 30.0, end=words[3].end + 30.0)
    outside = evolve(words[8], start=said[0].end + 1.0, end=said[0].end + 1.2)
    slow = evolve(words[8], end=said[0].end + 1.0)
    count = len(said)
    assert heard(said, words) == count
    assert heard(said, words[1:]) == count - 1  # lost
    assert heard(said, [*words[:1], *words]) == count - 1  # doubled
    assert heard(said, [*words[:9], outside, *words[9:]]) == count - 1  # heard in the pause
    assert heard(said, [*words[:3], *words[4:], late]) == count - 2  # at the time of another sentence
    assert heard(said, [*words[:8], slow, *words[9:]]) == count - 1  # not while it was said
    assert heard(said, [evolve(words[0], text="your"), *words[1:]]) == count - 1


# Terminals

UTF_8 = {"LANG": "C.UTF-8"}


@pytest.mark.parametrize(
    ("environment", "mark"),
    [
        (UTF_8, "\N{CHECK MARK}"),
        ({"LANG": "C"}, "ok"),
        ({**UTF_8, "PYTHONIOENCODING": "latin-1"}, "ok"),
    ],
    ids=lambda value: str(value),
)
def test_the_mark_is_one_that_the_terminal_has(environment: dict[str, str], mark: str) -> None:
    code = "from tonearm.cli._steps import Steps; Steps().done('It works.')"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == f"{mark} It works.\n"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    monkeypatch.setenv("COLUMNS", "40")
    return lambda: capsys.readouterr().out.splitlines()


def test_long_lines_are_wrapped_below_their_text_and_names_are_not_cut(lines: Callable[[], list[str]]) -> None:
    steps = Steps()
    steps.done("Resumed: " + "some more bytes " * 5)
    steps.say("  " + "a line below another " * 3)
    steps.say("/a-folder/with-a-name/" + "x" * 40)
    steps.say("\x1b[31mred")
    marked, *rest = lines()
    assert re.match(r"\S+ Resumed: some", marked)
    indent = marked.index("Resumed")
    assert re.match(rf" {{{indent}}}\S", rest[0])
    assert rest[2].startswith("  a line")
    assert rest[3].startswith("  ")
    assert rest[-2] == "/a-folder/with-a-name/" + "x" * 40
    assert "\x1b" not in rest[-1]
    assert max(map(len, (marked, *rest[:-2]))) <= 40


def test_the_end_names_a_player_and_a_command_that_are_there(
    lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a file").touch()
    ending(Steps(), tmp_path, [tmp_path / "a file"], 7.4, verbose=False)
    printed = lines()
    assert f"Made in 7 s, in {tmp_path}: a file" in printed
    assert f"Listen: open {tmp_path}/talk.flac in any player or browser" in printed
    (command,) = [line.removeprefix("Next: ") for line in printed if line.startswith("Next: ")]
    python = command.partition(" -m tonearm sandbox --library ")[0]
    assert Path(python).samefile(sys.executable)
    for program in ("vlc", "tonearm"):
        (tmp_path / program).touch(mode=0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'nothing'}:{Path(sys.executable).parent}:{tmp_path}")
    ending(Steps(), Path("made here"), [], 0.0, verbose=False)
    printed = lines()
    assert "Listen: vlc 'made here/talk.flac'" in printed
    assert "Next: tonearm sandbox --library 'made here'" in printed
