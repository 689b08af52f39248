"""The only place that picks adapters: files, git and recorded sources for those who read."""
