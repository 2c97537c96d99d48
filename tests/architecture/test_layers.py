"""What import-linter cannot see: foreign keys, new packages, and the servers that stand apart."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Field, Model

from catalog.partner.models import StockRecord
from tests.architecture import layers

RANKS = layers.ranks()


def package_of(model: type[Model]) -> str:
    """The package whose application the model belongs to; a forked model's module is Oscar's."""
    return layers.package_of(apps.get_app_config(model._meta.app_label).name)


OUR_MODELS = [model for model in apps.get_models() if package_of(model) in RANKS]


def relations(model: type[Model]) -> Iterator[tuple[str, str]]:
    """(field, package) of each foreign key and many-to-many relation to a model in one of our packages."""
    for field in model._meta.get_fields():
        if isinstance(field, Field) and isinstance(field.related_model, type):
            package = package_of(field.related_model)
            if package in RANKS:
                yield field.name, package


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_a_foreign_key_points_at_its_own_layer_or_below(model: type[Model]) -> None:
    own = RANKS[package_of(model)]
    upward = {name: package for name, package in relations(model) if RANKS[package] > own}
    assert upward == {}


def test_the_walk_sees_foreign_keys_of_forked_models() -> None:
    assert ("product", "catalog.catalogue") in set(relations(StockRecord))


def test_every_package_has_its_layer() -> None:
    assert layers.packages() - set(RANKS) == layers.OUTSIDE_THE_LAYERS & layers.packages()


def imported_modules(source: str) -> set[str]:
    """The modules that this Python text imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def test_the_embedded_servers_import_nothing_of_ours() -> None:
    sources = (layers.ROOT / "marketplace" / "embedded").glob("**/*.py")
    imported = set().union(*(imported_modules(path.read_text()) for path in sources))
    ours = {name for name in imported if name.split(".")[0] in layers.import_linter()["root_packages"]}
    assert {layers.package_of(name) for name in ours} <= {"marketplace.embedded", "marketplace"}


def test_only_the_entry_points_import_the_embedded_servers() -> None:
    folders = [layers.ROOT / name for name in layers.import_linter()["root_packages"]]
    sources = [path for folder in folders for path in folder.glob("**/*.py") if "embedded" not in path.parts]
    importing = [path for path in sources if "embedded" in str(imported_modules(path.read_text()))]
    assert importing == []
