"""The web page at `/`: what the sandbox holds, played, and what it was asked."""

from tonearm.sandbox.page.routes import ASSETS, STATE, Page

__all__ = ["ASSETS", "STATE", "Page"]
