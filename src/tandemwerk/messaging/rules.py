"""Who may do what with a message."""

import rules
from django.conf import settings

from tandemwerk.messaging.models import Message, scopes_of
from tandemwerk.people.models import User


@rules.predicate
def is_of_their_team(user: User, message: Message) -> bool:
    return settings.DEMO or message.scope in scopes_of(user)


@rules.predicate
def is_of_a_team_they_write_for(user: User, message: Message) -> bool:
    return message.scope in scopes_of(user, writing=True)


@rules.predicate
def runs_the_installation(user: User) -> bool:
    return user.is_superuser


#: A rule and no permission: an administrator has every permission, and reads no letters.
rules.add_rule("messaging.read_message", is_of_their_team)
rules.add_perm("messaging.settle_message", runs_the_installation | is_of_a_team_they_write_for)
rules.add_perm("messaging.view_system", runs_the_installation)
