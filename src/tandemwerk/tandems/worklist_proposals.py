"""Proposals that wait for the site: calls asked for, two times yes, people without e-mail."""
