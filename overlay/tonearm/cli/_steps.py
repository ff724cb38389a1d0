"""The lines of the demonstration: one for each step, with a mark, no wider than the terminal."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import sys
import textwrap
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field
from rich.console import Console
from rich.text import Text

from .. import TonearmError
from ..sandbox import FaultNeverStruck
from ..sandbox.recording import AudioError
from ._ends import printable

UNLIMITED = 10_000
"""Columns without a terminal and COLUMNS, so that a pipe gets whole lines."""

PLAYERS = ("mpv", "ffplay", "vlc")


class StepFailed(TonearmError):
    """A step of the demonstration failed."""


@define
class Steps:
    """Prints each finished step, and names the step that fails."""

    _console: Console = field(factory=lambda: Console(highlight=False), init=False)

    def say(self, text: str) -> None:
        """Print a line without a mark; its wrapped lines have the same indentation."""
        indent = text[: len(text) - len(text.lstrip())]
        for line in _wrapped(text, indent):
            self._console.print(Text(line), soft_wrap=True)

    def done(self, text: str) -> None:
        """Print a line about a finished step, with a mark."""
        mark = "\N{CHECK MARK}" if _shows_unicode() else "ok"
        first, *others = _wrapped(f"{mark} {text}", " " * (len(mark) + 1))
        self._console.print(Text.assemble((mark, "green"), first[len(mark) :]), soft_wrap=True)
        for line in others:
            self._console.print(Text(line), soft_wrap=True)

    def hash(self, path: Path) -> None:
        """Print a line as `sha256sum` does, and reads it; it is never wrapped."""
        self._console.print(Text(f"{sha256(path)}  {path}"), soft_wrap=True)

    @contextmanager
    def step(self, name: str) -> Generator[None]:
        """Run a step.

        Raises:
            StepFailed: something in the block failed.
        """
        try:
            yield
        except (TonearmError, AudioError, FaultNeverStruck) as error:
            raise StepFailed(f"the demo failed: {name}: {error}") from error


def ending(steps: Steps, out: Path, made: Sequence[Path], seconds: float, *, verbose: bool) -> None:
    """Say where the files are, how to listen, and what to try next.

    Args:
        steps: where to print.
        out: the folder with the files.
        made: files, and folders of files.
        seconds: how long it took to make them.
        verbose: whether to print the SHA-256 of each file.
    """
    steps.say("")
    names = (f"{path.name}/" if path.is_dir() else path.name for path in made)
    steps.say(f"Made in {seconds:.0f} s, in {_shell(out)}: {', '.join(names)}")
    if verbose:
        for path in made:
            for file in sorted(path.glob("[!.]*")) if path.is_dir() else [path]:
                steps.hash(file)
    player = next(filter(shutil.which, PLAYERS), None)
    talk = _shell(out / "talk.flac")
    steps.say(f"Listen: {player} {talk}" if player else f"Listen: open {talk} in any player or browser")
    command = _command()
    steps.say(f"Next: {command} sandbox --library {_shell(out)}")
    steps.say("  It serves these files, and prints what to set for your own first calls.")
    steps.say("  README.md and docs/ of the project have recipes.")


def expect(truth: bool, otherwise: str) -> None:
    """Check the claim of a step.

    Raises:
        StepFailed: it is not true.
    """
    if not truth:
        raise StepFailed(otherwise)


def sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _wrapped(text: str, indent: str) -> list[str]:
    lines = textwrap.wrap(
        printable(text),
        shutil.get_terminal_size((UNLIMITED, 24)).columns,
        subsequent_indent=indent,
        break_long_words=False,  # people copy paths and commands
        break_on_hyphens=False,
    )
    return lines or [""]


def _shows_unicode() -> bool:
    """Whether the terminal shows more than ASCII: Python writes UTF-8 in the locale C, too."""
    return not sys.flags.utf8_mode and sys.stdout.encoding.lower().startswith("utf")


def _command() -> str:
    """The command as it can be typed here."""
    python = Path(sys.executable)
    if shutil.which("tonearm") == str(python.with_name("tonearm")):
        return "tonearm"
    return f"{_shell(min(Path(os.path.relpath(python)), python, key=lambda path: len(str(path))))} -m tonearm"


def _shell(path: Path) -> str:
    return shlex.quote(str(path))
