"""What a command is to work on: files, patterns that stand for several, and standard input."""

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
"""Letters of a word that a message repeats."""


def files(words: Iterable[str]) -> list[str]:
    """The inputs that words name: a pattern that the shell left alone stands for what it matches, in order.

    Raises:
        MissingFile: nothing matches.
        InvalidInput: standard input is named twice.
    """
    found: list[str] = []
    for word in words:
        if word == STANDARD or is_web(word) or not glob.has_magic(word) or Path(word).exists():
            found.append(word)
            continue
        matches = sorted(glob.glob(word, recursive=True))  # noqa: PTH207  # an absolute pattern is one too
        if not matches:
            raise MissingFile(f"nothing matches {word!r}")
        found += matches
    if found.count(STANDARD) > 1:
        raise InvalidInput("standard input (-) can be read once only")
    return found


def recordings(words: Iterable[str]) -> list[str]:
    """The same for recordings: a folder stands for all in it, and in its folders, that is named as audio or video.

    Raises:
        MissingFile: nothing matches, or a folder holds no recording.
    """
    from ..bulk import find

    found: list[str] = []
    for word in files(words):
        if word == STANDARD or not Path(word).is_dir():
            found.append(word)
            continue
        inside = [str(job.input) for job in find(word)]
        if not inside:
            raise MissingFile(f"the folder {word!r} holds no recording")
        found += inside
    return found


class _Pipe:
    """Standard input, read once: nobody goes back in it, even where the shell has put a file there."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return sys.stdin.buffer.read(size)


def source(word: str) -> str | IO[bytes]:
    """What the library is to send: the path, or standard input."""
    return cast("IO[bytes]", _Pipe()) if word == STANDARD else word


@contextmanager
def recording(word: str) -> Generator[str | IO[bytes]]:
    """What the library is to read here and there: the path, or standard input by way of a temporary file."""
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
        MissingFile: it is not there.
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
    """What to type for a person who gave the words to speak where the name of a file belongs."""
    if Path(word).suffix and " " not in word:
        return None
    return f"to speak these words: echo {shlex.quote(_short(word))} | tonearm openai speak -"


def text_file(word: str) -> str | bytes:
    """The same for what is read whole anyway.

    Raises:
        MissingFile: it is not there.
    """
    if word == STANDARD:
        return sys.stdin.buffer.read()
    if not Path(word).exists():
        raise MissingFile(f"there is no file {word!r}")
    return word


def is_recording(path: Path) -> bool:
    """Whether a file is to be heard and not read: by its suffix, or because it begins with what no text has."""
    from ..bulk import AUDIO

    if path.suffix[1:].lower() in AUDIO:
        return True
    try:
        with open_source(path, None) as file:  # an EPUB is an archive
            return path.suffix.lower() != ".epub" and b"\0" in file.head()
    except InvalidInput:
        return False  # whoever reads it says why it cannot be read


def pairs(option: str, words: Iterable[str]) -> dict[str, str]:
    """Words of the form NAME=VALUE.

    Raises:
        InvalidInput: one has no equals sign, or a name is given twice.
    """
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise InvalidInput(f"{option} takes NAME=VALUE, not {word!r}")
        if name in found:
            raise InvalidInput(f"{option} has {name!r} twice")
        found[name] = value
    return found
