"""Lists by mail, once a day, for readers without a feed reader: off unless ``MAIL_LISTS``.

``asked_list.py`` says which lists there are, ``requests.py`` keeps who wants which,
``signed_links.py`` signs the links that confirm and cancel, ``letters.py`` writes and
``delivery.py`` sends.
"""
