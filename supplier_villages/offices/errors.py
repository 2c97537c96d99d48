"""What can go wrong with an office."""


class OfficeError(Exception):
    """An office cannot be opened or its members changed as asked."""


class OfficeExistsError(OfficeError):
    """The region has an office already."""


class NoOfficeForVillageError(OfficeError):
    """A village has no office of its own; its town's is the lowest."""


class InactiveUserError(OfficeError):
    """The account of the person is switched off."""
