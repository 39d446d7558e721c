from tandemwerk.website.models.contact import ContactTry
from tandemwerk.website.models.pages import (
    ContactPage,
    ContentPage,
    HomePage,
    LegalPage,
    WebsitePage,
)
from tandemwerk.website.models.photos import Photo, PhotoRendition

__all__ = [
    "ContactPage",
    "ContactTry",
    "ContentPage",
    "HomePage",
    "LegalPage",
    "Photo",
    "PhotoRendition",
    "WebsitePage",
]
