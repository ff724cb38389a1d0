"""The ground floor: checks of arguments, lenient readers of values, cancellation, signatures, lazy exports.

May import: `tonearm.errors`, and nothing else of tonearm.

Others import its modules: `validate` refuses arguments before anything is sent, `coerce` reads values that servers
write in several ways, `cancellation` tells running code to stop, `signatures` shows keywords in `help()`, `exports`
loads the names of a package on first use.
`answers` is the base of all answers, with `shown` (text and HTML for people) and `tables` (of other libraries); `notes`
passes the notes of an error on to the one that replaces it; `resuming` says after which errors the same call resumes.
"""
