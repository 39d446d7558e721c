"""That somebody used the contact form: enough to stop a flood, too little to know who."""

from django.db import models


class ContactTry(models.Model):
    """A message was sent from somewhere.

    ``fingerprint`` is a keyed hash of the address with the day in it: after the day is over it
    leads nowhere, and the row goes.
    """

    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["fingerprint", "at"], name="contact_try")]
