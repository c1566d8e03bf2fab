from __future__ import annotations

import datetime as dt

from codes.layouts.layout import BadLine
from codes.layouts.ndc import read
from models.code_table import CodeEntry

PACKAGES = (
    "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\tSTARTMARKETINGDATE\tENDMARKETINGDATE\tNDC_EXCLUDE_FLAG\n",
    "p1\t0123-4567\t0123-4567-02\t2 SYRINGE in 1 CARTON\t20160104\t\tN\n",
    "p2\t0123-4568\t0123456802\tno hyphens\t20160104\t\tN\n",
    "p3\t0123-4569\t0123-4569-01\t1 VIAL\t20160104\t20209931\tN\n",
)
PRODUCTS = (
    "PRODUCTID\tPRODUCTNDC\tPROPRIETARYNAME\tNONPROPRIETARYNAME\tDOSAGEFORMNAME\tSTARTMARKETINGDATE\tENDMARKETINGDATE\n",
    "p1\t12345-678\tExamplumab Pen\texamplumab\tINJECTION\t20160104\t20270101\n",
)


def test_packages_have_eleven_digits_and_bad_lines_are_told() -> None:
    assert list(read(PACKAGES)) == [
        CodeEntry("00123456702", "2 SYRINGE in 1 CARTON", valid_from=dt.date(2016, 1, 4)),
        BadLine(3, "NDCPACKAGECODE is no NDC with hyphens"),
        BadLine(4, "a marketing date that is none"),
    ]


def test_products_have_nine() -> None:
    assert list(read(PRODUCTS)) == [
        CodeEntry(
            "123450678",
            "Examplumab Pen, examplumab, INJECTION",
            valid_from=dt.date(2016, 1, 4),
            valid_to=dt.date(2027, 1, 1),
        )
    ]


def test_another_file_is_told_in_one_line() -> None:
    assert list(read(("a\tb\n", "1\t2\n"))) == [BadLine(1, "no column NDCPACKAGECODE or PRODUCTNDC in the header")]
