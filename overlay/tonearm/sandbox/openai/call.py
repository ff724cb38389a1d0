"""One request of an operation."""

from attrs import frozen

from tonearm.sandbox.openai.body import Body
from tonearm.sandbox.openai.engines import Engines
from tonearm.sandbox.openai.keys import Account
from tonearm.sandbox.openai.results import Results


@frozen
class Call:
    """What an operation gets; `deployment` is the model on Azure's paths."""

    body: Body
    account: Account
    engines: Engines
    results: Results
    deployment: str | None
