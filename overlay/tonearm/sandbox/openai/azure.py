"""Azure's paths, `/openai/deployments/{name}/audio/...?api-version=`, and their own refusals."""

from starlette.requests import Request
from starlette.responses import Response

from tonearm.sandbox.openai import keys
from tonearm.sandbox.openai.body import Body
from tonearm.sandbox.openai.refusal import Refusal


class AzureRefusal(Refusal):
    """An error of Azure's gateway: it has `code` and `message` only."""

    def __init__(self, message: str, *, status: int, code: str) -> None:
        super().__init__(message, status=status, code=code)
        self.error = {"code": code, "message": message}


def check(request: Request, deployment: str) -> None:
    """Check key, version and deployment before the service sees the request.

    Raises:
        AzureRefusal: 401 in the gateway's words (SciSharp/BotSharp, issue 386); 404.
    """
    try:
        keys.key(request.headers)
    except Refusal as refusal:
        message = "Access denied due to invalid subscription key or wrong API endpoint."
        raise AzureRefusal(message, status=401, code="401") from refusal
    if not request.query_params.get("api-version"):
        raise _not_found()
    if deployment == "missing-model":
        message = "The API deployment for this resource does not exist."
        raise AzureRefusal(message, status=404, code="DeploymentNotFound")


async def unknown(request: Request) -> Response:
    await Body(request).drain()
    return _not_found().response()


def _not_found() -> AzureRefusal:
    return AzureRefusal("Resource not found", status=404, code="404")
