from __future__ import annotations

from hypothesis import settings

# Wall time of one example says nothing on a machine that is shared.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
