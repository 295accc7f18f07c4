"""Tries strange inputs on each reader of files, the query parser, drafts, the index and answers.

    python tests/fuzz/fuzz_formats.py [TARGET ...] [--seconds N] [--seed DIR]

Each target is tried for N seconds in a process of its own. With atheris (`pip install atheris`) the
inputs are led by the coverage of the package; without it hypothesis changes the inputs to begin
with. `--seed` names a folder with inputs to begin with, and to keep what reached new code in. An
input that fails is kept beside it as `crash-*`, and the status is 1.
"""

import argparse
import contextlib
import importlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=Path, default=Path(".fuzz"))
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        try_one(options.only, options.seconds, options.seed)
        return 0
    from fuzz.targets import TARGETS

    failed = False
    print("target\tinputs\tseconds\tslowest\tresult", flush=True)
    for name in options.targets or TARGETS:
        failed |= try_in_process(name, options.seconds, options.seed)
    return int(failed)


def try_in_process(name, seconds, seed):
    """Try a target in a process of its own, and print what came of it."""
    began = time.monotonic()
    command = [sys.executable, __file__, "--only", name, "--seconds", str(seconds)]
    result = subprocess.run(
        [*command, "--seed", str(seed)], capture_output=True, text=True, errors="replace"
    )
    output = result.stdout + result.stderr
    count = re.findall(r"(?:number_of_executed_units: |^#)(\d+)", output, re.MULTILINE)
    slowest = re.findall(r"slowest_unit_time_sec: (\d+)", output)
    error = re.findall(r"^(?:\w+\.)*\w*(?:Error|Exception|Damaged)\b.*", output, re.MULTILINE)
    what = "ok" if not result.returncode else f"failed: {' '.join(error[-1:])[:200]}"
    took = time.monotonic() - began
    print(
        name,
        (count or ["?"])[-1],
        f"{took:.0f}",
        (slowest or ["?"])[-1],
        what,
        sep="\t",
        flush=True,
    )
    if result.returncode:
        folder_of(seed, name).joinpath("log.txt").write_text(output, "utf-8", "replace")
    return bool(result.returncode)


def folder_of(seed, name):
    """The folder of a target's inputs."""
    return seed / re.sub(r"\W+", "-", name).strip("-")


def try_one(name, seconds, seed):
    """Try a target in this process, which ends with status 0 unless an input fails."""
    folder = folder_of(seed, name)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        atheris = None
    with atheris.instrument_imports(["reader"]) if atheris else contextlib.nullcontext():
        from fuzz.targets import TARGETS
    target = TARGETS[name]
    for number, content in enumerate(target.seeds):
        folder.joinpath(f"seed-{number}").write_bytes(content)
        target.run(content)  # loads what is loaded once
    if not atheris:
        try_with_hypothesis(target, seconds)
        return
    from fuzz.inputs import LARGEST, TOKENS

    words = folder / "tokens.dict"
    quoted = ("".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS)
    words.write_text("".join(f'"{token}"\n' for token in quoted))
    arguments = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        f"-max_len={min(4 * max(map(len, target.seeds)), LARGEST)}",
        f"-dict={words}",
        f"-artifact_prefix={folder}{os.sep}",
        "-print_final_stats=1",
        "-rss_limit_mb=2048",
        "-timeout=20",
        str(folder),
    ]
    atheris.Setup(arguments, target.run)
    atheris.Fuzz()


def try_with_hypothesis(target, seconds):
    """Try changed inputs until the time is over, and print how many."""
    from fuzz.inputs import changed
    from hypothesis import HealthCheck, Phase, given, settings

    end = time.monotonic() + seconds
    count = 0

    def run(content):
        nonlocal count
        count += 1
        target.run(content)

    options = settings(
        max_examples=500,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    while time.monotonic() < end:
        options(given(changed(target.seeds))(run))()
    print(f"#{count}")


if __name__ == "__main__":
    sys.exit(main())
