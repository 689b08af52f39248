"""`reconciler schema`: a JSON Schema on standard output."""

from __future__ import annotations

import click

from reconciler.cli.options import form_of, shared, shared_options


@click.command("schema", short_help="Print a JSON Schema.")
@click.argument("name", metavar="[NAME]", required=False)
@shared_options
def command(name: str | None) -> None:
    """Print the JSON Schema of a document or result; without NAME the names there are."""
    form_of("json", "text")
    from reconciler.application.assembly.shipped import schema_names
    from reconciler.application.schemas import print_schema
    from reconciler.cli.printing import emit

    text = print_schema(name) if name else "".join(f"{known}\n" for known in schema_names())
    emit(text, output=shared().output)
