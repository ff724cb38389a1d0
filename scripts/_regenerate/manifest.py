"""What the generated tree was made from, so that an unchanged set is known without making it again."""

import hashlib
import json
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from _regenerate import Stop

_TOOLS = ("openapi-python-client", "ruff")


def files_below(folder: Path) -> dict[str, bytes]:
    """The contents of all files below `folder` by their relative names, in order, without Python's own caches."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def tree_hash(files: dict[str, bytes]) -> str:
    """A hash of the names and contents of `files`."""
    listing = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return hashlib.sha256(listing.encode()).hexdigest()


def pins(root: Path) -> dict[str, str]:
    """The exact versions of the tools that shape the output, as the project's development extra names them.

    Raises:
        Stop: A tool is not pinned.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = [line.split("==") for line in project["optional-dependencies"]["dev"] if "==" in line]
    pinned = {name: number for name, number in required if name in _TOOLS}
    if len(pinned) < len(_TOOLS):
        raise Stop(f"pyproject.toml: the dev extra must pin {' and '.join(_TOOLS)} with ==")
    return pinned


def check_installed(pinned: dict[str, str]) -> None:
    """Refuse to work with other versions than the pinned ones, whose output would differ.

    Raises:
        Stop: A tool is missing or has another version.
    """
    for name, number in pinned.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "none"
        if found != number:
            raise Stop(
                f"{name} {number} is needed, found {found}: use the Python that has the dev extra (.venv/bin/python)"
            )


def made_from(root: Path, service: str, pinned: dict[str, str]) -> dict[str, str]:
    """All that the output of one service depends on: its spec, this script with its edits, the tools' versions."""
    script = {
        name: content
        for name, content in files_below(root / "scripts").items()
        if name == "regenerate.py" or name.startswith("_regenerate/")
    }
    spec = (root / "specs" / f"{service}.yaml").read_bytes()
    return {"spec": hashlib.sha256(spec).hexdigest(), "script": tree_hash(script), **pinned}


def read_manifest(package: Path) -> dict[str, Any]:
    """The manifest of the committed tree by service; empty when there is none that can be read."""
    try:
        return dict(json.loads((package / "MANIFEST.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def manifest_text(manifest: dict[str, Any]) -> str:
    """A manifest in a form that depends on its contents only."""
    return json.dumps(manifest, indent=2, sort_keys=True) + "\n"
