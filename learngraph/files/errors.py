"""What stops a file from being read or written at all."""

from learngraph.codes import Code
from learngraph.errors import LearnGraphError
from learngraph.findings import Finding, Place


class ReadError(LearnGraphError, ValueError):
    """A file from which nothing can be read.

    Attributes
    ----------
    place
        The file, and the line where there is one.
    fault, hint
        What is wrong, and what would mend it.
    """

    def __init__(self, place: Place, fault: str, hint: str = "") -> None:
        super().__init__(place, fault, hint)
        self.place = place
        self.fault = fault
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.place}: {self.fault}" + (f" ({self.hint})" if self.hint else "")

    @property
    def finding(self) -> Finding:
        """The same as a finding, for those who collect them."""
        return Finding(Code.UNREADABLE_FILE, self.fault, place=self.place, hint=self.hint)


class WriteError(LearnGraphError, OSError):
    """A file that could not be written; what was there before is untouched.

    Attributes
    ----------
    path
        The file.
    fault
        What the operating system said.
    """

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(path, fault)
        self.path = path
        self.fault = fault

    def __str__(self) -> str:
        return f"{self.path}: could not be written: {self.fault}"


class FormatError(LearnGraphError, ValueError):
    """A format that is not known, or that cannot hold what is to be written.

    Attributes
    ----------
    fault
        What is wrong.
    """

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return self.fault
