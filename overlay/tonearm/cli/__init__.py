"""The `tonearm` command: the public API in a terminal (extra `cli`).

Exit codes: 0 done; 1 it failed; 2 wrong usage, or refused before anything was sent; 3 no key, or the service refused
it; 4 not found at the service; 5 interrupted, and the command that resumes was printed; 130 Ctrl-C, with nothing
to resume.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

_EXTRAS = {
    "cli": ("click", "keyring", "platformdirs", "rich", "tomlkit", "typer"),
    "sandbox": ("av", "espeakng_loader", "numpy", "pocketsphinx", "python_multipart", "starlette", "uvicorn"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: the words after the program's name; by default those of the process.

    Returns:
        The exit code.
    """
    if arguments is None:  # this process runs nothing else
        # httpx would load its own command with pygments and more, which takes a sixth of the time of a short command.
        sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    try:
        from ._app import run

        return run(sys.argv[1:] if arguments is None else list(arguments))
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        for extra, modules in _EXTRAS.items():
            if missing in modules:
                print(
                    f"tonearm: {missing} is missing; install it with: pip install 'tonearm[{extra}]'", file=sys.stderr
                )
                return 1
        raise
    except KeyboardInterrupt:
        print("tonearm: interrupted", file=sys.stderr)
        return 130
