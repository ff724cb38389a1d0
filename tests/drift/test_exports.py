"""What ``import tonearm`` offers is what it says it offers, and loads only what is used."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import tonearm
from tonearm import errors

PATHS = {"PYTHONPATH": str(Path(tonearm.__file__).parents[1])}
PACKAGES = ["tonearm", "tonearm.aioz", "tonearm.jellyfin", "tonearm.openai"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_resolves_and_is_sorted(package: str) -> None:
    module = import_module(package)
    names = module.__all__
    assert len(names) == len(set(names))
    assert all(getattr(module, name) is not None for name in names)
    assert set(names) <= set(dir(module))


def test_all_is_what_is_there() -> None:
    public = {name for name in dir(tonearm) if not name.startswith("_")}
    modules = {name for name in public if isinstance(getattr(tonearm, name), type(sys))}
    helpers = {"TYPE_CHECKING"}
    assert public - modules - helpers == set(tonearm.__all__) - {"__version__"}


def test_every_error_is_there() -> None:
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    assert {name for name in kinds if not name.startswith("_")} <= set(tonearm.__all__)


def test_a_name_that_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'tonearm' has no attribute 'Spotify'"):
        _ = tonearm.Spotify  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["aioz.Media", "jellyfin.Download", "openai.Transcript", "subtitles.srt"])
def test_what_comes_back_can_be_named_before_a_client_is_made(name: str) -> None:
    out = subprocess.run(
        [sys.executable, "-c", f"import tonearm; print(tonearm.{name}.__name__)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert out.strip() == name.partition(".")[2]


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys; there = set(sys.modules); import tonearm; print(sorted(set(sys.modules) - there))"
    out = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env=PATHS
    ).stdout
    assert out.strip() == "['tonearm']"


def test_a_service_is_loaded_when_it_is_first_used() -> None:
    code = (
        "import sys, tonearm\n"
        "loaded = lambda: sorted(m for m in sys.modules if m.startswith('tonearm.') "
        "and m.split('.')[1] in ('aioz', 'jellyfin', 'openai') and m.count('.') == 1)\n"
        "print(loaded(), 'httpx' in sys.modules); tonearm.Aioz; print(loaded())"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines() == ["[] False", "['tonearm.aioz']"]


CLIENTS = [
    *("Aioz(public_key='p', secret_key='s')", "Jellyfin('http://nas:8096', token='t')", "OpenAI(api_key='k')"),
    *("AsyncAioz(token='t')", "AsyncJellyfin('http://nas:8096', token='t')", "AsyncOpenAI(api_key='k')"),
]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_that_is_ready_has_not_loaded_what_connects(client: str) -> None:
    code = f"import sys, tonearm; tonearm.{client}; print({{'asyncio', 'difflib', 'httpcore'}} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "set()"


LAZY = [
    *("tonearm._audio", "tonearm._engine", "tonearm._files", "tonearm._http", "tonearm._transfer", "tonearm.subtitles"),
    *("tonearm.aioz", "tonearm.jellyfin", "tonearm.openai", "tonearm.openai._speech", "tonearm.openai._transcription"),
]


@pytest.mark.parametrize("package", LAZY)
def test_no_name_that_is_loaded_late_is_that_of_a_module(package: str) -> None:
    """Whoever imports such a module would put it in the place of the name."""
    module = import_module(package)
    assert not {one.name for one in iter_modules(module.__path__)} & set(module.__all__)


@pytest.mark.parametrize("service", ["aioz", "jellyfin"])
def test_a_package_of_modules_loads_each_when_it_is_first_used(service: str) -> None:
    operations = import_module(f"tonearm.{service}._operations")
    assert {one.name for one in iter_modules(operations.__path__)} >= set(operations.__all__)
    assert all(getattr(operations, name).__name__.endswith(f".{name}") for name in operations.__all__)
    with pytest.raises(AttributeError, match=rf"module 'tonearm.{service}._operations' has no attribute 'spotify'"):
        _ = operations.spotify


@pytest.mark.parametrize(
    ("client", "others"),
    [
        ("Aioz(token='t')", ["tonearm.aioz._operations.live", "tonearm.aioz._upload", "tonearm_generated.aioz.client"]),
        ("Jellyfin('http://nas', token='t')", ["tonearm.jellyfin._copy.plan", "tonearm_generated.jellyfin.api"]),
        ("OpenAI(api_key='k')", ["tonearm.openai._transcription.plan", "tonearm.subtitles.html"]),
    ],
)
def test_a_ready_client_has_loaded_nothing_that_only_some_calls_need(client: str, others: list[str]) -> None:
    late = ["av", "numpy", "tonearm._audio.chunks", "tonearm._audio.encoding", "tonearm._transfer.downloads"]
    late += ["tonearm._engine.runners", "tonearm._http.sse", *others]
    code = f"import sys, tonearm; tonearm.{client}; print([name for name in {late!r} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
