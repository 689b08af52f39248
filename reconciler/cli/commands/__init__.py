"""One module per command: its options, the call of its application, and how its result is printed."""
