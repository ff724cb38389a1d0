"""What tests need of `aioz`: its plans, which are played without a network, and the requests of its operations.

The goldens compare a request with the document of the service, whichever client sends it.
"""

from tonearm.aioz import _credentials, _download_source, _job, _journal, _left, _media, _resume, _tracks, _upload
from tonearm.aioz._credentials import Account
from tonearm.aioz._operations import analytics, objects, playlists, themes, tracks, webhooks
from tonearm.aioz._operations.tracks import CAPTIONS
from tonearm.aioz._upload import Upload
