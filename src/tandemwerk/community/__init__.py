"""Where carriers, sites, network office and ministry talk, ask and answer."""
