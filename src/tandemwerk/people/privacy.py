"""What this room keeps about a person."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.actors import Actor
from tandemwerk.core.privacy import PersonalData, name_facts, register
from tandemwerk.people.enums import Gender, Level
from tandemwerk.people.models import Consent, Person, PersonLanguage
from tandemwerk.people.weekgrid import slots_in_words


def _export_person(person_id: int) -> list[dict[str, Any]]:
    person = Person.objects.get(pk=person_id)
    return [
        {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "mail": person.mail,
            "phone": person.phone,
            "contact_preference": person.get_contact_preference_display(),
            "language": person.get_language_display(),
            "postcode": person.postcode,
            "birth_year": person.birth_year,
            "gender": person.get_gender_display(),
            "availability": slots_in_words(person.availability),
            "interests": list(person.interests),
            "note": person.note,
            "created_at": person.created_at.isoformat(),
        }
    ]


def _erase_person(person_id: int, _by: Actor, at: datetime) -> None:
    Person.objects.filter(pk=person_id).update(
        given_name="",
        family_name="",
        mail="",
        phone="",
        contact_preference="neither",
        postcode="",
        birth_year=None,
        gender=Gender.UNSAID,
        availability=0,
        interests=[],
        note="",
        erased_at=at,
    )


def _export_languages(person_id: int) -> list[dict[str, Any]]:
    spoken = PersonLanguage.objects.filter(person_id=person_id).order_by("code")
    return [
        {"language": each.get_code_display(), "level": Level(each.level).label} for each in spoken
    ]


def _erase_languages(person_id: int, _by: Actor, _at: datetime) -> None:
    PersonLanguage.objects.filter(person_id=person_id).delete()


def _export_consents(person_id: int) -> list[dict[str, Any]]:
    lines = Consent.objects.filter(person_id=person_id).order_by("given_at", "pk")
    return [
        {
            "purpose": line.get_purpose_display(),
            "text_version": line.text_version,
            "way": line.get_way_display(),
            "given_at": line.given_at.isoformat(),
            "withdrawn_at": line.withdrawn_at.isoformat() if line.withdrawn_at else None,
        }
        for line in lines
    ]


def _end_consents(person_id: int, _by: Actor, at: datetime) -> None:
    """Close the ledger; its lines name nobody and prove that we were allowed to do what we did."""
    Consent.objects.filter(person_id=person_id, withdrawn_at=None).update(withdrawn_at=at)


register(
    PersonalData(
        name="languages",
        title=_("Languages"),
        purpose=_("To find a person with whom they can talk."),
        kept=_("Until somebody leaves the programme and asks for it, or three years after that."),
        models=("people.PersonLanguage",),
        export=_export_languages,
        erase=_erase_languages,
    ),
    PersonalData(
        name="consents",
        title=_("Consent"),
        purpose=_("To prove what somebody agreed to, and when."),
        kept=_("Without a name, for as long as the funding may be examined."),
        models=("people.Consent",),
        export=_export_consents,
        erase=_end_consents,
    ),
    PersonalData(
        name="person",
        title=_("Details of the person"),
        purpose=_("To reach somebody, to find a person who suits them, and to accompany both."),
        kept=_("Until somebody leaves the programme and asks for it, or three years after that."),
        models=("people.Person",),
        export=_export_person,
        erase=_erase_person,
    ),
)

#: Names of what more than one room tells; the others stand with the rooms.
name_facts(
    {
        "given_name": _("Given name"),
        "family_name": _("Family name"),
        "name": _("Name"),
        "mail": _("E-mail"),
        "phone": _("Phone"),
        "contact_preference": _("How to reach you"),
        "language": _("Language"),
        "level": _("Level"),
        "postcode": _("Postcode"),
        "birth_year": _("Year of birth"),
        "gender": _("Gender"),
        "availability": _("Free time"),
        "interests": _("Interests"),
        "note": _("Note"),
        "created_at": _("Since"),
        "purpose": _("What for"),
        "text_version": _("Version of the text"),
        "way": _("How"),
        "given_at": _("Given"),
        "withdrawn_at": _("Withdrawn"),
        "addresses": _("E-mail addresses"),
        "second_factors": _("Second factors"),
        "signed_in": _("Signed in on"),
        "role": _("Role"),
        "where": _("Where"),
        "since": _("Since"),
        "site": _("Site"),
        "side": _("Side"),
        "state": _("State"),
        "text": _("Text"),
        "at": _("When"),
        "subject": _("Subject"),
        "kind": _("Kind"),
        "km": _("Kilometres"),
        "reasons": _("What fits"),
        "agreement": _("Agreement"),
        "proposed_at": _("Proposed"),
        "founded_on": _("Founded on"),
        "ended_on": _("Ended on"),
        "end_reason": _("Reason for the end"),
        "moves": _("What happened when"),
        "meetings": _("Meetings"),
        "notes": _("Notes"),
        "asked_at": _("Asked"),
        "answer": _("Answer"),
        "answered_at": _("Answered"),
        "due_on": _("Asked for"),
        "line": _("In your words"),
        "suggested_at": _("Suggested"),
        "declined_at": _("Declined"),
        "reason": _("Reason"),
        "waiting_since": _("Waiting since"),
        "kinds": _("Kinds of tandem"),
        "topics": _("Topics"),
        "wishes_gender": _("The other person should be"),
        "max_km": _("Kilometres at most"),
        "group_size": _("How many people"),
        "volunteers_wanted": _("How many volunteers"),
        "capacity": _("Tandems at the same time"),
        "max_group": _("Groups of up to so many people"),
        "minors_ok": _("May work with minors"),
        "is_minor": _("Under 18"),
        "priority": _("Urgency"),
        "questions": _("Still to ask"),
        "file": _("File"),
        "sheet": _("Sheet"),
        "row": _("Row"),
        "uploaded_at": _("Brought"),
        "cells": _("What stood there"),
        "written_at": _("Written"),
        "sent_at": _("Sent"),
        "about": _("About"),
        "languages": _("Languages"),
        "title": _("Title"),
        "until": _("Until"),
    }
)
