"""The review of the development environment sees what it says that it sees."""

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HASH = f"--hash=sha256:{'0' * 64}"


@pytest.fixture(scope="module")
def review() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "scripts" / "review_lock.py"))


def test_the_lock_passes(review: dict[str, Any]) -> None:
    assert review["main"]() == 0


@pytest.mark.parametrize(
    ("entry", "trouble"),
    [
        (f"httpx==0.28.1 \\\n    {HASH}", []),
        (f"httpx==0.28.1 ; python_version < '3.12' \\\n    {HASH} \\\n    {HASH}", []),
        (f"httpx>=0.28.1 \\\n    {HASH}", ["httpx>=0.28.1: not pinned to one version; run scripts/lock"]),
        (f"httpx==0.28.* \\\n    {HASH}", ["httpx==0.28.*: not pinned to one version; run scripts/lock"]),
        ("httpx==0.28.1", ["httpx: no SHA-256 of its files; run scripts/lock"]),
        ("httpx==0.28.1 \\\n    --hash=md5:0", ["httpx: no SHA-256 of its files; run scripts/lock"]),
    ],
)
def test_what_is_not_pinned_or_has_no_hash_is_told(review: dict[str, Any], entry: str, trouble: list[str]) -> None:
    assert list(review["pinned"](f"# made by scripts/lock\n{entry}\n")) == trouble


def test_what_is_installed_otherwise_is_told(review: dict[str, Any]) -> None:
    told = list(review["reviewed"](f"httpx==0.1 {HASH}\nno-such-package==1 {HASH}\n"))
    assert "httpx: " in told[-2]
    assert told[-2].endswith("is installed, not what is locked")
    assert told[-1] == "no-such-package: locked, but not installed"


def test_a_licence_that_nobody_looked_at_is_told(review: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(review["ACCEPTED"], "hypothesis")
    lock = (ROOT / "requirements-dev.lock").read_text()
    assert list(review["reviewed"](lock)) == [
        "hypothesis: look at its licence (MPL-2.0) and say in ACCEPTED why it may stay"
    ]
