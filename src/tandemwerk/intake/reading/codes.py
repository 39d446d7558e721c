"""Stable codes for everything that is said about a row. The interface puts them into words."""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Why a row is handed back instead of taken."""

    NAME_MISSING = "name_missing"
    POSTCODE_MISSING = "postcode_missing"
    POSTCODE_NOT_VALID = "postcode_not_valid"
    MAIL_NOT_VALID = "mail_not_valid"
    PHONE_NOT_VALID = "phone_not_valid"
    BIRTH_YEAR_IMPOSSIBLE = "birth_year_impossible"
    DATE_DOES_NOT_EXIST = "date_does_not_exist"
    CAPACITY_NOT_A_NUMBER = "capacity_not_a_number"
    SIDE_UNKNOWN = "side_unknown"
    TEXT_TOO_LONG = "text_too_long"
    ROW_ENDS_EARLY = "row_ends_early"
    ROW_TOO_LONG = "row_too_long"
    #: Given by whoever imports, who knows the people that are there already.
    ALREADY_THERE = "already_there"


class QuestionCode(StrEnum):
    """What the site asks the person or itself; the row is taken all the same."""

    MISSING = "missing"
    NOT_UNDERSTOOD = "not_understood"
    FORMULA_ERROR = "formula_error"
    DATE_IN_FUTURE = "date_in_future"
    CAPACITY_ABOVE_LIMIT = "capacity_above_limit"
    NO_CAPACITY = "no_capacity"
    WANTED_ABOVE_LIMIT = "wanted_above_limit"
    SHARES_CONTACT = "shares_contact"


class AssumptionCode(StrEnum):
    """What was concluded rather than read."""

    ZERO_RESTORED = "zero_restored"
    YEAR_FROM_AGE = "year_from_age"
    CENTURY = "century"
    LEVEL = "level"
    GROUP_SIZE = "group_size"


class SkipCode(StrEnum):
    """Why a row is not a person at all."""

    EMPTY = "empty"
    SUM = "sum"
    HEADER_AGAIN = "header_again"
    SECTION = "section"
    REMARK = "remark"


class DuplicateCode(StrEnum):
    """By what a row was recognised as an earlier one."""

    NAME_AND_BIRTH_YEAR = "name_and_birth_year"
    NAME_AND_POSTCODE = "name_and_postcode"
    MAIL = "mail"
    PHONE = "phone"
