"""The stages of a reading, each by itself: `selon.pipeline` knows their order."""
