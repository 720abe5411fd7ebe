"""Days as people write them in either language."""

import datetime

_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_ZH = "一二三四五六日"
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_in_english(day: datetime.date) -> str:
    """``Wednesday, 29 January 2025``."""
    return f"{_WEEKDAYS_EN[day.weekday()]}, {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def day_in_chinese(day: datetime.date) -> str:
    """``2025年1月29日 星期三``."""
    return f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS_ZH[day.weekday()]}"


def short_day(day: datetime.date, chinese: bool) -> str:
    """``29 Jan 2025`` or ``2025年1月29日``."""
    if chinese:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1][:3]} {day.year}"


def month_name(year: int, month: int, chinese: bool) -> str:
    """``January 2025`` or ``2025年1月``."""
    return f"{year}年{month}月" if chinese else f"{_MONTHS_EN[month - 1]} {year}"
