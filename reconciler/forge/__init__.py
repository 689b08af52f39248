"""Git and the code hosts. Git only, so far."""
