import inspect
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from tests.drift.regeneration import ROOT, copy_project, in_traps, regenerate, with_traps
from tonearm_generated.jellyfin.api.audio import (
    get_audio_stream,
    get_audio_stream_by_container,
    head_audio_stream,
    head_audio_stream_by_container,
)
from tonearm_generated.jellyfin.models import StreamOptions


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the package of TRAPS was made."""
    project = copy_project(tmp_path_factory.mktemp("traps"))
    with_traps(project)
    assert regenerate(project, "traps").returncode == 0
    return project


def test_repaired_templates(traps: Path) -> None:
    """What the generator's own templates get wrong is right in what we make."""
    requests = in_traps(
        traps,
        """
import json, sys
import tonearm_generated.traps, tonearm_generated.traps.models as models
eager = sorted(name for name in sys.modules if name in ("httpx", "tonearm_generated.traps.models.thing"))
from tonearm_generated.traps.api.things import get_thing, put_thing, send_thing
eager += sorted(name for name in sys.modules if name == "tonearm_generated.traps.models.thing")
Extra, Form, Kind, Thing = models.Extra, models.Form, models.Kind, models.Thing
form = send_thing.request_kwargs(body=Form(loud=True, quiet=False, kinds=[Kind.SMALL, "huge"], kind="large"))
form["files"] = [(name, body.decode()) for name, (_, body, _) in form["files"]]
several = put_thing.request_kwargs(body=Form(loud=False))["headers"]
print(json.dumps({
    "eager": eager,
    "bare": get_thing.request_kwargs("h", origin="o"),
    "full": get_thing.request_kwargs("h", params="p", cookies=True, kind="large", extra=Extra.from_dict({"a": "b"}),
                                     x_trace="t", session="s", origin="o"),
    "form": form,
    "several": several,
    "json": put_thing.request_kwargs(body=Thing(kind=Kind.LARGE)),
    "unknown": Thing.from_dict({"kind": "huge"}).to_dict(),
    "same": Kind("huge") == "huge" and Kind("small") is Kind.SMALL and list(Kind) == ["large", "small"],
}))
""",
    )
    url = {"method": "get", "url": "/things/h"}
    multipart = {"method": "post", "url": "/things", "headers": {}}
    fields = [["loud", "true"], ["quiet", "false"], ["kinds", "small"], ["kinds", "huge"], ["kind", "large"]]
    assert requests == {
        "eager": [],
        "bare": {**url, "params": {}, "headers": {}, "cookies": {"origin": "o"}},
        "full": {
            **url,
            "params": {"params": "p", "cookies": True, "kind": "large", "a": "b"},
            "headers": {"X-Trace": "t"},
            "cookies": {"session": "s", "origin": "o"},
        },
        "form": {**multipart, "files": fields},
        "several": {},
        "json": {
            "method": "put",
            "url": "/things",
            "params": {"size": "m"},
            "json": {"kind": "large"},
            "headers": {"Content-Type": "application/json"},
        },
        "unknown": {"kind": "huge"},
        "same": True,
    }


def test_send_functions_work_on_their_own_with_a_status_that_has_no_name(traps: Path) -> None:
    answer = in_traps(
        traps,
        """
import asyncio, json, httpx
from tonearm_generated.traps import Client
from tonearm_generated.traps.api.things import get_thing
seen = []
def answer(request):
    seen.append(str(request.url))
    return httpx.Response(520, text="<html>")
client = Client("http://t").set_httpx_client(httpx.Client(base_url="http://t", transport=httpx.MockTransport(answer)))
sync = get_thing.sync_detailed("h", client=client, params="p", origin="o")
client.set_async_httpx_client(httpx.AsyncClient(base_url="http://t", transport=httpx.MockTransport(answer)))
other = asyncio.run(get_thing.asyncio_detailed("h", client=client, params="p", origin="o"))
print(json.dumps([sync.status_code, other.status_code, sync.parsed, *seen]))
""",
    )
    assert answer == [520, 520, None, "http://t/things/h?params=p", "http://t/things/h?params=p"]


def test_committed_files_name_their_spec_and_hold_no_constant_boundary() -> None:
    package = ROOT / "generated" / "tonearm_generated"
    specs = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml"))
    files = [(service, path.read_text()) for service in specs for path in (package / service).rglob("*.py")]
    assert {service for service, _ in files} == set(specs)
    for service, text in files:
        assert text.startswith(f"# Made from specs/{service}.yaml by scripts/regenerate.py")
        assert "+++" not in text


@pytest.mark.parametrize(
    ("module", "path"),
    [
        (get_audio_stream, ("item",)),
        (head_audio_stream, ("item",)),
        (get_audio_stream_by_container, ("item", "mp3")),
        (head_audio_stream_by_container, ("item", "mp3")),
    ],
)
def test_each_jellyfin_parameter_arrives_as_given_and_only_when_given(
    module: ModuleType, path: tuple[str, ...]
) -> None:
    assert module.request_kwargs(*path)["params"] == {}
    sent: dict[str, str] = {}
    for name, argument in inspect.signature(module.request_kwargs).parameters.items():
        if argument.kind is argument.KEYWORD_ONLY and name != "stream_options":
            request = module.request_kwargs(*path, **{name: f"value of {name}"})
            assert [*request["params"].values(), *request.get("headers", {}).values()] == [f"value of {name}"]
            sent |= request["params"] | request.get("headers", {})
    assert sent["params"] == "value of params"
    options = module.request_kwargs(*path, stream_options=StreamOptions.from_dict({"opus-bitrate": "96000"}))["params"]
    assert options == {"opus-bitrate": "96000"}
    assert sent.keys() | {"streamOptions"} == _parameters(module.__name__.rpartition(".")[2])


def _parameters(operation_id: str) -> set[str]:
    spec = yaml.safe_load((ROOT / "specs" / "jellyfin.yaml").read_text())
    for item in spec["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and operation.get("operationId") == operation_id:
                listed = [*item.get("parameters", []), *operation.get("parameters", [])]
                named = [
                    spec["components"]["parameters"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
                    for one in listed
                ]
                return {one["name"] for one in named if one["in"] != "path"}
    raise AssertionError(f"specs/jellyfin.yaml has no {operation_id}")
