import inspect
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from tonearm_generated.jellyfin.api.audio import (
    get_audio_stream,
    get_audio_stream_by_container,
    head_audio_stream,
    head_audio_stream_by_container,
)
from tonearm_generated.jellyfin.models import StreamOptions

ROOT = Path(__file__).parents[2]

# Everything that the generator's own templates get wrong, in one spec.
TRAPS = """\
openapi: 3.1.0
info: {title: 'Traps "of" the generator', version: '1'}
paths:
  /things/{headers}:
    get:
      operationId: get_thing
      tags: [things]
      parameters:
        - {name: headers, in: path, required: true, schema: {type: string}}
        - {name: params, in: query, schema: {type: string}}
        - {name: cookies, in: query, schema: {type: boolean}}
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}
        - {name: extra, in: query, schema: {$ref: '#/components/schemas/Extra'}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: origin, in: cookie, required: true, schema: {type: string}}
      responses:
        '200':
          description: The thing.
          content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
  /things:
    post:
      operationId: send_thing
      tags: [things]
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Form'}}}
      responses: {'200': {description: Sent.}}
    put:
      operationId: put_thing
      tags: [things]
      parameters: [{name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}]
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Thing'}}
          multipart/form-data: {schema: {$ref: '#/components/schemas/Form'}}
      responses: {'200': {description: Put.}}
components:
  schemas:
    Kind: {type: string, enum: [small, large]}
    Extra: {type: object, additionalProperties: {type: string}}
    Thing:
      type: object
      required: [kind]
      properties:
        kind: {$ref: '#/components/schemas/Kind'}
    Form:
      type: object
      additionalProperties: false
      required: [loud]
      properties:
        loud: {type: boolean}
        quiet: {type: boolean}
        kinds: {type: array, items: {$ref: '#/components/schemas/Kind'}}
        kind: {$ref: '#/components/schemas/Kind'}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of all that the script reads and writes, so that no test touches the committed tree."""
    return _copy(tmp_path)


