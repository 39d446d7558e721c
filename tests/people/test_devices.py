import pytest
from django.utils.translation import override

from tandemwerk.people.devices import Device, device_of


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            Device(name="Firefox on Linux", icon="globe"),
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"
            ),
            Device(name="Safari on iPhone", icon="phone"),
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"
            ),
            Device(name="Edge on Windows", icon="globe"),
        ),
        ("curl/8.0", Device(name="Unknown device", icon="globe")),
        ("", Device(name="Unknown device", icon="globe")),
    ],
)
def test_a_device_is_named_as_people_know_it(user_agent, device):
    with override("en"):
        named = device_of(user_agent)

    assert named == device
