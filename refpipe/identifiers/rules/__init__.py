"""What an address says about the work behind it: one table of rules.

The rules are tried from top to bottom and the first that matches answers.  A new rule is a
new row with an example; the tests try every row on its own example.
"""

from __future__ import annotations

from refpipe.identifiers.rules.literal import IDENTITIES, LITERAL
from refpipe.identifiers.rules.medicine import MEDICINE
from refpipe.identifiers.rules.platforms import PLATFORMS
from refpipe.identifiers.rules.preprints import PREPRINTS, VOLUMES
from refpipe.identifiers.rules.rule import Rule
from refpipe.identifiers.rules.science import SCIENCE

RULES: tuple[Rule, ...] = (
    *IDENTITIES,
    *LITERAL,
    *PREPRINTS,
    *PLATFORMS,
    *MEDICINE,
    *SCIENCE,
    *VOLUMES,
)
"""Every rule, in the order in which they are tried."""

__all__ = ["RULES", "Rule"]
