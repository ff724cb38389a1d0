"""The `tonearm` command: a sandbox of the three services, and a demonstration that runs against it."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .._version import __version__
from ..errors import TonearmError

FAILED, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: the words after the program's name; those of the process when None.

    Returns:
        The exit code: 0, 1 when something failed, 130 after Ctrl-C. Wrong usage exits with 2.
    """
    asked = _parser().parse_args(arguments)
    try:
        if asked.command == "demo":
            return _demo(asked.out)
        return _sandbox(
            port=asked.port, library=asked.library, data=asked.data, jellyfin=asked.jellyfin, quiet=asked.quiet
        )
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except (TonearmError, OSError) as error:
        print(f"tonearm: {_words(error)}", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tonearm", description="Audio on AIOZ Stream, Jellyfin and OpenAI-compatible servers."
    )
    parser.add_argument("--version", action="version", version=f"tonearm {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    demo = commands.add_parser(
        "demo", help="do the main jobs on real audio, against a sandbox on this machine", description=_demo.__doc__
    )
    demo.add_argument("--out", type=Path, default=Path("tonearm-demo"), metavar="DIR", help="where the files go")
    sandbox = commands.add_parser(
        "sandbox",
        help="serve the three protocols on this machine, with no key and no bill",
        description=_sandbox.__doc__,
    )
    sandbox.add_argument("--port", type=_port, default=8787, help="0 picks a free one (default: %(default)s)")
    sandbox.add_argument("--library", type=_folder, metavar="DIR", help="audio files to serve instead of the clips")
    sandbox.add_argument(
        "--data", type=Path, metavar="DIR", help="where uploads are kept between runs; a temporary folder otherwise"
    )
    sandbox.add_argument(
        "--jellyfin", choices=("10.11", "12.0"), default="10.11", help="which Jellyfin to be (default: %(default)s)"
    )
    sandbox.add_argument("--quiet", action="store_true", help="print one line when it is ready, and no requests")
    return parser


def _demo(out: Path) -> int:
    """Upload and transcode, transcribe, speak and download, through the public API, against a local sandbox."""
    try:
        from .demo import run
    except ImportError as error:
        return _extra_missing(error)
    run(out)
    return 0


def _sandbox(**options: Any) -> int:
    """Serve AIOZ Stream, Jellyfin and an OpenAI-compatible server on the loopback interface until Ctrl-C."""
    try:
        from ..sandbox import serve
    except ImportError as error:
        return _extra_missing(error)
    serve(**options)
    return 0


def _words(error: TonearmError | OSError) -> str:
    """What went wrong, without Python's own numbers; a port that is taken is the sandbox's affair alone."""
    if isinstance(error, TonearmError) or not error.strerror:
        return str(error)
    if error.errno == errno.EADDRINUSE:
        return "the port is taken by another program; choose one with --port, or 0 for any that is free"
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def _extra_missing(error: ImportError) -> int:
    print(f"tonearm: {error.name} is missing; install it with: pip install 'tonearm[sandbox]'", file=sys.stderr)
    return FAILED


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} is not a folder")
    return Path(text)
