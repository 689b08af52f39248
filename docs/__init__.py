"""The guides, and the program that writes the reference pages (`make docs`)."""
