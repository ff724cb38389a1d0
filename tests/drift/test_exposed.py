"""A specification that moves is noticed: what it has and the overlay neither uses nor leaves out on purpose is named.

`omissions.yaml` says what is left out, and why. The same look at the code tells which operations go through generated
code, and with which types.
"""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml

from tests.drift.spec_rules import Doc, load, operations, resolve
from tests.inside.aioz import tracks, webhooks
from tests.inside.jellyfin import streams

ROOT = Path(__file__).resolve().parents[2]
OMISSIONS = yaml.safe_load(Path(__file__).with_name("omissions.yaml").read_text(encoding="utf-8"))
SERVICES = ("aioz", "jellyfin", "openai")
DOCS = {service: load(service) for service in SERVICES}
SPREAD: dict[str, Any] = {
    "query": streams._Query,
    "_query(selection)": streams._Query,
    "registration.flags()": webhooks.Flags,
}
"""The type of each argument that is given with `**`: its keys are checked keywords."""
BY_KIND = {"get": tracks._Listing, "create": tracks._Creating, "delete": tracks._Deleting, "set": tracks._Choosing}
"""The types through which the operations of tracks are called."""


def trees(service: str, folder: str = "") -> Iterator[ast.Module]:
    for path in sorted((ROOT / "overlay" / "tonearm" / service / folder).rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def modules(service: str) -> dict[str, Any]:
    """The generated module of each operation."""
    api = importlib.import_module(f"tonearm_generated.{service}.api")
    found = pkgutil.walk_packages(api.__path__, f"{api.__name__}.")
    return {one.name.rpartition(".")[2]: importlib.import_module(one.name) for one in found if not one.ispkg}


MODULES = {service: modules(service) for service in SERVICES}


def named(call: ast.Call, positional: list[str]) -> set[str]:
    """The names of the arguments that a call gives."""
    found = {keyword.arg for keyword in call.keywords if keyword.arg} | set(positional[: len(call.args)])
    for keyword in call.keywords:
        if keyword.arg is None:
            found |= set(get_type_hints(SPREAD[ast.unparse(keyword.value)]))
    return found


def sent(service: str) -> dict[str, set[str]]:
    """By operation or request object, what the seam gives it; objects are filled by calls or assignments."""
    known: dict[str, set[str]] = {}
    aliases = {"models_of_server": "list_models"}
    for tree in trees(service, "_operations"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "request_kwargs":
                name = aliases.get(ast.unparse(node.value), ast.unparse(node.value))
                known.setdefault(name, set())
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = aliases.get(ast.unparse(node.func.value), ast.unparse(node.func.value))
                if node.func.attr == "request_kwargs":
                    order = list(inspect.signature(MODULES[service][owner].request_kwargs).parameters)
                    known.setdefault(owner, set()).update(named(node, order))
                elif owner == "models" and node.func.attr[0].isupper():
                    kind = getattr(importlib.import_module(f"tonearm_generated.{service}.models"), node.func.attr)
                    order = list(getattr(kind, "__annotations__", {}))
                    known.setdefault(node.func.attr, set()).update(named(node, order))
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith("body."):
                name = ast.unparse(node.targets[0]).removeprefix("body.")
                known.setdefault("CreateTranscriptionRequest", set()).add(name)
    for name in MODULES[service] if service == "aioz" else ():
        verb, _, what = name.replace("_default", "").partition("_")
        if what.rstrip("s") in ("caption", "transcript", "chapter"):
            known[name] |= set(inspect.signature(BY_KIND[verb].__call__).parameters)
    return known


def request_objects(service: str) -> Iterator[tuple[str, list[str]]]:
    """Each object that is sent, with the names of its fields in Python."""
    models = importlib.import_module(f"tonearm_generated.{service}.models")
    for name, schema in DOCS[service]["components"]["schemas"].items():
        if schema.get("type") == "object" and schema.get("additionalProperties") is False:
            yield name, list(getattr(models, name).__annotations__)


def sendable(service: str) -> dict[str, list[str]]:
    """What can be sent, by operation or object."""
    parts = {name: list(inspect.signature(m.request_kwargs).parameters) for name, m in MODULES[service].items()}
    return {**parts, **dict(request_objects(service))}


def unsent(service: str, extra: dict[str, list[str]] | None = None) -> set[str]:
    """What can be sent and is not; `extra` are parameters as if the specification had them, too."""
    used, every = sent(service), {**sendable(service), **(extra or {})}
    return {f"{owner}.{name}" for owner, names in every.items() for name in names if name not in used.get(owner, ())}


def everything(service: str, part: str) -> set[str]:
    groups = sendable(service) if part == "request" else dict(answer_objects(service))
    return {f"{owner}.{name}" for owner, names in groups.items() for name in names}


def answer_objects(service: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of an answer that is no error, with its properties."""
    doc = DOCS[service]
    seen: set[str] = set()

    def look(schema: Doc) -> Iterator[tuple[str, dict[str, Any]]]:
        name = schema.get("$ref", "").rpartition("/")[2]
        if name and name in seen:
            return
        seen.add(name)
        found = resolve(doc, schema)
        if name and found.get("properties"):
            yield name, found["properties"]
        inner = [*found.get("properties", {}).values(), *found.get("oneOf", ()), *found.get("anyOf", ())]
        for one in [*inner, *([found["items"]] if "items" in found else ())]:
            yield from look(one)

    for _, _, operation in operations(doc):
        for status, response in operation["responses"].items():
            for media_type, media in resolve(doc, response).get("content", {}).items():
                if status.startswith("2") and "json" in media_type:
                    yield from look(media["schema"])


def unread(service: str) -> set[str]:
    """Properties of answers that no code of the service names, as an attribute or in quotes."""
    words: set[str] = set()
    for tree in trees(service):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                words.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
    models = importlib.import_module(f"tonearm_generated.{service}.models")
    found: set[str] = set()
    for name, properties in answer_objects(service):
        python = list(getattr(models, name).__annotations__)
        spelt = {one.replace("_", "").lower(): one for one in python}
        for prop in properties:
            if prop not in words and spelt.get(prop.replace("_", "").lower(), prop) not in words:
                found.add(f"{name}.{prop}")
    return found


def left_out(service: str, part: str) -> dict[str, str]:
    return {
        f"{owner}.{name}": reason
        for owner, group in (OMISSIONS[service].get(part) or {}).items()
        for names, reason in group.items()
        for name in names.split()
    }


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(("part", "missing"), [("request", unsent), ("answer", unread)])
def test_what_the_overlay_does_not_use_is_left_out_on_purpose(service: str, part: str, missing: Any) -> None:
    known = left_out(service, part)
    assert missing(service) - known.keys() == set(), "use it, or say in omissions.yaml why not"
    assert known.keys() - everything(service, part) == set(), "the specification does not have it any more"
    assert all(known.values())


def test_a_new_optional_parameter_is_noticed() -> None:
    new = {"list_audio": ["body", "folder"]}
    assert unsent("aioz", new) - left_out("aioz", "request").keys() == {"list_audio.folder"}


def test_every_operation_goes_through_generated_code_with_its_types() -> None:
    table = {service: dict(rows(service)) for service in SERVICES}
    asked = [name for found in table.values() for name, row in found.items() if row[0]]
    read = [name for found in table.values() for name, row in found.items() if row[1]]
    assert len(asked) == len(read) == sum(map(len, MODULES.values())) >= 49, table
    assert untyped() == []


def test_the_table_in_the_documentation_is_that_of_the_code() -> None:
    lines = ["| service | operations | request | answer | typed calls |", "| --- | --- | --- | --- | --- |"]
    for service in SERVICES:
        found = dict(rows(service)).values()
        typed = "all" if not [one for one in untyped() if one.partition(".")[0] in MODULES[service]] else "not all"
        counts = [len(found), sum(asked for asked, _ in found), sum(read for _, read in found), typed]
        lines.append(f"| {service} | {' | '.join(map(str, counts))} |")
    assert "\n".join(lines) in (ROOT / "docs" / "generated.md").read_text(encoding="utf-8"), "\n".join(lines)


def rows(service: str) -> Iterator[tuple[str, tuple[bool, bool]]]:
    """Whether the request of an operation, and the JSON of its answer where it has any, go through generated code."""
    source = "\n".join(ast.unparse(tree) for tree in trees(service, "_operations")).replace(
        "models_of_server", "list_models"
    )
    for name, module in MODULES[service].items():
        has_json = "from_dict(data)" in inspect.getsource(module.read_answer) or "read(data)" in inspect.getsource(
            module.read_answer
        )
        yield (
            name,
            (
                f"{name}.request_kwargs" in source,
                not has_json
                or f"{name}.read_answer" in source
                or name in OMISSIONS[service].get("read_from_the_dict", ()),
            ),
        )


def untyped() -> list[str]:
    """Calls of generated code whose arguments a type checker does not see: `**` of something else than the above."""
    found = []
    for service in SERVICES:
        for tree in trees(service, "_operations"):
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("request_kwargs"):
                    spread = [ast.unparse(one.value) for one in node.keywords if one.arg is None]
                    found += [f"{ast.unparse(node.func)}(**{name})" for name in spread if name not in SPREAD]
    return found
