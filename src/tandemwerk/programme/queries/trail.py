"""The audit trail as those read it who answer for what it tells of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tandemwerk.core.models import AuditEntry
from tandemwerk.core.naming import Names, action_in_words, names_of, table_in_words
from tandemwerk.people.enums import ConsentPurpose, ConsentWay
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_ROLES, Role
from tandemwerk.programme.models import Carrier, Programme, Site, Viewer

#: Tables that never tell of a person.
_IMPERSONAL: Final = "programme."
CHUNK: Final = 500
#: What the keys of an entry's details are called; those that name changed fields stand with these.
KEYS: Final[dict[str, Any]] = {
    "fields": pgettext_lazy("audit trail", "changed"),
    "from": pgettext_lazy("audit trail", "from"),
    "to": pgettext_lazy("audit trail", "to"),
    "before": pgettext_lazy("audit trail", "before"),
    "role": pgettext_lazy("audit trail", "role"),
    "state": pgettext_lazy("audit trail", "state"),
    "count": pgettext_lazy("audit trail", "how many"),
    "filter": pgettext_lazy("audit trail", "narrowed by"),
    "purpose": pgettext_lazy("audit trail", "purpose"),
    "way": pgettext_lazy("audit trail", "how"),
    "text_version": pgettext_lazy("audit trail", "text version"),
    "anonymity": pgettext_lazy("audit trail", "name shown"),
    "article": pgettext_lazy("audit trail", "article"),
    "carrier": pgettext_lazy("audit trail", "carrier"),
    "code": pgettext_lazy("audit trail", "language"),
    "columns": pgettext_lazy("audit trail", "columns"),
    "consents": pgettext_lazy("audit trail", "consents"),
    "decision": pgettext_lazy("audit trail", "decision"),
    "field": pgettext_lazy("audit trail", "field"),
    "file": pgettext_lazy("audit trail", "file"),
    "go_live_at": pgettext_lazy("audit trail", "published from"),
    "groups": pgettext_lazy("audit trail", "mails about"),
    "import": pgettext_lazy("audit trail", "list"),
    "is_listed": pgettext_lazy("audit trail", "in the directory"),
    "is_nightly": pgettext_lazy("audit trail", "at night"),
    "is_somebody_else": pgettext_lazy("audit trail", "somebody else"),
    "is_welcome": pgettext_lazy("audit trail", "let in"),
    "join_policy": pgettext_lazy("audit trail", "how one joins"),
    "kept": pgettext_lazy("audit trail", "kept"),
    "kind": pgettext_lazy("audit trail", "kind"),
    "language": pgettext_lazy("audit trail", "language"),
    "owner": pgettext_lazy("audit trail", "looked after by"),
    "pages": pgettext_lazy("audit trail", "pages"),
    "post": pgettext_lazy("audit trail", "post"),
    "reach": pgettext_lazy("audit trail", "other sites"),
    "reasons": pgettext_lazy("audit trail", "reasons"),
    "removed": pgettext_lazy("audit trail", "removed"),
    "revision": pgettext_lazy("audit trail", "version"),
    "row": pgettext_lazy("audit trail", "row"),
    "rows": pgettext_lazy("audit trail", "rows"),
    "sha256": pgettext_lazy("audit trail", "fingerprint of the file"),
    "sheet": pgettext_lazy("audit trail", "sheet"),
    "side": pgettext_lazy("audit trail", "side"),
    "site": pgettext_lazy("audit trail", "site"),
    "starts_at": pgettext_lazy("audit trail", "begins"),
    "tandem": pgettext_lazy("audit trail", "tandem"),
    "task": pgettext_lazy("audit trail", "task"),
    "user": pgettext_lazy("audit trail", "account"),
    "via": pgettext_lazy("audit trail", "came by"),
}
CHOICES: Final = {
    "role": Role.choices,
    "before": Role.choices,
    "purpose": ConsentPurpose.choices,
    "way": ConsentWay.choices,
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry as it is read. ``details`` and ``reason`` are empty for who may not see them."""

    at: datetime
    actor: str
    action: Any
    kind: Any
    record: str
    details: list[tuple[str, str]]
    reason: str


