"""Dates and times as people in Germany write them, where Django has none or American ones."""
