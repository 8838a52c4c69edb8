# Reads a workbook with openpyxl and prints it as JSON: sheets in order, each with its rows; formulas apart.
import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
sheets = {sheet.title: [list(row) for row in sheet.values] for sheet in book.worksheets}
formulas = [
    f"{sheet.title}!{cell.coordinate}"
    for sheet in book.worksheets
    for row in sheet.iter_rows()
    for cell in row
    if cell.data_type == "f"
]
frozen = {sheet.title: sheet.freeze_panes for sheet in book.worksheets}
print(json.dumps({"sheets": sheets, "formulas": formulas, "frozen": frozen}))
