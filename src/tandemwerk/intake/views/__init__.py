"""HTTP only: fetch, ask the rule, call one service."""
