"""Building one service's package from its spec with the installed generator."""

import contextlib
import io
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.schema.untrusted_string import UntrustedString
from ruff import find_ruff_bin  # type: ignore[import-untyped] # ruff ships no types

from _regenerate import Stop
from _regenerate.constraints import constraints
from _regenerate.readers import Readers
from _regenerate.spec import Spec

# The generator knows no audio: such a body is bytes. It knows every text/*: a subtitle is text. A text in a request it
# does not know; with its charset it is told apart from the texts of answers.
_MEDIA_TYPES = {
    "audio/*": "application/octet-stream",
    "image/*": "application/octet-stream",
    "audio/mpeg": "application/octet-stream",
    "application/x-subrip": "text/plain",
    "text/plain; charset=utf-8": "application/octet-stream",
}
_LINT_RULES = "I,F"


def build_service(spec: Spec, templates: Path, folder: Path) -> None:
    """Write the package of `spec` to the new `folder`, each file under a header that names spec and command.

    Raises:
        Stop: The generator has an error or a warning.
    """
    config = Config.from_sources(
        ConfigFile(content_type_overrides=_MEDIA_TYPES, post_hooks=[]),
        MetaType.NONE,
        document_source=spec.path,
        file_encoding="utf-8",
        overwrite=False,
        output_path=folder,
    )
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            data = GeneratorData.from_dict(spec.data, config=config)
            errors = [data] if isinstance(data, GeneratorError) else _built(spec, data, config, templates)
        except Exception as error:  # whatever a spec sets off inside the generator is that spec's fault to its author
            raise spec.fault((), f"the generator failed: {type(error).__name__}: {error}") from error
    if errors:
        raise Stop("\n".join(str(_described(spec, error)) for error in errors))
    (folder / "constraints.py").write_text(constraints(spec), encoding="utf-8")
    header = (
        f"# Made from {spec.name} by scripts/regenerate.py: do not edit.\n"
        f"# After a change of the spec: scripts/regenerate.py {spec.path.stem}\n"
    )
    for file in folder.rglob("*.py"):
        file.write_text(header + file.read_text(encoding="utf-8"), encoding="utf-8")


def _built(spec: Spec, data: GeneratorData, config: Config, templates: Path) -> Sequence[GeneratorError]:
    for model in data.models:
        _name_members(model, config)
    project = Project(openapi=data, config=config, custom_template_path=templates)
    project.env.globals["readers"] = Readers(spec, data)  # pyright: ignore[reportUnknownMemberType] # jinja says no more
    return project.build()


def _name_members(model: Any, config: Config) -> None:
    """Give `a[b]`, a member of an object in a form, the name a_b, where the generator would write ab."""
    for field in [*model.required_properties, *model.optional_properties]:
        name = field.name.get_untrusted_value()
        if re.search(r"\[\w", name):
            field.set_python_name(UntrustedString(name.replace("[", "_")), config)


def _described(spec: Spec, error: GeneratorError) -> Stop:
    parts = [error.header, error.detail or ""]
    if isinstance(error, ParseError) and error.data is not None:
        parts.append(error.data.model_dump_json(exclude_unset=True, by_alias=True))
    text = re.sub(r"<[^<>]*UntrustedString object at 0x[0-9a-f]+>", "(a text of the spec)", " ".join(parts))
    return spec.fault(spec.operation_in(text), " ".join(text.split()))


def tidy(folder: Path) -> None:
    """Lint and format every file below `folder`, whatever configuration lies around it.

    Raises:
        Stop: ruff cannot put right what it finds.
    """
    common = ["--isolated", "--no-cache", "--no-respect-gitignore", "--quiet", "--target-version", "py311"]
    for command in (["check", "--fix", "--output-format", "concise", "--select", _LINT_RULES], ["format"]):
        line = [find_ruff_bin(), *command, *common, "--line-length", "120", "."]
        done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Stop(f"ruff {command[0]} failed:\n{done.stdout}{done.stderr}".rstrip())
