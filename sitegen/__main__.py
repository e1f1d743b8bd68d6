"""`python -m sitegen`."""

from sitegen.cli.app import main

main()
