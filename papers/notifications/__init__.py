"""Tell the operator what is wrong, and that the day is in: at most once a matter and day.

Only commands send messages; a request never does.
"""
