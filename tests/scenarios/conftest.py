"""An installation whose server and worker are started and killed as a test tells."""

import pytest

from tests.installation import Installation
from tests.scenarios.story import Story


@pytest.fixture
def story(installation: Installation):
    story = Story(installation)
    yield story
    story.end()
