"""The generated reference pages, a module each; `registry` lists them."""
