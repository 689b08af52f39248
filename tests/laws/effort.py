"""How hard a law is tried: a modest number of servers, and never by the clock of the machine."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

LAW = settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
