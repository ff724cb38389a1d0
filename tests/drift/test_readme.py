"""The examples of the README run as they stand, against the sandbox in place of the services."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import tonearm
from tests.jellyfin import shelf
from tonearm.sandbox import Sandbox, start
from tonearm.sandbox.library import PACKAGED, items

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = {
    text.partition("tonearm.")[2].partition("(")[0].partition(" ")[0]: text
    for text in re.findall(r"```python\n(.*?)```", README, re.DOTALL)
}
CLIP = items(PACKAGED)[-1]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    library = tmp_path_factory.mktemp("library")
    shutil.copytree(PACKAGED, library, dirs_exist_ok=True)
    for number in (1, 2):
        shelf.write(library / "Evenings" / f"{number}.flac", {"title": "Song", "track": str(number)}, 20 * number)
    with start(library=library) as running:
        yield running


def places(name: str, sandbox: Sandbox) -> dict[str, str]:
    """What an example says of its server, and what takes the place of that here."""
    return {
        "Aioz": {
            'public_key="...", secret_key="..."': 'public_key="sandbox-public", secret_key="sandbox-secret", '
            f"base_url={sandbox.aioz_url!r}"
        },
        "Jellyfin": {
            '"http://nas:8096", token="..."': f'{sandbox.jellyfin_url!r}, token="sandbox-token"',
            "6f1c2d3e-4b5a-4978-8c6d-1e2f3a4b5c6d": str(CLIP.id),
        },
        "Jellyfin.login": {'"http://nas:8096", "ada", "secret"': f'{sandbox.jellyfin_url!r}, "sandbox", "sandbox"'},
        "AsyncJellyfin": {
            '"http://nas:8096", token="..."': f'{sandbox.jellyfin_url!r}, token="sandbox-token"',
            "6f1c2d3e4b5a49788c6d1e2f3a4b5c6d": sandbox.jellyfin.catalogue.albums()[0].id.hex,
        },
        "OpenAI": {
            '"http://localhost:8000/v1", api_key=""': f'{sandbox.openai_url!r}, api_key="sandbox-key"',
        },
        "sandbox": {
            "    ...": '    with tonearm.Aioz(base_url=box.aioz_url, token="sandbox-token") as a: a.upload("talk.flac")'
        },
    }[name]


def test_each_service_has_an_example() -> None:
    assert list(EXAMPLES) == ["Aioz", "Jellyfin", "Jellyfin.login", "AsyncJellyfin", "OpenAI", "sandbox"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs(name: str, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = EXAMPLES[name]
    for said, here in places(name, sandbox).items():
        assert said in code
        code = code.replace(said, here)
    for file in re.findall(r'(?:upload|transcribe|translate)\("([^"]+)"', code):
        shutil.copy(CLIP.path, tmp_path / file)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    player = io.BytesIO()
    exec(code, {"tonearm": tonearm, "player": player})
    made = {path.name for path in tmp_path.iterdir() if path.stat().st_size}
    assert made >= set(re.findall(r'(?:download\(item|Path\(|speak\("[^"]*")(?:, )?"?([a-z]+\.[a-z0-9]+)"', code))
    assert bool(player.getvalue()) == ("player" in code)
