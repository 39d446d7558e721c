"""Those who come: taking part at a site, and lists of people that are imported."""
