"""Which of the lowest regions are villages: those with a village committee (村民委员会).

A residents' committee (社区, 居委会) is a neighbourhood of a town.
"""

VILLAGE_COMMITTEES = ("村委会", "村民委员会")
RESIDENTS_COMMITTEES = ("社区", "居委会", "居民委员会")
# In a twelve-digit code 200 to 399 are village committees, 001 to 199 residents' committees,
# 400 and above what only resembles either: farms, parks (NBS 统计用区划代码编制规则).
VILLAGE_COMMITTEE_DIGITS = ("2", "3")


def is_village_committee(code: str, name: str) -> bool:
    """Whether the twelve-digit code and its name stand for a village committee; never so above the village.

    The name decides where it says anything; 茅草村 and 渔委会 do not: there the code's tenth digit decides.
    """
    if len(code) != 12:
        return False
    if name.endswith(VILLAGE_COMMITTEES):
        return True
    if any(word in name for word in RESIDENTS_COMMITTEES) and "村民委员会" not in name:
        return False
    return code[9] in VILLAGE_COMMITTEE_DIGITS


def village_name(name: str) -> str:
    """A committee's village as people say it: 美西村民委员会 is 美西村; any other name as it is."""
    for ending in ("村民委员会", "村委会"):
        if name.endswith(ending) and name != ending:
            return name.removesuffix(ending).removesuffix("村") + "村"
    return name
