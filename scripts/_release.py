"""Make the files of a release, and check them; scripts/release runs this, and says what it takes."""

import argparse
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from review_lock import entries, licence

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-dev.lock"
PACKAGES = ("tonearm", "tonearm_generated")
MUST_HAVE = ("tonearm/py.typed", "tonearm_generated/py.typed", "tonearm/__init__.py", "tonearm/cli/__init__.py")
SOURCES = (
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CITATION.cff",
    "specs/aioz.yaml",
    "overlay/tonearm/py.typed",
)
WORKS = "import tonearm, tonearm_generated; tonearm.OpenAI(api_key='').close(); print(tonearm.__version__)"


class Unfit(Exception):
    """This is not fit to be released."""


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="scripts/release")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist")
    parser.add_argument("--draft", action="store_true")
    parser.add_argument("--no-install", action="store_true")
    parser.add_argument("--python", action="append", default=[], metavar="PROGRAM")
    asked = parser.parse_args(words)
    try:
        release(asked.folder, draft=asked.draft, pythons=[] if asked.no_install else asked.python)
    except Unfit as error:
        print(f"scripts/release: {error}", file=sys.stderr)
        return 1
    return 0


def release(folder: Path, *, draft: bool, pythons: list[str]) -> None:
    version = version_of(ROOT)
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    day, text = section((ROOT / "CHANGELOG.md").read_text(), version)
    if not draft:
        check_commit(version)
        if day is None:
            raise Unfit(f"CHANGELOG.md has no day for {version}: write it instead of 'unreleased'")
        if not project.get("urls"):
            raise Unfit(
                "pyproject.toml says nowhere where the project is: fill in [project.urls], the one place for it"
            )
    if folder.exists() and any(folder.iterdir()):
        raise Unfit(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True)
    sdist, wheel = build(folder)
    check_wheel(wheel, version)
    check_sdist(sdist, version)
    run(sys.executable, "-m", "twine", "check", "--strict", sdist, wheel)
    (folder / f"changelog-{version}.md").write_text(text, encoding="utf-8")
    (folder / "CITATION.cff").write_text(citation(version, day, project.get("urls", {})), encoding="utf-8")
    (folder / f"tonearm-{version}.cdx.json").write_text(sbom(version), encoding="utf-8")
    for python in pythons:
        print(f"installed with {python}: {installed(python, wheel)}")
    for path in sorted(folder.iterdir()):
        print(path)


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unfit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def version_of(root: Path) -> str:
    found = re.search(r'"(.+)"', (root / "overlay/tonearm/_base/version.py").read_text())
    assert found is not None
    return found[1]


def check_commit(version: str) -> None:
    """The commit is what the tag of this version names, and nothing is beside it."""
    if changed := run("git", "status", "--porcelain"):
        raise Unfit(f"there are changes that are not committed:\n{changed}")
    tags = run("git", "tag", "--points-at", "HEAD").split()
    if f"v{version}" not in tags:
        raise Unfit(f"this commit has no tag v{version}: git tag v{version}, or --draft")


def section(changelog: str, version: str) -> tuple[str | None, str]:
    """The day and the text of a version in the changelog; None for the day of one that is not released."""
    found = re.search(
        rf"^## \[{re.escape(version)}\] - (\S+)\n(.*?)(?=^## \[|^\[|\Z)", changelog, re.DOTALL | re.MULTILINE
    )
    if found is None or not found[2].strip():
        raise Unfit(f"CHANGELOG.md says nothing of {version}")
    return (found[1] if re.fullmatch(r"\d{4}-\d\d-\d\d", found[1]) else None), found[2].strip() + "\n"


def build(folder: Path) -> tuple[Path, Path]:
    """Build the sdist, and of it the wheel; the same commit gives the same bytes. Nothing is fetched."""
    moment = run("git", "log", "-1", "--format=%ct").strip()
    env = {**os.environ, "SOURCE_DATE_EPOCH": moment}
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, env=env)
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return sdist, wheel


