"""A few strange inputs for each reader; `fuzz_formats.py` tries them for as long as you like."""

import pytest
from fuzz import targets
from fuzz.inputs import changed
from hypothesis import HealthCheck, Phase, given, settings

QUICK = settings(
    max_examples=15,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("name", targets.TARGETS)
def test_strange_inputs(name):
    target = targets.TARGETS[name]
    for seed in target.seeds:
        target.run(seed)

    @QUICK
    @given(changed(target.seeds))
    def run(content):
        target.run(content)

    run()
