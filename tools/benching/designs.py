"""Three ways to know how far everybody in a group is, asked on the same rows.

A: nothing kept, progress is counted when a page asks, with indexes that cover it. B: a counter for each participation,
joined with the members of a group. C: a row for each member and theme, as the product keeps them. B is made of C's rows
here; only A needs what the learner does to be read. Everybody's pages want the first fifty by progress, and how many
completed each step.
"""

import statistics
import time

from django.db import connection, transaction

TIMES = 7
UPDATES = 300

SET_UP = """
CREATE INDEX bench_done ON courses_progress (participation_id, topic_id) WHERE completed_at IS NOT NULL;
CREATE INDEX bench_active ON courses_participation (theme_id, learner_id) INCLUDE (id) WHERE superseded_at IS NULL;
CREATE INDEX bench_members ON courses_membership (group_id, learner_id) WHERE left_at IS NULL AND suspended_at IS NULL;
CREATE TABLE bench_counter AS
    SELECT DISTINCT ON (gt.theme_id, r.learner_id) gt.theme_id, r.learner_id, r.done, r.completed_count, r.active_on,
        r.finished_on
    FROM courses_rosterrow r JOIN courses_grouptheme gt ON gt.id = r.group_theme_id;
CREATE UNIQUE INDEX bench_counted ON bench_counter (theme_id, learner_id)
    INCLUDE (completed_count, done, active_on, finished_on)
"""
MEMBERS = "m.group_id = %(group)s AND m.left_at IS NULL AND m.suspended_at IS NULL"
PROGRESS = f"""
FROM courses_membership m
JOIN courses_participation pa
    ON pa.learner_id = m.learner_id AND pa.theme_id = %(theme)s AND pa.superseded_at IS NULL
JOIN courses_progress p ON p.participation_id = pa.id AND p.completed_at IS NOT NULL AND p.topic_id = ANY(%(topics)s)
WHERE {MEMBERS}
"""
COUNTERS = f"""
FROM courses_membership m
LEFT JOIN bench_counter c ON c.learner_id = m.learner_id AND c.theme_id = %(theme)s
WHERE {MEMBERS}
"""
QUERIES = {
    "A": {
        "page": f"""
            SELECT m.id, n FROM courses_membership m LEFT JOIN (
                SELECT m.id AS of, count(*) AS n {PROGRESS} GROUP BY m.id
            ) counts ON of = m.id WHERE {MEMBERS} ORDER BY coalesce(n, 0) DESC, m.id DESC LIMIT 50""",  # noqa: S608  our own words
        "steps": f"SELECT p.topic_id, count(*) {PROGRESS} GROUP BY p.topic_id",
    },
    "B": {
        "page": f"SELECT m.id, c.completed_count {COUNTERS} "
        "ORDER BY coalesce(c.completed_count, 0) DESC, m.id DESC LIMIT 50",
        "steps": f"SELECT c.done, count(*) {COUNTERS} GROUP BY c.done",
    },
    "C": {
        "page": "SELECT id FROM courses_rosterrow WHERE group_theme_id = %(group_theme)s "
        "ORDER BY completed_count DESC, id DESC LIMIT 50",
        "steps": "SELECT done, count(*) FROM courses_rosterrow WHERE group_theme_id = %(group_theme)s GROUP BY done",
    },
}
NOTES = {
    "B": "UPDATE bench_counter SET completed_count = completed_count + 1, done = done || '1', active_on = current_date "
    "WHERE theme_id = %(theme)s AND learner_id = %(learner)s",
    "C": "UPDATE courses_rosterrow SET completed_count = completed_count + 1, done = done || '1', "
    "active_on = current_date WHERE learner_id = %(learner)s AND group_theme_id IN "
    "(SELECT id FROM courses_grouptheme WHERE theme_id = %(theme)s)",
}


def compare(groups):
    """{design: {question: {size: ms}}} of ``GroupTheme`` objects by the size of their group."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(SET_UP)
        cursor.execute("VACUUM (ANALYZE) courses_progress, courses_participation, courses_membership, bench_counter")
        figures = {
            design: {
                question: {size: asked(cursor, query, parameters(one)) for size, one in groups.items()}
                for question, query in queries.items()
            }
            for design, queries in QUERIES.items()
        }
        for design, update in NOTES.items():
            figures[design]["note"] = noted(cursor, update, groups)
        figures["A"]["note"] = 0
        cursor.execute("DROP INDEX bench_done, bench_active, bench_members; DROP TABLE bench_counter")
    return figures


def parameters(group_theme):
    topics = group_theme.theme.published_topics().values_list("pk", flat=True)
    values = {"group": group_theme.group_id, "theme": group_theme.theme_id, "group_theme": group_theme.pk}
    return {**values, "topics": list(topics)}


def asked(cursor, query, values):
    """The median in ms, the first time left out."""
    times = []
    for _time in range(TIMES + 1):
        began = time.perf_counter()
        cursor.execute(query, values)
        cursor.fetchall()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[1:])


def noted(cursor, update, groups):
    """What one learner's note costs in the middle of a transaction, in ms; nothing of it stays."""
    group_theme = groups[max(groups)]
    learners = list(group_theme.roster.values_list("learner", flat=True)[:UPDATES])
    with transaction.atomic():
        began = time.perf_counter()
        for learner in learners:
            cursor.execute(update, {"theme": group_theme.theme_id, "learner": learner})
        milliseconds = 1000 * (time.perf_counter() - began)
        transaction.set_rollback(True)
    return milliseconds / len(learners)
