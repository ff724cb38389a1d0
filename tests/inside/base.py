"""What tests need of `_base`: checks, readers of values, and notes of errors that all rooms share."""

from tonearm._base import cancellation, coerce, shown, validate
from tonearm._base.cancellation import Stopped, check_stop, stopping
from tonearm._base.file_names import safe
from tonearm._base.notes import with_notes
from tonearm._base.resuming import is_kept, keeps, may_pass
from tonearm._base.threads import starting
