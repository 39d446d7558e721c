"""Programmes, carriers, sites, their teams and funding years."""
