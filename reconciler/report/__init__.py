"""Values to text: one neutral outline, then forms for people and machines; no input, no output."""
