"""Training: what a language learns from annotated articles, stored as data in its pack."""
