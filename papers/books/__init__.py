"""A day or a list of papers as a book to read offline (EPUB 3.3, https://www.w3.org/TR/epub-33/).

``book.py`` says what is in a book, ``chapters.py`` writes its pages, ``package.py`` what a reading
program reads first, and ``epub.py`` puts all into one file.
"""
