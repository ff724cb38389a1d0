"""The rules that every specs/*.yaml keeps; a rule yields one line for each place that breaks it.

That it is OpenAPI scripts/regenerate.py sees.
"""

import pickle
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from openapi_schema_validator import OAS31Validator, oas31_format_checker

Doc = dict[str, Any]
Rule = Callable[[Doc], Iterator[str]]

FOLDER = Path(__file__).resolve().parents[2] / "specs"
METHODS = ("get", "head", "post", "put", "patch", "delete")
UNIONS = ("oneOf", "anyOf", "allOf")
SCHEMA_REF = "#/components/schemas/"

# Without these an answer is useless (an id, a payload), or cannot be told from its neighbour in a union.
REQUIRED_IN_ANSWERS = {
    "MediaResponse": ["data"],
    "Media": ["id"],
    "MediaListResponse": ["data"],
    "CostResponse": ["data"],
    "Cost": ["price"],
    "CaptionResponse": ["data"],
    "CaptionListResponse": ["data"],
    "TranscriptResponse": ["data"],
    "TranscriptListResponse": ["data"],
    "ChapterResponse": ["data"],
    "ChapterListResponse": ["data"],
    "PublicSystemInfo": ["Version"],
    "AuthenticationResult": ["AccessToken"],
    "UserDto": ["Id"],
    "BaseItemDto": ["Id"],
    "PlaylistCreationResult": ["Id"],
    "CreateTranscriptionResponseVerboseJson": ["language", "text"],
    "CreateTranscriptionResponseDiarizedJson": ["text", "segments"],
    "CreateTranscriptionResponseJson": ["text"],
    "CreateTranslationResponseVerboseJson": ["language", "text"],
    "CreateTranslationResponseJson": ["text"],
    "TranscriptionWord": ["word"],
    "TranscriptionSegment": ["text"],
    "TranscriptionDiarizedSegment": ["speaker"],
    "ListModelsResponse": ["data"],
    "Model": ["id"],
    "Voice": ["id"],
    "VoiceConsent": ["id"],
    "VoiceConsentList": ["data"],
    "TokenUsage": ["total_tokens"],
    "DurationUsage": ["seconds"],
    "SpeechAudioDeltaEvent": ["type"],
    "SpeechAudioDoneEvent": ["type"],
    "TranscriptTextDeltaEvent": ["type"],
    "TranscriptTextSegmentEvent": ["type"],
    "TranscriptTextDoneEvent": ["type"],
    "PlaylistResponse": ["data"],
    "PlaylistData": ["playlist"],
    "PlaylistListResponse": ["data"],
    "Playlist": ["id"],
    "WebhookResponse": ["data"],
    "WebhookData": ["webhook"],
    "WebhookListResponse": ["data"],
    "RegisteredWebhook": ["id"],
    "MetricTotalResponse": ["data"],
    "MetricRowsResponse": ["data"],
    "DataUsageResponse": ["data"],
    "PlayerThemeResponse": ["data"],
    "PlayerThemeData": ["player_theme"],
    "PlayerThemeListResponse": ["data"],
    "ShownPlayerTheme": ["id"],
    "LiveKeyResponse": ["data"],
    "LiveKeyListResponse": ["data"],
    "LiveKey": ["id"],
    "LiveStreamResponse": ["data"],
    "LiveStreamListResponse": ["data"],
    "LiveStream": ["id"],
    "UserResponse": ["data"],
    "UserData": ["user"],
    "User": ["id"],
    "ApiKeyResponse": ["data"],
    "ApiKeyData": ["api_key"],
    "ApiKeyListResponse": ["data"],
    "ApiKey": ["id"],
}


def load(name: str) -> Doc:
    """What specs/<name>.yaml says, for each caller anew."""
    doc: Doc = pickle.loads(_read(name))
    return doc


@cache
def _read(name: str) -> bytes:
    """The same, pickled: to read YAML takes many times as long."""
    return pickle.dumps(yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader))


def resolve(doc: Doc, node: Doc) -> Doc:
    """Follow local references to their end."""
    while "$ref" in node:
        target: Any = doc
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        node = target
    return node


