"""What a column of a list can mean."""

from enum import StrEnum
from typing import Final


class Side(StrEnum):
    VOLUNTEER = "volunteer"
    NEWCOMER = "newcomer"


class Field(StrEnum):
    """The meaning of a column; the values are what a remembered mapping stores."""

    SIDE = "side"
    NAME = "name"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    GENDER = "gender"
    MAIL = "mail"
    PHONE = "phone"
    CONTACT = "contact"
    CONTACT_PREFERENCE = "contact_preference"
    POSTCODE = "postcode"
    PLACE = "place"
    ADDRESS = "address"
    BIRTH = "birth"
    AGE = "age"
    LANGUAGES = "languages"
    LEVEL = "level"
    AVAILABILITY = "availability"
    KINDS = "kinds"
    TOPICS = "topics"
    INTERESTS = "interests"
    MAX_KM = "max_km"
    CAPACITY = "capacity"
    MAX_GROUP = "max_group"
    WAITING_SINCE = "waiting_since"
    GROUP_SIZE = "group_size"
    VOLUNTEERS_WANTED = "volunteers_wanted"
    MINORS_OK = "minors_ok"
    IS_MINOR = "is_minor"
    WISHES_GENDER = "wishes_gender"
    PRIORITY = "priority"
    #: A remark, kept as it stands.
    NOTE = "note"
    #: Nothing we have a place for: kept as a remark with the column's header before it.
    OTHER = "other"
    #: Running numbers and our own reasons: left out.
    IGNORE = "ignore"


#: Fields that several columns may share; every other field has one column at most.
SHARED_FIELDS: Final = frozenset(
    {
        Field.MAIL,
        Field.PHONE,
        Field.CONTACT,
        Field.LANGUAGES,
        Field.LEVEL,
        Field.AVAILABILITY,
        Field.KINDS,
        Field.TOPICS,
        Field.INTERESTS,
        Field.NOTE,
        Field.OTHER,
        Field.IGNORE,
    }
)
