"""One request of an operation."""

from attrs import frozen

from tonearm.sandbox.openai import models
from tonearm.sandbox.openai.body import Body
from tonearm.sandbox.openai.engines import Engines
from tonearm.sandbox.openai.keys import Account
from tonearm.sandbox.openai.results import Results
from tonearm.sandbox.openai.voice_store import VoiceStore


@frozen(kw_only=True)
class Call:
    """The arguments of an operation; `deployment` is the model on Azure's paths, where people choose its name."""

    body: Body
    account: Account
    engines: Engines
    results: Results
    voices: VoiceStore
    deployment: str | None
    any_model: bool

    def model(self, name: str) -> models.Model:
        """Return the model that a request names.

        Raises:
            Refusal: there is no model of this name.
        """
        return models.find(name, anything=self.any_model or self.deployment is not None)
