"""The axis `start`: what it costs to import the library and to make a first client that is ready to be used."""

import os
import subprocess
from pathlib import Path

from tests.bench import environment
from tests.bench.contest import Goal, Run, contest
from tests.bench.report import Report, Settings

OPENAI = "import openai"
READY = {
    "Aioz": "import tonearm; tonearm.Aioz(public_key='p', secret_key='s')",
    "Jellyfin": "import tonearm; tonearm.Jellyfin('http://nas:8096', token='t')",
    "OpenAI": "import tonearm; tonearm.OpenAI(api_key='k')",
}
_PEAK = "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
_FEW = (
    "What decodes, downloads, speaks or transcribes, the models, what runs a call, what connects (asyncio, httpcore, "
    "h11) and what only errors and views need (difflib, html) are loaded on first use; what is left is Python itself, "
    "httpx (four fifths, half of it OpenSSL and urllib), attrs, and the modules that check arguments."
)
ABOUT = """\
{measure} of a fresh process in an environment that has only what the core needs (`import openai` in one that has
only that), from its start to its end: the median of {{pairs}} (the least to the greatest). A client is ready when it
has checked its arguments; it loads the certificates, the models, what runs a call and what only some operations need
on first use."""


def cpu(settings: Settings) -> Report:
    """Compare the CPU time."""
    goals = [
        Goal("import tonearm", "bare Python", 1.3),
        *(Goal(f"tonearm.{name}", OPENAI, 0.40, _FEW) for name in READY),
    ]
    return contest(settings, "start", ABOUT.format(measure="CPU time"), "CPU, ms", _runs(0, 1000.0), goals)


def memory(settings: Settings) -> Report:
    """Compare the peak of resident memory."""
    goals = [Goal(f"tonearm.{name}", OPENAI, 0.55, _FEW) for name in READY]
    return contest(settings, "footprint", ABOUT.format(measure="Peak memory"), "peak, MiB", _runs(1, 1.0), goals)


def _runs(which: int, scale: float) -> dict[str, Run | None]:
    core, peers = environment.core(), environment.peers()
    programs = {"bare Python": (core, "pass"), "import tonearm": (core, "import tonearm")}
    programs |= {f"tonearm.{name}": (core, code) for name, code in READY.items()}
    programs |= {"import httpx": (core, "import httpx")} | ({OPENAI: (peers, OPENAI)} if peers else {})
    runs: dict[str, Run | None] = {OPENAI: None}
    for name, (python, code) in programs.items():
        cost(python, code)  # writes the byte code
        runs[name] = lambda python=python, code=code: cost(python, code)[which] * scale
    return runs


def cost(python: Path, code: str) -> tuple[float, float]:
    """Seconds of CPU and MiB of peak memory of a Python that runs the code."""
    process = subprocess.Popen([python, "-c", f"{code}\n{_PEAK}"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as said:
        peak = said.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{code!r} failed")
    return used.ru_utime + used.ru_stime, int(peak) / 1024
