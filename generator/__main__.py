"""``python -m generator`` is the ``disclosure`` command."""

from __future__ import annotations

import signal


def main() -> None:
    """Runs the command; an interruption while it is still being imported ends it quietly."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from generator.cli.main import main as run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":  # a process that builds one of several folders imports this, too
    main()
