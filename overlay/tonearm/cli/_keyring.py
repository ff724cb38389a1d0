"""The system's keyring; errors of its backend become ConfigurationError."""

from __future__ import annotations

from .. import ConfigurationError


def entry(profile: str, service: str, key: str) -> str:
    """The name under which a key is kept."""
    return f"{profile}.{service}.{key}"


def get(entry: str) -> str | None:
    """A key from the system's keyring."""
    import keyring

    try:
        return keyring.get_password("tonearm", entry)
    except Exception as error:  # a backend may raise anything, also while it is loaded
        raise ConfigurationError(f"the system's keyring cannot be read ({type(error).__name__})") from None


def put(entry: str, value: str | None) -> None:
    """Store a key in the system's keyring; None removes it."""
    import keyring
    from keyring.errors import PasswordDeleteError

    try:
        if value is not None:
            keyring.set_password("tonearm", entry, value)
        elif keyring.get_password("tonearm", entry) is not None:
            keyring.delete_password("tonearm", entry)
    except PasswordDeleteError:
        pass  # it is gone already
    except Exception as error:
        raise ConfigurationError(
            f"the system's keyring cannot be used ({type(error).__name__}); without --keyring, keys are kept in a file "
            "that only you can read"
        ) from None
    if value is not None and get(entry) != value:
        raise ConfigurationError("the system's keyring did not keep the key")
