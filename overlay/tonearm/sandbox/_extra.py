"""Raises ConfigurationError on import where the extra `sandbox` is not installed."""

from importlib.util import find_spec

NEEDED = ("av", "espeakng_loader", "numpy", "pocketsphinx", "python_multipart", "rich", "starlette", "uvicorn")
"""The packages that the sandbox imports, some of them only when a request needs them, which would be too late."""

if missing := [name for name in NEEDED if find_spec(name) is None]:
    from tonearm.errors import ConfigurationError

    raise ConfigurationError(
        f"the sandbox needs {', '.join(missing)}",
        hint="pip install 'tonearm[sandbox]', or in a checkout: pip install '.[sandbox]'",
    )
