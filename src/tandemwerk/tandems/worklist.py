"""What tandems ask of a site's team today, part by part."""

from tandemwerk.tandems import worklist_proposals

__all__ = ["worklist_proposals"]
