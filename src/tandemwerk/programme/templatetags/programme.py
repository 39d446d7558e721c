"""What the pages of teams and settings need to show."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def euros(cents: int) -> str:
    """Return an amount as people write it: ``21000`` is «210 €», ``21050`` is «210,50 €»."""
    amount = Decimal(cents) / 100
    places = 0 if amount == amount.to_integral() else 2
    return f"{number_format(amount, decimal_pos=places, use_l10n=True)} €"
