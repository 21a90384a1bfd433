"""Options and marks of the whole suite: `--accept`, and what the quick set leaves out."""

from pathlib import Path

import pytest

AGREEMENT = Path(__file__).resolve().parent / "agreement"


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="write the golden files anew instead of comparing with them")


def pytest_collection_modifyitems(items):
    """Mark as `real` what opens our files with whole office suites: it is not in the quick set."""
    for item in items:
        if item.path.is_relative_to(AGREEMENT):
            item.add_marker(pytest.mark.real)


@pytest.fixture(scope="session")
def accept(request):
    """True if golden files are to be written anew."""
    return request.config.getoption("--accept")
