"""Each rule of tests/drift/spec_rules.py holds for each spec, and notices when it is broken."""

import copy
from typing import Any

import pytest

from tests.drift import spec_rules as rules
from tests.drift.spec_rules import Rule, load

SPECS = sorted(path.stem for path in rules.FOLDER.glob("*.yaml"))
RULES: tuple[Rule, ...] = (
    rules.operations_have_one_known_tag_and_a_name,
    rules.fixed_paths_stand_before_templates,
    rules.enums_and_objects_are_named_components,
    rules.request_fields_have_no_default,
    rules.head_answers_have_no_content,
    rules.security_stands_at_the_root,
    rules.nullable_enums_are_unions_with_null,
    rules.unions_begin_with_the_strictest_member,
    rules.answers_require_little,
    rules.answers_are_open,
    rules.request_objects_are_closed,
    rules.times_in_answers_are_plain_strings,
    rules.parameters_are_single_values,
    rules.form_fields_stand_in_wire_order,
    rules.examples_are_there_and_valid,
)
SCHEMAS = "components.schemas."
PART = SCHEMAS + "UploadAudioPartRequest.properties"
TRANSCRIPTION = SCHEMAS + "CreateTranscriptionRequest.properties."
TRANSCRIPT = "paths./audio/transcriptions.post.responses.200.content.application/json."

# rule, spec, place, the value that breaks the rule there (a function gets the old value)
BREAKS: list[tuple[Rule, str, str, Any]] = [
    (rules.operations_have_one_known_tag_and_a_name, "openai", "paths./audio/speech.post.tags", ["audio", "speech"]),
    (rules.fixed_paths_stand_before_templates, "aioz", "paths", lambda paths: dict(reversed(paths.items()))),
    (rules.enums_and_objects_are_named_components, "aioz", SCHEMAS + "Media.properties.assets", {"type": "object"}),
    (rules.enums_and_objects_are_named_components, "jellyfin", "components.parameters.context.schema", {"enum": ["a"]}),
    (rules.enums_and_objects_are_named_components, "openai", SCHEMAS + "VoiceId.title", "Voice"),
    (rules.request_fields_have_no_default, "jellyfin", "components.parameters.static.schema.default", False),
    (rules.request_fields_have_no_default, "openai", SCHEMAS + "CreateSpeechRequest.properties.speed.default", 1),
    (rules.request_fields_have_no_default, "aioz", SCHEMAS + "SortOrder.default", "asc"),
    (rules.head_answers_have_no_content, "jellyfin", "components.responses.NotFoundHead.content", {}),
    (rules.security_stands_at_the_root, "aioz", "security", []),
    (rules.security_stands_at_the_root, "openai", "paths./audio/speech.post.security", [{}]),
    (rules.nullable_enums_are_unions_with_null, "openai", SCHEMAS + "SpeechFormat.enum", ["mp3", None]),
    (rules.nullable_enums_are_unions_with_null, "jellyfin", SCHEMAS + "EncodingContext.type", ["string", "null"]),
    (rules.nullable_enums_are_unions_with_null, "aioz", SCHEMAS + "Media.properties.tags.nullable", True),
    (rules.unions_begin_with_the_strictest_member, "openai", TRANSCRIPT + "schema.anyOf", lambda union: union[::-1]),
    (rules.answers_require_little, "aioz", SCHEMAS + "Media.required", ["id", "title"]),
    (rules.answers_require_little, "aioz", SCHEMAS + "Media.required", []),
    (rules.answers_are_open, "aioz", SCHEMAS + "Media.properties.status.enum", ["new", "done"]),
    (rules.answers_are_open, "jellyfin", SCHEMAS + "ProblemDetails.additionalProperties", False),
    (rules.request_objects_are_closed, "openai", SCHEMAS + "CreateSpeechRequest.additionalProperties", True),
    (rules.times_in_answers_are_plain_strings, "aioz", SCHEMAS + "Media.properties.created_at.format", "date-time"),
    (rules.parameters_are_single_values, "aioz", "paths./media/cost.get.parameters.0.schema", {"type": "array"}),
    (rules.parameters_are_single_values, "jellyfin", "components.parameters.audioCodec.explode", False),
    (rules.form_fields_stand_in_wire_order, "aioz", PART, lambda fields: dict(reversed(fields.items()))),
    (rules.form_fields_stand_in_wire_order, "openai", TRANSCRIPTION + "languages[].type", "string"),
    (rules.form_fields_stand_in_wire_order, "openai", TRANSCRIPTION + "language.type", "array"),
    (rules.examples_are_there_and_valid, "openai", SCHEMAS + "TokenUsage.examples", []),
    (rules.examples_are_there_and_valid, "openai", SCHEMAS + "TokenUsage.examples", [{"total_tokens": "many"}]),
    (rules.examples_are_there_and_valid, "openai", TRANSCRIPT + "examples.json.value.text", 3),
    (rules.examples_are_there_and_valid, "jellyfin", "components.parameters.itemId.example", 7),
    (rules.examples_are_there_and_valid, "jellyfin", "components.headers.Content-Length.example", "much"),
]


def broken(spec: str, place: str, value: Any) -> rules.Doc:
    """A copy of the spec with one value replaced."""
    doc = copy.deepcopy(load(spec))
    *steps, last = place.split(".")
    node: Any = doc
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node[step]
    node[last] = value(node[last]) if callable(value) else value
    return doc


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_spec_keeps_the_rule(spec: str, rule: Rule) -> None:
    assert list(rule(load(spec))) == []


@pytest.mark.parametrize(
    ("rule", "spec", "place", "value"), BREAKS, ids=[f"{rule.__name__}-{place}" for rule, _, place, _ in BREAKS]
)
def test_rule_notices_a_break(rule: Rule, spec: str, place: str, value: Any) -> None:
    assert list(rule(broken(spec, place, value)))


def test_all_three_services_and_every_rule_are_looked_at() -> None:
    assert SPECS == ["aioz", "jellyfin", "openai"]
    assert {rule for rule, *_ in BREAKS} == set(RULES)
