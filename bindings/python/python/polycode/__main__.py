"""The command ``polycode``: installs languages, runs programs, judges cases."""

from __future__ import annotations

import signal
import sys

from . import _native


def main() -> int:
    """Does what the arguments of the process say; gives the exit code."""
    # Python would only note that the user wants to stop, and look at it when all is done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _native.command(["polycode", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
