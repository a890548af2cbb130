"""`nafuda`: every command a person who runs the server needs."""

import typer

from app.cli import closing, founding, keeping, keys, linking, serving

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for commands in (serving, keeping, keys, founding, closing, linking):
    app.add_typer(commands.app)


def main() -> None:
    app()
