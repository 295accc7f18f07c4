"""The `reader` command, also as `python -m reader`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and exit with its status; 130 when interrupted."""
    # Collections while modules load find nothing to free and take 6 ms of 100: with this threshold
    # the first comes when an index is made, which lasts.
    gc.set_threshold(200_000, 20, 20)
    try:
        # Here, not above: an interrupt while the libraries load must not give a traceback.
        prefetch = None
        if sys.argv[1:2] == ["search"]:
            from reader.cli.startup import prefetch_changes

            prefetch = prefetch_changes(sys.argv[1:])
        from reader.cli.app import run

        try:
            status = run(sys.argv[1:])
        finally:
            if prefetch:
                prefetch.close()
    except KeyboardInterrupt:
        status = 130
    # Python collects garbage as it ends, from which this excepts all that there is: 5 ms.
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
