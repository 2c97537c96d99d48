"""Amounts as Chinese documents write them so that nobody alters a figure: 人民币大写."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "兆")


def in_capitals(fen: int) -> str:
    """108050 fen → 壹仟零捌拾元伍角; whole yuan end in 整. Source: 《支付结算办法》 annex 1.

    Raises:
        ValueError: 10^16 yuan or more.
    """
    if fen < 0:
        return "负" + in_capitals(-fen)
    yuan, rest = divmod(fen, 100)
    jiao, odd = divmod(rest, 10)
    text = _whole(yuan) + "元" if yuan or not rest else ""
    if not rest:
        return (text or "零元") + "整"
    text += DIGITS[jiao] + "角" if jiao else "零" if text else ""
    return text + (DIGITS[odd] + "分" if odd else "")


def _whole(number: int) -> str:
    if number == 0:
        return DIGITS[0]
    if number >= 10 ** (4 * len(GROUPS)):
        raise ValueError("This amount is too large to be written in capitals.")
    digits = str(number)
    text, gap = "", False
    for index, digit in enumerate(digits):
        group, place = divmod(len(digits) - 1 - index, 4)
        if digit == "0":
            gap = True
        else:
            text += (DIGITS[0] if gap else "") + DIGITS[int(digit)] + PLACES[place]
            gap = False
        if place == 0 and int(digits[max(0, index - 3) : index + 1]):
            text += GROUPS[group]
    return text
