"""The reading room: read, search, check and correct a library in the browser, on this machine."""