def operations(doc: Doc) -> Iterator[tuple[str, str, Doc]]:
    """Each operation as method, path and its object, with the parameters of its path first."""
    for path, item in doc["paths"].items():
        for method in METHODS:
            if method in item:
                parameters = [resolve(doc, p) for p in item.get("parameters", []) + item[method].get("parameters", [])]
                yield method, path, {**item[method], "parameters": parameters}


def responses(doc: Doc, operation: Doc) -> dict[str, Doc]:
    """The answers of an operation by status."""
    return {status: resolve(doc, answer) for status, answer in operation["responses"].items()}


def sites(doc: Doc) -> Iterator[tuple[str, Doc, bool]]:
    """Each object with a `schema` outside the components: where it is, the object, whether it belongs to a request."""
    for _, _, operation in operations(doc):
        name = operation["operationId"]
        for parameter in operation["parameters"]:
            yield f"{name} {parameter['in']} {parameter['name']}", parameter, True
        for media_type, media in resolve(doc, operation.get("requestBody", {})).get("content", {}).items():
            yield f"{name} body {media_type}", media, True
        for status, answer in responses(doc, operation).items():
            for header, value in answer.get("headers", {}).items():
                yield f"{name} {status} header {header}", resolve(doc, value), False
            for media_type, media in answer.get("content", {}).items():
                yield f"{name} {status} {media_type}", media, False


def nested(schema: Doc, where: str) -> Iterator[tuple[str, Doc]]:
    """The schema and every schema inside it, references not followed."""
    yield where, schema
    for name, child in schema.get("properties", {}).items():
        yield from nested(child, f"{where}.{name}")
    for key in ("items", "additionalProperties", "not"):
        if isinstance(schema.get(key), dict):
            yield from nested(schema[key], f"{where}.{key}")
    for key in UNIONS:
        for number, child in enumerate(schema.get(key, [])):
            yield from nested(child, f"{where}.{key}[{number}]")


def components(doc: Doc) -> Iterator[tuple[str, Doc, bool]]:
    """Each component schema: its name, itself, whether a request reaches it."""
    schemas = doc["components"]["schemas"]
    waiting = [s for _, site, request in sites(doc) if request for _, s in nested(site["schema"], "")]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop().get("$ref", "").removeprefix(SCHEMA_REF)
        if name and name not in reached:
            reached.add(name)
            waiting += [s for _, s in nested(schemas[name], "")]
    for name, schema in schemas.items():
        yield name, schema, name in reached


def every_schema(doc: Doc) -> Iterator[tuple[str, Doc, bool]]:
    """Each schema at any depth: where it is, itself, whether it belongs to a request."""
    tops = [*((where, site["schema"], request) for where, site, request in sites(doc)), *components(doc)]
    for where, top, request in tops:
        for place, schema in nested(top, where):
            yield place, schema, request


def errors(doc: Doc, schema: Doc, value: object) -> list[str]:
    """What is wrong with a value, by the OpenAPI 3.1 dialect with formats."""
    validator = OAS31Validator({**schema, "components": doc["components"]}, format_checker=oas31_format_checker)
    return [error.message for error in validator.iter_errors(value)]


def operations_have_one_known_tag_and_a_name(doc: Doc) -> Iterator[str]:
    tags = [[tag["name"]] for tag in doc["tags"]]
    for method, path, operation in operations(doc):
        if operation.get("tags") not in tags or not operation.get("operationId") or not operation.get("summary"):
            yield f"{method} {path}"


def fixed_paths_stand_before_templates(doc: Doc) -> Iterator[str]:
    templates: list[str] = []
    for path in doc["paths"]:
        folder, _, last = path.rpartition("/")
        if last.startswith("{"):
            templates.append(folder)
        elif folder in templates:
            yield path


def enums_and_objects_are_named_components(doc: Doc) -> Iterator[str]:
    names = {name for name, _, _ in components(doc)}
    for where, schema, _ in every_schema(doc):
        kinds = schema.get("type", [])
        if where not in names and ("enum" in schema or "properties" in schema or "object" in kinds):
            yield where
        if "title" in schema:
            yield f"{where} has a title"


