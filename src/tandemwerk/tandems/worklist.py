"""What tandems ask of a site's team today, part by part."""

from tandemwerk.tandems import worklist_across, worklist_life, worklist_proposals

__all__ = ["worklist_across", "worklist_life", "worklist_proposals"]
