"""The command ``polycode``: installs languages, runs programs, judges cases."""

from __future__ import annotations

import os
import signal
import sys
import sysconfig

from . import _native


def main() -> int:
    """Does what the arguments of the process say; gives the exit code."""
    # Python would only note that the user wants to stop, and look at it when all is done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Where the extra `polycode[python]` has brought the runtime.
    packages = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    os.environ.setdefault("POLYCODE_PACKAGES", os.pathsep.join(packages))
    return _native.command(["polycode", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
