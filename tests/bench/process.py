"""A process of its own, and the CPU time that it and its children take."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def cpu(arguments: Sequence[str | Path]) -> float:
    """Seconds of CPU (user and system) of a program from its start to its end, its own children included."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, arguments))} failed")
    return used.ru_utime + used.ru_stime


def module(name: str, *arguments: str | Path) -> list[str | Path]:
    """The command that runs a module of the bench with this Python."""
    return [sys.executable, "-m", f"tests.bench.{name}", *arguments]