def entries_visible_to(user: Viewer) -> QuerySet[AuditEntry]:
    """Return the entries that ``user`` may read.

    Who leads a site reads all of its branch, who leads a carrier that of its sites as well (but
    no names of persons), the network office what happened to teams and settings, an administrator
    everything (but no names of persons).
    """
    entries = AuditEntry.objects.all()
    if not isinstance(user, User):
        return entries.none()
    if user.is_superuser:
        return entries
    leading = user.memberships.filter(role__in=LEADING_ROLES)
    sites = Site.objects.filter(pk__in=leading.values("site_id"))
    carriers = Carrier.objects.filter(pk__in=leading.values("carrier_id"))
    wanted = Q(pk__in=())
    for place in (*sites, *carriers):
        wanted |= Q(scope__startswith=place.audit_scope)
    coordinating = user.memberships.filter(role=Role.NETWORK_COORDINATOR)
    for programme in Programme.objects.filter(pk__in=coordinating.values("programme_id")):
        wanted |= Q(scope__startswith=programme.audit_scope)
        wanted |= Q(scope__startswith="carrier/", target_type__startswith=_IMPERSONAL)
    return entries.filter(wanted)


def lines(entries: Iterable[AuditEntry], reader: User) -> Iterator[Line]:
    """Yield entries in words; names are looked up for so many entries at a time."""
    rows = iter(entries)
    while chunk := list(islice(rows, CHUNK)):
        names = _names(chunk, reader)
        for entry in chunk:
            yield _line(entry, names, reader)


def _names(entries: Sequence[AuditEntry], reader: User) -> dict[str, Names]:
    """Look up the names behind the numbers: table -> names."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.target_id is not None:
            numbers[entry.target_type].add(entry.target_id)
        if entry.actor_id is not None:
            numbers[f"people.{entry.actor_kind}"].add(entry.actor_id)
    return {table: names_of(table, wanted, reader) for table, wanted in numbers.items()}


def _line(entry: AuditEntry, names: dict[str, Names], reader: User) -> Line:
    record, is_seen = _name(names.get(entry.target_type), entry.target_id)
    tells = is_seen or entry.target_type.startswith(_IMPERSONAL)
    return Line(
        at=entry.at,
        actor=_actor(entry, names, reader),
        action=action_in_words(entry.action),
        kind=table_in_words(entry.target_type),
        record=record,
        details=_details(entry) if tells else [],
        reason=entry.reason if tells else "",
    )


def _name(names: Names | None, number: int | None) -> tuple[str, bool]:
    """Return a record's name and whether the reader may see it."""
    if names is None or number is None:
        return "", False
    if number not in names.existing:
        return _("erased"), False
    if number in names.shown:
        return names.shown[number], True
    return _("not shown to you"), False


def _actor(entry: AuditEntry, names: dict[str, Names], reader: User) -> str:
    if entry.actor_kind == "system":
        return _("Tandemwerk itself")
    if entry.actor_kind == "user" and entry.actor_id == reader.pk:
        return _("{name} (you)").format(name=reader)
    name, _is_seen = _name(names.get(f"people.{entry.actor_kind}"), entry.actor_id)
    if entry.actor_kind == "person":
        return _("{name}, through a link").format(name=name)
    return name


def _details(entry: AuditEntry) -> list[tuple[str, str]]:
    """Return what an entry tells, in words where there are any."""
    try:
        model: type[models.Model] | None = apps.get_model(entry.target_type)
    except (LookupError, ValueError):
        model = None
    return [
        (str(KEYS.get(key) or _field(model, key)), _readable(model, key, value))
        for key, value in entry.changes.items()
    ]


def _field(model: type[models.Model] | None, name: str) -> Any:
    """Return what a field is called; its own name where the table has none such."""
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    return getattr(field, "verbose_name", name)


def _readable(model: type[models.Model] | None, key: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(
            str(_field(model, each)) if key == "fields" else _readable(model, key, each)
            for each in value
        )
    return str(_choices(model, key).get(value, value))


def _choices(model: type[models.Model] | None, key: str) -> dict[Any, Any]:
    """Return the words of the values that ``key`` may have."""
    if key in CHOICES:
        return dict(CHOICES[key])
    try:
        field = model._meta.get_field("state" if key in {"from", "to"} else key) if model else None
    except FieldDoesNotExist:
        field = None
    return dict(getattr(field, "flatchoices", ()))
