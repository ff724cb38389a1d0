"""A folder for state that cannot be used: what needs none never looks, and the rest says in one line what to set."""

import ctypes
import os
import random
import sys
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.inside.files import is_locked, read_state
from tonearm.sandbox import Sandbox

from .conftest import CLIP, Cli

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a root give up its rights for a while")

WAY_OUT = "tonearm: what to do: set TONEARM_STATE or XDG_STATE_HOME to a folder "
OVERRIDE = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""


@contextmanager
def without_privileges() -> Iterator[None]:
    """This thread, and those that it starts, may do with files only what their modes say, also where it is root's."""
    libc = ctypes.CDLL(None)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3 of the call, and this thread
    had = (ctypes.c_uint32 * 6)()
    assert libc.capget(head, had) == 0
    less = (ctypes.c_uint32 * 6)(*had)
    less[0] &= ~OVERRIDE
    assert libc.capset(head, less) == 0
    try:
        yield
    finally:
        assert libc.capset(head, had) == 0


def closed(place: Path) -> Path:
    (place / "closed" / "state").mkdir(parents=True)
    (place / "closed").chmod(0)
    return place / "closed" / "state"


def unreadable(place: Path) -> Path:
    (place / "state").mkdir(mode=0)
    return place / "state"


def read_only(place: Path) -> Path:
    (place / "disk").mkdir(mode=0o555)
    return place / "disk" / "state"


def a_file(place: Path) -> Path:
    (place / "state").write_text("")
    return place / "state"


def a_circle(place: Path) -> Path:
    (place / "state").symlink_to(place / "state")
    return place / "state"


def a_long_name(place: Path) -> Path:
    return place / ("n" * 300)


BROKEN = (closed, unreadable, read_only, a_file, a_circle, a_long_name)
UPLOAD = ("aioz", "upload", CLIP, "--preset", "standard")
SPEAK = ("-o", "said.mp3", "--model", "tts-1", "--voice", "alloy")
WITHOUT = (
    (*UPLOAD, "--no-state"),
    (*UPLOAD, "--dry-run"),
    ("aioz", "list"),
    ("jellyfin", "search", "history"),
    ("openai", "transcribe", CLIP, "--model", "marker"),
    ("openai", "speak", "short.txt", *SPEAK),
    ("config", "show"),
)
LOOKING = (
    ("aioz", "unfinished"),
    ("aioz", "resume"),
    ("aioz", "forget", "--all"),
    ("state", "list"),
    ("state", "clean", "--yes"),
)
WRITING = (
    UPLOAD,
    ("aioz", "publish", CLIP, "--preset", "standard"),
    ("openai", "transcribe", "noise.wav", "--model", "marker", "--piece", "10"),
    ("openai", "speak", "long.txt", *SPEAK),
)


@pytest.fixture(params=BROKEN, ids=lambda broken: broken.__name__)
def broken(
    request: pytest.FixtureRequest, configured: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A folder for state of one kind, and inputs beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.txt").write_text("Yes. No.")
    (tmp_path / "long.txt").write_text("Yes. No. " * 600)
    with wave.open("noise.wav", "wb") as noise:
        noise.setparams((1, 2, 8000, 0, "NONE", ""))
        noise.writeframes(random.Random(1).randbytes(25 * 16000))
    make: Callable[[Path], Path] = request.param
    place = make(tmp_path)
    monkeypatch.setenv("TONEARM_STATE", str(place))
    with without_privileges():
        yield place
    for path in tmp_path.iterdir():
        if path.is_dir():
            path.chmod(0o700)


def test_only_what_needs_the_folder_is_stopped_and_says_what_to_set(broken: Path, cli: Cli) -> None:
    for words in WITHOUT:
        done = cli(*words)
        assert (done.code, str(broken) in done.err) == (0, False), (words, done.err)
    for words in LOOKING:
        done = cli(*words)
        assert (done.code, WAY_OUT in done.err) in ((0, False), (2, True)), (words, done.err)
    for words in WRITING:
        done = cli(*words)
        assert (done.code, WAY_OUT in done.err, done.out) == (2, True, ""), (words, done.err)


@pytest.mark.parametrize("broken", [closed], indirect=True)
def test_many_jobs_say_it_of_each(broken: Path, cli: Cli) -> None:
    assert cli("bulk", "upload", CLIP, "--ledger", "ledger.db").code == 1
    (job,) = cli("bulk", "failures", "ledger.db", "--json").json
    assert str(broken) in job["error"]


@pytest.mark.parametrize("broken", [closed], indirect=True)
def test_a_result_that_finds_no_place_in_it_is_kept_among_temporary_files(
    broken: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Path("/dev/full").open("w") as full, monkeypatch.context() as patched:
        patched.setattr("sys.stdout", full)
        done = cli("openai", "transcribe", CLIP, "--model", "whisper-1")
    assert done.code == 1
    (kept,) = tmp_path.glob("tonearm-results-*/history.txt")
    assert kept.read_text()
    assert str(kept) in done.err


def test_what_another_user_keeps_in_the_folder_stops_nothing(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    monkeypatch.setenv("TONEARM_STATE", str(state))
    for name in ("openai-speech-1/job.jsonl", "results/a.txt", "aioz-upload-2.jsonl"):
        (state / name).parent.mkdir(parents=True, exist_ok=True)
        (state / name).write_text("{}\n")
    (state / "openai-speech-1").chmod(0o500)
    (state / "results").chmod(0)
    with without_privileges():
        listed = cli("state", "list", "--json")
        cleaned = cli("state", "clean", "--older", "0", "--yes")
    for folder in ("openai-speech-1", "results"):
        (state / folder).chmod(0o700)
    assert sorted(one["kind"] for one in listed.json) == ["speech", "upload"]
    assert listed.err == f"tonearm: {state}/results: Permission denied\n"
    assert (cleaned.code, f"{state}/openai-speech-1 was not removed: Permission denied" in cleaned.err) == (
        1,
        True,
    )
    assert sorted(path.name for path in state.iterdir()) == ["openai-speech-1", "results"]


def test_what_cannot_be_ours_is_neither_opened_nor_removed(
    tmp_path: Path, configured: Sandbox, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe would wait for ever for who writes into it."""
    state = tmp_path / "state"
    state.mkdir()
    monkeypatch.setenv("TONEARM_STATE", str(state))
    names = [f"{kind}-pipe{end}" for kind, end in (("aioz-upload", ".jsonl"), ("openai-recognition", ".jsonl"))]
    for name in names:
        os.mkfifo(state / name)
    (state / "aioz-upload-link.jsonl").symlink_to(state / names[0])
    assert not is_locked(state / names[0])
    assert read_state(state / names[0]) is None
    for words in (*LOOKING, ("state", "clean", "--yes", "--older", "0"), UPLOAD):
        assert cli(*words).code == 0, words
    assert sorted(path.name for path in state.iterdir()) == sorted(["aioz-upload-link.jsonl", *names])
