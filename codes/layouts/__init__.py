"""The official public file layouts of code systems: lines become rows. To add one: a file here, its line below."""

from __future__ import annotations

from codes.layouts import hcpcs, icd10cm, ndc, nppes
from codes.layouts.layout import Layout

LAYOUTS: tuple[Layout, ...] = (icd10cm.LAYOUT, hcpcs.LAYOUT, ndc.LAYOUT, nppes.LAYOUT)
