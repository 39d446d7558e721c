"""HTTP only: fetch, ask the rule, show."""
