import base64

import pytest

from tandemwerk.core.encryption import SealError, seal, unseal

OLD = "old:" + base64.b64encode(b"a" * 32).decode()
NEW = "new:" + base64.b64encode(b"b" * 32).decode()


def test_what_is_sealed_opens_again():
    assert unseal(seal("JBSWY3DP", context="codes"), context="codes") == "JBSWY3DP"


def test_the_same_text_is_never_sealed_the_same_way_twice():
    assert seal("JBSWY3DP", context="codes") != seal("JBSWY3DP", context="codes")


def test_a_sealed_value_cannot_be_moved_to_another_field():
    sealed = seal("JBSWY3DP", context="codes")

    with pytest.raises(SealError):
        unseal(sealed, context="notes")


@pytest.mark.parametrize("broken", ["", "nothing", "derived:!!!", "derived:QUFB", "gone:QUFB"])
def test_what_we_did_not_seal_does_not_open(broken):
    with pytest.raises(SealError):
        unseal(broken, context="codes")


def test_an_older_key_still_opens_and_the_newest_seals(settings):
    settings.FIELD_KEYS = OLD
    sealed = seal("JBSWY3DP", context="codes")
    settings.FIELD_KEYS = f"{NEW},{OLD}"

    opened = unseal(sealed, context="codes")

    assert opened == "JBSWY3DP"
    assert seal("x", context="codes").startswith("new:")
