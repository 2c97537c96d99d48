"""The layers as pyproject.toml states them, for what import-linter cannot see."""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
# Wiring that is imported by nobody, and the servers that run before any settings can be read.
OUTSIDE_THE_LAYERS = {
    "marketplace.broker",
    "marketplace.celery",
    "marketplace.embedded",
    "marketplace.garbage",
    "marketplace.settings",
    "marketplace.wsgi",
}


def import_linter() -> dict[str, Any]:
    """The import-linter section of pyproject.toml."""
    section: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return section


def ranks() -> dict[str, int]:
    """Each package's height: the roof has the greatest number, core has 0; siblings share one."""
    layers = next(each for each in import_linter()["contracts"] if each["id"] == "layers")["layers"]
    return {
        package.strip(" ()"): height
        for height, layer in enumerate(reversed(layers))
        for package in re.split(r"[|:]", layer)
    }


def package_of(module: str) -> str:
    """The layered package that a module belongs to: "catalog.partner" for "catalog.partner.models"."""
    parts = module.split(".")
    return parts[0] if parts[0] == "cms" else ".".join(parts[:2])


def packages() -> set[str]:
    """The packages and modules that lie directly in our root packages, cms itself included."""
    roots = [ROOT / name for name in import_linter()["root_packages"] if name != "cms"]
    inner = [path for root in roots for path in root.iterdir() if _holds_code(path)]
    return {"cms", *(f"{path.parent.name}.{path.stem}" for path in inner)}


def _holds_code(path: Path) -> bool:
    return (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")
