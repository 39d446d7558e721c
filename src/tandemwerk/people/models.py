"""Accounts and persons. A person is not an account: many never have one."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.enums import (
    SPOKEN_LANGUAGES,
    ConsentPurpose,
    ConsentWay,
    ContactPreference,
    Gender,
    Level,
)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account that signs in with ``email``; without a password by code only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """An account: somebody who signs in. What they may do stands in their memberships."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="de"
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def actor_kind(self) -> str:
        return "user"

    @property
    def actor_id(self) -> int:
        return self.pk

    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    def get_full_name(self) -> str:
        return str(self)


class Person(models.Model):
    """Somebody who takes part, with or without an account."""

    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80)
    mail = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    contact_preference = models.CharField(
        _("how to reach you"),
        max_length=8,
        choices=ContactPreference.choices,
        default=ContactPreference.BOTH,
    )
    #: Language of mails, links and printed pages.
    language = models.CharField(
        _("language of messages"), max_length=8, choices=settings.LANGUAGES, default="de"
    )
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    gender = models.CharField(
        _("gender"), max_length=1, choices=Gender.choices, default=Gender.UNSAID
    )
    #: 21 bits, day * 3 + part, Monday morning is bit 0.
    availability = models.PositiveIntegerField(
        _("free time"), default=0, validators=[MaxValueValidator(2**21 - 1)]
    )
    #: Slugs of enums.INTERESTS.
    interests = models.JSONField(_("interests"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["family_name", "given_name", "birth_year"], name="person_name"),
            models.Index(fields=["mail"], name="person_mail"),
            models.Index(fields=["phone"], name="person_phone"),
            # Who lives around somebody: some hundred postcodes out of the whole country.
            models.Index(fields=["postcode"], name="person_postcode"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        if self.erased_at:
            return gettext("erased person")
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def actor_kind(self) -> str:
        return "person"

    @property
    def actor_id(self) -> int:
        return self.pk

    @property
    def may_be_mailed(self) -> bool:
        return bool(self.mail) and self.contact_preference in {
            ContactPreference.MAIL,
            ContactPreference.BOTH,
        }


class PersonLanguage(models.Model):
    """A language that somebody speaks, and how well."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(
        _("language"), max_length=3, choices=[(k, v) for k, v in SPOKEN_LANGUAGES.items()]
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code"], name="person_language_once"),
        ]

    def __str__(self) -> str:
        level = Level(self.level)
        shown = level.label if level == Level.L1 else level.name
        return f"{SPOKEN_LANGUAGES.get(self.code, self.code)} ({shown})"


class ConsentText(models.Model):
    """The words that somebody agreed to, in one language and version."""

    purpose = models.CharField(max_length=20, choices=ConsentPurpose.choices)
    version = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version", "language"], name="consent_text_once"
            ),
        ]


class Consent(models.Model):
    """A line of the ledger: who agreed to what, in which words, when and how."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    text_version = models.PositiveSmallIntegerField(_("text version"))
    way = models.CharField(_("how"), max_length=8, choices=ConsentWay.choices)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="consent_one_in_force",
            ),
        ]
