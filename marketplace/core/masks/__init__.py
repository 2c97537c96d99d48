"""What a page may show of a person's data."""


def mask_phone(phone: str) -> str:
    """138****5678: the first three and the last four digits; all stars where too short to hide any."""
    return _keep_ends(phone, start=3, end=4)


def mask_identity_number(number: str) -> str:
    """440***********1234: the first three and the last four characters of an 18-digit ID."""
    return _keep_ends(number, start=3, end=4)


def mask_name(name: str) -> str:
    """张**: the first character, and two stars however long the name is."""
    return f"{name[0]}**" if name else ""


def _keep_ends(text: str, *, start: int, end: int) -> str:
    hidden = len(text) - start - end
    if hidden <= 0:
        return "*" * len(text)
    return text[:start] + "*" * hidden + text[-end:]
