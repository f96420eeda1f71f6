"""``python -m generator`` is the ``disclosure`` command."""

from generator.cli.main import main

if __name__ == "__main__":  # a process that builds one of several folders imports this, too
    main()
