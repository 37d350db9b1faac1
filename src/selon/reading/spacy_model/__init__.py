"""A language's spaCy pipeline, made quick to start and to run; what it answers stays the same.

`loading` starts it, `tokenizing` and `encoder` (over `windows`) do its work with less; `selon.reading.parse`
is the only one that asks for them, late.
"""
