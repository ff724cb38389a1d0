"""How to use the services: base URLs, keys, and environment variables."""

from attrs import frozen

AIOZ, JELLYFIN, OPENAI = "/aioz/api", "/jellyfin", "/openai/v1"


@frozen
class Service:
    """One service: the keys by their names, and the environment variables that make clients use it."""

    name: str
    url: str
    keys: dict[str, str]
    environment: dict[str, str]


def services(base_url: str) -> list[Service]:
    """Describe the services of the sandbox at a URL."""
    public, secret, token, key = "sandbox-public", "sandbox-secret", "sandbox-token", "sandbox-key"
    aioz, jellyfin, openai = (base_url + path for path in (AIOZ, JELLYFIN, OPENAI))
    return [
        Service(
            "AIOZ Stream",
            aioz,
            {"stream-public-key": public, "stream-secret-key": secret, "or Bearer": token},
            {"AIOZ_STREAM_BASE_URL": aioz, "AIOZ_STREAM_PUBLIC_KEY": public, "AIOZ_STREAM_SECRET_KEY": secret},
        ),
        Service("Jellyfin", jellyfin, {"Token": token}, {"JELLYFIN_URL": jellyfin, "JELLYFIN_TOKEN": token}),
        Service("OpenAI", openai, {"Bearer": key}, {"OPENAI_BASE_URL": openai, "OPENAI_API_KEY": key}),
    ]
