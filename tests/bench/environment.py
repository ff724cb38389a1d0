"""The environments that programs of the bench run in: the core alone, and what people use today."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / ".venv-core"
HTTPX2 = ROOT / ".venv-httpx2"
PEERS = ROOT / ".venv-peers"


def core() -> Path:
    """The Python of an environment with tonearm and what its core needs, and nothing more."""
    return _made(CORE, "tonearm")


def with_httpx2() -> Path:
    """The same with the extra `httpx2`."""
    return _made(HTTPX2, "tonearm", "httpx2")


def _made(folder: Path, *names: str) -> Path:
    """An environment whose packages are copies of those that this Python has: no network is needed."""
    packages = sorted({found.metadata["Name"]: found for name in names for found in closure(name)}.items())
    wanted = "\n".join([sys.version, *(f"{name} {found.version}" for name, found in packages)])
    stamp = folder / "complete"
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        (home,) = folder.glob("lib/python*/site-packages")
        for name, found in packages:
            if name != "tonearm":
                copy(found, home)
        (home / "tonearm.pth").write_text(f"{ROOT / 'overlay'}\n{ROOT / 'generated'}\n")
        stamp.write_text(wanted)
    return folder / "bin" / "python"


def closure(name: str) -> Iterator[Distribution]:
    """Yield a distribution and all that it needs without its extras."""
    found = distribution(name)
    yield found
    for line in found.requires or []:
        needed = Requirement(line)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            yield from closure(needed.name)


def copy(found: Distribution, home: Path) -> None:
    for file in found.files or []:
        if ".." not in file.parts:  # programs, which nobody starts here
            target = home / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(found.locate_file(file)), target)


def peers() -> Path | None:
    """The Python of the environment with what people use today, where ``--peers`` has made it."""
    python = PEERS / "bin" / "python"
    return python if python.exists() else None