def check_wheel(wheel: Path, version: str) -> None:
    """It holds the two packages and what describes them, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    about = f"tonearm-{version}.dist-info/"
    missing = {*MUST_HAVE, f"{about}licenses/LICENSE", f"{about}entry_points.txt"} - names
    strange = sorted(name for name in names if not name.startswith((*(f"{package}/" for package in PACKAGES), about)))
    strange += sorted(name for name in names if "__pycache__" in name or name.endswith((".pyc", ".orig", ".rej")))
    tracked = {path.split("/", 1)[1] for path in run("git", "ls-files", "overlay", "generated").split("\n") if path}
    left_out = sorted(path for path in tracked if path.startswith(PACKAGES) and path not in names)
    if missing or strange or left_out:
        raise Unfit(f"{wheel.name}: missing {sorted(missing) + left_out[:5]}, strange {strange[:5]}")


def check_sdist(sdist: Path, version: str) -> None:
    """It holds what the package is built from, and tested with."""
    with tarfile.open(sdist) as archive:
        files = {member.name for member in archive if member.isfile()}
    if missing := [name for name in SOURCES if f"tonearm-{version}/{name}" not in files]:
        raise Unfit(f"{sdist.name} lacks {missing}")


def installed(python: str, wheel: Path) -> str:
    """Install the wheel with what it needs into a fresh environment, and use it. Needs the network."""
    with tempfile.TemporaryDirectory() as place:
        subprocess.run([python, "-m", "venv", place], check=True)
        fresh = Path(place, "bin", "python")
        limits = Path(place, "constraints.txt")
        limits.write_text("\n".join(str(wanted) for wanted, _ in entries(LOCK.read_text())))
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_"))}
        run(fresh, "-m", "pip", "install", "--quiet", "--constraint", limits, f"{wheel}[cli]", cwd=Path(place), env=env)
        run(fresh, "-m", "pip", "check", cwd=Path(place), env=env)
        run(Path(place, "bin", "tonearm"), "--version", cwd=Path(place), env=env)
        return run(fresh, "-c", WORKS, cwd=Path(place), env=env).strip()


def citation(version: str, day: str | None, urls: dict[str, str]) -> str:
    """CITATION.cff with what is known of this release alone."""
    lines = [line for line in (ROOT / "CITATION.cff").read_text().splitlines() if line]
    lines += [f"version: {version}"] + ([f"date-released: {day}"] if day else [])
    lines += [f"url: {next(iter(urls.values()))}"] if urls else []
    return "\n".join(lines) + "\n"


def sbom(version: str) -> str:
    """What a person who installs the wheel with all its extras gets: names, versions, licences, hashes."""
    # Its classes are decorated in a way that leaves a type checker without their arguments.
    model, parts, terms = (import_module(f"cyclonedx.model{name}") for name in ("", ".component", ".license"))
    bom: Any = import_module("cyclonedx.model.bom").Bom()

    def component(name: str, version: str, licence: Any, hashes: list[str]) -> Any:
        return parts.Component(
            name=name,
            version=version,
            type=parts.ComponentType.LIBRARY,
            purl=PackageURL("pypi", None, name, version),
            bom_ref=f"pkg:pypi/{name}@{version}",
            licenses=[licence],
            hashes=[
                model.HashType(alg=model.HashAlgorithm.SHA_256, content=one.removeprefix("sha256:")) for one in hashes
            ],
        )

    hashes: dict[str, list[str]] = {
        canonicalize_name(wanted.name): found for wanted, found in entries(LOCK.read_text())
    }
    top = component("tonearm", version, terms.DisjunctiveLicense(id="MIT"), [])
    bom.metadata.component = top
    bom.metadata.timestamp = datetime.fromtimestamp(int(run("git", "log", "-1", "--format=%ct")), UTC)
    for name in sorted(needed()):
        found = distribution(name)
        term = terms.DisjunctiveLicense(name=licence(found) or "not told")
        part = component(name, found.version, term, hashes[name])
        bom.components.add(part)
        bom.register_dependency(top, [part])
    writer: Any = import_module("cyclonedx.output.json").JsonV1Dot6(bom)
    made: dict[str, Any] = json.loads(writer.output_as_string())
    made.pop("serialNumber", None)  # the same commit gives the same bytes
    return json.dumps(made, indent=1, sort_keys=True) + "\n"


def needed() -> set[str]:
    """The packages that the wheel asks for, with every extra but `dev`, and what those ask for in turn."""
    extras = {extra for extra in distribution("tonearm").metadata.get_all("Provides-Extra") or [] if extra != "dev"}
    found: set[str] = set()
    waiting: list[tuple[str, frozenset[str]]] = [("tonearm", frozenset(extras))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, wanted = one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for requirement in _requirements(name, wanted):
            key = canonicalize_name(requirement.name)
            if key != "tonearm":
                found.add(key)
                waiting.append((key, frozenset(requirement.extras)))
    return found


def _requirements(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


if __name__ == "__main__":
    sys.exit(main())
