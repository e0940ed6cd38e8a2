"""Every limit of the API, by name."""

from __future__ import annotations

#: Rows of one answer unless asked otherwise, and at most.
DEFAULT_ROWS = 100
MOST_ROWS = 5_000

#: Rows of one page of a table in the browser.
PAGE_ROWS = 50

#: Nodes of one picture (``report.pyvis_page``).
DEFAULT_NODES = 500
MOST_NODES = 1_000

#: Characters of a text to match and of a search.
MOST_MATCH_TEXT = 1_000
MOST_SEARCH_TEXT = 200

#: Candidates of a match unless asked otherwise, and at most.
DEFAULT_CANDIDATES = 10
MOST_CANDIDATES = 50

#: Bytes of a request body.
MOST_BODY = 64 * 1024

#: Uploads: bytes of all files of one import, files of one, imports kept at once, and seconds until one is forgotten.
MOST_UPLOAD = 100_000_000
MOST_UPLOAD_FILES = 20
MOST_UPLOADS = 20
UPLOAD_SECONDS = 24 * 3600

#: Paths whose POST may be as large as an upload.
UPLOAD_PATHS = frozenset({"/v1/imports", "/import"})

#: Links below this probability are left out unless the caller asks; 1.01 leaves facts only.
DEFAULT_FLOOR = 0.5
FACTS_FLOOR = 1.01
