"""One HTTP request and its response. The only package that imports httpx.

May import: `_base`, `errors`, `retry`.

A `Request` is built by a plan, tied to a `Wire` (base URL, keys, timeouts, connections) and turned into httpx's; the
response comes back as a `Head` and an `Answer`, and a failure as one of `tonearm.errors`, without any key in it.
"""

from typing import TYPE_CHECKING

from .._base.exports import names

if TYPE_CHECKING:
    from .adapter import Live, Translating, arriving, arriving_async, build, head, log, url_of
    from .backends import Backend
    from .body import Body
    from .client_base import AsyncClientBase, ClientBase, discreet, discreet_async
    from .clients import AsyncHttpClient, HttpClient
    from .connection import HEADERS, C, Connections, Wire, logger
    from .deadline import Clock, Running
    from .dry_run import Rehearsed, Sketch, rehearsal
    from .front_proxy import Certificate, front
    from .generated import linked
    from .httpx2_client import AsyncLentClient, LentClient
    from .multipart import Field, Multipart
    from .origin import joined, same_origin
    from .own_clients import new_client
    from .proxies import surroundings
    from .request import Request, Sink
    from .response import ERROR_BODY_LIMIT, Answer, Head, failure
    from .sending import Closing, Sending
    from .settings import Address, address, check_base_url, check_key, options
    from .sse import EVENT_STREAM, Events, event_error

__all__ = [
    "ERROR_BODY_LIMIT",
    "EVENT_STREAM",
    "HEADERS",
    "Address",
    "Answer",
    "AsyncClientBase",
    "AsyncHttpClient",
    "AsyncLentClient",
    "Backend",
    "Body",
    "C",
    "Certificate",
    "ClientBase",
    "Clock",
    "Closing",
    "Connections",
    "Events",
    "Field",
    "Head",
    "HttpClient",
    "LentClient",
    "Live",
    "Multipart",
    "Rehearsed",
    "Request",
    "Running",
    "Sending",
    "Sink",
    "Sketch",
    "Translating",
    "Wire",
    "address",
    "arriving",
    "arriving_async",
    "build",
    "check_base_url",
    "check_key",
    "discreet",
    "discreet_async",
    "event_error",
    "failure",
    "front",
    "head",
    "joined",
    "linked",
    "log",
    "logger",
    "new_client",
    "options",
    "rehearsal",
    "same_origin",
    "surroundings",
    "url_of",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = names(
        __name__,
        {
            "ERROR_BODY_LIMIT": ".response",
            "EVENT_STREAM": ".sse",
            "HEADERS": ".connection",
            "Address": ".settings",
            "Answer": ".response",
            "AsyncClientBase": ".client_base",
            "AsyncHttpClient": ".clients",
            "AsyncLentClient": ".httpx2_client",
            "Backend": ".backends",
            "Body": ".body",
            "C": ".connection",
            "Certificate": ".front_proxy",
            "ClientBase": ".client_base",
            "Clock": ".deadline",
            "Closing": ".sending",
            "Connections": ".connection",
            "Events": ".sse",
            "Field": ".multipart",
            "Head": ".response",
            "HttpClient": ".clients",
            "LentClient": ".httpx2_client",
            "Live": ".adapter",
            "Multipart": ".multipart",
            "Rehearsed": ".dry_run",
            "Request": ".request",
            "Running": ".deadline",
            "Sending": ".sending",
            "Sink": ".request",
            "Sketch": ".dry_run",
            "Translating": ".adapter",
            "Wire": ".connection",
            "address": ".settings",
            "arriving": ".adapter",
            "arriving_async": ".adapter",
            "build": ".adapter",
            "check_base_url": ".settings",
            "check_key": ".settings",
            "discreet": ".client_base",
            "discreet_async": ".client_base",
            "event_error": ".sse",
            "failure": ".response",
            "front": ".front_proxy",
            "head": ".adapter",
            "joined": ".origin",
            "linked": ".generated",
            "log": ".adapter",
            "logger": ".connection",
            "new_client": ".own_clients",
            "options": ".settings",
            "rehearsal": ".dry_run",
            "same_origin": ".origin",
            "surroundings": ".proxies",
            "url_of": ".adapter",
        },
    )
