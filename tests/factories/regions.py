"""A handful of real regions: 揭阳 to its villages, 东莞 without counties, and a helped county in Guizhou."""

from supplier_villages.regions.codes import level_of
from supplier_villages.regions.committees import is_village_committee
from supplier_villages.regions.models import Region
from supplier_villages.regions.pinyin import pinyin_of

JIEYANG = {
    "440000": "广东省",
    "445200": "揭阳市",
    "445202": "榕城区",
    "445203": "揭东区",
    "445222": "揭西县",
    "445224": "惠来县",
    "445281": "普宁市",
    "445202007": "仙桥街道",
    "445202007203": "美西村民委员会",
    "445203001": "曲溪街道",
    "445203001001": "曲溪居委会",
    "445203001201": "港美村委会",
    "445203001204": "圩埔村委会",
}
DONGGUAN = {
    "440000": "广东省",
    "441900": "东莞市",
    "441900003": "东城街道",
    "441900003001": "岗贝社区居民委员会",
}
ZHIJIN = {
    "520000": "贵州省",
    "520500": "毕节市",
    "520524": "织金县",
    "520524001": "双堰街道",
    "520524001209": "干河村村民委员会",
}


DERIVED = ["level", "parent", "name", "pinyin", "initials", "is_rural"]


def region(code: str, name: str, *, parent: str | None) -> Region:
    """One region; what follows from code and name is derived as the import does."""
    return _saved([_described(code, name, parent)])[0]


def jieyang() -> Region:
    """揭阳市 445200 with its five counties, two towns (445202007, 445203001) and four committees in them."""
    return _tree(JIEYANG)["445200"]


def dongguan() -> Region:
    """东莞市 441900, whose town 441900003 stands directly below the city, with one community."""
    return _tree(DONGGUAN)["441900"]


def zhijin() -> Region:
    """织金县 520524 in 毕节市 with one town and one village: a county helped from Guangdong."""
    return _tree(ZHIJIN)["520524"]


def _tree(names: dict[str, str]) -> dict[str, Region]:
    made: dict[str, Region] = {}
    for code, name in names.items():
        made[code] = _described(code, name, _parent(code, made))
    _saved(list(made.values()))
    return made


def _described(code: str, name: str, parent: str | None) -> Region:
    pinyin, initials = pinyin_of(name)
    return Region(
        code=code,
        level=level_of(code),
        parent_id=parent,
        name=name,
        pinyin=pinyin,
        initials=initials,
        is_rural=is_village_committee(code, name),
    )


def _saved(regions: list[Region]) -> list[Region]:
    """They are there, as they are described here, whether or not they were there before; one query."""
    return Region.objects.bulk_create(
        regions, update_conflicts=True, unique_fields=["code"], update_fields=DERIVED
    )


def _parent(code: str, known: dict[str, Region]) -> str | None:
    candidates = [code[:9], code[:6], code[:4] + "00", code[:2] + "0000"]
    return next((parent for parent in candidates if parent != code and parent in known), None)
