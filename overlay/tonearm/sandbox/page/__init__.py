"""The web page at `/`: what the sandbox holds, played; what it was asked; and what shall go wrong next."""

from tonearm.sandbox.page.routes import ASSETS, STATE, Page

__all__ = ["ASSETS", "STATE", "Page"]
