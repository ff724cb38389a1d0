"""Writes the code that reads answers: `from_dict` of each object, and `read_answer` of each operation.

What the generator writes stops at the first odd value of an answer, cannot say where that is, and is slow. A template
asks for this code by way of `Readers`; what it calls stands in runtime/reading.py.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.strings import PythonCode, in_double_quote_literal

from _regenerate.spec import Spec

_SCALARS: Mapping[str, tuple[str, str]] = {  # the reader, and what needs none
    "StringProperty": ("_reading.text", "{0}.__class__ is not str"),
    "IntProperty": ("_reading.integer", "{0}.__class__ is not int"),
    "FloatProperty": ("_reading.number", "({0}.__class__ is not float or not _reading.is_finite({0}))"),
    "BooleanProperty": ("_reading.flag", "{0}.__class__ is not bool"),
}
_OTHERS: Mapping[str, str] = {
    "AnyProperty": "_reading.anything",
    "UuidProperty": "_reading.uuid",
    "DateProperty": "_reading.day",
    "DateTimeProperty": "_reading.moment",
}


class Readers:
    """What templates ask for, about one spec."""

    def __init__(self, spec: Spec, data: GeneratorData) -> None:
        self._spec = spec
        models: list[Any] = list(data.models)
        self._needy = {str(model.class_info.name) for model in models if model.required_properties}
        self._operations = {
            operation["operationId"]: operation
            for path in spec.data["paths"].values()
            for method, operation in path.items()
            if method != "parameters"
        }

    def from_dict(self, model: Any) -> str:
        """The body of a model's `from_dict`."""
        # A dict, as JSON gives it, needs no call; what else `fields` takes is rare.
        lines = ["_data = {**src_dict} if src_dict.__class__ is dict else _reading.fields(src_dict)"]
        found: list[Any] = [*model.required_properties, *model.optional_properties]
        for one in found:
            lines += self._read(one)
        # Not by __init__, which takes as long as reading the fields: an answer may have thousands of objects.
        lines += ["_model = cls.__new__(cls)", *(f"_model.{one.python_name} = {one.python_name}" for one in found)]
        if model.additional_properties:
            rest = "_data" if self._of_any(model.additional_properties) else "_READ_MORE(_data)"
            lines += [f"_model.additional_properties = {rest}", "_model.raw = src_dict"]
        return "\n".join([*lines, "return _model"])

    def below(self, model: Any) -> str:
        """What stands below a model: the readers of its fields, and what they need, which may need the model."""
        found: list[Any] = [*model.required_properties, *model.optional_properties]
        made = [self._made(_constant(one), _plain(one)) for one in found if _kind(_plain(one)) not in _SCALARS]
        if model.additional_properties and not self._of_any(model.additional_properties):
            made.append(f"_READ_MORE = _reading.by_name({self._member(model.additional_properties)})")
        return "\n".join([*sorted(model.lazy_imports or ()), *made])

    def _made(self, name: str, plain: Any) -> str:
        """The line that makes a reader; a checker does not see by itself what a union reads."""
        code = self._reader(plain)
        if _kind(plain) == "UnionProperty":
            return f"{name}: _reading.Reader[{' | '.join(map(_type, _forms(plain)))}] = {code}"
        return f"{name} = {code}"

    def _member(self, one: Any) -> str:
        """The reader of a member, which may be null."""
        return f"_reading.nullable({self._reader(one)})" if _is_nullable(one) else self._reader(one)

    def _of_any(self, rest: Any) -> bool:
        return rest is True or _kind(rest) == "AnyProperty"

    def _read(self, one: Any) -> Iterator[str]:
        name, plain, nullable = one.python_name, _plain(one), _is_nullable(one)
        key = f'"{in_double_quote_literal(one.name)}"'
        scalar = _SCALARS.get(_kind(plain))
        read = scalar[0] if scalar else _constant(one)
        absent = "None" if nullable else "UNSET"
        if one.required:
            yield f"{name} = _data.pop({key}, None)"
            if nullable:
                yield f"{name} = _reading.whole({read}, {name}, {key}, None)"
                return
            if scalar:
                yield f"if {scalar[1].format(name)}:"
            yield f"{'    ' if scalar else ''}{name} = _reading.required({read}, {name}, {key})"
            return
        yield f"{name} = _data.pop({key}, UNSET)"
        yield f"if {name} is not UNSET{f' and {scalar[1].format(name)}' if scalar else ''}:"
        if self._is_firm(plain):
            yield f"    {name} = _reading.whole({read}, {name}, {key}, {absent})"
        elif _kind(plain) == "ListProperty":  # leaves out what it cannot read, and raises nothing
            yield f"    {name} = {read}({name}) if {name}.__class__ is list else {absent}"
        else:
            yield f"    {name} = _reading.optional({read}, {name}, {absent})"

    def _is_firm(self, one: Any) -> bool:
        """Whether it is a list of objects that have required fields: none of them may get lost."""
        if _kind(one) != "ListProperty":
            return False
        inner = _plain(one.inner_property)
        return self._is_firm(inner) or (_kind(inner) == "ModelProperty" and inner.class_info.name in self._needy)

    def _reader(self, one: Any) -> str:
        plain = _plain(one)
        if (scalar := _SCALARS.get(_kind(plain))) is not None:
            return scalar[0]
        if _kind(plain) in _OTHERS:
            return _OTHERS[_kind(plain)]
        if _kind(plain) == "ModelProperty":
            return f"{plain.class_info.name}.from_dict"
        if _kind(plain) == "EnumProperty":
            return f"_reading.word({plain.class_info.name})"
        if _kind(plain) == "ConstProperty":
            return f"_reading.constant({plain.value.python_code.as_unembedded_code()})"
        if _kind(plain) == "ListProperty":
            kind = "every" if self._is_firm(plain) else "readable"
            return f"_reading.{kind}({self._member(plain.inner_property)})"
        if _kind(plain) == "UnionProperty":
            forms = ", ".join(map(self._reader, _forms(plain)))
            return f"_reading.first(({forms}))"
        if _kind(plain) == "FileProperty":
            return "_reading.anything"  # only forms have files
        raise self._spec.fault((), f"there is no reader for a {_kind(plain)}")

    def answer_type(self, endpoint: Any) -> PythonCode:
        """The type of what an operation answers."""
        found = {response.prop.get_type_string().as_unembedded_code() for response in endpoint.responses}
        found |= {"str"} if self.texts(endpoint) else set()
        return PythonCode(" | ".join(sorted(found)) or "Any")

    def texts(self, endpoint: Any) -> tuple[str, ...]:
        """The media types of a success that are text."""
        return tuple(
            dict.fromkeys(
                media_type
                for status, media_types in self._media_types(endpoint)
                for media_type in media_types
                if status.startswith("2") and (media_type.startswith("text/") or media_type == "application/x-subrip")
            )
        )

    def _media_types(self, endpoint: Any) -> Iterator[tuple[str, Iterable[str]]]:
        for status, response in self._operations[str(endpoint.name)]["responses"].items():
            if "$ref" in response:
                response = self._spec.data["components"]["responses"][response["$ref"].rpartition("/")[2]]
            yield status, response.get("content", {})

    @staticmethod
    def is_late(endpoint: Any, line: str) -> bool:
        """Whether an import of an operation's module can wait: it is that of a model, and no default value is in it."""
        defaults = [
            one.default.python_code.as_unembedded_code() for one in endpoint.list_all_parameters() if one.default
        ]
        name = line.rpartition(" ")[2]
        return ".models." in line and not any(name in re.findall(r"\w+", code) for code in defaults)

    def imports(self, endpoint: Any) -> str:
        """The imports that can wait; the linter removes those that a place does not use."""
        return "\n".join(line for line in sorted(endpoint.relative_imports) if self.is_late(endpoint, line))

    def read_answer(self, endpoint: Any) -> str:
        """The body of an operation's `read_answer`; a success that the spec lacks means the first that it has."""
        patterns = endpoint.responses.patterns
        good = [response for response in patterns if response.status_code.range[0] // 100 == 2]
        lines: list[str] = []
        for response in [*good[1:], *good[:1]]:
            low, high = (200, 299) if response is good[0] else response.status_code.range
            lines += [f"if {_test(low, high)}:", *_indented(self._returned(endpoint, response, failed=False))]
        default = endpoint.responses.default
        last = self._returned(endpoint, default, failed=True) if default else ["raise _reading.UndocumentedAnswer"]
        failures: dict[str, list[str]] = {}
        for response in patterns:
            code = self._returned(endpoint, response, failed=True)
            if response not in good and code != last:
                failures.setdefault("\n".join(_indented(code)), []).append(_test(*response.status_code.range))
        for code, tests in failures.items():
            lines += [f"if {' or '.join(tests)}:", code]
        return "\n".join([*lines, *last])

    def _returned(self, endpoint: Any, response: Any, *, failed: bool) -> list[str]:
        source = response.source["attribute"]
        if source == "None":
            return ["return None"]
        if source == "response.content":
            return ["return File(BytesIO(_reading.content(data)))"]
        read = "_reading.text" if source == "response.text" else self._reader(response.prop)
        if failed:
            return [f"return _reading.failure({read}, data)"]
        text = ["if isinstance(data, str):", "    return data"] if self.texts(endpoint) else []
        if _kind(_plain(response.prop)) == "UnionProperty":
            return [*text, self._made("read", _plain(response.prop)), "return read(data)"]
        return [*text, f"return {read}(data)"]


def _kind(one: Any) -> str:
    """The name of a property's class, as the classes are not public."""
    return type(one).__name__


def _test(low: int, high: int) -> str:
    return f"status_code == {low}" if low == high else f"{low} <= status_code <= {high}"


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _forms(one: Any) -> list[Any]:
    inner = one.inner_properties if _kind(one) == "UnionProperty" else [one]
    return [form for form in inner if _kind(form) != "NoneProperty"]


def _type(one: Any) -> str:
    return str(one.get_type_string(no_optional=True).as_unembedded_code())


def _plain(one: Any) -> Any:
    """A property without the null that it may be."""
    while _kind(one) == "UnionProperty" and len(_forms(one)) == 1:
        (one,) = _forms(one)
    return one


def _is_nullable(one: Any) -> bool:
    return _kind(one) == "UnionProperty" and len(_forms(one)) < len(one.inner_properties)


def _constant(one: Any) -> str:
    return f"_READ_{str(one.python_name).upper()}"
