"""Sources, their windows, forms made of them, and files that are written whole or not at all."""

import hashlib
import io
import os
import threading
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inside.base import Stopped, check_stop, stopping
from tests.inside.files import BLOCK, Draft, FileWindow, Source, open_new, read_state, write_state, write_whole
from tests.inside.http import Field, Multipart
from tonearm.errors import InvalidInput, MissingFile, SourceChanged
from tonearm.progress import Meter, Progress

CONTENT = bytes(range(251)) * 3000


def read(window: FileWindow) -> bytes:
    return b"".join(window.blocks())


@pytest.mark.parametrize("kind", ["path", "text", "bytes", "file", "memory"])
def test_a_source_is_a_path_bytes_or_a_binary_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(CONTENT)
    with path.open("rb") as file:
        given: Any = {"path": path, "text": str(path), "bytes": CONTENT, "file": file, "memory": io.BytesIO(CONTENT)}
        with Source.open(given[kind]) as source:
            assert source.size == len(CONTENT)
            assert source.name == (None if kind in ("bytes", "memory") else "a.bin")
            assert source.head() == CONTENT[:512]
            assert read(source.window()) == read(source.window()) == CONTENT
            assert read(source.window(10, 20)) == CONTENT[10:30]
            assert read(source.window(len(CONTENT) - 5)) == CONTENT[-5:]
            assert source.window(10, 20).md5() == hashlib.md5(CONTENT[10:30], usedforsecurity=False).hexdigest()
            source.verify()
        assert not file.closed, "a file that was lent was closed"


def test_a_lent_file_is_sent_from_where_it_stands() -> None:
    file = io.BytesIO(b"header:content")
    file.seek(7)
    with Source.open(file) as source:
        assert file.tell() == 7
        assert (source.size, read(source.window()), source.head()) == (7, b"content", b"content")
        source.verify()


def test_blocks_are_bounded_and_windows_are_independent() -> None:
    with Source.open(CONTENT) as source:
        assert [len(block) for block in source.window().blocks()] == [BLOCK, BLOCK, len(CONTENT) - 2 * BLOCK]
        one, other = source.window(0, 600_000).blocks(), source.window(1, 600_000).blocks()
        mixed = [(next(one), next(other)) for _ in range(3)]
        assert b"".join(first for first, _ in mixed) == CONTENT[:600_000]
        assert b"".join(second for _, second in mixed) == CONTENT[1:600_001]


def test_windows_can_be_read_by_several_threads() -> None:
    found: dict[int, bytes] = {}
    with Source.open(CONTENT) as source:
        threads = [
            threading.Thread(target=lambda i=i: found.update({i: read(source.window(i, 700_000))})) for i in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert found == {i: CONTENT[i : i + 700_000] for i in range(8)}


class Unreadable(io.BytesIO):
    def seek(self, *_: Any) -> int:
        raise io.UnsupportedOperation("this cannot be sought")


class Odd:
    """Has what a file has, and not all of what a file does."""

    def __init__(self, tell: Any = 0, end: Any = 3) -> None:
        self.end = end
        if tell is not None:
            self.tell = lambda: tell

    def seek(self, *_: Any) -> Any:
        return self.end

    def read(self, size: int = -1) -> bytes:
        return b"abc"[:size]


def standing(content: bytes, at: int) -> io.BytesIO:
    file = io.BytesIO(content)
    file.seek(at)
    return file


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("", "the path of the source is empty"),
        (b"", "the source is empty: there is nothing to send"),
        (io.BytesIO(b""), "is empty"),
        (io.StringIO("text"), "opened as text"),
        (standing(b"read already", 12), "stands at its end"),
        (standing(b"short", 9), "stands at its end"),
        (Odd(tell=None), "cannot be sought"),
        (Odd(end=None), "cannot be sought"),
        (Unreadable(b"x"), "cannot be sought"),
        (5, "source must be a path, bytes or a binary file, got 5"),
        (None, "source must be a path"),
        ("a\0b", "cannot be read"),
        ("/dev/null", "is not a regular file"),
    ],
)
def test_what_cannot_be_sent_is_refused(given: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        Source.open(given)


def test_files_that_cannot_be_sent_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is not a regular file"):
        Source.open(tmp_path)
    with pytest.raises(MissingFile, match=r"there is no file '.*nothing'"):
        Source.open(tmp_path / "nothing")
    (tmp_path / "empty.wav").touch()
    with pytest.raises(InvalidInput, match=r"empty\.wav is empty"):
        Source.open(tmp_path / "empty.wav")
    closed = (tmp_path / "empty.wav").open("rb")
    closed.close()
    with pytest.raises(InvalidInput, match="cannot be sought"):
        Source.open(closed)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x")

    def refuse(*_: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidInput, match=r"cannot be read: .*Permission denied"):
        Source.open(path)


@pytest.mark.parametrize("size", [5, 15])
def test_a_source_that_changes_its_size_is_noticed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"0123456789")
    with Source.open(path) as source:
        path.write_bytes(b"x" * size)
        with pytest.raises(SourceChanged, match=r"a\.bin was changed while it was sent") as caught:
            source.verify()
        assert caught.value.total == 10
        if size < 10:
            with pytest.raises(SourceChanged, match="is shorter"):
                read(source.window())


