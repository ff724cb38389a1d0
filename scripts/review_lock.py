"""Review what the development environment is made of: exact versions, hashes, and licences that may stand beside MIT.

Reads requirements-dev.lock and the environment that runs this. Known advisories are the affair of scripts/audit, which
needs the network.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-dev.lock"

WELCOME = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|Unlicense", re.IGNORECASE)
"""Licences that ask for no more than their text."""

ACCEPTED = {
    "certifi": "MPL-2.0, a list of certificates that is used unchanged",
    "espeakng-loader": "espeak-ng in it is GPL-3.0-or-later: only the sandbox speaks with it, in a process of its own",
    "hypothesis": "MPL-2.0, for tests",
    "pathspec": "MPL-2.0, for building the package",
}
"""Packages under other licences, and why they may be there."""


def main() -> int:
    troubles = [*pinned(LOCK.read_text()), *reviewed(LOCK.read_text())]
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    return 1 if troubles else 0


def entries(lock: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Each requirement of a lock file with its hashes."""
    lines = [line for line in lock.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for block in "\n".join(lines).replace("\\\n", " ").splitlines():
        wanted, *hashes = re.split(r"\s--hash=", block)
        yield Requirement(wanted.strip()), [value.strip() for value in hashes]


def pinned(lock: str) -> Iterator[str]:
    """What is not held to one version of known contents."""
    for wanted, hashes in entries(lock):
        if wanted.url or [(one.operator, "*" in one.version) for one in wanted.specifier] != [("==", False)]:
            yield f"{wanted}: not pinned to one version; run scripts/lock"
        if not hashes or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes):
            yield f"{wanted.name}: no SHA-256 of its files; run scripts/lock"


def reviewed(lock: str) -> Iterator[str]:
    """What is installed otherwise than locked, or has a licence that nobody looked at."""
    names = {canonicalize_name(wanted.name) for wanted, _ in entries(lock)}
    yield from (f"{name}: accepted in {Path(__file__).name} but no longer locked" for name in ACCEPTED.keys() - names)
    for wanted, _ in entries(lock):
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            found = distribution(wanted.name)
        except PackageNotFoundError:
            yield f"{wanted.name}: locked, but not installed"
            continue
        if found.version not in wanted.specifier:
            yield f"{wanted.name}: {found.version} is installed, not what is locked"
        if canonicalize_name(wanted.name) not in ACCEPTED and not WELCOME.search(licence(found)):
            told = licence(found) or "none told"
            yield f"{wanted.name}: look at its licence ({told}) and say in ACCEPTED why it may stay"


def licence(package: Distribution) -> str:
    """What a package says of its licence, in whichever field it does."""
    told = package.metadata
    classified = [line.rpartition("::")[2].strip() for line in told.get_all("Classifier") or [] if "License ::" in line]
    fields = [*(told.get_all("License-Expression") or []), "; ".join(classified), *(told.get_all("License") or [])]
    return next((field.partition("\n")[0] for field in fields if field), "")


if __name__ == "__main__":
    sys.exit(main())
