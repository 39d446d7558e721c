"""The codes of ``reading`` in words: columns, what is wrong with a cell, what is to ask."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.reading import (
    AssumptionCode,
    DuplicateCode,
    ErrorCode,
    Field,
    FileProblem,
    QuestionCode,
    SkipCode,
)

FIELDS: Final[dict[Field, Any]] = {
    Field.SIDE: _("Volunteer or newcomer"),
    Field.NAME: _("Whole name"),
    Field.GIVEN_NAME: _("Given name"),
    Field.FAMILY_NAME: _("Family name"),
    Field.GENDER: _("Gender"),
    Field.MAIL: _("E-mail"),
    Field.PHONE: _("Phone"),
    Field.CONTACT: _("E-mail or phone"),
    Field.CONTACT_PREFERENCE: _("How to reach"),
    Field.POSTCODE: _("Postcode"),
    Field.PLACE: _("Place"),
    Field.ADDRESS: _("Address with postcode"),
    Field.BIRTH: _("Year or date of birth"),
    Field.AGE: _("Age"),
    Field.LANGUAGES: _("Languages"),
    Field.LEVEL: _("Language level"),
    Field.AVAILABILITY: _("Free times"),
    Field.KINDS: _("Kinds of tandem"),
    Field.TOPICS: _("Topics"),
    Field.INTERESTS: _("Interests"),
    Field.MAX_KM: _("Distance at most (km)"),
    Field.CAPACITY: _("Tandems at the same time"),
    Field.MAX_GROUP: _("Groups of up to so many people"),
    Field.WAITING_SINCE: _("Waiting since"),
    Field.GROUP_SIZE: _("How many people"),
    Field.VOLUNTEERS_WANTED: _("How many volunteers"),
    Field.MINORS_OK: _("May work with minors"),
    Field.IS_MINOR: _("Is a minor"),
    Field.WISHES_GENDER: _("The other person should be"),
    Field.PRIORITY: _("Urgency"),
    Field.NOTE: _("Note"),
    Field.OTHER: _("Something else: keep it as a note"),
    Field.IGNORE: _("Leave it out"),
}

ERRORS: Final[dict[ErrorCode, Any]] = {
    ErrorCode.NAME_MISSING: _("The name is missing."),
    ErrorCode.POSTCODE_MISSING: _("The postcode is missing."),
    ErrorCode.POSTCODE_NOT_VALID: _("This is no German postcode."),
    ErrorCode.MAIL_NOT_VALID: _("This is no e-mail address."),
    ErrorCode.PHONE_NOT_VALID: _("This is no phone number."),
    ErrorCode.BIRTH_YEAR_IMPOSSIBLE: _("This year of birth cannot be right."),
    ErrorCode.DATE_DOES_NOT_EXIST: _("This date does not exist."),
    ErrorCode.CAPACITY_NOT_A_NUMBER: _("How many tandems? A number from 1 to 3 is needed."),
    ErrorCode.SIDE_UNKNOWN: _("Is this a volunteer or a newcomer? The list does not say."),
    ErrorCode.TEXT_TOO_LONG: _("This text is too long for one cell."),
    ErrorCode.ROW_ENDS_EARLY: _("The row ends too early: cells are missing."),
    ErrorCode.ROW_TOO_LONG: _("The row has more cells than the list has columns."),
    ErrorCode.ALREADY_THERE: _("This person is there already."),
}

QUESTIONS: Final[dict[QuestionCode, Any]] = {
    QuestionCode.MISSING: _("The list did not say it."),
    QuestionCode.NOT_UNDERSTOOD: _("We did not understand it."),
    QuestionCode.FORMULA_ERROR: _("The cell held a formula that failed."),
    QuestionCode.DATE_IN_FUTURE: _("The date lies in the future."),
    QuestionCode.CAPACITY_ABOVE_LIMIT: _("More than three tandems at the same time? We took 3."),
    QuestionCode.NO_CAPACITY: _("No tandem at present? We took 1."),
    QuestionCode.WANTED_ABOVE_LIMIT: _("More than three volunteers? We took 3."),
    QuestionCode.SHARES_CONTACT: _("Somebody else has the same e-mail or phone."),
}

ASSUMPTIONS: Final[dict[AssumptionCode, Any]] = {
    AssumptionCode.ZERO_RESTORED: _("We put the lost zero back."),
    AssumptionCode.YEAR_FROM_AGE: _("We worked the year of birth out from the age."),
    AssumptionCode.CENTURY: _("We completed the year to four digits."),
    AssumptionCode.LEVEL: _("No level was given, so we assumed one."),
    AssumptionCode.GROUP_SIZE: _("We counted several people in the name."),
}

SKIPS: Final[dict[SkipCode, Any]] = {
    SkipCode.EMPTY: _("An empty row."),
    SkipCode.SUM: _("A row of sums."),
    SkipCode.HEADER_AGAIN: _("The headings once more."),
    SkipCode.SECTION: _("A heading between the people."),
    SkipCode.REMARK: _("A remark, no person."),
}

DUPLICATES: Final[dict[DuplicateCode, Any]] = {
    DuplicateCode.NAME_AND_BIRTH_YEAR: _("same name and year of birth"),
    DuplicateCode.NAME_AND_POSTCODE: _("same name and postcode"),
    DuplicateCode.MAIL: _("same e-mail"),
    DuplicateCode.PHONE: _("same phone number"),
}

#: What happened, and what to do about it.
PROBLEMS: Final[dict[FileProblem, tuple[Any, Any]]] = {
    FileProblem.EMPTY: (
        _("The file is empty."),
        _("Have a look whether it is the right file, and save it once more."),
    ),
    FileProblem.TOO_BIG: (
        _("The file is too big."),
        _("10 MB are possible. Remove pictures and sheets that are not needed."),
    ),
    FileProblem.TOO_MANY_ROWS: (
        _("The list has too many rows."),
        _("20,000 rows are possible. Divide the list into several files."),
    ),
    FileProblem.TOO_MANY_COLUMNS: (
        _("The list has too many columns."),
        _("200 columns are possible. Remove those that are not about people."),
    ),
    FileProblem.CELL_TOO_LONG: (
        _("One cell holds far too much text."),
        _("Shorten it, or leave that column out."),
    ),
    FileProblem.PASSWORD_PROTECTED: (
        _("The file is protected with a password."),
        _("Open it, save it without a password, and choose it again."),
    ),
    FileProblem.LEGACY_FORMAT: (
        _("This is an old Excel file (.xls) or one that only Excel reads (.xlsb)."),
        _("Open it and save it as .xlsx."),
    ),
    FileProblem.MACROS: (
        _("The file holds macros."),
        _("We do not open such files, for safety. Save it as .xlsx without macros."),
    ),
    FileProblem.ZIP_BOMB: (
        _("The file would become huge when it is opened."),
        _("Copy the people into a new file and choose that one."),
    ),
    FileProblem.BROKEN: (
        _("The file is damaged."),
        _("Open it in your spreadsheet program, save it once more, and try again."),
    ),
    FileProblem.NOT_A_SPREADSHEET: (
        _("This is no spreadsheet."),
        _("Excel (.xlsx), OpenDocument (.ods) and CSV are possible."),
    ),
}


def worded(code: str, words: dict[Any, Any]) -> str:
    """Return the words for a code that was stored; the code itself if it is known no more."""
    return str(words.get(code, code))
