"""How answers leave the site, whatever stands in them.

Who asks and how often they may; pages kept ready and the version that makes them old; compression;
a database, a copy of it or a cache that is away or too slow.
"""
