"""One module per command: takes its parts, returns a result with an exit code, prints nothing."""
