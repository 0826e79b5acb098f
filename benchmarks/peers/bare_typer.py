"""The floor of `--help`: a typer program with one command, its help in plain text as recount's."""

from __future__ import annotations

import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def greet(name: str, *, loud: bool = False) -> None:
    """Say hello to NAME."""
    print(f"HELLO {name}" if loud else f"hello {name}")


if __name__ == "__main__":
    app()
