"""Edits of the installed generator's templates, each held to one place by its anchor.

The generator's templates are not a public interface and change with its releases. Editing the installed ones, instead
of keeping copies, lets its fixes reach us, and an anchor that is gone says so by name before anything is written.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from _regenerate import Stop

OWN_TEMPLATES = Path(__file__).parent / "templates"


class Edit(NamedTuple):
    """One replacement in one template: `anchor` must occur exactly once."""

    template: str
    name: str
    anchor: str
    replacement: str


_MACROS = "endpoint_macros.py.jinja"
_ENDPOINT = "endpoint_module.py.jinja"
_TYPES = "types.py.jinja"
_BOOLEAN = "property_templates/boolean_property.py.jinja"
_ENUM = "property_templates/enum_property.py.jinja"

# A parameter may be called `params`, `headers` or `cookies`; no parameter's Python name starts with an underscore.
_NO_SHADOWED_NAMES = (
    Edit(_MACROS, "query dict", "params: dict[str, Any] = {}", "_query: dict[str, Any] = {}"),
    Edit(
        _MACROS,
        "query item",
        'params["{{ property.name | in_double_quote_literal }}"]',
        '_query["{{ property.name | in_double_quote_literal }}"]',
    ),
    Edit(_MACROS, "query map", '"params.update("', '"_query.update("'),
    Edit(
        _MACROS,
        "query clean-up",
        "params = {k: v for k, v in params.items()",
        "_query = {k: v for k, v in _query.items()",
    ),
    Edit(_MACROS, "header dict", "headers: dict[str, Any] = {}", "_headers: dict[str, Any] = {}"),
    Edit(_MACROS, "header item", "set statement = 'headers[", "set statement = '_headers["),
    Edit(_MACROS, "cookie dict", "\ncookies = {}", "\n_cookies: dict[str, Any] = {}"),
    Edit(_MACROS, "required cookie", '\ncookies["', '\n_cookies["'),
    Edit(_MACROS, "optional cookie", '    cookies["', '    _cookies["'),
    Edit(_ENDPOINT, "query argument", '"params": params,', '"params": _query,'),
    Edit(_ENDPOINT, "cookie argument", '"cookies": cookies,', '"cookies": _cookies,'),
    Edit(_ENDPOINT, "header argument", '_kwargs["headers"] = headers', '_kwargs["headers"] = _headers'),
)

# A constant boundary lets any text field close its own part and add another; the sender must draw one at random.
_CONTENT_TYPE = """\
{0}{{%- if body.content_type == "multipart/form-data" %}}
{0}headers["Content-Type"] = "multipart/form-data; boundary=+++"
{0}{{% else %}}
{0}headers["Content-Type"] = "{{{{ body.content_type | in_double_quote_literal }}}}"
"""
_CONTENT_TYPE_UNLESS_MULTIPART = """\
{0}{{%- if body.content_type != "multipart/form-data" %}}

