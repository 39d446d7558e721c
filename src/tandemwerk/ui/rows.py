"""The rows of a list (django-tables2), written at once instead of cell by cell in a template."""

from collections.abc import Callable
from inspect import signature
from typing import Any

from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import A, Table
from django_tables2.columns import BoundColumn
from django_tables2.rows import BoundRow

from tandemwerk.core.addresses import address_of

Cell = Callable[[BoundRow], Any]


def drawn_rows(table: Table, context: Context) -> SafeString:
    """Return the ``<tr>`` of each row of the page.

    What a column says of itself (its name, its classes) is asked once for all rows, so it cannot
    depend on a record; what stands in the cells can.
    """
    columns = [(_opening(column), _cell(table, column)) for column in table.columns]

    def row(each: BoundRow) -> str:
        cells = "".join(f"{opening}{_shown(cell(each), context)}</td>" for opening, cell in columns)
        return f"<tr>{cells}</tr>"

    return mark_safe("\n".join(map(row, table.paginated_rows)))  # noqa: S308 - every part is escaped


def _opening(column: BoundColumn) -> str:
    classes = column.attrs["td"].get("class")
    if not classes:
        return format_html('<td data-label="{}">', column.header)
    return format_html('<td data-label="{}" class="{}">', column.header, classes)


def _cell(table: Table, column: BoundColumn) -> Cell:
    """Return what fills the cells of a column.

    Where the table writes a cell from the record alone and has no word for «empty», it is asked
    directly: the library would look the value up, and nobody would read it.
    """
    render: Any = getattr(table, f"render_{column.name}", None)
    is_direct = (
        render is not None
        and tuple(signature(render).parameters) == ("record",)
        and not column.column.empty_values
    )
    if not is_direct:
        return lambda row: row.get_cell(column.name)
    link = column.link
    if not link:
        return lambda row: render(row.record)
    if not link.attrs and link.reverse_args.get("kwargs") == {"pk": A("pk")}:
        name = link.reverse_args["viewname"]
        return lambda row: format_html(
            '<a href="{}">{}</a>', address_of(name, row.record.pk), render(row.record)
        )
    return lambda row: link(render(row.record), record=row.record, value=None, table=table)


def _shown(value: Any, context: Context) -> str:
    return value if isinstance(value, SafeString) else render_value_in_context(value, context)
