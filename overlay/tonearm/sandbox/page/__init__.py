"""The web page at `/`: the files of the sandbox, with players; the latest requests; and the ordered faults."""

from tonearm.sandbox.page.routes import ASSETS, STATE, Page

__all__ = ["ASSETS", "STATE", "Page"]
