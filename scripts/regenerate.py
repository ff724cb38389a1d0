#!/usr/bin/env python3
"""Makes generated/ from specs/: types, request arguments and parsers of each service.

Nothing is written unless everything could be made; what is up to date is left alone. With --check nothing is written
at all: everything is made again in a temporary folder, and each file that differs from the committed one is named.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from _regenerate import Stop
from _regenerate.manifest import (
    check_installed,
    files_below,
    made_from,
    manifest_text,
    pins,
    read_manifest,
    tree_hash,
)

ROOT = Path(__file__).resolve().parent.parent
GENERATED = ROOT / "generated"
PACKAGE = GENERATED / "tonearm_generated"
_INIT = '"""Made from specs/ by scripts/regenerate.py: one package for each service; do not edit."""\n'
_READING = ROOT / "scripts" / "_regenerate" / "runtime" / "reading.py"
_NEW, _OLD = ".new-", "old"


def main() -> int:
    """Run the command line; the exit status is 0 when generated/ is, or was made, what the specs say, else 1."""
    known = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml"))
    parser = argparse.ArgumentParser(prog="regenerate.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name what differs and exit with 1")
    parser.add_argument("services", nargs="*", metavar="SERVICE", help=f"only these, of: {', '.join(known)}")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.services) - set(known)):
        parser.error(f"no spec for {', '.join(unknown)}; there are: {', '.join(known)}")
    chosen = sorted(set(arguments.services)) or known
    try:
        return check(chosen, known) if arguments.check else regenerate(chosen, known)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1


def regenerate(chosen: list[str], known: list[str]) -> int:
    """Make those of the `chosen` services again that are out of date, and put the whole package in place at once."""
    for left in GENERATED.glob(f"{_NEW}*"):
        _put_back(left)
        shutil.rmtree(left)
    stale = [service for service in chosen if not _up_to_date(service)]
    if not stale and _frame_up_to_date(known):
        print(f"up to date: {', '.join(chosen)}")
        return 0
    GENERATED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=GENERATED, prefix=_NEW) as folder:
        package = Path(folder) / "new"
        _build(package, stale, known)
        try:
            if PACKAGE.exists():
                PACKAGE.rename(Path(folder) / _OLD)
            package.rename(PACKAGE)
        finally:
            _put_back(Path(folder))
    print(f"made again: {', '.join(stale) or 'the package around the services'}")
    return 0


def _put_back(folder: Path) -> None:
    """Give the earlier package its place again if the new one has not taken it."""
    earlier = folder / _OLD
    if earlier.exists() and not PACKAGE.exists():
        earlier.rename(PACKAGE)


def check(chosen: list[str], known: list[str]) -> int:
    """Make the `chosen` services in a temporary folder and name every committed file that differs."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / PACKAGE.name
        _build(package, chosen, known)
        expected, found = files_below(Path(folder)), files_below(GENERATED)
    faults = dict.fromkeys(expected.keys() - found.keys(), "is missing")
    faults |= dict.fromkeys(found.keys() - expected.keys(), "is made from no spec")
    faults |= dict.fromkeys(filter(_is_stray, faults), "is made from no spec: remove it")
    faults |= {
        name: "differs from what its spec makes"
        for name in expected.keys() & found.keys()
        if expected[name] != found[name]
    }
    if not faults:
        print(f"generated/ is what the specs make: {', '.join(chosen)} ({len(expected)} files)")
        return 0
    for line in _changed_inputs(chosen):
        print(line, file=sys.stderr)
    for name, fault in sorted(faults.items()):
        print(f"generated/{name}: {fault}", file=sys.stderr)
    if not all(map(_is_stray, faults)):
        print("To make it again: scripts/regenerate.py", file=sys.stderr)
    return 1


def _is_stray(name: str) -> bool:
    """Whether a file in generated/ lies where making it again changes nothing."""
    return not name.startswith((f"{PACKAGE.name}/", _NEW))


def _build(package: Path, services: list[str], known: list[str]) -> None:
    """Write the whole package to a new folder: `services` from their specs, the other known ones as they stand."""
    pinned = pins(ROOT)
    check_installed(pinned)
    from _regenerate import build, edits, spec  # the generator is slow to load, and not needed when nothing changed

    sound = [spec.Spec(ROOT / "specs" / f"{service}.yaml") for service in services]
    package.mkdir()
    templates = package.parent / "templates"
    edits.write_templates(templates)
    for document in sound:
        build.build_service(document, templates, package / document.path.stem)
    shutil.rmtree(templates)
    build.tidy(package)
    manifest = {service: _entry(package, service) for service in services}
    committed = read_manifest(PACKAGE)
    for service in set(known) - set(services):
        if service in committed and (PACKAGE / service).is_dir():
            shutil.copytree(PACKAGE / service, package / service, ignore=shutil.ignore_patterns("__pycache__"))
            manifest[service] = committed[service]
    for name, content in _frame(manifest).items():
        (package / name).write_bytes(content)


def _frame(manifest: dict[str, Any]) -> dict[str, bytes]:
    """The files around the services."""
    return {
        "__init__.py": _INIT.encode(),
        "reading.py": b"# Copied from scripts/_regenerate/runtime by scripts/regenerate.py: do not edit.\n"
        + _READING.read_bytes(),
        "py.typed": b"",
        "MANIFEST.json": manifest_text(manifest).encode(),
    }


def _entry(package: Path, service: str) -> dict[str, Any]:
    return {"made_from": made_from(ROOT, service, pins(ROOT)), "tree": tree_hash(files_below(package / service))}


def _up_to_date(service: str) -> bool:
    return read_manifest(PACKAGE).get(service) == _entry(PACKAGE, service)


def _frame_up_to_date(known: list[str]) -> bool:
    """Whether the package holds nothing but its own files and the services of its manifest, each with a spec."""
    manifest = read_manifest(PACKAGE)
    found = [path for path in PACKAGE.glob("*") if path.name != "__pycache__"]
    return (
        manifest.keys() <= set(known)
        and {path.name for path in found if path.is_dir()} == manifest.keys()
        and {path.name: path.read_bytes() for path in found if path.is_file()} == _frame(manifest)
    )


def _changed_inputs(services: list[str]) -> list[str]:
    """Say which input of each service is not the one that the committed files were made from."""
    lines: list[str] = []
    for service in services:
        before = read_manifest(PACKAGE).get(service, {}).get("made_from", {})
        now = made_from(ROOT, service, pins(ROOT))
        names = {"spec": f"specs/{service}.yaml", "script": "scripts/regenerate.py or its parts"}
        lines += [
            f"{names.get(key, key)}: changed since generated/tonearm_generated/{service} was made"
            for key in now
            if before.get(key) != now[key]
        ]
    return lines


if __name__ == "__main__":
    sys.exit(main())
