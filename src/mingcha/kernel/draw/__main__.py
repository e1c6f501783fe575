"""`python3 -m mingcha.kernel.draw …`: see cli.py."""

import signal
import sys

from .cli import main

if hasattr(signal, "SIGPIPE"):  # `replay … | head` ends quietly, as other tools do
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
sys.exit(main(sys.argv[1:]))
