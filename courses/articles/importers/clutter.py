"""Marks what is no lesson: menus, share lines, comments, invitations, and the like.

First what is sure wherever it stands, then what is sure only beside that. A paragraph of a lesson
is never marked because of its neighbours, except in a list of comments or of other articles.
"""

import re

from courses.articles.importers.invitations import asks_to_subscribe, invites, weight
from courses.articles.importers.parts import LISTS
from courses.articles.importers.phrases import ABOUT_NAME, BYLINE, STRONG, WEAK, normalised

SEPARATORS = re.compile(r"\s*(?:[|•·»›→–—]|\s[-/>]\s|\t)\s*")
NEVER_A_HEADING = re.compile(r"topiclist|(?:hoofd)?menu|navigati(?:e|on)|nieuwsbrief|newsletter")
LEADS_IN = ("contact", "newsletter", "share", "related", "comments")


def mark(parts):
    mark_lines(parts)
    mark_runs(parts)
    mark_dates_and_authors(parts)
    mark_paragraphs(parts)
    mark_neighbours(parts)
    mark_lists(parts)
    mark_comments(parts)
    mark_related(parts)
    mark_about_author(parts)
    mark_leads(parts)


# One line


def reason_of_line(text):
    """Why this line is no lesson wherever it stands; empty if it may be one."""
    line = normalised(text)
    reason = matching(STRONG, line)
    return reason or reason_of_pieces(text) or reason_of_row(line)


def weak_reason(text):
    return matching(WEAK, normalised(text))


def matching(table, line):
    return next((reason for reason, pattern in table.items() if line and pattern.fullmatch(line)), "")


def any_reason(text):
    line = normalised(text)
    return matching(STRONG, line) or matching(WEAK, line) or ("date-author" if BYLINE.fullmatch(text.strip()) else "")


def reason_of_pieces(text):
    """Of a line such as ``Home | About | Contact``, of which most pieces are known."""
    pieces = [piece for piece in SEPARATORS.split(text) if piece.strip()]
    reasons = [reason for piece in pieces if (reason := any_reason(piece))]
    return commonest(reasons) if len(pieces) > 1 and len(reasons) * 3 >= len(pieces) * 2 else ""


def reason_of_row(line):
    """Of a line such as ``Facebook Twitter LinkedIn`` that is nothing but known words in a row."""
    words = re.split(r"[\s,]+", line)
    if not 3 <= len(words) <= 30:
        return ""
    reached: dict[int, list] = {0: []}
    for start in range(len(words)):
        for end in range(start + 1, min(start + 5, len(words) + 1)):
            phrase = " ".join(words[start:end])
            if start in reached and (reason := matching(WEAK, phrase) or matching(STRONG, phrase)):
                reached[end] = [*reached[start], reason]
    reasons = reached.get(len(words), [])
    return commonest(reasons) if len(reasons) > (2 if "share" in reasons else 3) else ""


def commonest(reasons):
    return max(reasons, key=reasons.count)


# All lines


def mark_lines(parts):
    for place, part in enumerate(parts):
        is_short = part.word_count <= 70 and len(part.text) <= 600
        if part.kept and is_short and part.tag not in ("figure", "table", "pre", "hr", *LISTS):
            part.left_out = "" if may_be_heading(parts, place) else reason_of_line(part.text)


def may_be_heading(parts, place):
    """Whether a word such as “Sharing”, or a line such as “Make an appointment”, is the heading of what follows.

    It is if it stands over a paragraph of a lesson, and below nothing that is left out.
    """
    part, above, below = parts[place], parts[max(0, place - 1) : place], parts[place + 1 : place + 2]
    is_word = part.word_count == 1 and not NEVER_A_HEADING.fullmatch(normalised(part.text))
    is_advice = part.is_line and place > 0 and STRONG["contact"].fullmatch(normalised(part.text))
    heads = any(near.kept and near.is_long and weight(near.text) <= 0 for near in below)
    return (is_word or bool(is_advice)) and heads and not any(near.left_out for near in above)


def mark_dates_and_authors(parts):
    """Dates and names at the top, at the end or beside what is left out; a row of dates is a time line."""
    places = [place for place, part in enumerate(parts) if part.kept and is_date_or_author(part)]
    if len([place for place in places if weak_reason(parts[place].text)]) > 2:
        return
    text = next((place for place, part in enumerate(parts) if part.kept and part.is_long), 0)
    for place in places:
        if place < text or place == len(parts) - 1 or beside_left_out(parts, place):
            parts[place].left_out = "date-author"


def is_date_or_author(part):
    if part.is_heading or not part.is_line:
        return False
    return weak_reason(part.text) == "date-author" or bool(BYLINE.fullmatch(part.text))


def mark_paragraphs(parts):
    end = end_of_lesson(parts)
    for place, part in enumerate(parts):
        if not part.kept or part.tag not in ("p", "div", "aside", "blockquote"):
            continue
        if asks_to_subscribe(part.text):
            part.left_out = "newsletter"
        elif invites(part.text, at_the_end=place > end):
            part.left_out = "contact"


def end_of_lesson(parts):
    """The place of the last paragraph that is long, and no invitation."""
    places = reversed(range(len(parts)))
    return next((n for n in places if parts[n].kept and parts[n].is_long and weight(parts[n].text) <= 0), -1)


# What stands together


