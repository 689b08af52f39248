"""What everybody talks about: frozen values on the standard library alone; nothing here reads, decides or prints."""
