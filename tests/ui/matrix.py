"""The living page and the choice of appearance are for everybody."""

from tests.matrix import Row

ROWS = [
    *(
        Row(name=f"ui:{name}", others=200, anonymous=200)
        for name in ("styleguide", "example_home", "example_start", "appearance")
    ),
    Row(name="ui:manifest", others=200, anonymous=200, is_page=False),
    Row(name="ui:appearance", method="POST", others=422, anonymous=422),
]
