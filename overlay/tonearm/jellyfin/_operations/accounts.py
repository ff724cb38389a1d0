"""The seam for server, login and user; responses with tokens are never shown in errors."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from attrs import field, frozen

from tonearm_generated.jellyfin import models
from tonearm_generated.jellyfin.api.quick_connect import get_quick_connect_state, initiate_quick_connect
from tonearm_generated.jellyfin.api.session import report_session_ended
from tonearm_generated.jellyfin.api.system import get_public_system_info
from tonearm_generated.jellyfin.api.user import (
    authenticate_user_by_name,
    authenticate_with_quick_connect,
    get_current_user,
)
from tonearm_generated.reading import given

from ..._base.validate import encodable
from ..._engine import Plan
from ..._http import Answer, Request, check_key
from ...errors import ConfigurationError, UnexpectedAnswer
from .._credentials import hide_keys
from ..server import Server, User
from .base_path import looked_for
from .error_hints import known
from .lacking import offered
from .startup_wait import call


@frozen
class Pairing:
    """A Quick Connect request: the code for the user, and the secret for later requests."""

    code: str
    secret: str = field(repr=False)


def server() -> Plan[Server]:
    """Read the server's name, version and id."""
    request = Request.of(get_public_system_info.request_kwargs())
    return looked_for(call(request, _server), request)


def me() -> Plan[User]:
    """Read the user of the token."""
    return known(call(Request.of(get_current_user.request_kwargs()), _user), for_user=True)


def log_in(username: str, password: str) -> Plan[str]:
    """Get a token for a name and a password. The request is retried only if the server did not process it."""
    body = models.AuthenticateUserByName(encodable(username, "username"), encodable(password, "password"))
    request = Request.of(authenticate_user_by_name.request_kwargs(body=body), repeat="unsent")
    return looked_for(call(request, _token(authenticate_user_by_name.read_answer)), request)


def log_out() -> Plan[None]:
    """End the token."""
    return offered(known(call(Request.of(report_session_ended.request_kwargs()), _done)), "to log out")


def initiate() -> Plan[Pairing]:
    """Start a Quick Connect request; its secret, which later URLs contain, is kept out of the log of httpx."""
    hide_keys()
    request = Request.of(initiate_quick_connect.request_kwargs(), repeat="unsent")
    return looked_for(offered(call(request, _pairing), "Quick Connect"), request)


def is_approved(pairing: Pairing) -> Plan[bool]:
    """Read whether the user has approved a Quick Connect request."""
    return call(Request.of(get_quick_connect_state.request_kwargs(secret=pairing.secret)), _approved)


def redeem(pairing: Pairing) -> Plan[str]:
    """Get the token of an approved Quick Connect request, which the server sends only once."""
    body = models.QuickConnectDto(pairing.secret)
    request = Request.of(authenticate_with_quick_connect.request_kwargs(body=body), repeat="unsent")
    return call(request, _token(authenticate_with_quick_connect.read_answer))


@contextmanager
def _sealed() -> Generator[None]:
    """Keep the body of an unreadable response out of the error, as it may contain a secret."""
    try:
        yield
    except UnexpectedAnswer as error:
        error.body = ""
        raise error from None


def _server(answer: Answer) -> Server:
    read = get_public_system_info.read_answer
    return answer.model(read, models.PublicSystemInfo, lambda model: Server.of(model, answer.request_id))


def _user(answer: Answer) -> User:
    return answer.model(get_current_user.read_answer, models.UserDto, lambda model: User.of(model, answer.request_id))


def _token(read: Callable[[int, Any], object]) -> Callable[[Answer], str]:
    def token(answer: Answer) -> str:
        with _sealed():
            token_text = answer.model(read, models.AuthenticationResult, lambda model: model.access_token)
            try:
                return check_key("the token in the answer", token_text)
            except ConfigurationError as error:
                raise answer.unexpected(str(error)) from None

    return token


def _pairing(answer: Answer) -> Pairing:
    with _sealed():
        read = initiate_quick_connect.read_answer
        code, secret = answer.model(
            read, models.QuickConnectResult, lambda model: (given(model.code), given(model.secret))
        )
        if not code or not secret:
            raise answer.unexpected("there is no code, or no secret, in the answer")
        return Pairing(code, secret)


def _approved(answer: Answer) -> bool:
    with _sealed():
        read = get_quick_connect_state.read_answer
        return answer.model(read, models.QuickConnectResult, lambda model: model.authenticated is True)


def _done(_: Answer) -> None:
    """The status means success; the response has no body."""
