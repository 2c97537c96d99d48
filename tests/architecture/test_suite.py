"""The suite itself: nothing in it is passed over in silence."""

from collections import Counter

import pytest


def test_no_two_tests_have_the_same_id(request: pytest.FixtureRequest) -> None:
    """Of tests with one id pytest-xdist runs the first, and says nothing about the others."""
    ids = Counter(item.nodeid for item in request.session.items)
    assert [each for each, times in ids.items() if times > 1] == []