def mark_runs(parts):
    """Three or more known lines after each other are a menu, or a row of buttons, with what stands in between.

    The last line before the text is never one of them: it is the title.
    """
    title = last_unknown_line(parts)
    for run in runs_of_lines(parts):
        reasons = [parts[place].left_out or any_reason(parts[place].text) for place in run]
        reasons = ["" if reason == "date-author" else reason for reason in reasons]
        if len([reason for reason in reasons if reason]) < 3:
            continue
        for number, place in enumerate(run):
            between = reasons[number] or same_on_both_sides(reasons, number)
            if between and place != title:
                parts[place].left_out = parts[place].left_out or between


def last_unknown_line(parts):
    """The place of the last line before the text that nothing is known of."""
    last = None
    for place, part in enumerate(parts):
        if part.kept and part.is_long:
            return last
        if part.kept and part.is_line and not any_reason(part.text):
            last = place
    return None


def same_on_both_sides(reasons, number):
    before = next((reason for reason in reversed(reasons[:number]) if reason), "")
    after = next((reason for reason in reasons[number + 1 :] if reason), "")
    return before if before == after else ""


def runs_of_lines(parts):
    """The places of short lines that follow each other."""
    run = []
    for place, part in enumerate(parts):
        if part.is_line and part.word_count <= 5:
            run.append(place)
        else:
            yield run
            run = []
    yield run


def mark_neighbours(parts):
    """Weak lines beside what is left out, until there are no more; never one that heads a paragraph."""
    changed = True
    while changed:
        changed = False
        for place, part in enumerate(parts):
            reason = weak_reason(part.text) if part.kept and part.is_line else ""
            if reason and beside_left_out(parts, place) and not heads_a_paragraph(parts, place):
                part.left_out = reason
                changed = True


def beside_left_out(parts, place):
    return any(0 <= beside < len(parts) and parts[beside].left_out for beside in (place - 1, place + 1))


def heads_a_paragraph(parts, place):
    return place + 1 < len(parts) and parts[place + 1].kept and not parts[place + 1].is_line


def mark_lists(parts):
    """Lists of known words, where a menu may be: at the very top, or beside what is left out."""
    first_long = next((place for place, part in enumerate(parts) if part.kept and part.is_long), len(parts))
    for place, part in enumerate(parts):
        if not (part.kept and part.tag in ("ul", "ol")):
            continue
        links = [link for link in part.element.iter("a") if link.get("href")]
        if len(links) > 1 and all(link.get("href").startswith("#") for link in links):
            part.left_out = "contents"
            continue
        items = [" ".join(item.text_content().split()) for item in part.element.iter("li")]
        reasons = [reason for item in items if (reason := any_reason(item))]
        at_the_top = place < first_long
        if len(reasons) * 2 >= len(items) > 1 and (at_the_top or beside_left_out(parts, place)):
            part.left_out = commonest(reasons)


def mark_comments(parts):
    """From “3 comments” to the last line of the form, if the article stands before it."""
    marked = [place for place, part in enumerate(parts) if part.left_out == "comments"]
    if len(marked) < 2:
        return
    total = sum(part.word_count for part in parts)
    read = 0
    for place, part in enumerate(parts[: marked[-1]]):
        if place in marked and place > 4 and read * 10 >= total * 3:
            for later in parts[place : marked[-1]]:
                later.left_out = later.left_out or "comments"
            return
        read += part.word_count


def mark_related(parts):
    """After “Read also”: titles, and beginnings of articles, until something that is neither."""
    for place, part in enumerate(parts):
        if part.left_out != "related" or ":" in part.text[:-1]:
            continue
        for beyond in range(place + 1, len(parts)):
            later = parts[beyond]
            teaser = later.text.endswith(("…", "...", "[…]", "[...]"))
            title = later.is_line or (later.tag in LISTS and all(is_short(item) for item in later.element.iter("li")))
            if later.left_out == "menu":
                continue
            if later.left_out or not (teaser or title) or (not teaser and heads_a_lesson(parts, beyond)):
                break
            later.left_out = "related"


def is_short(item):
    return len(item.text_content().split()) <= 14


def heads_a_lesson(parts, place):
    following = next((part for part in parts[place + 1 :] if part.kept), None)
    return following is not None and following.is_long and not following.text.endswith(("…", "..."))


def mark_about_author(parts):
    """The words about the author below “About the author”, or below a name that they mention."""
    end = end_of_lesson(parts)
    for place in range(len(parts) - 1):
        part, following = parts[place], parts[place + 1]
        about = re.match(r"(over|about) (de|the) \w+", normalised(part.text)) and part.left_out == "date-author"
        name = ABOUT_NAME.fullmatch(part.text)
        named = name and part.kept and place + 1 >= end and name["first"] in following.text
        if (about or named) and following.kept and following.word_count <= 90:
            part.left_out = following.left_out = "date-author"


def mark_leads(parts):
    """“Interested?”, and nothing after it but an invitation: the last line before what is left out."""
    for place in range(len(parts) - 2, 0, -1):
        part, following = parts[place], parts[place + 1]
        if not part.kept:
            continue
        short = part.word_count <= 3 or weight(part.text) > 0
        if part.is_line and short and part.text.endswith(("?", ":")) and following.left_out in LEADS_IN:
            part.left_out = following.left_out
        if part.kept:
            break
