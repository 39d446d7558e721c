"""Bringing a list, correcting how it is read, and confirming that it is taken."""

from collections import Counter
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.intake.enums import Side as SideChoices
from tandemwerk.intake.import_words import FIELDS, PROBLEMS
from tandemwerk.intake.models import ImportSheet
from tandemwerk.intake.reading import SHARED_FIELDS, Field, FileProblem, Mapping, Side
from tandemwerk.intake.reading.limits import MAX_BYTES, MAX_ROW_NUMBER
from tandemwerk.people.enums import ConsentPurpose
from tandemwerk.ui.forms import FileDropInput

BY_COLUMN: Final = "column"
_KINDS_OF_FILE: Final = ".xlsx,.ods,.csv,.tsv,.txt"


class UploadForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("Your list"),
        help_text=_("Excel (.xlsx), OpenDocument (.ods) or CSV, 10 MB at most."),
        widget=FileDropInput(attrs={"accept": _KINDS_OF_FILE}),
        error_messages={"empty": PROBLEMS[FileProblem.EMPTY][0]},
        max_length=255,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            self.refuse(FileProblem.TOO_BIG)
        return file

    def refuse(self, problem: FileProblem) -> None:
        """Say why the file cannot be read and what to do."""
        for words in PROBLEMS[problem]:
            self.add_error("file", words)


class SheetForm(forms.Form):
    """How one sheet is read: each column's meaning, and whose list it is."""

    is_chosen = forms.BooleanField(label=_("Import this sheet"), required=False)
    side = forms.ChoiceField(
        label=_("Who stands in this list?"),
        choices=[
            (SideChoices.VOLUNTEER.value, _("volunteers")),
            (SideChoices.NEWCOMER.value, _("newcomers")),
            (BY_COLUMN, _("both: a column or headings between the rows say it")),
        ],
        widget=forms.RadioSelect,
    )
    header_row = forms.IntegerField(
        label=_("The headings stand in row"),
        help_text=_("0 if there are none."),
        min_value=0,
        max_value=MAX_ROW_NUMBER,
        widget=forms.NumberInput(attrs={"data-width": "short"}),
    )

    def __init__(self, *args: Any, sheet: ImportSheet, **kwargs: Any) -> None:
        self.mapping = Mapping.from_json(sheet.mapping)
        kwargs.setdefault("prefix", f"sheet{sheet.position}")
        kwargs["initial"] = {
            "is_chosen": sheet.is_chosen,
            "side": self.mapping.side.value if self.mapping.side else BY_COLUMN,
            "header_row": self.mapping.header_row,
        }
        super().__init__(*args, **kwargs)
        choices = [(field.value, words) for field, words in FIELDS.items()]
        for column in range(len(self.mapping.headers)):
            self.fields[f"column{column}"] = forms.ChoiceField(
                label=self.mapping.headers[column]
                or _("Column %(number)s") % {"number": column + 1},
                choices=choices,
                initial=self.mapping.columns.get(column, Field.OTHER).value,
            )

    def column_fields(self) -> list[Any]:
        """Return the fields of the columns in their order."""
        return [self[f"column{column}"] for column in range(len(self.mapping.headers))]

    def clean(self) -> dict[str, Any]:
        """See that no meaning stands twice that may stand once."""
        data = self.cleaned_data
        counts = Counter(self.columns().values())
        for field, count in counts.items():
            if count > 1 and field not in SHARED_FIELDS:
                text = _("«%(field)s» is chosen for several columns. Choose it once.")
                self.add_error(None, forms.ValidationError(text, params={"field": FIELDS[field]}))
        return data

    def columns(self) -> dict[int, Field]:
        """Return what each column means."""
        chosen = {
            column: self.cleaned_data.get(f"column{column}")
            for column in range(len(self.mapping.headers))
        }
        return {column: Field(value) for column, value in chosen.items() if value}

    def chosen_side(self) -> Side | None:
        """Return whose list it is, None where the list itself says it."""
        chosen = self.cleaned_data["side"]
        return None if chosen == BY_COLUMN else Side(chosen)


class TakeForm(forms.Form):
    """The site confirms that the people of the list agreed."""

    consents = forms.MultipleChoiceField(
        label=_("The people of this list have agreed to"),
        help_text=_("Tick only what you can prove, for example with a signed form."),
        choices=ConsentPurpose.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_consents(self) -> list[ConsentPurpose]:
        """Nobody is taken in who did not agree to take part."""
        chosen = self.cleaned_data["consents"]
        if ConsentPurpose.PARTICIPATION not in chosen:
            raise forms.ValidationError(
                _("Without consent to take part you may not store anything about the people.")
            )
        return [ConsentPurpose(each) for each in chosen]


class UndoForm(forms.Form):
    """Says that undoing is meant."""

    is_meant = forms.BooleanField(label=_("Yes, remove these people again."))
