"""What holds for every test and every doctest: how thorough laws are, and that no picture outlives its test.

Hypothesis profiles: quick for people, the same each time in CI, thorough by hand (HYPOTHESIS_PROFILE=deep).
"""

import os
import sys

import pytest
from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("deep", max_examples=5000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

os.environ.setdefault("MPLBACKEND", "agg")  # no windows


class _Figures:
    """Closes the figures that a test or a doctest made: matplotlib warns where too many are open."""

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self) -> None:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            pyplot.close("all")


def pytest_configure(config: pytest.Config) -> None:
    """Hold for doctests, too, which lie outside of this folder."""
    config.pluginmanager.register(_Figures())
