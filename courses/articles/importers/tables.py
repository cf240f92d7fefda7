"""Tables with their headers, and tables that were only there for the layout."""

from courses.articles.importers.parts import fill, made


def table_of(element, blocks_in):
    """Return the table with its caption and headers; ``blocks_in`` returns the blocks in a cell."""
    table = made("table")
    caption = element.find("caption")
    if caption is not None and caption.text_content().strip():
        table.append(made("caption", " ".join(caption.text_content().split())))
    rows = own_rows(element)
    headers = header_count(rows)
    head, body = made("thead"), made("tbody")
    for number, row in enumerate(rows):
        own = row_of(row, blocks_in, is_header=number < headers)
        (head if number < headers else body).append(own)
    table.extend(group for group in (head, body) if len(group))
    return table


def opened_up(element):
    """What is in the cells of a table that is only layout."""
    holder = made("div")
    for row in own_rows(element):
        for cell in cells_of(row):
            cell.tag, cell.tail = "div", None
            holder.append(cell)
    return holder


def own_rows(table):
    """Its rows, those of tables inside it not among them, header rows first."""
    groups = [child for child in table if child.tag in ("thead", "tbody", "tfoot")]
    rows = [child for child in table if child.tag == "tr"]
    for group in sorted(groups, key=lambda group: ["thead", "tbody", "tfoot"].index(group.tag)):
        rows += [child for child in group if child.tag == "tr"]
    return rows


def cells_of(row):
    return [cell for cell in row if cell.tag in ("td", "th")]


def is_layout(table):
    if table.get("data-document"):
        return False
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.iter("th", "caption"), None) is not None:
        return False
    cells = [cell for row in own_rows(table) for cell in cells_of(row)]
    heavy = table.xpath(".//h1|.//h2|.//h3|.//table")
    return len(cells) <= 1 or bool(heavy and table.get("border", "0") == "0")


def header_count(rows):
    """How many rows at the top are headers: marked as such, or with nothing but bold words."""
    count = 0
    for row in rows[:-1] if len(rows) > 1 else []:
        cells = cells_of(row)
        in_head = row.getparent().tag == "thead"
        if in_head or (cells and all(cell.tag == "th" for cell in cells)):
            count += 1
        else:
            break
    if not count and len(rows) > 1 and is_bold(rows[0]) and not is_bold(rows[1]):
        return 1
    return count


def is_bold(row):
    filled = [cell for cell in cells_of(row) if cell.text_content().strip()]
    return bool(filled) and all(bold_words(cell) == "".join(cell.text_content().split()) for cell in filled)


def bold_words(cell):
    return "".join("".join(strong.text_content().split()) for strong in cell.iter("strong"))


def row_of(row, blocks_in, *, is_header):
    own = made("tr")
    for number, cell in enumerate(cells_of(row)):
        scope = "col" if is_header else "row" if cell.tag == "th" and number == 0 else ""
        block = made("th" if is_header or cell.tag == "th" else "td")
        if scope:
            block.set("scope", scope)
        for name in ("colspan", "rowspan"):
            if (cell.get(name) or "").isdigit() and 1 < int(cell.get(name)) <= 1000:
                block.set(name, cell.get(name))
        if block.tag == "th":
            for strong in list(cell.iter("strong")):
                strong.drop_tag()
        fill(block, blocks_in(cell))
        own.append(block)
    return own