def test_the_last_bytes_of_a_file_that_has_changed_are_held_back(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(2 * BLOCK))
    with Source.open(path) as source:
        blocks = source.window().blocks()
        assert len(next(blocks)) == BLOCK
        path.write_bytes(bytes(BLOCK) + b"x" * BLOCK)
        os.utime(path, ns=(0, 1))
        with pytest.raises(SourceChanged):
            next(blocks)


def test_a_file_in_memory_that_changes_its_size_is_noticed() -> None:
    file = io.BytesIO(b"0123456789")
    with Source.open(file) as source:
        file.write(b"x" * 11)
        with pytest.raises(SourceChanged, match="has another size than it had"):
            source.verify()


def test_reading_ends_when_the_plan_was_left() -> None:
    left = threading.Event()
    with Source.open(CONTENT) as source:
        blocks = source.window().blocks()

        def reading() -> None:
            stopping.set(left)
            next(blocks)
            left.set()
            with pytest.raises(Stopped):
                next(blocks)

        copy_context().run(reading)
    check_stop()


# Writing


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_whole(path, lambda file: file.write(b"first"))
    assert path.read_bytes() == b"first"

    def fail(file: Any) -> None:
        file.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, fail)
    assert path.read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_file_takes_the_mode_that_it_is_given(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_whole(tmp_path / "open", lambda file: file.write(b"x"))
        write_whole(tmp_path / "private", lambda file: file.write(b"x"), mode=0o600)
    finally:
        os.umask(mask)
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o600


def test_a_draft_that_is_discarded_leaves_nothing(tmp_path: Path) -> None:
    draft = Draft.beside(tmp_path / "a.bin")
    draft.file.write(b"half")
    assert not (tmp_path / "a.bin").exists()
    draft.discard()
    draft.discard()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("durable", [True, False])
def test_a_state_is_private_and_is_read_back(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "state.json"
    for state in ({"a": 1}, {"ü": [1, None]}):
        write_state(path, state, durable=durable)
        assert path.stat().st_mode & 0o777 == 0o600
        assert read_state(path) == state
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("durable", [True, False])
def test_a_state_takes_the_place_of_a_link_and_leaves_what_it_leads_to(tmp_path: Path, durable: bool) -> None:
    path, there = tmp_path / "state.json", tmp_path / "there"
    for content in (None, b"{}"):
        path.unlink(missing_ok=True)
        path.symlink_to(there)
        if content is not None:
            there.write_bytes(content)
        write_state(path, {"a": 1}, durable=durable)
        assert (path.is_symlink(), read_state(path)) == (False, {"a": 1})
        assert (there.read_bytes() if there.exists() else None) == content


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"5", b"\xff"])
def test_a_state_that_is_not_ours_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "state.json"
    assert read_state(path) is None
    path.write_bytes(content)
    assert read_state(path) is None


# Forms and progress


@settings(max_examples=12)
@given(
    values=st.lists(st.tuples(st.text(max_size=9), st.binary(max_size=50), st.none() | st.text(max_size=9))),
    size=st.integers(1, 600_000),
)
def test_a_form_has_the_length_that_it_says_and_can_be_read_again(values: list[Any], size: int) -> None:
    with Source.open(CONTENT) as source:
        fields = [Field(name, value, filename, "audio/x") for name, value, filename in values]
        body = Multipart([*fields, Field("file", source.window(0, size), "f")])
        first = b"".join(body.blocks())
        assert len(first) == body.length
        assert b"".join(body.blocks()) == first
        assert body.streamed == size
        assert max(map(len, body.blocks())) <= BLOCK


def test_progress_is_a_high_water_mark() -> None:
    seen: list[Progress] = []
    meter = Meter("upload", 10, seen.append, parts=2)
    for done in (0, 4, 2, 4, 5, 10, 10):
        meter.at(done, 1)
    assert [moment.done for moment in seen] == [0, 4, 5, 10]
    assert seen[-1] == Progress("upload", 10, 10, 1, 2)
    Meter("upload", 10, None).at(5)


def test_a_file_that_is_on_no_disk_can_be_sent() -> None:
    given: Any = Odd()
    with Source.open(given) as source:
        assert (source.size, source.modified, read(source.window())) == (3, None, b"abc")


def test_a_draft_of_a_long_name_has_a_name_that_is_not_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("\N{CJK UNIFIED IDEOGRAPH-97F3}" * 85)
    write_whole(path, lambda file: file.write(b"x"))
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_new_private_file_is_empty_and_private_also_where_there_was_one(tmp_path: Path) -> None:
    path = tmp_path / "piece"
    path.write_bytes(b"what was there")
    path.chmod(0o644)
    with open_new(path) as file:
        assert path.stat().st_mode & 0o777 == 0o600
        assert file.read() == b""
        file.write(b"x")
    assert path.read_bytes() == b"x"


class Dripping(io.BytesIO):
    """A file that gives a few bytes at a time, as raw files may."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(size if size is None or size < 0 else min(size, 1000))


def test_a_file_that_gives_less_than_was_asked_for_is_read_on() -> None:
    given = Dripping(CONTENT)
    with Source.open(given) as source:
        assert read(source.window()) == CONTENT
        given.truncate(2500)
        with pytest.raises(SourceChanged, match="is shorter than it was"):
            source.read_at(1000, 2000)
