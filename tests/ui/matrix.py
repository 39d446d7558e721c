"""The living page and the choice of appearance are for everybody."""

from tests.matrix import Row

ROWS = [
    Row(name="ui:styleguide", others=200, anonymous=200),
    Row(name="ui:appearance", others=200, anonymous=200),
    Row(name="ui:appearance", method="POST", others=422, anonymous=422),
]
