"""On what a result was measured."""

import os
import platform
import sys
from pathlib import Path


def describe() -> str:
    """The machine and the Python that runs, as Markdown."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    facts = {
        "CPU": f"{_cpu()}, {len(os.sched_getaffinity(0))} cores",
        "Memory": f"{memory:.0f} GiB",
        "Kernel": f"{platform.system()} {platform.release()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()} ({' '.join(platform.libc_ver())})",
    }
    return "\n".join(f"- {name}: {value}" for name, value in facts.items())


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def check() -> None:
    """Stop where memory cannot be measured."""
    if not Path("/proc/self/clear_refs").exists():
        sys.exit("scripts/bench reads memory from /proc/self, which only Linux has")
