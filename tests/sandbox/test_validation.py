"""Every operation of specs/, done well and done badly: what our clients send and the sandbox answers fits the spec."""

from typing import get_args

import httpx
import pytest

from tests.cassettes.cases import CASES, Circumstance, Service
from tests.cassettes.play import client, perform
from tests.cassettes.record import prepared, sandboxed
from tests.drift.spec_rules import load, operations
from tests.sandbox.mistakes import AIOZ, ASKED
from tests.sandbox.referee import Referee

WRONG: dict[Service, dict[str, str]] = {
    "aioz": {"public_key": "no-such-key", "secret_key": "no-such-key"},
    "jellyfin": {"token": "no-such-token"},
    "openai": {"api_key": "no-such-key"},
}


@pytest.mark.parametrize("service", get_args(Service))
def test_every_operation_fits_its_spec_when_it_succeeds_and_when_it_fails(service: Service) -> None:
    seen: list[tuple[str, int]] = []
    mine = [case for case in CASES if case.service == service]
    circumstances: dict[Circumstance | None, None] = dict.fromkeys(case.under for case in mine)
    for under in circumstances:
        with sandboxed(service, under) as source:
            referee = Referee(service, source.base_url)
            with httpx.Client(transport=referee) as http:
                for case in mine:
                    if case.under != under:
                        continue
                    keys = WRONG[service] if case.denied else source.keys
                    with prepared(case, source) as given:
                        perform(case, client(service, base_url=source.base_url, http=http, **keys), given)
        assert referee.violations == []
        seen += referee.seen
    names = {operation["operationId"] for _, _, operation in operations(load(service))}
    assert {name for name, status in seen if status < 400} == names
    failures = [(case.operation, case.fails) for case in mine if case.fails is not None]
    # A server that has no HEAD may say so by 404: the same is asked for by GET.
    failures += [
        (name.replace("head_", "get_"), status) for name, status in failures if (name[:5], status) == ("head_", 404)
    ]
    assert sorted((name, status) for name, status in seen if status >= 400) == sorted(failures)


@pytest.mark.parametrize("service", get_args(Service))
def test_every_answer_fits_its_spec_whatever_was_asked(service: Service) -> None:
    with sandboxed(service) as source:
        referee = Referee(service, source.base_url, requests=False)
        with httpx.Client(transport=referee, timeout=60) as http:
            for asked in ASKED[service]:
                asked.send(http, source.base_url, source.given)
    assert referee.violations == []
    assert len(referee.seen) == len(ASKED[service])


def test_a_request_and_an_answer_that_do_not_fit_are_noticed() -> None:
    with sandboxed("aioz") as source:
        referee = Referee("aioz", source.base_url)
        with httpx.Client(transport=referee, headers=AIOZ) as http:
            http.post(f"{source.base_url}/media/create", json={"title": 5})
            referee.judge(
                http.build_request("GET", f"{source.base_url}/media/cost?qualities=standard&type=audio&duration=1"),
                httpx.Response(200, headers={"content-type": "application/json"}),
                b'{"data": {"price": "dear"}}',
            )
    asked, answered = "\n".join(referee.violations), referee.violations[-1]
    assert "create_audio: POST" in asked
    assert ": request: " in asked
    assert answered.startswith("audio_cost: GET")
    assert ": answer: " in answered
