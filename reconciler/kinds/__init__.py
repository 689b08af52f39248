"""One module per thing that can be declared: how it is found, compared, changed and checked on its own."""
