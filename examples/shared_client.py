"""Three clients that share one httpx client, and so its connections, proxy, certificates and hooks.

    export AIOZ_STREAM_PUBLIC_KEY=... AIOZ_STREAM_SECRET_KEY=... OPENAI_API_KEY=...
    export JELLYFIN_URL=http://nas:8096 JELLYFIN_TOKEN=...
    python examples/shared_client.py

Each request carries its own key and timeout; the httpx client is neither changed nor closed by the others.
"""

import sys

import httpx

import tonearm


def log(response: httpx.Response) -> None:
    """Print each answer; the URL has no key in it."""
    request = response.request
    print(f"{request.method} {request.url.copy_with(query=None)}: {response.status_code}", file=sys.stderr)


def survey(http: httpx.Client) -> dict[str, int]:
    """Count what is on three servers."""
    with (
        tonearm.Aioz(http=http) as aioz,
        tonearm.Jellyfin(http=http) as jellyfin,
        tonearm.OpenAI(http=http) as ai,
    ):
        return {
            "objects at AIOZ": sum(1 for _ in aioz.list()),
            "albums at Jellyfin": sum(1 for _ in jellyfin.albums()),
            "models at OpenAI": len(ai.models()),
        }


if __name__ == "__main__":
    limits = httpx.Limits(max_connections=20, max_keepalive_connections=20)
    # Also: proxy="http://proxy:3128", verify=ssl.create_default_context(cafile="company.pem")
    with httpx.Client(limits=limits, event_hooks={"response": [log]}) as http:
        try:
            counts = survey(http)
        except tonearm.TonearmError as error:
            sys.exit(str(error))
    for what, count in counts.items():
        print(f"{count:6} {what}")
