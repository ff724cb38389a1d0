"""The client for asyncio of each service is its blocking one with ``await``."""

import inspect
import re
from importlib import import_module
from typing import Any

import pytest

CLIENTS = [("aioz", "Aioz"), ("jellyfin", "Jellyfin"), ("openai", "OpenAI")]
ASYNCHRONOUS = {
    "Iterator": "AsyncIterator",
    "HttpClient": "AsyncHttpClient",
    "AudioStream": "AsyncAudioStream",
    "TranscriptStream": "AsyncTranscriptStream",
}


def twins(service: str, name: str) -> tuple[type[Any], type[Any]]:
    package = import_module(f"tonearm.{service}")
    return getattr(package, name), getattr(package, f"Async{name}")


def members(kind: type[Any]) -> dict[str, Any]:
    """The public methods and properties, and the constructor, of a client and of what clients share."""
    names = {name for name in dir(kind) if not name.startswith("_")} | {"__init__"}
    return {name: inspect.getattr_static(kind, name) for name in names}


def function(member: Any) -> Any:
    if isinstance(member, property):
        return member.fget
    return member.__func__ if isinstance(member, classmethod) else member


CASES = [
    pytest.param(service, name, method, id=f"{name}.{method}")
    for service, name in CLIENTS
    for method in sorted(members(twins(service, name)[0]))
]


def renamed(annotation: object) -> str:
    """What an annotation of the blocking client is called in the other one."""
    return re.sub(r"\w+", lambda found: ASYNCHRONOUS.get(found[0], found[0]), str(annotation))


@pytest.mark.parametrize(("service", "name"), CLIENTS)
def test_both_clients_have_the_same_members(service: str, name: str) -> None:
    blocking, asynchronous = twins(service, name)
    assert members(blocking).keys() == members(asynchronous).keys()
    assert asynchronous.__name__ == f"Async{blocking.__name__}"


@pytest.mark.parametrize(("service", "name", "method"), CASES)
def test_a_method_takes_and_gives_what_its_twin_does(service: str, name: str, method: str) -> None:
    first, second = (members(kind)[method] for kind in twins(service, name))
    assert type(first) is type(second)
    ours, theirs = inspect.signature(function(first)), inspect.signature(function(second))
    assert [(p.name, p.kind, p.default, renamed(p.annotation)) for p in ours.parameters.values()] == [
        (p.name, p.kind, p.default, str(p.annotation)) for p in theirs.parameters.values()
    ]
    assert renamed(ours.return_annotation) == str(theirs.return_annotation)


@pytest.mark.parametrize(("service", "name", "method"), CASES)
def test_a_method_is_described_as_its_twin_is(service: str, name: str, method: str) -> None:
    first, second = (inspect.getdoc(function(members(kind)[method])) for kind in twins(service, name))
    if method == "__init__":
        assert first == second
        return
    assert first
    assert second
    assert first.splitlines()[0] == second.splitlines()[0]


@pytest.mark.parametrize(("service", "name"), CLIENTS)
def test_the_classes_describe_the_same_arguments(service: str, name: str) -> None:
    first, second = (inspect.getdoc(kind) or "" for kind in twins(service, name))
    assert "Args:" in first
    assert first.replace("httpx.Client", "httpx.AsyncClient") == second
