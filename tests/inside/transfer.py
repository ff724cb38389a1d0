"""What tests need of `_transfer`: a download that is interrupted at a chosen byte, and what it leaves on the disk."""

from tonearm._transfer import WebFile, checkpoints, open_input, part_target, redirects, version_on_the_web
from tonearm._transfer.checkpoints import Checkpoints
from tonearm._transfer.downloads import Fetched, download
from tonearm._transfer.partial_file import PartFile
from tonearm._transfer.ranged_file import validator_of
