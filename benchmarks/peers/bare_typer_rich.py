"""The same program as typer makes it when nothing is said: its help goes through rich."""

from __future__ import annotations

import typer

app = typer.Typer()


@app.command()
def greet(name: str, *, loud: bool = False) -> None:
    """Say hello to NAME."""
    print(f"HELLO {name}" if loud else f"hello {name}")


if __name__ == "__main__":
    app()