def request_fields_have_no_default(doc: Doc) -> Iterator[str]:
    yield from (where for where, schema, request in every_schema(doc) if request and "default" in schema)


def head_answers_have_no_content(doc: Doc) -> Iterator[str]:
    for method, _, operation in operations(doc):
        for status, answer in responses(doc, operation).items():
            if method == "head" and "content" in answer:
                yield f"{operation['operationId']} {status}"


def security_stands_at_the_root(doc: Doc) -> Iterator[str]:
    if not doc.get("security"):
        yield "no security at the root"
    yield from (operation["operationId"] for _, _, operation in operations(doc) if "security" in operation)


def nullable_enums_are_unions_with_null(doc: Doc) -> Iterator[str]:
    for where, schema, _ in every_schema(doc):
        if "enum" in schema and ("null" in schema.get("type", []) or None in schema["enum"]):
            yield where
        if "nullable" in schema:
            yield f"{where} uses the word of OpenAPI 3.0"


def unions_begin_with_the_strictest_member(doc: Doc) -> Iterator[str]:
    for where, schema, _ in every_schema(doc):
        for key in UNIONS:
            members = schema.get(key, [])
            for later, member in enumerate(members):
                for example in resolve(doc, member).get("examples", []):
                    for earlier in members[:later]:
                        if not errors(doc, earlier, example):
                            yield f"{where}: {earlier} swallows what is meant for {member}"


def answers_require_little(doc: Doc) -> Iterator[str]:
    for where, schema, request in every_schema(doc):
        if not request and schema.get("required", []) != REQUIRED_IN_ANSWERS.get(where, []):
            yield f"{where}: {schema.get('required', [])}"


def answers_are_open(doc: Doc) -> Iterator[str]:
    for where, schema, request in every_schema(doc):
        if not request and ("enum" in schema or "const" in schema):
            yield f"{where} is a closed list of words"
        if not request and schema.get("additionalProperties") is False:
            yield f"{where} refuses unknown members"


def request_objects_are_closed(doc: Doc) -> Iterator[str]:
    for where, schema, request in every_schema(doc):
        if request and "properties" in schema and schema.get("additionalProperties") is not False:
            yield where


def times_in_answers_are_plain_strings(doc: Doc) -> Iterator[str]:
    for where, schema, request in every_schema(doc):
        if not request and schema.get("format") in ("date", "date-time", "time", "duration"):
            yield where


def parameters_are_single_values(doc: Doc) -> Iterator[str]:
    for _, _, operation in operations(doc):
        for parameter in operation["parameters"]:
            if "array" in resolve(doc, parameter["schema"])["type"] or parameter.get("explode") is False:
                yield f"{operation['operationId']} {parameter['name']}"


BARE_LISTS = {"tags"}
"""Lists in forms of which each entry is a field of the same name, without brackets (AIOZ's clients)."""


def form_fields_stand_in_wire_order(doc: Doc) -> Iterator[str]:
    for where, site, _ in sites(doc):
        if where.endswith("body multipart/form-data"):
            fields = resolve(doc, site["schema"])["properties"]
            if resolve(doc, list(fields.values())[-1]).get("format") != "binary":
                yield f"{where}: the file is not last"
            for name, field in fields.items():
                if (resolve(doc, field)["type"] == "array") != (name.endswith("[]") or name in BARE_LISTS):
                    yield f"{where}: {name}"


def examples_are_there_and_valid(doc: Doc) -> Iterator[str]:
    for name, schema, _ in components(doc):
        if not schema.get("examples"):
            yield f"{name} has no example"
        for example in schema.get("examples", []):
            yield from (f"{name}: {message}" for message in errors(doc, schema, example))
    for where, site, _ in sites(doc):
        examples = [example["value"] for example in site.get("examples", {}).values()]
        examples += [site["example"]] if "example" in site else []
        if not examples and resolve(doc, site["schema"]).get("format") != "binary":
            yield f"{where} has no example"
        for example in examples:
            yield from (f"{where}: {message}" for message in errors(doc, site["schema"], example))
