"""What the web server loads before its workers are forked."""

import subprocess
import sys

import pytest
from django.test import Client
from django.utils import translation

from tandemwerk.config.preloading import preload
from tandemwerk.places import postcodes


def test_before_the_workers_fork_everything_is_loaded_that_pages_need():
    postcodes._places.cache_clear()

    preload()

    assert postcodes._places.cache_info().currsize == 1
    assert translation.get_language() == "de"


def test_the_solver_is_loaded_and_the_compiler_is_not():
    code = (
        "import django, sys; django.setup()\n"
        "from tandemwerk.config.preloading import preload; preload()\n"
        "print(*[name in sys.modules for name in ('ortools', 'numba')])"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )

    assert said.stdout.split() == ["True", "False"]


@pytest.mark.django_db
def test_loading_asks_no_database_and_pages_come_as_before(django_assert_num_queries):
    with django_assert_num_queries(0):
        preload()

    assert Client().get("/health/live").status_code == 200
