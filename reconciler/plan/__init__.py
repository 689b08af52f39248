"""Desired and live as values, a plan as a value: compare, judge, order, follow up, encode. Pure."""
