"""Runs the commands: `python -m caseapp`."""

import sys

from caseapp.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
