"""Who reaches which address of one's own account."""

from tests.matrix import SIGNED_IN, Row

ROWS = [
    Row(name="people:account", others=200),
    Row(name="people:sessions", others=200),
    Row(
        name="people:session_end",
        kwargs=lambda _world: {"pk": 0},
        method="POST",
        allowed={SIGNED_IN: 404},
    ),
    Row(name="people:sessions_end_others", method="POST", others=302),
    Row(name="people:my_data", others=200),
    Row(name="people:demo_login", method="POST", anonymous=404),
    Row(name="account_login", others=302, anonymous=200),
    Row(name="account_request_login_code", others=302, anonymous=200),
    Row(name="account_reset_password", others=200, anonymous=200),
    Row(name="account_signup", others=302, anonymous=200),
    Row(name="account_logout", others=200, anonymous=302),
    Row(name="account_inactive", others=200, anonymous=200),
    Row(name="account_email", others=200),
    Row(name="account_change_password", others=200),
    Row(name="mfa_index", others=200),
    Row(name="mfa_list_webauthn", others=200),
    Row(name="mfa_authenticate", others=302),
]
