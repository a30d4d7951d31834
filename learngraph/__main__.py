"""The command line as `python -m learngraph`."""

import sys

from learngraph.cli import main

sys.exit(main())
