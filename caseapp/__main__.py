"""Runs the commands: `python -m caseapp`."""

import sys

from caseapp.cli import main
from caseapp.kernel.host import close_memory

if __name__ == "__main__":
    close_memory()
    sys.exit(main(sys.argv[1:]))