{0}_headers["Content-Type"] = "{{{{ body.content_type | in_double_quote_literal }}}}"
"""
_NO_CONSTANT_BOUNDARY = tuple(
    Edit(_ENDPOINT, name, "\n" + _CONTENT_TYPE.format(indent), "\n" + _CONTENT_TYPE_UNLESS_MULTIPART.format(indent))
    for name, indent in (("content type of one body", "    "), ("content type of several bodies", "        "))
)

# Servers and proxies send statuses that http.HTTPStatus does not know.
_ANY_STATUS = (
    Edit(_ENDPOINT, "status value", "HTTPStatus(response.status_code)", "response.status_code"),
    Edit(_TYPES, "status type", "status_code: HTTPStatus", "status_code: int"),
)

# A word that the spec does not know must not make the rest of an answer unreadable.
_OPEN_ENUMS = (
    Edit(
        "str_enum.py.jinja",
        "enum import",
        "from enum import StrEnum\n",
        "from enum import StrEnum\nfrom typing import Self\n",
    ),
    Edit(
        "str_enum.py.jinja",
        "enum text",
        "    def __str__(self) -> str:\n",
        '''\
    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """Keep a word that the spec does not know as a member that is not listed."""
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = "UNKNOWN"
        member._value_ = value
        return member

    def __str__(self) -> str:
''',
    ),
)

_PLAIN_VALUES = (
    Edit(
        _ENUM,
        "plain word in JSON and query",
        'source + ".value"',
        'property.value_type.__name__ + "(" + source + ")"',
    ),
    Edit(_ENUM, "plain word in multipart", "str({{ source }}.value).encode()", "str({{ source }}).encode()"),
    Edit(_BOOLEAN, "boolean in multipart", "str({{source}}).encode()", '(b"true" if {{ source }} else b"false")'),
)

_REQUEST_CALL = """\
    kwargs = {0}_kwargs(
        {{{{ kwargs(endpoint, include_client=False) }}}}
    )

    response = {1}client.get_"""
_PUBLIC_NAMES = (
    Edit(_ENDPOINT, "request function", "def _get_kwargs(", "def request_kwargs("),
    Edit(_ENDPOINT, "response call", "parsed=_parse_response(", "parsed=parse_response("),
    Edit(_ENDPOINT, "sync request call", _REQUEST_CALL.format("_get", ""), _REQUEST_CALL.format("request", "")),
    Edit(
        _ENDPOINT,
        "async request call",
        _REQUEST_CALL.format("_get", "await "),
        _REQUEST_CALL.format("request", "await "),
    ),
)

# The generator's readers stop at the first odd value, and nothing says where it was: ours stand in runtime/reading.py.
_MODEL = "model.py.jinja"
_READ_ANSWER = '''\
def read_answer(status_code: int, data: Any) -> {{ return_string | as_unembedded_code }}:
    """Read a decoded body: JSON as dicts and lists, text as str, anything else as bytes.

    Raises:
        UnreadableAnswer: It is not what the spec says.
        UndocumentedAnswer: The spec has no such status, or none with such a body.
    """
    {{ readers.imports(endpoint) | indent(4) }}
    {{ readers.read_answer(endpoint) | indent(4) }}


def parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> {{ return_type }}:
    content_type = response.headers.get("content-type", "")
    data = _reading.decoded(content_type, response.content, {{ readers.texts(endpoint) }})
    try:
        return read_answer(response.status_code, data)
    except _reading.UndocumentedAnswer:
        if client.raise_on_unexpected_status:
            raise errors.UnexpectedStatus(response.status_code, response.content, response.headers) from None
        return None
{% if false %}
'''
_READERS = (
    Edit(
        _MODEL,
        "reader import",
        "from ..types import UNSET",
        "from ... import reading as _reading\nfrom ..types import UNSET",
    ),
    Edit(
        _MODEL,
        "reader of an object",
        "    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:\n",
        "    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:\n"
        "        {{ readers.from_dict(model) | indent(8) }}\n{% if false %}\n",
    ),
    Edit(
        _MODEL,
        "end of the reader",
        "    {% if model.additional_properties %}\n    @property\n",
        "{% endif %}\n    {% if model.additional_properties %}\n    @property\n",
    ),
    Edit(
        _MODEL,
        "what was read",
        "_attrs_field(init=False, factory=dict)\n",
        "_attrs_field(init=False, factory=dict)\n"
        "    raw: Mapping[str, Any] = _attrs_field(init=False, factory=dict, eq=False, repr=False)\n",
    ),
    Edit(
        _MODEL,
        "end of the model",
        "        return key in self.additional_properties\n    {% endif %}\n",
        "        return key in self.additional_properties\n    {% endif %}\n\n{{ readers.below(model) }}\n",
    ),
    Edit(
        _TYPES,
        "one Unset for all services",
        "class Unset:\n    def __bool__(self) -> Literal[False]:\n        return False\n\n\nUNSET: Unset = Unset()\n",
        "from ..reading import UNSET, Unset\n",
    ),
    Edit(_ENDPOINT, "answer type", "= endpoint.response_type()", "= readers.answer_type(endpoint)"),
    Edit(
        _ENDPOINT,
        "answer that may be none",
        "set return_type = return_string | as_unembedded_code %}",
        'set return_type = (return_string | as_unembedded_code) + " | None" %}',
    ),
    Edit(
        _ENDPOINT,
        "reader module",
        "from ... import errors",
        "from .... import reading as _reading\nfrom ... import errors",
    ),
    Edit(
        _ENDPOINT,
        "response function",
        "def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> {{return_type}}:\n",
        _READ_ANSWER,
    ),
    Edit(_ENDPOINT, "end of the response function", "def _build_response(*,", "{% endif %}\ndef _build_response(*,"),
)

# A client names dozens of operations, and these twice as many models: each model is loaded on its first use.
_MODELS_LATE = (
    Edit(
        _ENDPOINT,
        "imports",
        "from http import HTTPStatus\nfrom typing import Any, cast\n",
        "from __future__ import annotations\n\nfrom http import HTTPStatus\n"
        "from typing import TYPE_CHECKING, Any, cast\n",
    ),
    Edit(
        _ENDPOINT,
        "imports of models",
        "{% for relative in endpoint.relative_imports | sort %}\n{{ relative }}\n{% endfor %}\n",
        "{% for relative in endpoint.relative_imports | sort if not readers.is_late(endpoint, relative) %}\n"
        "{{ relative }}\n{% endfor %}\n"
        "{% if readers.imports(endpoint) %}\nif TYPE_CHECKING:\n    {{ readers.imports(endpoint) | indent(4) }}\n"
        "{% endif %}\n",
    ),
    Edit(
        _ENDPOINT,
        "models of a request",
        "{{ header_params(endpoint) | indent(4) }}\n",
        "{{ readers.imports(endpoint) | indent(4) }}\n    {{ header_params(endpoint) | indent(4) }}\n",
    ),
)

# A secret that stands in a `repr` stands in the next log.
_SECRET_NAMES = ("AccessToken", "Pw", "Secret", "rtmp_url", "secret", "stream_key")
_SECRETS = (
    Edit(
        _MODEL,
        "secrets that no repr shows",
        "{%- else -%}\n{{ property.to_string() | as_unembedded_code }}\n",
        "{%- elif property.name in "
        + repr(_SECRET_NAMES)
        + " -%}\n{% set declared = property.to_string() | as_unembedded_code %}\n"
        '{{ declared.partition(" = ")[0] }} = _attrs_field('
        "{% if not property.required %}default=UNSET, {% endif %}repr=False)\n"
        "{%- else -%}\n{{ property.to_string() | as_unembedded_code }}\n",
    ),
)

# What a status means may stand in its headers, such as how long to wait.
_HEADERS_OF_ERRORS = (
    Edit(
        "errors.py.jinja",
        "headers of an unexpected status",
        "def __init__(self, status_code: int, content: bytes):\n",
        "def __init__(self, status_code: int, content: bytes, headers: Mapping[str, str] | None = None):\n"
        "        self.headers: Mapping[str, str] = {} if headers is None else headers\n",
    ),
    Edit(
        "errors.py.jinja",
        "import of headers",
        "class UnexpectedStatus(",
        "from collections.abc import Mapping\n\n\nclass UnexpectedStatus(",
    ),
)

# A changed copy of a client must not change the first one, and a client that was left with `with` can be used again.
_CLIENT = "client.py.jinja"
_CHANGE = """\
        if self._client is not None:
            self._client.{0}
        if self._async_client is not None:
            self._async_client.{0}
