"""Queries that are asked on every page and in every deed: written with the ORM, and turned into SQL only once."""

from threading import local

from django.db import DEFAULT_DB_ALIAS, connections


class Prepared:
    """A query of values, asked again and again with other arguments.

    ``ask`` makes the queryset from stand-ins for its arguments, keys or slugs, once in each thread. So whatever may
    differ the next time, today's date too, must be an argument. Writing such SQL takes the ORM three times as long as
    asking it.
    """

    def __init__(self, ask, *, arguments):
        self.ask, self.made = ask, local()
        self.stand_ins = [-1_000_000_007 - number for number in range(arguments)]

    def __call__(self, *arguments):
        """Return the rows as tuples."""
        connection = connections[DEFAULT_DB_ALIAS]
        if not hasattr(self.made, "compiler"):
            self.made.compiler, self.made.sql, self.made.places = self.make(connection)
        values = [arguments[place] if given else place for given, place in self.made.places]
        with connection.cursor() as cursor:
            cursor.execute(self.made.sql, values)
            rows = cursor.fetchall()
        return list(self.made.compiler.results_iter([rows], tuple_expected=True))

    def make(self, connection):
        """Return what reads the rows, the SQL, and for each of its parameters whether it is an argument, and which."""
        compiler = self.ask(*self.stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        numbers = {str(stand_in): number for number, stand_in in enumerate(self.stand_ins)}
        places = [(str(one) in numbers, numbers.get(str(one), one)) for one in parameters]
        return compiler, sql, places
