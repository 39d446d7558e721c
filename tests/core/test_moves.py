import pytest

from tandemwerk.core.moves import IllegalMoveError, check_move

TABLE = {"open": {"closed"}, "closed": {"open", "gone"}}


def test_a_move_in_the_table_is_legal():
    assert check_move(TABLE, current="open", target="closed") is None


@pytest.mark.parametrize(("current", "target"), [("open", "gone"), ("gone", "open"), ("x", "y")])
def test_a_move_outside_the_table_is_illegal(current, target):
    with pytest.raises(IllegalMoveError):
        check_move(TABLE, current=current, target=target)
