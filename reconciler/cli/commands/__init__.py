"""One module per command: its options, the call of its application, its result in print."""
