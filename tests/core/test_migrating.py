"""Migrating quickly leaves Django as it was."""

import gc

import pytest
from django.apps import apps
from django.apps.registry import Apps

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


def test_an_error_in_the_block_leaves_nothing_behind() -> None:
    with pytest.raises(ZeroDivisionError), quick_states():
        raise ZeroDivisionError
    assert "get_swappable_settings_name" not in vars(apps)
    assert gc.get_freeze_count() == 0
