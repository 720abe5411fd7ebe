"""The read-only API: ``shapes.py`` says what a paper, a topic and a day look like as JSON,
``asking.py`` reads query strings strictly, ``views.py`` answers, ``openapi.py`` describes it."""
