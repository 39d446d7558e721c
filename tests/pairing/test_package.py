import doctest
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

from tandemwerk import pairing

MODULES = [f"tandemwerk.pairing.{found.name}" for found in pkgutil.iter_modules(pairing.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_texts_are_true(name):
    result = doctest.testmod(import_module(name))

    assert result.failed == 0


@pytest.mark.parametrize("name", pairing.__all__)
def test_everything_that_is_offered_is_there(name):
    assert getattr(pairing, name) is not None


def test_what_is_not_offered_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'pear_people'"):
        _ = pairing.pear_people


def test_the_words_come_without_the_libraries_that_compute():
    code = (
        "import sys, tandemwerk.pairing as p; p.SLOTS, p.Volunteer, p.HardRule;"
        "print({'numpy', 'scipy', 'ortools', 'django'} & {m.split('.')[0] for m in sys.modules})"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_paths()
    )

    assert run.stdout.strip() == "set()"


def test_the_engine_works_without_django():
    code = (
        "import sys, tandemwerk.pairing as p; [getattr(p, name) for name in p.__all__];"
        "print('django' in sys.modules)"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_paths()
    )

    assert run.stdout.strip() == "False"


def _paths() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path)}