def _copy(folder: Path) -> Path:
    for name in ("scripts", "specs", "generated"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def regenerate(project: Path, *arguments: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/nowhere", "PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(project / "scripts" / "regenerate.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd="/", check=False, timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def tree(project: Path) -> dict[str, bytes]:
    folder = project / "generated"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_traps(project: Path, text: str = TRAPS) -> Path:
    spec = project / "specs" / "traps.yaml"
    spec.write_text(text)
    return spec


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which the package of TRAPS was made."""
    project = _copy(tmp_path_factory.mktemp("traps"))
    with_traps(project)
    assert regenerate(project, "traps").returncode == 0
    return project


def in_traps(project: Path, code: str) -> object:
    """Run `code` with the package that was made from TRAPS, in a process of its own; it prints one JSON value."""
    environment = {**os.environ, "PYTHONPATH": str(project / "generated")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True, timeout=60
    )
    return json.loads(done.stdout)


def test_committed_tree_is_what_the_specs_make_and_checking_writes_nothing(project: Path) -> None:
    before = tree(project)
    done = regenerate(project, "--check")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(project) == before


def test_check_names_a_hand_edit_an_extra_file_and_a_missing_file(project: Path) -> None:
    package = project / "generated" / "tonearm_generated"
    with (package / "aioz" / "types.py").open("a") as file:
        file.write("# by hand\n")
    (package / "aioz" / "extra.py").touch()
    (project / "generated" / "stray.txt").touch()
    (package / "py.typed").unlink()
    before = tree(project)
    done = regenerate(project, "--check", "aioz")
    assert done.returncode == 1
    assert done.stderr.splitlines()[:-1] == [
        "generated/stray.txt: is made from no spec",
        "generated/tonearm_generated/aioz/extra.py: is made from no spec",
        "generated/tonearm_generated/aioz/types.py: differs from what its spec makes",
        "generated/tonearm_generated/py.typed: is missing",
    ]
    assert tree(project) == before


def test_check_names_a_spec_that_changed_even_if_only_by_a_comment(project: Path) -> None:
    with (project / "specs" / "aioz.yaml").open("a") as file:
        file.write("# a remark\n")
    done = regenerate(project, "--check", "aioz")
    assert done.returncode == 1
    assert "specs/aioz.yaml: changed since generated/tonearm_generated/aioz was made" in done.stderr
    assert "generated/tonearm_generated/MANIFEST.json: differs" in done.stderr


def test_check_names_what_a_changed_spec_would_change(project: Path) -> None:
    spec = project / "specs" / "aioz.yaml"
    text = spec.read_text()
    assert "operationId: delete_audio" in text
    spec.write_text(text.replace("operationId: delete_audio", "operationId: remove_audio"))
    done = regenerate(project, "--check", "aioz")
    assert done.returncode == 1
    assert "aioz/api/audio/remove_audio.py: is missing" in done.stderr
    assert "aioz/api/audio/delete_audio.py: is made from no spec" in done.stderr


def test_unchanged_set_is_left_alone_without_loading_the_generator(project: Path) -> None:
    before = tree(project)
    (project / "scripts" / "openapi_python_client.py").write_text("raise SystemExit('the generator was loaded')")
    done = regenerate(project)
    assert done.returncode == 0
    assert done.stdout.startswith("up to date: ")
    assert tree(project) == before


def test_everything_made_again_is_the_same_under_another_hash_seed(project: Path) -> None:
    before = tree(project)
    shutil.rmtree(project / "generated")
    assert regenerate(project, hash_seed="1").returncode == 0
    assert tree(project) == before


def test_only_the_named_service_is_made_and_a_service_without_spec_goes(project: Path) -> None:
    before = tree(project)
    spec = with_traps(project)
    assert regenerate(project, "traps").stdout == "made again: traps\n"
    made = tree(project)
    assert {name for name in made if made[name] != before.get(name)} - {"tonearm_generated/MANIFEST.json"} == {
        name for name in made if "/traps/" in name
    }
    spec.unlink()
    assert regenerate(project).returncode == 0
    assert tree(project) == before


def test_unknown_service_is_refused(project: Path) -> None:
    done = regenerate(project, "nosuch")
    assert done.returncode == 2
    assert "no spec for nosuch" in done.stderr


BROKEN = {
    "yaml": (
        "info: {title",
        "info: {{title",
        "traps.yaml:3:1: expected ',' or '}', but got '<scalar>' (while parsing a flow mapping, from line 2)",
    ),
    "repeated key": ("  /things:\n    post:", "  /things/{headers}:\n    post:", "traps.yaml:21: the key '/things"),
    "schema": ("type: string, enum", "type: strin, enum", "traps.yaml:41: components / schemas / Kind / type: 'strin'"),
    "structure": ("in: path, ", "", "'in' is a required property"),
    "reference": ("schemas/Extra'}}", "schemas/Extr'}}", "traps.yaml:13: "),
    "reference to another kind": (
        "{name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}]",
        "{$ref: '#/components/schemas/Kind'}]",
        "traps.yaml:1: document: a reference may lead to the wrong kind of component (KeyError: 'name')",
    ),
    "operation twice": ("operationId: put_thing", "operationId: send_thing", "traps.yaml:29: paths / /things / put:"),
    "not UTF-8": ("of", "\udcff", "traps.yaml:2: not UTF-8"),
    "control character": ("of", "\x07", "traps.yaml:2: special characters are not allowed: #x0007"),
    "empty": (TRAPS, "", "traps.yaml:1: the file holds nothing"),
    "no mapping": (TRAPS, "just words", "traps.yaml:1: document: 'just words' is not of type 'object'"),
    "undefined name": (
        "      parameters: [{name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}]\n",
        "",
        "traps/api/things/put_thing.py:16:35: F821 Undefined name `Unset`",
    ),
    "generator's warning": (
        "application/json: {schema",
        "image/png: {schema",
        "specs/traps.yaml:5: paths / /things/{headers} / get: WARNING",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_spec_stops_with_place_and_reason_and_leaves_the_tree(project: Path, fault: str) -> None:
    old, new, message = BROKEN[fault]
    assert old in TRAPS
    with_traps(project).write_bytes(TRAPS.replace(old, new, 1).encode(errors="surrogateescape"))
    before = tree(project)
    done = regenerate(project)
    assert done.returncode == 1
    assert message in done.stderr
    assert tree(project) == before


def test_lost_anchor_stops_with_template_and_name(project: Path) -> None:
    edits = project / "scripts" / "_regenerate" / "edits.py"
    text = edits.read_text()
    assert text.count('"params.update("') == 1
    edits.write_text(text.replace('"params.update("', '"parameters.update("'))
    before = tree(project)
    done = regenerate(project)
    assert done.returncode == 1
    assert "template endpoint_macros.py.jinja: the anchor 'query map' was found 0 times" in done.stderr
    assert tree(project) == before


def test_other_tool_versions_than_the_pinned_ones_are_refused(project: Path) -> None:
    pins = project / "pyproject.toml"
    pins.write_text(pins.read_text().replace("ruff==", "ruff==9"))
    done = regenerate(project)
    assert done.returncode == 1
    assert done.stderr.startswith("ruff 9")


def test_repaired_templates(traps: Path) -> None:
    """What the generator's own templates get wrong is right in what we make."""
    requests = in_traps(
        traps,
        """
import json, sys
import tonearm_generated.traps, tonearm_generated.traps.models as models
eager = sorted(name for name in sys.modules if name in ("httpx", "tonearm_generated.traps.models.thing"))
from tonearm_generated.traps.api.things import get_thing, put_thing, send_thing
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
            "params": {},
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
