"""What takes long to set up is set up once: the tests that share it run in one process."""

import pytest


@pytest.mark.xdist_group("together")
def test_a_group_is_part_of_the_name_by_which_tests_are_given_out(
    request: pytest.FixtureRequest,
) -> None:
    is_given_out = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@together") is is_given_out
