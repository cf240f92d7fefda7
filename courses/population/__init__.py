"""A made-up population of any size, by which rosters and deeds are measured (``manage.py generate_learners``)."""
