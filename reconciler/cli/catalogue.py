"""The commands there are: the module of each, and its line in the help."""

from __future__ import annotations

COMMANDS = {
    "init": ("initializing", "Start a new environment."),
    "import": ("importing", "Write what a server holds as YAML."),
    "validate": ("validate", "Check the desired state, offline."),
    "snapshot": ("snapshot", "Record a server for plans without a path to it."),
    "plan": ("plan", "Show what would change on a server."),
    "show": ("show", "Show a saved plan."),
    "drift": ("drift", "Show where a server differs from the committed state."),
    "compare": ("compare", "Compare two servers."),
    "lineage": ("lineage", "Show who feeds an attribute."),
    "schema": ("schema", "Print a JSON Schema."),
    "demo": ("demo", "Walk through all of it on an example estate."),
}
"""Each command's module and its line in the help."""
