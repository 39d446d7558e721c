import pytest

from tandemwerk.core.links import BadLinkError, LinkTarget, make_token, read_token


def test_a_token_names_its_record():
    token = make_token("answer", pk=255, nonce="abc-d")

    assert read_token("answer", token) == LinkTarget(pk=255, nonce="abc-d")


def test_a_token_for_one_purpose_is_worthless_for_another():
    token = make_token("answer", pk=1, nonce="abc")

    with pytest.raises(BadLinkError):
        read_token("check-in", token)


@pytest.mark.parametrize("token", ["", ".", "a.b", "ff-abc", "ff-abc.", "\x00", "ä" * 500])
def test_a_made_up_token_is_refused(token):
    with pytest.raises(BadLinkError):
        read_token("answer", token)
