from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from tonearm.sandbox import aioz, control, jellyfin, openai
from tonearm.sandbox.context import Context
from tonearm.sandbox.exchanges import Exchanges
from tonearm.sandbox.faults import Faults, Restart
from tonearm.sandbox.guide import AIOZ, JELLYFIN, OPENAI
from tonearm.sandbox.middleware import CONTROL, FaultMiddleware
from tonearm.sandbox.page import Page

_AZURE = "/openai"


def build(context: Context, faults: Faults, exchanges: Exchanges, restart: Restart) -> Starlette:
    """Return the application: the three services and the control routes, behind the fault middleware."""
    return Starlette(
        routes=[
            Mount(AIOZ, routes=aioz.routes(context)),
            Mount(JELLYFIN, routes=jellyfin.routes(context)),
            Mount(OPENAI, routes=openai.routes(context)),
            Mount(_AZURE, routes=openai.azure_routes(context)),
            *Page(context, exchanges).routes(),
            Mount(f"{CONTROL}/jellyfin", routes=jellyfin.controls(context)),
            Mount(CONTROL, routes=control.routes(context, faults, exchanges)),
        ],
        middleware=[Middleware(FaultMiddleware, faults=faults, exchanges=exchanges, restart=restart)],
    )


def shutdown(context: Context) -> None:
    """Stop the background work of the services; called once, after the server stopped."""
    aioz.shutdown(context)
    jellyfin.shutdown(context)
    openai.shutdown(context)
