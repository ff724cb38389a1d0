"""What is paid for is not lost: places are looked at before, and a result that cannot go there goes elsewhere."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.inside.cli import _results
from tonearm.cli import main
from tonearm.errors import InvalidInput
from tonearm.sandbox import Sandbox

from .conftest import CLIP, Cli

SAID = "today we will talk about the history of music and the men and women who made it"
MODEL = ("--model", "whisper-1")
SPEAK = ("--model", "tts-1", "--voice", "alloy")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.flac"
    path.write_bytes(CLIP.read_bytes())
    return path


def failing(error: BaseException) -> Callable[..., None]:
    def write(*_: object, **__: object) -> None:
        raise error

    return write


def test_nothing_is_asked_for_that_cannot_be_written(configured: Sandbox, cli: Cli, talk: Path, tmp_path: Path) -> None:
    before = len(configured.requests)
    for out, reason in (
        ("/proc/talk.srt", "'/proc/talk.srt' cannot be written: No such file or directory"),
        ("/dev/full", "'/dev/full' is no regular file, which a new one could replace"),
    ):
        done = cli("openai", "transcribe", talk, *MODEL, "-o", out)
        assert (done.code, done.out) == (2, "")
        assert reason in done.err
    assert len(configured.requests) == before
    assert cli("openai", "transcribe", talk, *MODEL, "-o", tmp_path / "talk.srt").code == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["talk.flac", "talk.srt"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "No space left on device"),
        (KeyboardInterrupt(), "interrupted"),
    ],
    ids=["full", "ctrl-c"],
)
def test_a_transcript_that_finds_no_place_is_printed(
    error: BaseException,
    reason: str,
    configured: Sandbox,
    cli: Cli,
    talk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tonearm.cli._out.write_whole", failing(error))
    done = cli("openai", "transcribe", talk, CLIP, *MODEL, "--to", "txt", "-o", tmp_path)
    assert (done.code, done.out) == (5, f"{SAID}\n")
    assert done.err.splitlines() == [
        f"tonearm: {tmp_path}/talk.txt: {reason}; the result is in standard output",
        f"to go on: tonearm openai transcribe --to=txt --out={tmp_path} --model=whisper-1 {CLIP}",
    ]


def test_a_transcript_that_standard_output_does_not_take_is_kept(
    configured: Sandbox, cli: Cli, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    folder = tmp_path / "state/tonearm/results"
    for name in ("talk.txt", "talk-2.txt"):
        with Path("/dev/full").open("w") as full, monkeypatch.context() as patched:
            patched.setattr("sys.stdout", full)
            assert main(["openai", "transcribe", str(talk), *MODEL]) == 1
        said = capfd.readouterr()
        assert said.err == (f"tonearm: standard output: No space left on device; the result is in {folder}/{name}\n")
        assert (folder / name).read_text() == f"{SAID}\n"


def test_a_reader_who_has_seen_enough_leaves_nothing_behind(
    configured: Sandbox, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as broken, monkeypatch.context() as patched:
        patched.setattr("sys.stdout", broken)
        assert main(["openai", "transcribe", str(talk), *MODEL]) == 1
    assert not (tmp_path / "state/tonearm/results").exists()


def test_a_result_takes_the_place_of_no_input(
    configured: Sandbox, cli: Cli, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link.flac").symlink_to(talk)
    text = tmp_path / "b3.txt"
    text.write_text("Hello.")
    before = len(configured.requests)
    for words in (
        ("transcribe", talk, *MODEL, "-o", talk, "--to", "txt"),
        ("transcribe", tmp_path / "link.flac", *MODEL, "-o", talk, "--to", "txt"),
        ("translate", talk, *MODEL, "-o", tmp_path / "." / "talk.flac", "--to", "txt"),
        ("speak", text, *SPEAK, "-o", text, "--format", "mp3"),
    ):
        done = cli("openai", *words)
        assert (done.code, done.out) == (2, "")
        assert " is the input: the result needs another name\n" in done.err
    other = tmp_path / "talk.txt"
    other.write_bytes(CLIP.read_bytes())
    assert cli("openai", "transcribe", talk, other, *MODEL, "--to", "srt", "-o", tmp_path / "x").code == 2
    assert cli("openai", "transcribe", CLIP, other, *MODEL, "--to", "txt", "-o", tmp_path).code == 2
    assert len(configured.requests) == before
    assert (talk.read_bytes(), other.read_bytes(), text.read_text()) == (CLIP.read_bytes(), CLIP.read_bytes(), "Hello.")


@pytest.mark.parametrize("before", ["a file", "nothing yet", "a circle"])
@pytest.mark.parametrize(
    "words",
    [
        ("openai", "transcribe", "talk.flac", *MODEL, "-o", "link.srt"),
        ("openai", "transcribe", "talk.flac", *MODEL, "--to", "srt", "-o", "link.srt", "--json"),
        ("openai", "speak", "text.txt", *SPEAK, "-o", "link.mp3"),
        ("aioz", "stats", "--out", "link.svg"),
    ],
    ids=["transcript", "json", "speech", "picture"],
)
def test_a_result_goes_where_a_link_leads_and_the_link_stays(
    words: tuple[str, ...], before: str, configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.flac").write_bytes(CLIP.read_bytes())
    Path("text.txt").write_text("Hello.")
    Path("there").mkdir()
    (link,) = (Path(word) for word in words if word.startswith("link."))
    real = link if before == "a circle" else Path("there", link.name)
    link.symlink_to(real)
    if before == "a file":
        real.write_text("old")
    done = cli(*words)
    assert link.is_symlink()
    if before == "a circle":
        assert (done.code, "its links lead in a circle" in done.err) == (2, True)
        return
    assert done.code == 0, done.err
    assert not real.is_symlink()
    assert real.read_bytes() not in (b"", b"old")
    assert [path.name for path in real.parent.iterdir()] == [real.name]


@pytest.mark.parametrize(
    "words", [("openai", "speak", "text.txt", *SPEAK, "-o", "none/x.mp3"), ("aioz", "stats", "--out", "none/x.svg")]
)
def test_a_place_that_is_not_there_is_named_as_it_was_given(
    words: tuple[str, ...], configured: Sandbox, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text("Hello.")
    done = cli(*words)
    assert done.code != 0
    assert words[-1] in done.err
    assert not any(word in done.err for word in (".part", "Errno"))
    assert "No such file or directory" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="the links to open files are those of Linux")
@pytest.mark.parametrize("through", ["/proc/self/fd", "/dev/fd", "a link"])
def test_a_result_takes_the_place_of_no_open_file(
    through: str, configured: Sandbox, cli: Cli, talk: Path, tmp_path: Path
) -> None:
    """As `-o /dev/stdout >> texts` would."""
    before = len(configured.requests)
    with (tmp_path / "texts").open("w+") as file:
        file.write("what was there")
        file.flush()
        place = f"{'/dev/fd' if through == 'a link' else through}/{file.fileno()}"
        if through == "a link":
            (tmp_path / "link").symlink_to(place)
            place = str(tmp_path / "link")
        done = cli("openai", "transcribe", talk, *MODEL, "--to", "txt", "-o", place)
    assert (done.code, "it is a file that is open already" in done.err) == (2, True)
    assert (tmp_path / "texts").read_text() == "what was there"
    assert len(configured.requests) == before


def test_nor_of_what_standard_input_is(talk: Path, tmp_path: Path) -> None:
    before = os.dup(0)
    try:
        with talk.open("rb") as file:
            os.dup2(file.fileno(), 0)
        with pytest.raises(InvalidInput, match="is the input"):
            _results.apart([talk], ["-"])
        _results.apart([tmp_path / "new.txt"], ["-", "gone.flac"])
    finally:
        os.dup2(before, 0)
        os.close(before)


def test_text_that_stands_in_for_subtitles_takes_a_free_name(
    configured: Sandbox, cli: Cli, talk: Path, tmp_path: Path
) -> None:
    (tmp_path / "k.txt").write_text("mine")
    words = ("openai", "transcribe", talk, "--model", "gpt-4o-transcribe", "-o", tmp_path / "k.srt")
    for name in ("k-2.txt", "k-3.txt"):
        done = cli(*words)
        assert (done.code, (tmp_path / name).read_text()) == (1, f"{SAID}\n")
        assert f"the text is in {tmp_path}/{name}; " in done.err
        assert "to go on" not in done.err, "it was paid for, and is there"
    assert (tmp_path / "k.txt").read_text() == "mine"
