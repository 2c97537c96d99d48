"""Migrating quickly leaves Django as it was."""

import gc

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from marketplace.core.database.migrating import quick_states


def test_what_swaps_a_model_is_looked_up_once_and_only_in_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    original = Apps.get_swappable_settings_name

    def counted(registry: Apps, label: str) -> str | None:
        looked_up.append(label)
        return original(registry, label)

    monkeypatch.setattr(Apps, "get_swappable_settings_name", counted)
    with quick_states():
        answers = {apps.get_swappable_settings_name("accounts.User") for _ in range(3)}
        assert gc.get_freeze_count() > 0
    assert (answers, looked_up) == ({"AUTH_USER_MODEL"}, ["accounts.User"])
    assert gc.get_freeze_count() == 0


def test_a_state_renders_fields_of_its_own_that_find_its_own_models() -> None:
    """Also when its field has been asked for its model before, as migrations do."""
    key = models.ForeignKey("made.Owner", models.CASCADE, related_name="things")
    state = ProjectState()
    state.add_model(ModelState("made", "Owner", [("id", models.AutoField(primary_key=True))]))
    state.add_model(ModelState("made", "Thing", [("id", models.AutoField(primary_key=True)), ("owner", key)]))
    assert str(key.related_model).lower() == "made.owner"
    with quick_states():
        first, second = (copy.apps.get_model("made", "Thing") for copy in (state, state.clone()))
    rendered = first._meta.get_field("owner")
    assert rendered is not key
    assert rendered.related_model._meta.get_field("things").related_model is first
    assert not hasattr(key, "model")
    assert second._meta.get_field("owner") is not rendered


def test_an_error_in_the_block_leaves_nothing_behind() -> None:
    original = models.Field.clone
    with pytest.raises(ZeroDivisionError), quick_states():
        raise ZeroDivisionError
    assert models.Field.clone is original
    assert "get_swappable_settings_name" not in vars(apps)
    assert gc.get_freeze_count() == 0
