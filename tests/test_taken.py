"""Places that are taken answer as a look at each of them would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from selon.records import Span
from selon.spans import Taken

SPANS = st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 40), st.integers(1, 9)
)


@given(st.lists(SPANS, max_size=12), SPANS)
def test_taken_places_are_met_as_one_by_one(taken: list[Span], asked: Span) -> None:
    assert Taken(taken).meets(asked) == any(span.meets(asked) for span in taken)
