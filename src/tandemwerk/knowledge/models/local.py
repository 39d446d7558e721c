"""Local information of municipalities, as Integreat's content API gave it last."""

from django.db import models


class LocalRegion(models.Model):
    """A region of Integreat: a municipality or a district, found by its place on the map."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    postcode = models.CharField(max_length=5, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    #: ``[west, south, east, north]`` in degrees, or nothing.
    bounding_box = models.JSONField(default=list)
    #: codes of the languages that the region offers
    languages = models.JSONField(default=list)
    fetched_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class LocalPage(models.Model):
    """What one address of the API answered last: shown as it is, with source and time."""

    class Content(models.TextChoices):
        PAGES = "pages"
        EVENTS = "events"
        LOCATIONS = "locations"

    region = models.ForeignKey(LocalRegion, on_delete=models.CASCADE, related_name="pages")
    language = models.CharField(max_length=8)
    content = models.CharField(max_length=10, choices=Content.choices)
    payload = models.JSONField(default=list)
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "language", "content"], name="local_page_once"
            ),
        ]
