"""Format days and months as written in English and in Chinese."""

import datetime

_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_ZH = "一二三四五六日"
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_in_english(day: datetime.date) -> tuple[str, str]:
    """Return the weekday and the date: ``Wednesday``, ``29 January 2025``."""
    return _WEEKDAYS_EN[day.weekday()], f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def day_in_chinese(day: datetime.date) -> tuple[str, str]:
    """Return the weekday and the date: ``星期三``, ``2025年1月29日``."""
    return f"星期{_WEEKDAYS_ZH[day.weekday()]}", f"{day.year}年{day.month}月{day.day}日"


def short_weekday(day: datetime.date, chinese: bool) -> str:
    """Return the weekday in short: ``Wed`` or ``周三``."""
    if chinese:
        return f"周{_WEEKDAYS_ZH[day.weekday()]}"
    return _WEEKDAYS_EN[day.weekday()][:3]


def weekday_heads(chinese: bool) -> list[tuple[str, str]]:
    """Return the weekdays from Monday for a calendar, short and in full: ``M``, ``Monday``."""
    if chinese:
        return [(letter, f"星期{letter}") for letter in _WEEKDAYS_ZH]
    return [(name[0], name) for name in _WEEKDAYS_EN]


def short_day(day: datetime.date, chinese: bool) -> str:
    """Return the date: ``29 Jan 2025`` or ``2025年1月29日``."""
    if chinese:
        return f"{day.year}年{day_of_month(day, chinese)}"
    return f"{day_of_month(day, chinese)} {day.year}"


def day_of_month(day: datetime.date, chinese: bool) -> str:
    """Return the date without its year: ``29 Jan`` or ``1月29日``."""
    if chinese:
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1][:3]}"


def month_name(year: int, month: int, chinese: bool) -> str:
    """Return the month: ``January 2025`` or ``2025年1月``."""
    return f"{year}年{month}月" if chinese else f"{_MONTHS_EN[month - 1]} {year}"
