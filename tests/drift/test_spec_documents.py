"""The specs hold what the services' documents list: nothing is missing, nothing is named that no document names."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.drift.spec_rules import Doc, load, operations, resolve, responses

LISTS = Path(__file__).parent / "documents"
SERVICES = {"aioz": 19, "jellyfin": 30, "openai": 11}
BESIDE = {"jellyfin": "beside_streams", "openai": "beside_audio"}
"""Where the operations are listed that are not those the project is made for."""
TYPES = {"string": "str", "boolean": "bool", "integer": "int", "number": "float"}


def listed(name: str) -> Doc:
    lists: Doc = yaml.load((LISTS / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return lists


def by_name(doc: Doc) -> dict[str, Doc]:
    return {operation["operationId"]: operation for _, _, operation in operations(doc)}


def parameters(operation: Doc, *places: str) -> dict[str, Doc]:
    return {p["name"]: p for p in operation["parameters"] if p["in"] in places}


def fields(doc: Doc, schema: str) -> list[str]:
    return list(doc["components"]["schemas"][schema]["properties"])


def body(doc: Doc, operation: Doc) -> tuple[str, Doc]:
    ((media_type, media),) = operation["requestBody"]["content"].items()
    return media_type, resolve(doc, media["schema"])


def python_type(doc: Doc, schema: Doc) -> str:
    """The type as the documents write it; for a file field that is `bytearray`."""
    if "oneOf" in schema:
        return " or ".join(python_type(doc, member) for member in schema["oneOf"])
    kind = resolve(doc, schema)
    if kind["type"] == "object":
        name: str = schema["$ref"].rpartition("/")[2]
        return name
    if kind["type"] == "array":
        return f"List[{python_type(doc, kind['items'])}]"
    return "bytearray" if kind.get("format") == "binary" else TYPES[kind["type"]]


@pytest.mark.parametrize(("service", "count"), SERVICES.items())
def test_operations_have_the_names_methods_and_paths_of_the_document(service: str, count: int) -> None:
    found = {operation["operationId"]: [method, path] for method, path, operation in operations(load(service))}
    assert found == listed(service)["operations"] | listed(service).get(BESIDE.get(service), {})
    assert len(found) >= count


@pytest.mark.parametrize("service", ["aioz", "openai"])
def test_base_url_is_the_documented_one(service: str) -> None:
    assert [server["url"] for server in load(service)["servers"]] == [listed(service)["base_url"]]


# AIOZ


def test_aioz_schemas_have_the_documented_fields() -> None:
    doc, lists = load("aioz"), listed("aioz")
    for schema in lists["fields"].keys() | lists["added_fields"].keys():
        expected = lists["fields"].get(schema, []) + lists["added_fields"].get(schema, [])
        assert sorted(fields(doc, schema)) == sorted(expected), schema
    required = {name: sorted(doc["components"]["schemas"][name]["required"]) for name in lists["required"]}
    assert required == {name: sorted(names) for name, names in lists["required"].items()}


def test_aioz_words_are_the_documented_ones() -> None:
    schemas = load("aioz")["components"]["schemas"]
    assert {name: s["enum"] for name, s in schemas.items() if "enum" in s} == listed("aioz")["words"]


def test_aioz_parameters_are_the_documented_ones() -> None:
    found = by_name(load("aioz"))
    for name, operation in found.items():
        in_path = re.findall(r"{(\w+)}", listed("aioz")["operations"][name][1])
        expected = listed("aioz")["parameters"].get(name, in_path)
        assert list(parameters(operation, "path", "query", "header")) == expected, name
        optional = [p["name"] for p in operation["parameters"] if not p.get("required")]
        assert optional == [p for p in expected if p in listed("aioz")["optional_parameters"]], name


def test_aioz_answers_have_the_documented_statuses_and_headers() -> None:
    doc, lists = load("aioz"), listed("aioz")
    for name, operation in by_name(doc).items():
        added = [lists["added_success"][name]] if name in lists["added_success"] else []
        found = responses(doc, operation)
        assert sorted(found) == sorted([lists["success"][name], *added, *lists["errors"]]), name
        for status, answer in found.items():
            expected = lists["rate_headers"] + (["Retry-After"] if status == "429" else [])
            assert list(answer["headers"]) == expected, (name, status)
            assert list(answer["content"]) == ["application/json"], (name, status)


def test_aioz_keys_are_sent_in_the_documented_headers() -> None:
    schemes = load("aioz")["components"]["securitySchemes"].values()
    assert {scheme.get("name", "Authorization") for scheme in schemes} == set(listed("aioz")["keys"])


# Jellyfin


def document_name(wire_name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", wire_name).lower()


def jellyfin_type(doc: Doc, schema: Doc) -> str:
    """The type as the document writes it, where enums have names and the map has none."""
    name: str = schema.get("$ref", "").rpartition("/")[2]
    if name == "StreamOptions":
        return "Dict[str, Optional[str]]"
    return name or python_type(doc, schema)


@pytest.mark.parametrize("name", listed("jellyfin")["operations"])
def test_jellyfin_operations_have_the_fifty_documented_parameters(name: str) -> None:
    doc, lists = load("jellyfin"), listed("jellyfin")
    found = parameters(by_name(doc)[name], "path", "query")
    types = {document_name(wire_name): jellyfin_type(doc, p["schema"]) for wire_name, p in found.items()}
    assert list(types.items()) == list(lists["parameters"].items())
    assert len(types) == 50
    required = [document_name(wire_name) for wire_name, p in found.items() if p.get("required")]
    assert required == lists["required"][name]


def test_jellyfin_parameters_are_written_once() -> None:
    doc = load("jellyfin")
    references = [p for item in doc["paths"].values() for p in item.get("parameters", [])]
    assert all(list(p) == ["$ref"] for p in references)
    names = [document_name(p["name"]) for p in doc["components"]["parameters"].values()]
    assert set(listed("jellyfin")["parameters"]) <= set(names)
    again = sorted(name for name in set(names) if names.count(name) > 1)
    assert again == ["container", "device_id", "play_session_id"]


def test_jellyfin_enums_are_the_documented_ones() -> None:
    schemas = load("jellyfin")["components"]["schemas"]
    assert {name: s["enum"] for name, s in schemas.items() if "enum" in s} == listed("jellyfin")["enums"]


@pytest.mark.parametrize("name", listed("jellyfin")["operations"])
def test_jellyfin_answers_have_every_status_with_its_headers(name: str) -> None:
    doc, lists = load("jellyfin"), listed("jellyfin")
    operation = by_name(doc)[name]
    found = responses(doc, operation)
    assert sorted(found) == sorted(lists["statuses"] + lists["added"]["statuses"])
    headers = {status: set(answer.get("headers", {})) for status, answer in found.items()}
    assert headers["503"] == set(lists["unavailable_headers"])
    assert headers["206"] == headers["200"] | {"Content-Range"}
    assert {"Content-Length", "Accept-Ranges", "Last-Modified"} <= headers["200"]
    assert "Content-Range" in headers["416"]
    is_get = name.startswith("get")
    assert list(parameters(operation, "header")) == (lists["added"]["get_headers"] if is_get else [])
    media_types = {status: list(answer["content"]) for status, answer in found.items() if "content" in answer}
    audio = ["audio/*", "video/*", "application/octet-stream"]
    problem = ["application/json", "application/problem+json", "text/plain"]
    text = {"404": ["text/plain"], "500": ["text/plain"], "503": ["text/html"]}
    assert media_types == ({"200": audio, "206": audio, "400": problem, **text} if is_get else {})


# OpenAI


@pytest.mark.parametrize("name", listed("openai")["operations"])
def test_openai_requests_have_the_documented_fields(name: str) -> None:
    doc, lists = load("openai"), listed("openai")
    media_type, schema = body(doc, by_name(doc)[name])
    types = {field.removesuffix("[]"): python_type(doc, s) for field, s in schema["properties"].items()}
    assert types == {**lists["fields"].get(name, {}), **lists["added"][name]}
    assert sorted(schema["required"]) == sorted(lists["required"][name])
    assert media_type == lists["request_type"][name]


def test_openai_words_are_the_documented_ones() -> None:
    schemas, lists = load("openai")["components"]["schemas"], listed("openai")
    found: dict[str, list[Any]] = {name: s["enum"] for name, s in schemas.items() if "enum" in s}
    names = lists["words"].keys() | lists["added_words"].keys()
    assert found == {name: lists["words"].get(name, []) + lists["added_words"].get(name, []) for name in names}


def test_openai_answers_have_the_documented_fields() -> None:
    doc, lists = load("openai"), listed("openai")
    assert {name: fields(doc, name) for name in lists["answer_fields"]} == lists["answer_fields"]


@pytest.mark.parametrize("name", listed("openai")["operations"])
def test_openai_answers_have_every_status_and_media_type(name: str) -> None:
    doc, lists = load("openai"), listed("openai")
    operation = by_name(doc)[name]
    found = responses(doc, operation)
    assert sorted(found) == sorted(["200", *lists["errors"]])
    assert list(found["200"]["content"]) == [lists["answer_type"][name], *lists["added_answer_types"][name]]
    assert sorted(found["429"]["headers"]) == sorted(lists["limited_headers"])
    assert all("x-request-id" in answer["headers"] for answer in found.values())
    assert operation.get("deprecated", False) == (name in lists["deprecated"])
