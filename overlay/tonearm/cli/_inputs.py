"""The inputs of a command: files, patterns for several files, and standard input."""

from __future__ import annotations

import errno
import glob
import shlex
import shutil
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from .. import InvalidInput, MissingFile
from .._files import is_web, open_source, scratch
from ._ends import STANDARD

_LONGEST_SHOWN = 200
"""Letters of a word that a message repeats at most."""


def files(words: Iterable[str]) -> list[str]:
    """The inputs that words name; a pattern that the shell has not expanded becomes the files that it matches, sorted.

    Raises:
        MissingFile: nothing matches.
        InvalidInput: standard input is named twice.
    """
    inputs: list[str] = []
    for word in words:
        if word == STANDARD or is_web(word) or not glob.has_magic(word) or Path(word).exists():
            inputs.append(word)
            continue
        matches = sorted(glob.glob(word, recursive=True))  # noqa: PTH207  # an absolute pattern is one too
        if not matches:
            raise MissingFile(f"nothing matches {word!r}")
        inputs += matches
    if inputs.count(STANDARD) > 1:
        raise InvalidInput("standard input (-) can be read once only")
    return inputs


def recordings(words: Iterable[str]) -> list[str]:
    """The same for recordings: a folder becomes all audio and video files in it and its subfolders, by suffix.

    Raises:
        MissingFile: nothing matches, or a folder holds no recording.
    """
    from ..bulk import find

    inputs: list[str] = []
    for word in files(words):
        if word == STANDARD or not Path(word).is_dir():
            inputs.append(word)
            continue
        inside = [str(job.input) for job in find(word)]
        if not inside:
            raise MissingFile(f"the folder {word!r} holds no recording")
        inputs += inside
    return inputs


class _Pipe:
    """Standard input, read once and without seeking, even if the shell has connected a file to it."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return sys.stdin.buffer.read(size)


def source(word: str) -> str | IO[bytes]:
    """The source for the library: a path, or standard input."""
    return cast("IO[bytes]", _Pipe()) if word == STANDARD else word


@contextmanager
def recording(word: str) -> Generator[str | IO[bytes]]:
    """A source that can seek: a path, or a temporary file with a copy of standard input."""
    if word != STANDARD:
        yield word
        return
    with scratch() as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.seek(0)
        yield file


def read_text(word: str) -> str:
    """The text of a file, or of standard input, in UTF-8.

    Raises:
        MissingFile: it does not exist.
        InvalidInput: it is no text, or cannot be read.
    """
    try:
        body = sys.stdin.buffer.read() if word == STANDARD else Path(word).read_bytes()
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{word!r} is no text in UTF-8") from error
    except OSError as error:
        if isinstance(error, (FileNotFoundError, NotADirectoryError)) or error.errno == errno.ENAMETOOLONG:
            raise MissingFile(f"there is no file {_short(word)!r}", hint=_to_speak(word)) from error
        raise InvalidInput(f"{word!r} cannot be read: {error.strerror}") from error


def _short(word: str) -> str:
    return word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}..."


def _to_speak(word: str) -> str | None:
    """The command for a person who gave the words to speak instead of the name of a file."""
    if Path(word).suffix and " " not in word:
        return None
    return f"to speak these words: echo {shlex.quote(_short(word))} | tonearm openai speak -"


def text_file(word: str) -> str | bytes:
    """The path of a text file, or the bytes of standard input.

    Raises:
        MissingFile: it does not exist.
    """
    if word == STANDARD:
        return sys.stdin.buffer.read()
    if not Path(word).exists():
        raise MissingFile(f"there is no file {word!r}")
    return word


def is_recording(path: Path) -> bool:
    """Whether a file is a recording, not a text: by its suffix, or by its first bytes."""
    from ..bulk import AUDIO

    if path.suffix[1:].lower() in AUDIO:
        return True
    try:
        with open_source(path, None) as file:  # an EPUB is an archive
            return path.suffix.lower() != ".epub" and b"\0" in file.head()
    except InvalidInput:
        return False  # reading it raises the reason


def pairs(option: str, words: Iterable[str]) -> dict[str, str]:
    """Words of the form NAME=VALUE.

    Raises:
        InvalidInput: one has no equals sign, or a name is given twice.
    """
    pairs_given: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise InvalidInput(f"{option} takes NAME=VALUE, not {word!r}")
        if name in pairs_given:
            raise InvalidInput(f"{option} has {name!r} twice")
        pairs_given[name] = value
    return pairs_given
