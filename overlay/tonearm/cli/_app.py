"""The command itself: the commands by name, and how one of them is run."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol, runtime_checkable

import typer
from typer.main import get_command

from .._base.version import __version__
from . import _ends, _every
from ._groups import Group, Later
from ._options import Json, Profile
from ._report import report

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, _help in {
    "aioz": "Upload and manage audio on AIOZ Stream.",
    "jellyfin": "Find, play and download audio from a Jellyfin server.",
    "openai": "Transcribe and speak, at OpenAI or a compatible server.",
    "bulk": "Do the same work for many files, here or on many machines.",
    "state": "See and remove what is kept on this machine between commands.",
    "config": "See which profiles are stored, without their keys.",
}.items():
    app.add_typer(typer.Typer(cls=Later, no_args_is_help=True, rich_markup_mode=None), name=_name, help=_help)


def _version(shown: bool) -> None:
    if shown:
        print(f"tonearm {__version__}")
        raise typer.Exit


@app.callback()
def tonearm(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Upload, download, transcribe and speak audio: AIOZ Stream, Jellyfin and OpenAI-compatible servers.

    Start with `tonearm demo`, which needs no key.

    Keys come from `tonearm SERVICE login` or from the environment. `tonearm doctor` shows what is configured and what
    works.

    Every command of a service takes -v (show each request; -vv the headers, too), -q (only results and errors),
    --timeout SECONDS (of silence), --deadline SECONDS (for a whole call), --retries N, --header 'Name: value' (or
    @FILE), and --certificate FILE with --certificate-key FILE (PEM) for a server that asks for one.

    Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no key or a wrong one, 4 not found, 5 interrupted (the command that
    resumes is printed), 130 Ctrl-C.
    """


@app.command()
def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for the files.")] = Path("tonearm-demo"),
    verbose: Annotated[bool, typer.Option("--verbose", help="Print the SHA-256 of each file, too.")] = False,
) -> None:
    """See interrupted transfers resumed, without a key.

    Downloads, uploads and transcribes real audio on this machine while connections break and an encoder dies.
    """
    from .demo import run as demonstrate

    demonstrate(out, verbose=verbose)


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 picks a free one.")] = 8787,
    library: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="The folder of audio files to serve; two short clips by default.",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder that keeps uploads between runs; a temporary folder by default."),
    ] = None,
    jellyfin: Annotated[Literal["10.11", "12.0"], typer.Option(help="The Jellyfin version to imitate.")] = "10.11",
    jellyfin_ids: Annotated[
        Literal["jellyfin", "navidrome"], typer.Option(help="The form of its ids: 32 hexadecimal digits, or 44.")
    ] = "jellyfin",
    any_model: Annotated[
        bool, typer.Option("--any-model", help="Accept every name as a model of speech and transcription.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print one line when ready, and no requests.")] = False,
) -> None:
    """Serve the three protocols on this machine, without keys.

    It costs nothing, and ends at Ctrl-C.
    """
    from ..sandbox import serve

    serve(
        port=port,
        library=library,
        data=data,
        jellyfin=jellyfin,
        jellyfin_ids=jellyfin_ids,
        any_model=any_model,
        quiet=quiet,
    )


@app.command()
def doctor(json: Json = False, profile: Profile = None) -> None:
    """Check servers and keys, and say what to do next.

    The exit code is 1 when something that is configured does not work. No key is printed.
    """
    from .doctor import examine

    raise typer.Exit(examine(profile, json=json))


@app.command()
def completions(
    shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(help="The shell.")],
) -> None:
    """Print a script with which a shell completes commands.

    For bash, add this line to ~/.bashrc: eval "$(tonearm completions bash)"
    """
    completion: Any = import_module("typer.completion")
    print(completion.get_completion_script(prog_name="tonearm", complete_var=_COMPLETE, shell=shell))


_COMPLETE = "_TONEARM_COMPLETE"

_WIDEST = 100
"""Columns of the help at most."""


@runtime_checkable
class _WrongUsage(Protocol):
    """An error of the parser, of any module of click; it can show itself, with the usage line first."""

    exit_code: int

    def show(self) -> None:
        """Print it on standard error."""


def _open_closed() -> None:
    """Open the null device for each closed standard stream; else the next file would get its number."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:  # that of standard error
        pass
    os.close(descriptor)
    for number, (name, mode) in enumerate({"stdin": "r", "stdout": "w", "stderr": "w"}.items()):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


def _help_width() -> int:
    """Columns of the help: those of the terminal, but not more than people can read in a line."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


@cache
def _command() -> Any:
    """All commands, made once in a process, as typer needs long for it."""
    return get_command(app)


def run(words: list[str]) -> int:
    """Run the command that the words name, and return its exit code."""
    command = _command()
    if os.environ.get(_COMPLETE):
        completion: Any = import_module("typer.completion")
        completion.completion_init()
        command.main(words, prog_name="tonearm", complete_var=_COMPLETE)
    _open_closed()
    _every.begin()
    _every.add(command.commands["doctor"], connects=True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    feel = signal.getsignal(signal.SIGINT)
    meta: dict[str, Any] = {}
    try:
        with command.make_context("tonearm", words, terminal_width=_help_width()) as context:
            meta = context.meta
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as end:
        return _ends.flushed(end.exit_code)
    except BrokenPipeError:
        return _ends.unread()
    except BaseException as error:
        if isinstance(error, _WrongUsage):
            error.show()
            return error.exit_code
        return report(error, meta)
    finally:
        signal.signal(signal.SIGINT, feel)
    return 0