"""
_CHANGES = ("headers.update(headers)", "cookies.update(cookies)", "timeout = timeout")
_COPIES = (
    *(Edit(_CLIENT, f"change of the first client: {one}", _CHANGE.format(one), "") for one in _CHANGES),
    Edit(_CLIENT, "first use", "if self._client is None:", "if self._client is None or self._client.is_closed:"),
    Edit(
        _CLIENT,
        "first asynchronous use",
        "if self._async_client is None:",
        "if self._async_client is None or self._async_client.is_closed:",
    ),
)

EDITS = (
    *_COPIES,
    *_NO_SHADOWED_NAMES,
    *_NO_CONSTANT_BOUNDARY,
    *_ANY_STATUS,
    *_OPEN_ENUMS,
    *_PLAIN_VALUES,
    *_PUBLIC_NAMES,
    *_READERS,
    *_MODELS_LATE,
    *_SECRETS,
    *_HEADERS_OF_ERRORS,
)


def write_templates(folder: Path) -> None:
    """Write our own templates and the edited ones of the installed generator to `folder`.

    Raises:
        Stop: An anchor is not found exactly once in its template.
    """
    shutil.copytree(OWN_TEMPLATES, folder)
    for name in dict.fromkeys(edit.template for edit in EDITS):
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(_edited(name), encoding="utf-8")


def _edited(name: str) -> str:
    package = find_spec("openapi_python_client")
    if package is None or package.origin is None:
        raise Stop("openapi-python-client is not installed")
    source = Path(package.origin).parent / "templates" / name
    if not source.is_file():
        raise Stop(f"template {name}: the installed generator does not have it")
    text = source.read_text(encoding="utf-8")
    for edit in EDITS:
        if edit.template == name:
            if (count := text.count(edit.anchor)) != 1:
                raise Stop(f"template {name}: the anchor '{edit.name}' was found {count} times: {edit.anchor!r}")
            text = text.replace(edit.anchor, edit.replacement)
    return text
