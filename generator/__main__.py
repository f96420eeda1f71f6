"""``python -m generator`` is the ``disclosure`` command."""

from generator.cli.main import main

main()
