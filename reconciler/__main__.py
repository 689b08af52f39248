"""`python -m reconciler` is the same as the console script."""

from reconciler.cli.main import run

if __name__ == "__main__":
    run()
