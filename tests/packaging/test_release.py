"""scripts/release: what it makes of this commit, and what it refuses."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


def release(folder: Path, *words: str, root: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """Run it without the network: an index that nobody answers for."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    env |= {"PIP_INDEX_URL": "http://127.0.0.1:9", "PYTHONPATH": str(root / "scripts")}
    command = [sys.executable, str(root / "scripts" / "_release.py"), *words, str(folder)]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / ".git").exists():
        pytest.skip("not in a clone: the day of the commit is unknown")
    folder = tmp_path_factory.mktemp("release") / "dist"
    done = release(folder, "--draft", "--no-install")
    assert done.returncode == 0, done.stderr
    return folder


def test_a_draft_has_all_files_of_a_release(made: Path) -> None:
    version = distribution("tonearm").version
    assert sorted(path.name for path in made.iterdir()) == [
        "CITATION.cff",
        f"changelog-{version}.md",
        f"tonearm-{version}-py3-none-any.whl",
        f"tonearm-{version}.cdx.json",
        f"tonearm-{version}.tar.gz",
    ]
    assert f"\nversion: {version}\n" in (made / "CITATION.cff").read_text()
    text = (made / f"changelog-{version}.md").read_text()
    assert text.startswith(("### ", "- ", "The "))
    assert "## [" not in text.replace("### [", "")


def test_the_list_of_parts_names_what_the_package_asks_for_with_hashes(made: Path) -> None:
    (listed,) = made.glob("*.cdx.json")
    bom = json.loads(listed.read_text())
    parts = {part["name"]: part for part in bom["components"]}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    asked = [Requirement(line) for line in distribution("tonearm").requires or []]
    runtime = {one.name.lower() for one in asked if one.marker is None or "dev" not in str(one.marker)}
    here = {one.name.lower() for one in asked if one.marker is None or _holds(one, extras)}
    assert (runtime & here) - {"tonearm"} <= parts.keys()
    assert parts.keys().isdisjoint({"pytest", "ruff", "mypy", "twine"})
    assert all(part["hashes"] and part["purl"] == part["bom-ref"] for part in parts.values())


def _holds(one: Requirement, extras: dict[str, object]) -> bool:
    return one.marker is not None and any(one.marker.evaluate({"extra": name}) for name in extras if name != "dev")


@pytest.mark.parametrize("wrong", ["tests/test_x.py", "tonearm/__pycache__/x.pyc", "py.typed"])
def test_a_wheel_that_holds_too_much_or_too_little_is_refused(
    wrong: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from _release import Unfit, check_wheel  # type: ignore[import-not-found,unused-ignore]

    (wheel,) = made.glob("*.whl")
    version = distribution("tonearm").version
    check_wheel(wheel, version)
    changed = tmp_path / wheel.name
    if wrong == "py.typed":
        with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                if name != "tonearm/py.typed":
                    new.writestr(name, b"")
    else:
        shutil.copyfile(wheel, changed)
        with zipfile.ZipFile(changed, "a") as archive:
            archive.writestr(wrong, b"")
    with pytest.raises(Unfit, match=wrong):
        check_wheel(changed, version)


def test_what_is_no_release_is_refused_before_anything_is_built(made: Path, tmp_path: Path) -> None:
    done = release(tmp_path / "dist")
    assert done.returncode == 1
    assert done.stderr.startswith("scripts/release: ")
    assert not (tmp_path / "dist").exists()
    full = release(made, "--draft", "--no-install")
    assert (full.returncode, "is not empty" in full.stderr) == (1, True)


@pytest.mark.soak
def test_a_release_is_the_same_twice_and_installs_on_each_python(made: Path, tmp_path: Path) -> None:
    """Needs the network, and a clone with all changes committed."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    (clone / ".venv").symlink_to(Path(sys.executable).parents[1])
    again = tmp_path / "again"
    assert release(again, "--draft", "--no-install", root=clone).returncode == 0
    env = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "PIP_"))}
    command = [str(ROOT / "scripts" / "release"), "--draft", str(tmp_path / "dist")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "installed with " in done.stdout
    for path in again.glob("tonearm-*"):
        assert path.read_bytes() == (tmp_path / "dist" / path.name).read_bytes(), path.name
