"""What tests need of `cli`: the application itself, and how it draws, measures and stores.

A terminal shows neither which of two threads drew a bar, nor what a command would complete.
"""

from tonearm.cli import (
    _aioz_stats,
    _app,
    _bars,
    _bulk_dask,
    _complete,
    _config,
    _ends,
    _fit,
    _inputs,
    _out,
    _report,
    _results,
    _settings,
    _sparks,
    _store,
    _toml,
)
from tonearm.cli._app import app
from tonearm.cli._bars import Bars
from tonearm.cli._bulk_line import Line, outlook
from tonearm.cli._clients import advice
from tonearm.cli._openai_recordings import _track
from tonearm.cli._recording import ALBUM, DURATION, SENTENCES, Sentence, fill, heard
from tonearm.cli._settings import find
from tonearm.cli._steps import StepFailed, Steps, ending
from tonearm.cli._titles import titled, titled_source
