# Made from specs/aioz.yaml by scripts/regenerate.py: do not edit.
# After a change of the spec: scripts/regenerate.py aioz
from enum import StrEnum
from typing import Self


class MetricBreakdown(StrEnum):
    BROWSER = "browser"
    CONTINENT = "continent"
    COUNTRY = "country"
    DEVICE_TYPE = "device-type"
    MEDIA_ID = "media-id"
    MEDIA_TYPE = "media-type"
    OPERATOR_SYSTEM = "operator-system"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """Keep a word that the spec does not know as a member that is not listed."""
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = "UNKNOWN"
        member._value_ = value
        return member

    def __str__(self) -> str:
        return str(self.value)
