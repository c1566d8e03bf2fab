"""Every story that can be told, by the slug of its service."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from samples.scenario import Scenario
from samples.scenarios import (
    biologic,
    botulinum_toxin,
    brain_mri,
    cervical_mri,
    cpap,
    home_oxygen,
    hong_kong_admission,
    joint_replacement,
    knee_orthosis,
    lumbar_mri,
    physical_therapy,
    power_wheelchair,
    specialist_referral,
)

Make = Callable[[random.Random, dt.date], Scenario]

SCENARIOS: dict[str, Make] = {
    "specialist-referral": specialist_referral.make,
    "physical-therapy": physical_therapy.make,
    "lumbar-mri": lumbar_mri.make,
    "cervical-mri": cervical_mri.make,
    "brain-mri": brain_mri.make,
    "cpap": cpap.make,
    "power-wheelchair": power_wheelchair.make,
    "knee-orthosis": knee_orthosis.make,
    "biologic": biologic.make,
    "botulinum-toxin": botulinum_toxin.make,
    "joint-replacement": joint_replacement.make,
    "home-oxygen": home_oxygen.make,
    "hong-kong-admission": hong_kong_admission.make,
}
