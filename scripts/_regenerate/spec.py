"""Reading a spec: every fault is reported with its file, line and reason."""

import contextlib
import re
from pathlib import Path
from typing import Any, cast

import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # types-jsonschema is not worth a dependency
from jsonschema.exceptions import best_match  # type: ignore[import-untyped] # likewise
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.schemas.utils import get_schema_content
from referencing.jsonschema import DRAFT202012, SchemaRegistry

from _regenerate import Stop

Location = tuple[str | int, ...]

_LONGEST_REASON = 400


class Spec:
    """An OpenAPI 3.1 document that was found sound.

    Raises:
        Stop: With file, line and reason, if it is not.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data: Any
        self.name = f"{path.parent.name}/{path.name}"
        self._lines: dict[Location, int] = {}
        self._references: dict[Location, str] = {}
        text = self._read()
        try:
            node, self.data = _parsed(text)
        except yaml.MarkedYAMLError as error:
            raise Stop(f"{self.name}:{_described(error)}") from None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise Stop(f"{self.name}:{line}: {error.reason}: #x{int(error.character):04x}") from None
        if node is None:
            raise Stop(f"{self.name}:1: the file holds nothing")
        self._walk(node, ())
        self._check_structure()
        self._check_references()
        self._check_meaning()

    def _read(self) -> str:
        content = self.path.read_bytes()
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise Stop(f"{self.name}:{line}: not UTF-8: {error.reason}") from None

    def fault(self, location: Location, reason: str) -> Stop:
        """The error that says where in the file `reason` applies."""
        while location not in self._lines:
            location = location[:-1]
        if len(reason) > _LONGEST_REASON:
            reason = reason[:_LONGEST_REASON] + " ..."
        where = " / ".join(map(str, location)) or "document"
        return Stop(f"{self.name}:{self._lines[location]}: {where}: {reason}")

    def _walk(self, node: yaml.Node, location: Location) -> None:
        """Note the line of every place and every reference; a key may stand only once in a mapping."""
        self._lines.setdefault(location, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                self._walk(item, (*location, index))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = (*location, key.value)
                line = key.start_mark.line + 1
                if inner in self._lines:
                    raise Stop(
                        f"{self.name}:{line}: the key {key.value!r} was given before, on line {self._lines[inner]}"
                    )
                self._lines[inner] = line
                self._walk(value, inner)
                if key.value == "$ref" and isinstance(value, yaml.ScalarNode):
                    self._references[inner] = value.value

    def _check_structure(self) -> None:
        """Hold the document to the OpenAPI 3.1 schema, with JSON Schema's own meta-schema for the schemas in it."""
        document: dict[str, Any] = dict(get_schema_content("3.1"))
        schema: dict[str, Any] = {
            "$schema": document["$schema"],
            "$ref": document["$id"],
            "$id": "urn:tonearm:openapi",
            "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": document["$schema"]}},
        }
        registry = SchemaRegistry().with_resource(document["$id"], DRAFT202012.create_resource(document)).crawl()
        validator = cast("Any", Draft202012Validator)(schema, registry=registry)
        error = cast("Any", best_match(validator.iter_errors(self.data)))
        if error is not None:
            raise self.fault(tuple(error.absolute_path), error.message)

    def _check_references(self) -> None:
        for location, reference in self._references.items():
            target = tuple(part.replace("~1", "/").replace("~0", "~") for part in reference.split("/")[1:])
            if not reference.startswith("#/") or target not in self._lines:
                raise self.fault(location, f"the reference {reference!r} leads nowhere in this file")

    def _check_meaning(self) -> None:
        """Check what no schema can say, such as an operation name that is used twice."""
        validator = OpenAPIV31SpecValidator(self.data)
        try:
            error = next(validator.root_validator(validator.schema_path), None)  # the schema was held to before
        except Exception as crash:  # the validator trusts each reference to lead to the right kind of component
            reason = f"a reference may lead to the wrong kind of component ({type(crash).__name__}: {crash})"
            raise self.fault((), reason) from crash
        if error is not None:
            raise self.fault(self.operation_in(error.message), error.message)

    def operation_in(self, message: str) -> Location:
        """The operation that `message` names by its path and method; the whole document if it names none."""
        words = re.split(r"[\s']+", message)
        found = (
            ("paths", path, method.lower()) for path in words if ("paths", path) in self._lines for method in words
        )
        return next((location for location in found if location in self._lines), ())


def _parsed(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes, which know their lines, and the data; libyaml is fast, and Python's own parser explains faults."""
    if yaml.__with_libyaml__:
        with contextlib.suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=yaml.CSafeLoader), yaml.load(text, Loader=yaml.CSafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader), yaml.safe_load(text)


def _described(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    place = f"{mark.line + 1}:{mark.column + 1}" if mark else "1"
    context = f" ({error.context}, from line {error.context_mark.line + 1})" if error.context_mark else ""
    return f"{place}: {error.problem}{context}"
