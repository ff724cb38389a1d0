"""Local servers that speak the protocols of AIOZ Stream, Jellyfin and OpenAI-compatible audio servers."""

from tonearm.sandbox import _extra as _extra  # first: without the extra the other imports fail in a less helpful way
from tonearm.sandbox.aioz.options import AiozOptions
from tonearm.sandbox.console import serve
from tonearm.sandbox.exchanges import Exchange
from tonearm.sandbox.faults import Fault, FaultNeverStruck
from tonearm.sandbox.server import Sandbox, start

__all__ = ["AiozOptions", "Exchange", "Fault", "FaultNeverStruck", "Sandbox", "serve", "start"]
