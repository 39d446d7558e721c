"""What the views of this room have in common."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tandemwerk.intake.models import Participation


def participation_or_404(request: HttpRequest, pk: int) -> Participation:
    """Return somebody whom the visitor may see."""
    visible = Participation.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("site", "person"), pk=pk)
