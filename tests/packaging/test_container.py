"""What the Dockerfile and the workflow name is there: neither can be run by these tests."""

import re
from pathlib import Path
from typing import Any

import yaml

from tonearm.sandbox import guide

ROOT = Path(__file__).parents[2]


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text())


def test_the_image_is_made_of_what_the_checkout_has() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert sources == allowed
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_compose_and_the_sandbox_agree() -> None:
    services = load("compose.yaml")["services"]
    port = services["sandbox"]["command"][services["sandbox"]["command"].index("--port") + 1]
    told = [service.environment for service in guide.services(f"http://127.0.0.1:{port}")]
    there = {name: value for environment in told for name, value in environment.items()}
    assert services["tonearm"]["environment"].items() <= {**there, "AIOZ_STREAM_TOKEN": "sandbox-token"}.items()


def test_the_workflow_tests_the_versions_that_the_package_names() -> None:
    jobs = load(".github/workflows/test.yml")["jobs"]
    named = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert jobs["test"]["strategy"]["matrix"]["python"] == named
    run = " ".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
    named = {word for word in run.split() if word.startswith(("scripts/", "tests/", "requirements"))}
    assert "scripts/test" in named
    assert [path for path in named if not (ROOT / path).exists()] == []
