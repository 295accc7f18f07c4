"""Modules whose loading is put off work when they are used."""

import subprocess
import sys

CODE = """
import sys
from reader.lazy import put_off_seldom_used
put_off_seldom_used()
import bz2, calendar, ipaddress
from types import ModuleType
assert type(sys.modules["bz2"]) is not ModuleType
assert bz2.decompress(bz2.compress(b"x")) == b"x"
assert type(sys.modules["bz2"]) is ModuleType
assert calendar.monthrange(2024, 2)[1] == 29
from whoosh.query import Variations
from whoosh.lang.morph_en import variations
assert "renders" in variations("render")
"""


def test_what_is_put_off_works_when_it_is_used():
    subprocess.run([sys.executable, "-c", CODE], check=True)
