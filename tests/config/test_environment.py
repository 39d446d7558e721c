"""Settings from the environment, and what is wrong with them."""

from pathlib import Path

import pytest

from tandemwerk.config.environment import SETTINGS, ConfigurationError, inspect, load

GOOD = {"SECRET_KEY": "x" * 50}
ROOT = Path(__file__).resolve().parents[2]


def test_a_secret_is_all_that_has_to_be_set():
    assert inspect(GOOD).findings == []


@pytest.mark.parametrize(
    ("setting", "value", "first_words"),
    [
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("BASE_URL", "example.org", "BASE_URL is no address"),
        ("BASE_URL", "http://[", "BASE_URL is no address"),
        ("BASE_URL", "http://host:port", "BASE_URL is no address"),
        ("DATABASE_URL", "mysql://host/name", "DATABASE_URL is of no kind we know"),
        ("EMAIL_URL", "mailto:a@example.org", "EMAIL_URL is of no kind we know"),
        ("INTEGREAT_URL", "integreat", "INTEGREAT_URL is no address"),
        ("DEMO", "yes", "DEMO is neither 0 nor 1"),
        ("MFA_REQUIRED", "no", "MFA_REQUIRED is neither 0 nor 1"),
        ("PORT", "eighty", "PORT is no whole number"),
        ("CLAMD_ADDRESS", "scanner", "CLAMD_ADDRESS is no address"),
        ("WEB_WORKERS", "-1", "WEB_WORKERS is no whole number"),
        ("LOG_LEVEL", "chatty", "LOG_LEVEL is unknown"),
    ],
)
def test_each_wrong_setting_is_named_with_its_mend(setting, value, first_words):
    [finding] = inspect({**GOOD, setting: value}).findings

    what, mend = finding.split(": ", 1)
    assert what == first_words
    assert mend


def test_a_demo_is_never_served_under_an_https_address():
    with pytest.raises(ConfigurationError) as caught:
        load({**GOOD, "DEMO": "1", "BASE_URL": "https://example.org"})

    assert caught.value.findings == ["DEMO=1 lets everybody sign in: never with an https BASE_URL"]


def test_an_empty_setting_was_not_made():
    assert inspect({**GOOD, "PORT": "", "LOG_LEVEL": ""}) == inspect(GOOD)


def test_the_address_follows_the_port():
    assert inspect({**GOOD, "PORT": "9000"}).base_url == "http://127.0.0.1:9000"


def test_the_second_factor_is_asked_for_except_in_the_demo():
    answers = [
        inspect({**GOOD, **more}).mfa_required
        for more in ({}, {"DEMO": "1"}, {"DEMO": "1", "MFA_REQUIRED": "1"}, {"MFA_REQUIRED": "0"})
    ]

    assert answers == [True, False, True, False]


def test_the_handbook_lists_every_setting_as_the_program_has_it():
    handbook = (ROOT / "docs" / "operations.md").read_text()
    rows = [
        f"| `{name}` | {'*must be set*' if default is None else f'`{default}`' if default else ''}"
        f" | {purpose} |"
        for name, (default, purpose) in SETTINGS.items()
    ]

    assert [row for row in rows if row not in handbook] == []
