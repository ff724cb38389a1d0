"""The seam for the account and its pairs of keys."""

from __future__ import annotations

from attrs import frozen

from tonearm_generated.aioz import models
from tonearm_generated.aioz.api.account import (
    create_api_key,
    delete_api_key,
    get_me,
    list_api_keys,
    rename_api_key,
)
from tonearm_generated.aioz.constraints import Integer
from tonearm_generated.aioz.constraints import RenameApiKeyRequest as Limits

from ..._base import validate
from ..._base.answers import Answers
from ..._engine import Plan
from ..._http import Request
from ..account import AccountInfo, ApiKey
from . import envelopes, pages
from .objects import done

_TTL = Integer(minimum=1, maximum=2**31 - 1)
"""Seconds (AIOZ Stream documentation, "API keys")."""


@frozen(kw_only=True)
class NewKey:
    """The options of a new pair of keys; `ttl` is in seconds."""

    name: str
    ttl: int
    only_upload: bool


def get() -> Plan[AccountInfo]:
    """Read the account."""
    return envelopes.send(
        Request.of(get_me.request_kwargs()),
        lambda answer: answer.model(
            get_me.read_answer,
            models.UserResponse,
            lambda response: AccountInfo.of(response.data.user, answer.request_id),
        ),
    )


def create(key: NewKey) -> Plan[ApiKey]:
    """Make a pair of keys. The request is retried only if the service did not process it."""
    only_upload = validate.flag(key.only_upload, "only_upload")
    body = models.CreateApiKeyRequest(
        api_key_name=_name(key.name),
        ttl=str(validate.integer(key.ttl, "ttl", _TTL)),
        type_=models.ApiKeyType.ONLY_UPLOAD if only_upload else models.ApiKeyType.FULL_ACCESS,
    )
    return envelopes.send(
        Request.of(create_api_key.request_kwargs(body=body), repeat="unsent"),
        lambda answer: answer.model(
            create_api_key.read_answer,
            models.ApiKeyResponse,
            lambda response: ApiKey.of(response.data.api_key, answer.request_id),
        ),
    )


def keys(search: str | None) -> Plan[Answers[ApiKey]]:
    """Read all pairs."""
    wanted = pages.searched(search)

    def page(offset: int) -> Plan[pages.Page[ApiKey]]:
        request = Request.of(list_api_keys.request_kwargs(offset=offset, limit=pages.LIMIT, search=wanted))
        return envelopes.send(
            request,
            lambda answer: answer.model(
                list_api_keys.read_answer,
                models.ApiKeyListResponse,
                lambda response: pages.page_of(
                    response.data.api_keys, response.data.total, offset, lambda row: ApiKey.of(row, None)
                ),
            ),
        )

    return pages.whole(page)


def rename(id: str, name: str) -> Plan[None]:
    """Give a pair another name."""
    body = models.RenameApiKeyRequest(api_key_name=_name(name))
    request = Request.of(rename_api_key.request_kwargs(validate.path_segment(id, "id"), body=body))
    return envelopes.send(request, done(rename_api_key.read_answer))


def delete(id: str) -> Plan[None]:
    """Delete a pair."""
    request = Request.of(delete_api_key.request_kwargs(validate.path_segment(id, "id")))
    return envelopes.send(request, done(delete_api_key.read_answer))


def _name(value: str) -> str:
    return validate.text(value, "name", Limits.api_key_name)
